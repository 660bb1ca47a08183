//! The room around the plan: what people say, suggest and vote on, and what a facilitator holds for all. All of it comes later.

mod clock;
mod desk;
mod followed;
mod for_all;
mod lead;
mod plenary;
mod star;
mod vote;

pub(crate) use desk::desk;
pub(crate) use followed::follow;
pub(crate) use for_all::for_all;
pub(crate) use plenary::plenary;
pub(crate) use star::star;
pub(crate) use vote::vote;
