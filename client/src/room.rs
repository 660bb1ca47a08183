//! The room around the plan: what people say, suggest and vote on, and what a facilitator holds for all. All of it comes later.

mod audit;
mod followed;
mod people;
mod share;
pub(crate) mod talk;

pub(crate) use followed::follow;
pub(crate) use people::{everybody, open as open_people, people};
pub(crate) use share::share;
