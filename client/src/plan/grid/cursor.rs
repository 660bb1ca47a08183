//! Where one is in the tables of a section: a cell, or the block of cells between two.
//!
//! The tables of all outcomes are one grid for the keyboard: a block may reach from one into the next.

use std::collections::{BTreeMap, BTreeSet};

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::ActivityId;
use hamutuk_shared::plan::Plan;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::columns::{Column, Layout, Shows};
use crate::view_model::{ActivityView, PlanView};

/// A cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Its row.
    pub(crate) activity: ActivityId,
    /// Its column.
    pub(crate) shows: Shows,
}

/// About as many as a tall screen can show.
const FIRST_ROWS: usize = 16;

/// The state of a section's tables. Provided as context around them.
#[derive(Clone, Copy)]
pub(crate) struct Cursor {
    /// Where a block begins.
    pub(crate) anchor: RwSignal<Option<Spot>>,
    /// Where it ends: the cell with the focus.
    pub(crate) head: RwSignal<Option<Spot>>,
    /// How the columns are set up; none before a table was shown.
    pub(crate) layout: RwSignal<Option<Layout>>,
    /// What is being dragged to another place.
    pub(crate) dragged: RwSignal<Option<ActivityId>>,
    /// What the filter let through when it was set.
    passed: StoredValue<Passed>,
    /// How many rows of all tables may still be made with the first screen.
    first_rows: StoredValue<usize>,
}

/// What a filter let through when it was set. It is not asked again: a row must not go away under who writes in it, nor one come, and
/// a row that is new is there to be written in.
#[derive(Debug, Default)]
struct Passed {
    filter: Filter,
    activities: BTreeMap<ActivityId, bool>,
}

/// The cells between the anchor and the head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Block {
    /// The rows, in no order.
    pub(crate) rows: BTreeSet<ActivityId>,
    /// The first and the last of the shown columns.
    pub(crate) columns: (usize, usize),
}

impl Cursor {
    /// Those of the activities that the filter lets through. Reactive on the filter and on which activities there are.
    pub(crate) fn pass(self, view: PlanView, filter: &Filter, all: Vec<ActivityView>) -> Vec<ActivityView> {
        if filter.is_empty() {
            return all;
        }
        self.passed.update_value(|passed| {
            if passed.filter != *filter {
                *passed = Passed { filter: filter.clone(), activities: all_passing(view, filter) };
            }
        });
        let is_in = |one: &ActivityView| self.passed.with_value(|passed| passed.activities.get(&one.at.activity) != Some(&false));
        all.into_iter().filter(is_in).collect()
    }

    /// Provides it to everything below.
    pub(crate) fn provide() {
        let none = || RwSignal::new(None);
        provide_context(Self {
            anchor: none(),
            head: none(),
            layout: RwSignal::new(None),
            dragged: RwSignal::new(None),
            passed: StoredValue::default(),
            first_rows: StoredValue::new(FIRST_ROWS),
        });
    }

    /// How many of its rows a table makes at once, of all that the first screen can show; the others come when that is drawn.
    pub(crate) fn take_first_rows(self, wanted: usize) -> usize {
        let mut taken = 0;
        self.first_rows.update_value(|left| {
            taken = wanted.min(*left);
            *left -= taken;
        });
        taken
    }

    /// Goes to a cell; with `extend`, the block from the anchor to it.
    pub(crate) fn go(self, to: Spot, extend: bool) {
        if !extend || self.anchor.get_untracked().is_none() {
            self.anchor.set(Some(to));
        }
        self.head.set(Some(to));
    }

    /// The shown columns. Reactive.
    pub(crate) fn columns(self) -> Vec<Column> {
        self.layout.with(|layout| layout.as_ref().map(Layout::shown).unwrap_or_default())
    }

    /// The shown columns with their places, by what they show: it changes only when one comes or goes. Reactive.
    pub(crate) fn shown(self) -> Memo<Vec<(usize, Shows)>> {
        Memo::new(move |_| self.columns().into_iter().map(|column| column.shows).enumerate().collect())
    }

    /// How far from the left the column at this place stays, in pixels; none for one that scrolls. Reactive.
    pub(crate) fn frozen_at(self, index: usize) -> Memo<Option<u32>> {
        Memo::new(move |_| self.layout.with(|layout| layout.as_ref().and_then(|layout| layout.frozen_at(index))))
    }

    /// Changes how the columns are set up, and remembers it.
    pub(crate) fn arrange(self, change: impl FnOnce(&mut Layout)) {
        self.layout.update(|layout| {
            if let Some(layout) = layout {
                change(layout);
                layout.save();
            }
        });
    }
}

/// Which of the plan's activities a filter lets through now.
fn all_passing(view: PlanView, filter: &Filter) -> BTreeMap<ActivityId, bool> {
    // The names of organisations and the period are all that a filter needs of the plan.
    let plan = Plan { organisations: view.organisations.get_untracked(), first: view.first(), last: view.last(), ..Plan::default() };
    let matcher = filter.matcher(&plan);
    let passes =
        |one: &ActivityView| (one.at.activity, one.whole.with_untracked(|whole| !whole.is_kept() || matcher.matches(one.at, whole)));
    view.sections.with_untracked(|all| {
        all.iter().flat_map(|section| section.activities.with_untracked(|all| all.iter().map(passes).collect::<Vec<_>>())).collect()
    })
}

/// The block between two cells, of rows and columns in this order; none where one of the cells is not among them.
pub(crate) fn block(rows: &[ActivityId], columns: &[Column], anchor: Spot, head: Spot) -> Option<Block> {
    let place = |spot: Spot| {
        let row = rows.iter().position(|row| *row == spot.activity)?;
        let column = columns.iter().position(|column| column.shows == spot.shows)?;
        Some((row, column))
    };
    let (from, to) = (place(anchor)?, place(head)?);
    let (first, last) = (from.0.min(to.0), from.0.max(to.0));
    Some(Block { rows: rows[first..=last].iter().copied().collect(), columns: (from.1.min(to.1), from.1.max(to.1)) })
}

/// What a key does to the place in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Go {
    /// By rows and columns; stays inside.
    By(i32, i32),
    /// To the first or the last column, and with `all` to the first or the last row too.
    End {
        /// The last, not the first.
        last: bool,
        /// Of the whole grid, not of the row.
        all: bool,
    },
    /// To the next or the previous cell, over the ends of rows; none at the end of the grid.
    Tab(i32),
}

/// Where a key leads from a cell; none where there is no such place.
pub(crate) fn target(rows: &[ActivityId], columns: &[Column], from: Spot, go: Go) -> Option<Spot> {
    let row = rows.iter().position(|row| *row == from.activity)?;
    let column = columns.iter().position(|column| column.shows == from.shows).unwrap_or_default();
    let (rows_last, columns_last) = (rows.len().checked_sub(1)?, columns.len().checked_sub(1)?);
    let shifted = |at: usize, by: i32, last: usize| at.saturating_add_signed(by as isize).min(last);
    let (row, column) = match go {
        Go::By(down, right) => (shifted(row, down, rows_last), shifted(column, right, columns_last)),
        Go::End { last, all } => {
            let row = match (all, last) {
                (false, _) => row,
                (true, true) => rows_last,
                (true, false) => 0,
            };
            (row, if last { columns_last } else { 0 })
        }
        Go::Tab(by) => {
            let at = (row * columns.len() + column).checked_add_signed(by as isize)?;
            (at / columns.len(), at % columns.len())
        }
    };
    Some(Spot { activity: *rows.get(row)?, shows: columns.get(column)?.shows })
}

/// The element of a cell, if it is on the page.
pub(crate) fn element(spot: Spot) -> Option<HtmlElement> {
    let selector = format!(".grid [data-activity=\"{}\"] [data-column=\"{}\"]", spot.activity, spot.shows.key());
    document().query_selector(&selector).ok().flatten()?.dyn_into().ok()
}

/// Puts the focus on a cell, not into it.
pub(crate) fn focus(spot: Spot) {
    if let Some(cell) = element(spot) {
        let _ = cell.focus();
    }
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::plan::Name;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn row(number: u8) -> ActivityId {
        ActivityId::from_bytes([number; ActivityId::BYTES])
    }

    fn columns() -> Vec<Column> {
        [Shows::Field(Name::Title), Shows::Field(Name::Lead), Shows::Cost]
            .map(|shows| Column { shows, width: 100, is_shown: true })
            .to_vec()
    }

    fn spot(number: u8, column: usize) -> Spot {
        Spot { activity: row(number), shows: columns()[column].shows }
    }

    #[wasm_bindgen_test]
    fn keys_lead_where_they_do_in_a_spreadsheet() {
        let (rows, columns) = ([row(1), row(2), row(3)], columns());
        for (from, go, to) in [
            ((1, 0), Go::By(1, 0), Some((2, 0))),
            ((1, 0), Go::By(-1, 0), Some((1, 0))),
            ((3, 2), Go::By(1, 1), Some((3, 2))),
            ((2, 1), Go::End { last: true, all: false }, Some((2, 2))),
            ((2, 1), Go::End { last: false, all: true }, Some((1, 0))),
            ((1, 2), Go::Tab(1), Some((2, 0))),
            ((2, 0), Go::Tab(-1), Some((1, 2))),
            ((3, 2), Go::Tab(1), None),
            ((1, 0), Go::Tab(-1), None),
            ((9, 0), Go::By(1, 0), None),
        ] {
            let found = target(&rows, &columns, spot(from.0, from.1), go);
            assert_eq!(found, to.map(|(row, column)| spot(row, column)), "{from:?} {go:?}");
        }
    }

    #[wasm_bindgen_test]
    fn a_block_is_the_same_from_all_its_corners() {
        let (rows, columns) = ([row(1), row(2), row(3)], columns());
        let expected = Block { rows: [row(2), row(3)].into(), columns: (0, 1) };
        for (anchor, head) in [((2, 0), (3, 1)), ((3, 1), (2, 0)), ((2, 1), (3, 0)), ((3, 0), (2, 1))] {
            assert_eq!(block(&rows, &columns, spot(anchor.0, anchor.1), spot(head.0, head.1)).as_ref(), Some(&expected));
        }
        assert_eq!(block(&rows, &columns, spot(9, 0), spot(1, 0)), None);
    }
}
