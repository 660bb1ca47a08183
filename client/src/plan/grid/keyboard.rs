//! The keys of the table, as in a spreadsheet. What a key means depends on where the focus is: on a cell, or in its input.

use leptos::ev;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

use super::cursor::Go;
use crate::plan::act::Direction;

/// Where the focus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// On a cell: keys go through the table.
    Going,
    /// In a cell's input: keys write.
    Writing {
        /// Up has no work left there.
        is_at_top: bool,
        /// Down has no work left there.
        is_at_bottom: bool,
        /// It takes letters.
        is_text: bool,
    },
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Goes to a cell, or makes the block reach to it.
    Go(Go, bool),
    /// Goes to the same column of another row, and into its input.
    GoWriting(Direction),
    /// Into the input of the cell.
    Enter,
    /// Into the input, and what is typed takes the place of what is there.
    Replace,
    /// Out of the input, and back to what was there.
    Leave,
    /// Out of the input, to the cell below.
    Done,
    /// The block is the one cell again.
    Single,
    /// The block is everything.
    All,
    /// A row below, or above.
    Add {
        /// Above.
        above: bool,
    },
    /// The row goes up or down.
    Shift(Direction),
    /// The first row of the block goes into all.
    FillDown,
    /// The cells of the block are emptied.
    Clear,
    /// The rows of the block go into the archive.
    Archive,
}

/// What of a key event counts here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    /// The key, as the browser names it.
    pub(super) key: String,
    /// Ctrl or Cmd.
    pub(super) is_mod: bool,
    /// Shift.
    pub(super) is_shift: bool,
    /// Alt.
    pub(super) is_alt: bool,
}

impl From<&ev::KeyboardEvent> for Press {
    fn from(event: &ev::KeyboardEvent) -> Self {
        Self { key: event.key(), is_mod: event.ctrl_key() || event.meta_key(), is_shift: event.shift_key(), is_alt: event.alt_key() }
    }
}

/// How many rows PageUp and PageDown go over.
const PAGE: i32 = 10;

/// What a key does there; none where it is the browser's.
pub(super) fn deed(press: &Press, mode: Mode) -> Option<Deed> {
    let Press { key, is_mod, is_shift, is_alt } = press;
    match (key.as_str(), *is_mod, *is_alt) {
        ("Enter", true, false) => return Some(Deed::Add { above: *is_shift }),
        ("ArrowUp", false, true) => return Some(Deed::Shift(Direction::Up)),
        ("ArrowDown", false, true) => return Some(Deed::Shift(Direction::Down)),
        ("Tab", false, false) => return Some(Deed::Go(Go::Tab(if *is_shift { -1 } else { 1 }), false)),
        _ => {}
    }
    match mode {
        Mode::Going => going(press),
        Mode::Writing { is_at_top, is_at_bottom, is_text } => match (key.as_str(), *is_mod || *is_alt || *is_shift) {
            ("Escape", false) => Some(Deed::Leave),
            ("Enter", false) if is_text => Some(Deed::Done),
            ("ArrowUp", false) if is_at_top => Some(Deed::GoWriting(Direction::Up)),
            ("ArrowDown", false) if is_at_bottom => Some(Deed::GoWriting(Direction::Down)),
            _ => None,
        },
    }
}

fn going(press: &Press) -> Option<Deed> {
    let Press { key, is_mod, is_shift, is_alt } = press;
    let go = |go| Some(Deed::Go(go, *is_shift));
    // With Alt, keys are the browser's, or letters of other keyboards.
    if *is_alt {
        return None;
    }
    match (key.as_str(), *is_mod) {
        ("ArrowUp", false) => go(Go::By(-1, 0)),
        ("ArrowDown", false) => go(Go::By(1, 0)),
        ("ArrowLeft", false) => go(Go::By(0, -1)),
        ("ArrowRight", false) => go(Go::By(0, 1)),
        ("PageUp", false) => go(Go::By(-PAGE, 0)),
        ("PageDown", false) => go(Go::By(PAGE, 0)),
        ("Home", all) => go(Go::End { last: false, all }),
        ("End", all) => go(Go::End { last: true, all }),
        ("ArrowUp", true) => go(Go::By(i32::MIN, 0)),
        ("ArrowDown", true) => go(Go::By(i32::MAX, 0)),
        ("Enter" | "F2", false) => Some(Deed::Enter),
        ("Escape", false) => Some(Deed::Single),
        ("a" | "A", true) => Some(Deed::All),
        ("d" | "D", true) => Some(Deed::FillDown),
        ("Delete" | "Backspace", false) => Some(Deed::Clear),
        ("Delete" | "Backspace", true) => Some(Deed::Archive),
        // One letter, not the name of a key.
        (letter, false) if letter.chars().count() == 1 => Some(Deed::Replace),
        _ => None,
    }
}

/// Where the focus is, by what a key event came from; none where the keys belong to something else, such as an open list.
pub(super) fn mode(event: &ev::KeyboardEvent) -> Option<Mode> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if event.is_composing() || target.closest(".popover, .actions").ok().flatten().is_some() {
        return None;
    }
    if target.get_attribute("role").as_deref() == Some("gridcell") {
        return Some(Mode::Going);
    }
    target.closest("[role=gridcell]").ok().flatten()?;
    if let Some(text) = target.dyn_ref::<HtmlTextAreaElement>() {
        let (start, end) = (text.selection_start().ok().flatten(), text.selection_end().ok().flatten());
        let is_at_top = start == Some(0) && end == Some(0);
        let is_at_bottom = start == end && end == Some(text.text_length());
        return Some(Mode::Writing { is_at_top, is_at_bottom, is_text: true });
    }
    let is_text = target.dyn_ref::<HtmlInputElement>().is_some();
    // A closed list changes its value by the arrows; a button has no use for them.
    let is_free = target.tag_name() == "BUTTON" || is_text;
    Some(Mode::Writing { is_at_top: is_free, is_at_bottom: is_free, is_text })
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    const INSIDE: Mode = Mode::Writing { is_at_top: false, is_at_bottom: false, is_text: true };
    const AT_BOTTOM: Mode = Mode::Writing { is_at_top: false, is_at_bottom: true, is_text: true };
    const BUTTON: Mode = Mode::Writing { is_at_top: true, is_at_bottom: true, is_text: false };

    /// `C`, `S` and `A` before a key are the modifiers.
    fn press(keys: &str) -> Press {
        let (modifiers, key) = keys.rsplit_once('+').unwrap_or(("", keys));
        Press { key: key.to_owned(), is_mod: modifiers.contains('C'), is_shift: modifiers.contains('S'), is_alt: modifiers.contains('A') }
    }

    #[wasm_bindgen_test]
    fn every_key_has_its_meaning_where_it_is_pressed() {
        for (keys, mode, expected) in [
            ("ArrowDown", Mode::Going, Some(Deed::Go(Go::By(1, 0), false))),
            ("S+ArrowRight", Mode::Going, Some(Deed::Go(Go::By(0, 1), true))),
            ("Home", Mode::Going, Some(Deed::Go(Go::End { last: false, all: false }, false))),
            ("CS+End", Mode::Going, Some(Deed::Go(Go::End { last: true, all: true }, true))),
            ("Tab", Mode::Going, Some(Deed::Go(Go::Tab(1), false))),
            ("S+Tab", INSIDE, Some(Deed::Go(Go::Tab(-1), false))),
            ("Enter", Mode::Going, Some(Deed::Enter)),
            ("F2", Mode::Going, Some(Deed::Enter)),
            ("x", Mode::Going, Some(Deed::Replace)),
            ("S+X", Mode::Going, Some(Deed::Replace)),
            ("F5", Mode::Going, None),
            ("C+c", Mode::Going, None),
            ("C+d", Mode::Going, Some(Deed::FillDown)),
            ("C+d", INSIDE, None),
            ("Delete", Mode::Going, Some(Deed::Clear)),
            ("Backspace", INSIDE, None),
            ("C+Backspace", Mode::Going, Some(Deed::Archive)),
            ("C+Backspace", INSIDE, None),
            ("C+Enter", INSIDE, Some(Deed::Add { above: false })),
            ("CS+Enter", Mode::Going, Some(Deed::Add { above: true })),
            ("A+ArrowUp", INSIDE, Some(Deed::Shift(Direction::Up))),
            ("Escape", INSIDE, Some(Deed::Leave)),
            ("Escape", Mode::Going, Some(Deed::Single)),
            ("Enter", INSIDE, Some(Deed::Done)),
            ("S+Enter", INSIDE, None),
            ("Enter", BUTTON, None),
            ("ArrowDown", INSIDE, None),
            ("ArrowDown", AT_BOTTOM, Some(Deed::GoWriting(Direction::Down))),
            ("ArrowUp", BUTTON, Some(Deed::GoWriting(Direction::Up))),
            ("ArrowLeft", INSIDE, None),
            ("A+ArrowLeft", Mode::Going, None),
            ("A+Backspace", Mode::Going, None),
        ] {
            assert_eq!(deed(&press(keys), mode), expected, "{keys} {mode:?}");
        }
    }
}
