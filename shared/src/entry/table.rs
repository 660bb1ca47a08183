//! A table from the clipboard as a grid of texts, and a grid for the clipboard.
//!
//! Spreadsheets offer tab-separated text and HTML. The text is read here; the HTML is read by the browser, which hands over its
//! [`Cell`]s. LibreOffice puts the lines of a cell on one line in the text, and a table of its writer has one cell a line there: where
//! there is HTML, it is the better source.

use crate::limits;

/// Why a table is not taken in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It is too long.
    #[error("{bytes} bytes; the most is {most}")]
    TooManyBytes {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// It has too many rows.
    #[error("{rows} rows; the most is {most}")]
    TooManyRows {
        /// How many it has.
        rows: usize,
        /// How many it may have.
        most: usize,
    },
    /// It has too many cells.
    #[error("{cells} cells; the most is {most}")]
    TooManyCells {
        /// How many it has.
        cells: usize,
        /// How many it may have.
        most: usize,
    },
    /// One of its cells is longer than a text of the plan.
    #[error("a cell of {utf16} characters in row {row}; the most is {most}")]
    CellTooLong {
        /// Its row, from 0.
        row: usize,
        /// Its column, from 0.
        column: usize,
        /// How long it is, in UTF-16 code units.
        utf16: usize,
        /// How long it may be.
        most: usize,
    },
}

/// A cell of an HTML table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Its words; lines are divided by `\n`.
    pub text: String,
    /// Over how many rows it goes; 0 means to the end.
    pub row_span: usize,
    /// Over how many columns it goes.
    pub col_span: usize,
}

/// A table in which every row has as many cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grid {
    rows: Vec<Vec<String>>,
    has_merged: bool,
}

impl Grid {
    /// The grid of these rows: control characters are taken out, short rows filled up, empty rows at the end left out.
    ///
    /// # Errors
    /// When it is larger than what a paste may be.
    pub fn new(rows: Vec<Vec<String>>) -> Result<Self, TableError> {
        Self::laid_out(rows, false)
    }

    /// The grid of the cells of an HTML table. A merged cell has its words in its first place; the others are empty.
    ///
    /// # Errors
    /// When it is larger than what a paste may be.
    pub fn from_cells(table: Vec<Vec<Cell>>) -> Result<Self, TableError> {
        let height = table.len();
        check_rows(height)?;
        let mut rows: Vec<Vec<String>> = Vec::with_capacity(height);
        // For each column, how many more rows a cell from above takes there.
        let mut taken: Vec<usize> = Vec::new();
        let mut has_merged = false;
        for (at, cells) in table.into_iter().enumerate() {
            let mut row: Vec<String> = Vec::new();
            for cell in cells {
                while taken.get(row.len()).is_some_and(|left| *left > 0) {
                    row.push(String::new());
                }
                let down = if cell.row_span == 0 { height - at } else { cell.row_span.min(height - at) };
                let across = cell.col_span.max(1);
                has_merged |= down > 1 || across > 1;
                let end = row.len().saturating_add(across);
                check_cells(height, end)?;
                taken.resize(taken.len().max(end), 0);
                taken[row.len()..end].fill(down);
                row.push(cell.text);
                row.resize(end, String::new());
            }
            for left in &mut taken {
                *left = left.saturating_sub(1);
            }
            rows.push(row);
        }
        Self::laid_out(rows, has_merged)
    }

    fn laid_out(mut rows: Vec<Vec<String>>, has_merged: bool) -> Result<Self, TableError> {
        for cell in rows.iter_mut().flatten() {
            if cell.contains(|c| is_stripped(c) || c == '\r') {
                *cell = clean(cell);
            }
        }
        while rows.last().is_some_and(|row| row.iter().all(String::is_empty)) {
            rows.pop();
        }
        check_rows(rows.len())?;
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        check_cells(rows.len(), width)?;
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let utf16 = cell.encode_utf16().count();
                if utf16 > limits::TEXT_UTF16_MAX {
                    return Err(TableError::CellTooLong { row, column, utf16, most: limits::TEXT_UTF16_MAX });
                }
            }
        }
        for row in &mut rows {
            row.resize(width, String::new());
        }
        Ok(Self { rows, has_merged })
    }

    /// Its rows.
    #[must_use]
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// How many columns it has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Whether cells of it were merged: what they say stands in the first place only.
    #[must_use]
    pub const fn has_merged(&self) -> bool {
        self.has_merged
    }
}

/// Reads tab-separated text as spreadsheets write it. A cell with tabs or lines in it is in quotes, and quotes in that are doubled; quotes
/// anywhere else are only quotes.
///
/// # Errors
/// When it is larger than what a paste may be.
pub fn read_tsv(text: &str) -> Result<Grid, TableError> {
    if text.len() > limits::PASTE_BYTES_MAX {
        return Err(TableError::TooManyBytes { bytes: text.len(), most: limits::PASTE_BYTES_MAX });
    }
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row: Vec<String> = Vec::new();
    while !rest.is_empty() || !row.is_empty() {
        let (cell, after) = quoted(rest).unwrap_or_else(|| {
            let end = rest.find(['\t', '\n', '\r']).unwrap_or(rest.len());
            (rest[..end].to_owned(), &rest[end..])
        });
        row.push(unguarded(cell));
        if let Some(next) = after.strip_prefix('\t') {
            rest = next;
            continue;
        }
        rest = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after);
        rows.push(std::mem::take(&mut row));
    }
    Grid::new(rows)
}

/// A cell in quotes at the beginning of a text, and what follows it; none where the quotes do not end with the cell.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let end = rest.find('"')?;
        cell.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(more) => {
                cell.push('"');
                rest = more;
            }
            None if rest.is_empty() || rest.starts_with(['\t', '\n', '\r']) => return Some((cell, rest)),
            None => return None,
        }
    }
}

/// Writes tab-separated text that spreadsheets and [`read_tsv`] read back.
#[must_use]
pub fn write_tsv(grid: &Grid) -> String {
    let mut out = String::new();
    for row in grid.rows() {
        for (at, cell) in row.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "\t" });
            let guard = if is_formula(cell) { "'" } else { "" };
            if cell.contains(['\t', '\n', '\r']) || cell.starts_with('"') {
                out.extend(["\"", guard, &cell.replace('"', "\"\""), "\""]);
            } else {
                out.extend([guard, cell]);
            }
        }
        out.push_str("\r\n");
    }
    out
}

/// Whether a spreadsheet would take the words for a formula. An apostrophe before them keeps them words, also one more.
fn is_formula(cell: &str) -> bool {
    let words = cell.trim_start_matches('\'');
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    words.starts_with(['=', '+', '@']) || words.strip_prefix('-').is_some_and(|digits| !is_number(digits))
}

fn unguarded(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(words) if is_formula(words) => words.to_owned(),
        _ => cell,
    }
}

/// The cell with `\n` for every end of a line and without control characters. What says how a text runs, or joins an emoji, stays.
fn clean(cell: &str) -> String {
    cell.replace("\r\n", "\n").chars().map(|c| if c == '\r' { '\n' } else { c }).filter(|c| !is_stripped(*c)).collect()
}

fn is_stripped(c: char) -> bool {
    c == '\u{feff}' || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
}

const fn check_rows(rows: usize) -> Result<(), TableError> {
    let most = limits::PASTE_ROWS_MAX;
    if rows > most { Err(TableError::TooManyRows { rows, most }) } else { Ok(()) }
}

const fn check_cells(rows: usize, width: usize) -> Result<(), TableError> {
    let (cells, most) = (rows.saturating_mul(width), limits::PASTE_CELLS_MAX);
    if cells > most { Err(TableError::TooManyCells { cells, most }) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
