//! The room around the plan: what people say, suggest and vote on, and what a facilitator holds for all. All of it comes later.

mod audit;
mod clock;
mod desk;
mod followed;
mod for_all;
mod lead;
mod people;
mod plenary;
mod share;
mod star;
pub(crate) mod talk;
mod vote;

pub(crate) use desk::desk;
pub(crate) use followed::follow;
pub(crate) use for_all::for_all;
pub(crate) use people::{Shown, content as people_content, open as open_people, people};
pub(crate) use plenary::plenary;
pub(crate) use share::share;
pub(crate) use star::star;
pub(crate) use vote::vote;
