//! The plan's page: the way into it, its frame, and what is written in it.

mod act;
mod archive;
mod bar;
mod card;
mod details;
mod dispute;
mod grid;
mod help;
mod keys;
mod lead;
mod months;
mod notices;
mod opening;
mod outcome;
mod overview;
mod page;
mod people;
mod place;
mod presence;
mod rail;
mod receipt;
mod row;
mod section;
mod share;
mod status;

pub(crate) use opening::PlanRoute;
