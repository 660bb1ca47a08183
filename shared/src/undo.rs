//! What one person did in this tab, so that it can be taken back and done again. Sans IO.
//!
//! Undo never rewinds the history: it makes new edits, which are changes like any other. It takes back what the person's own step wrote,
//! where that still stands, and leaves alone what somebody else has written since:
//!
//! - Characters and values are known by the names that Automerge gives them. What a step wrote is taken back if the very thing that it
//!   wrote stands there, alone. The same value, written by somebody else, is theirs.
//! - What undo puts back gets a new name, and the steps before it that knew the former one learn it.
//! - A thing that was added goes into the archive, if nobody else has written into it. A thing comes back from the archive, or goes back
//!   into it, or to its former place, if nobody else has touched it.
//! - Undo does not bring back what somebody archived, as an edit would.
//! - An organisation that was added and what somebody is called have no undo: there is no archive for these.
//!
//! What was removed has no name. So two cases are taken for the person's own: a word that two people removed at the same time is put back
//! by each who undoes that, and what somebody took out of a set, and another put in and out again since, is put in by undo.

mod exchange;
mod name;
mod record;
mod slots;
mod steps;
mod words;

pub(crate) use record::Recording;
pub(crate) use slots::{Back, Slots};
pub(crate) use steps::{Direction, Part, Steps};
pub(crate) use words::Words;

use crate::plan::schema::Location;

/// What an undo or a redo did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// What it wrote, in the order in which it did: the screen goes there.
    pub touched: Vec<Location>,
    /// What of the step was left as it is.
    pub skipped: Vec<Skipped>,
}

/// A part of a step that was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// What it was about.
    pub at: Location,
    /// Why.
    pub why: Why,
}

/// Why a part of a step was left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Somebody else has changed it since.
    ChangedSince,
    /// The person may not write there any more.
    NotAllowed,
    /// It is not there any more, or what stood there cannot stand there now.
    Gone,
}

impl Undone {
    pub(crate) fn touch(&mut self, at: Location) {
        if !self.touched.contains(&at) {
            self.touched.push(at);
        }
    }

    /// As [`Undone::skip`], where nothing is said about it yet.
    pub(crate) fn skip_if_silent(&mut self, at: Location, why: Why) {
        if !self.skipped.iter().any(|skipped| skipped.at == at) {
            self.skip(at, why);
        }
    }

    pub(crate) fn skip(&mut self, at: Location, why: Why) {
        let skipped = Skipped { at, why };
        if !self.skipped.contains(&skipped) {
            self.skipped.push(skipped);
        }
    }
}

#[cfg(test)]
mod tests;
