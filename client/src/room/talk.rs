//! What people say about the plan and would have otherwise: suggestions and comments, at what they are about and in one list.

mod about;
mod card;
mod comments;
mod counts;
mod deeds;
mod difference;
mod draft;
mod hand_in;
mod lists;
mod mark;
mod panel;
mod say;
#[cfg(test)]
mod tests;
mod thread;
mod wanted;
mod who;

pub(crate) use hand_in::{hand_in, proposed};
pub(crate) use lists::{links, lists};
pub(crate) use mark::{count, mark, suggest};
pub(crate) use panel::{dialog, panel};
