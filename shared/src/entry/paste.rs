//! A pasted table, read against the columns of the grid where it is pasted: a preview of what each cell would write.
//!
//! Nothing is written here. The screen shows the [`Preview`], and makes edits of what people accept.

mod header;
mod reader;

use super::{Candidates, Grid, MonthsError, NumberError, Period};
use crate::plan::edit::Value;
use crate::plan::model::{Language, MonthSet};
use crate::plan::schema::{Content, Name};

/// A column of the grid where a table is pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The field that it shows.
    pub name: Name,
    /// What stands in that.
    pub content: Content,
    /// What it is called, in all languages: the first row of a table may say it.
    pub titles: Vec<String>,
    /// What it may hold, where that is a list. The municipalities bring more spellings of their own.
    pub candidates: Candidates,
}

/// For what plan, and for whom, a table is read.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The plan's period.
    pub period: Period,
    /// The language in which figures are read where they could mean two.
    pub language: Language,
}

/// What a field is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// These words.
    Text(String),
    /// This value.
    Value(Value),
    /// These members, and no others.
    Set(Vec<String>),
}

/// Why a cell is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is not the number that is wanted.
    #[error(transparent)]
    Number(NumberError),
    /// It is not months.
    #[error(transparent)]
    Months(MonthsError),
    /// It says months that are not in the plan's period.
    #[error("months outside the period")]
    Outside {
        /// Those that are.
        inside: MonthSet,
        /// Those that are not.
        outside: MonthSet,
    },
    /// It could be any of several, or says several where there is room for one.
    #[error("several")]
    Several {
        /// As it is written.
        written: String,
        /// The keys of all that it could be.
        keys: Vec<String>,
    },
}

/// How a cell is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellReading {
    /// Nothing stands there.
    Empty,
    /// Clearly so.
    Read(Written),
    /// Probably so: a name was completed or corrected.
    Guessed {
        /// What it would write.
        value: Written,
        /// How that is shown.
        shown: String,
    },
    /// So, and the text could also mean something else.
    Ambiguous {
        /// What it would write.
        value: Written,
        /// How that is shown.
        shown: String,
    },
    /// Names in it are not in the list. An organisation can be added; a municipality cannot.
    Unknown {
        /// What it would write without them; none where that is nothing.
        value: Option<Written>,
        /// The names, as they are written.
        names: Vec<String>,
    },
    /// Not taken in.
    Refused(Refusal),
}

impl CellReading {
    /// What it would write.
    #[must_use]
    pub const fn value(&self) -> Option<&Written> {
        match self {
            Self::Read(value) | Self::Guessed { value, .. } | Self::Ambiguous { value, .. } => Some(value),
            Self::Unknown { value, .. } => value.as_ref(),
            Self::Empty | Self::Refused(_) => None,
        }
    }
}

/// A column of the table that has no place in the grid, and says something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Which column of the table.
    pub column: usize,
    /// What its first row says.
    pub title: String,
}

/// What a pasted table would write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The first row says what the columns are: they are placed by that, and the row is not data.
    pub has_header: bool,
    /// Cells were merged: what they say stands in the first place only.
    pub has_merged: bool,
    /// For each column of the table, where it goes.
    pub placed: Vec<Option<(Name, Content)>>,
    /// The columns that go nowhere.
    pub left_out: Vec<LeftOut>,
    /// The rows, without the header, each with a reading for each column of the table.
    pub rows: Vec<Vec<CellReading>>,
}

/// Reads a table that is pasted at column `start` of the grid that has these columns.
#[must_use]
pub fn preview(grid: &Grid, columns: &[Column], start: usize, context: Context) -> Preview {
    let by_header = header::recognise(grid, columns);
    let has_header = by_header.is_some();
    let places = by_header.unwrap_or_else(|| (start..start.saturating_add(grid.width())).map(Some).collect());
    let targets: Vec<Option<reader::Target<'_>>> =
        places.iter().map(|place| place.and_then(|at| columns.get(at)).and_then(reader::Target::of)).collect();
    let rows = &grid.rows()[usize::from(has_header)..];
    let left_out = (0..grid.width())
        .filter(|column| targets[*column].is_none() && grid.rows().iter().any(|row| !row[*column].trim().is_empty()))
        .map(|column| LeftOut { column, title: grid.rows()[0][column].clone() })
        .collect();
    let read = |row: &Vec<String>| {
        row.iter()
            .zip(&targets)
            .map(|(cell, target)| target.as_ref().map_or(CellReading::Empty, |target| target.read(cell, context)))
            .collect()
    };
    Preview {
        has_header,
        has_merged: grid.has_merged(),
        placed: targets.iter().map(|target| target.as_ref().map(reader::Target::field)).collect(),
        left_out,
        rows: rows.iter().map(read).collect(),
    }
}

#[cfg(test)]
mod tests;
