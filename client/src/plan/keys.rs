//! The keys of the table: Up and Down go to the same column of the next row, when they have no work in the cell itself.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement};

use super::act::Direction;

/// What a key asks of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKey {
    /// Mod+Enter: an activity below.
    Add,
    /// Alt+Up and Alt+Down: move the activity.
    Shift(Direction),
    /// Up and Down: go to the row above or below.
    Go(Direction),
}

/// What this key, pressed in a cell, asks of the row.
pub(crate) fn row_key(event: &ev::KeyboardEvent) -> Option<RowKey> {
    if event.is_composing() {
        return None;
    }
    let is_mod = event.ctrl_key() || event.meta_key();
    let direction = match event.key().as_str() {
        "Enter" => return is_mod.then_some(RowKey::Add),
        "ArrowUp" => Direction::Up,
        "ArrowDown" => Direction::Down,
        _ => return None,
    };
    if event.alt_key() {
        return Some(RowKey::Shift(direction));
    }
    let is_plain = !is_mod && !event.shift_key();
    (is_plain && is_at_edge(event, direction)).then_some(RowKey::Go(direction))
}

/// Whether an arrow has no work left where the focus is: the caret is at that end of the text, or there is no text.
fn is_at_edge(event: &ev::KeyboardEvent, direction: Direction) -> bool {
    let Some(target) = event.target() else { return false };
    if let Some(text) = target.dyn_ref::<HtmlTextAreaElement>() {
        let (start, end) = (text.selection_start().ok().flatten(), text.selection_end().ok().flatten());
        return match direction {
            Direction::Up => start == Some(0) && end == Some(0),
            Direction::Down => start == end && end == Some(text.text_length()),
        };
    }
    // In an open list the arrows belong to the list, and a closed one changes its value.
    target
        .dyn_ref::<Element>()
        .is_some_and(|element| element.tag_name() == "BUTTON" && element.closest(".popover").ok().flatten().is_none())
}

/// Focuses the same column in the row above or below, over the ends of a table too. Whether there was one.
pub(crate) fn go(event: &ev::KeyboardEvent, direction: Direction) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(from) = target else { return false };
    let closest = |selector| from.closest(selector).ok().flatten();
    let (Some(cell), Some(row)) = (closest("td"), closest("tr")) else { return false };
    let rows = all(&document(), "tr[data-activity]");
    let Some(at) = rows.iter().position(|one| *one == row) else { return false };
    let next = match direction {
        Direction::Up => at.checked_sub(1).and_then(|at| rows.get(at)),
        Direction::Down => rows.get(at + 1),
    };
    let (Some(next), Some(column)) = (next, next_index(&row, &cell)) else { return false };
    let Some(cell) = next.children().item(column) else { return false };
    let same_month = from.get_attribute("data-month").map(|month| format!("[data-month=\"{month}\"]"));
    let found = same_month.and_then(|month| cell.query_selector(&month).ok().flatten());
    let found = found.or_else(|| cell.query_selector("textarea, input, select, [tabindex=\"0\"], button").ok().flatten());
    found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).is_some_and(|found| found.focus().is_ok())
}

fn next_index(row: &Element, cell: &Element) -> Option<u32> {
    let cells = row.children();
    (0..cells.length()).find(|index| cells.item(*index).as_ref() == Some(cell))
}

fn all(document: &web_sys::Document, selector: &str) -> Vec<Element> {
    let Ok(found) = document.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}
