//! What people type or paste, read into what the plan holds, and written back for them.
//!
//! People write amounts, months and names in four languages and as their spreadsheets show them. Each module here reads one kind: a text
//! goes in, and out comes a value, a value with a doubt, or a typed error that the screen makes a sentence of. Nothing is silently made
//! up: where a text can be read in two ways, the answer says so. [`paste`] puts it all together for a pasted table.

pub mod candidates;
mod figure;
mod fold;
pub mod html;
pub mod money;
pub mod months;
pub mod number;
pub mod paste;
pub mod places;
pub mod sets;
pub mod table;

#[cfg(test)]
mod fixtures;

pub use candidates::{Candidates, Match};
pub use figure::NumberError;
pub use months::MonthsError;
pub use table::{Cell, Grid, TableError};

use crate::plan::model::{Month, MonthSet};

/// A value that was read, and whether the text could also mean another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<T> {
    /// What was read.
    pub value: T,
    /// The text could also be read otherwise: the screen shows how it was read.
    pub is_ambiguous: bool,
}

/// The months that a plan runs over, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub first: Month,
    /// The last.
    pub last: Month,
}

impl Period {
    /// Whether the month is in it.
    #[must_use]
    pub fn contains(self, month: Month) -> bool {
        self.first <= month && month <= self.last
    }

    /// All its months.
    #[must_use]
    pub fn months(self) -> MonthSet {
        self.first.through(self.last).collect()
    }

    /// Whether the year has a month in it.
    fn has_year(self, year: u16) -> bool {
        (self.first.year()..=self.last.year()).contains(&year)
    }
}
