//! What keys and menus do to the cells and rows of a block. Each is one step of undo.

use hamutuk_shared::id::ActivityId;
use hamutuk_shared::plan::{Edit, Field, Name};
use leptos::prelude::*;

use super::columns::Column;
use super::cursor::Block;
use super::write;
use crate::i18n::t_string;
use crate::session::Session;
use crate::ui::announce;
use crate::view_model::ActivityView;
use crate::words::I18n;

/// The names of the fields in the columns of a block; a column that shows a sum has none.
fn names(columns: &[Column], block: &Block) -> Vec<Name> {
    let (first, last) = block.columns;
    columns.iter().skip(first).take(last + 1 - first).filter_map(|column| column.shows.field()).collect()
}

/// The rows of a block, in order.
fn of_block<'a>(rows: &'a [ActivityView], block: &'a Block) -> impl Iterator<Item = &'a ActivityView> {
    rows.iter().filter(|row| block.rows.contains(&row.at.activity))
}

/// Writes edits as one step, and says what was done; nothing where there is nothing to do.
fn write(session: Session, edits: &[Edit], said: impl FnOnce() -> String) {
    if !edits.is_empty() && session.write_all(edits) {
        announce(untrack(said));
    }
}

/// What stands in the first row of a block goes into all its other rows.
pub(super) fn fill_down(session: Session, i18n: I18n, rows: &[ActivityView], columns: &[Column], block: &Block) {
    let mut all = of_block(rows, block);
    let Some(first) = all.next() else { return };
    let mut edits = Vec::new();
    for name in names(columns, block) {
        let what = write::held(session, first.field(name));
        edits.extend(of_block(rows, block).skip(1).flat_map(|row| write::edits(session, row.field(name), &what, false)));
    }
    write(session, &edits, || t_string!(i18n, grid_filled, count = block.rows.len() - 1));
}

/// Empties the cells of a block.
pub(super) fn clear(session: Session, i18n: I18n, rows: &[ActivityView], columns: &[Column], block: &Block) {
    let fields = of_block(rows, block).flat_map(|row| names(columns, block).into_iter().map(|name| row.field(name)));
    let edits: Vec<Edit> = fields.flat_map(|field: Field| write::edits(session, field, &write::nothing(field), false)).collect();
    write(session, &edits, || t_string!(i18n, grid_cleared).to_owned());
}

/// Puts the rows of a block into the archive.
pub(super) fn archive(session: Session, i18n: I18n, rows: &[ActivityView], block: &Block) {
    let edits: Vec<Edit> = of_block(rows, block).map(|row| Edit::archive(row.at, true)).collect();
    write(session, &edits, || t_string!(i18n, grid_archived, count = edits.len()));
}

/// The row that has the focus after those of a block went away: the next, or else the one before.
pub(super) fn neighbour(rows: &[ActivityView], block: &Block) -> Option<ActivityId> {
    let is_in = |row: &&ActivityView| block.rows.contains(&row.at.activity);
    let last = rows.iter().rposition(|row| is_in(&row))?;
    let next = rows.get(last + 1).or_else(|| rows[..last].iter().rfind(|row| !is_in(row)));
    next.map(|row| row.at.activity)
}
