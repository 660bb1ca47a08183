//! The room around the plan: what people say, suggest and vote on, and what a facilitator holds for all. All of it comes later.

mod followed;
pub(crate) mod talk;

pub(crate) use followed::follow;
