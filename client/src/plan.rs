//! The plan's page: the way into it, its frame, and what is written in it.

mod act;
mod archive;
mod bar;
mod card;
pub(crate) mod derived;
mod details;
mod filter_bar;
pub(crate) mod form;
mod grid;
mod help;
pub(crate) mod jump;
mod money;
pub(crate) mod more;
mod notices;
mod opening;
mod outcome;
mod overview;
mod page;
pub(crate) mod parts_of;
mod people;
pub(crate) mod place;
mod rail;
mod receipt;
mod restored;
mod section;
mod undo;
pub(crate) mod view;
mod views;
mod writing;

pub(crate) use notices::refusal;
pub(crate) use opening::PlanRoute;

/// What comes with the second program: see [`crate::later`].
pub(crate) mod later {
    pub(crate) use super::archive::{Archive, ArchiveProps};
    pub(crate) use super::form::{Form, FormProps};
    pub(crate) use super::grid::filtered;
    pub(crate) use super::grid::table::{Table, TableProps};
    pub(crate) use super::grid::tools::{Tools, ToolsProps};
    pub(crate) use super::help::{Help, HelpProps};
    pub(crate) use super::more;
    pub(crate) use super::notices::Notices;
    pub(crate) use super::people::people_list;
    pub(crate) use super::view::View;
    pub(crate) use super::views::{Views, ViewsProps};
}
