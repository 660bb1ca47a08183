//! One text field, between the screen and the document: a state machine without either.
//!
//! At rest the field shows what the document holds. While an input method composes, the browser must not be given another text: what
//! others write goes into the document and not into the field, and what is composed is meant for the text as it was when the
//! composition began. So the owner of the document notes its heads then, and writes what was composed there, not at the newest heads;
//! it merges exactly. In the end the field is set to the document's text.
//!
//! A phone's keyboard may compose without end, a word at a time. [`TextField::flush`] hands over what there is so far; whoever writes it
//! notes the heads anew, which are then that change alone.

use super::shift::{self, Selection};
use super::splice::{Splice, between};

/// What a field shows, and what it is in the middle of.
#[derive(Debug, Clone, Default)]
pub struct TextField {
    shown: String,
    state: State,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum State {
    /// It shows what the document holds.
    #[default]
    AtRest,
    /// It does not, and waits for [`TextField::resolve`].
    Behind,
    /// An input method composes. What has been handed over is `base`; others have written meanwhile if it `is_behind`.
    Composing { base: String, is_behind: bool },
}

/// What the screen has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldUpdate {
    /// The replacements in the text, one after the other.
    pub splices: Vec<Splice>,
    /// The selection after them.
    pub selection: Selection,
}

impl TextField {
    /// A field that shows the document's `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { shown: text.into(), state: State::AtRest }
    }

    /// What the field shows.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Whether an input method composes.
    #[must_use]
    pub const fn is_composing(&self) -> bool {
        matches!(self.state, State::Composing { .. })
    }

    /// Whether the field waits for [`TextField::resolve`] with the document's text.
    #[must_use]
    pub const fn is_behind(&self) -> bool {
        matches!(self.state, State::Behind)
    }

    /// The person changed the field's text to `value`, and the caret is at `caret`: the splice to write into the document, relative to
    /// what was shown. None if nothing changed, and while composing.
    pub fn input(&mut self, value: &str, caret: Option<usize>) -> Option<Splice> {
        let splice = between(&self.shown, value, caret)?;
        value.clone_into(&mut self.shown);
        if self.is_composing() { None } else { Some(splice) }
    }

    /// An input method begins to compose. What it writes belongs to the document of now.
    pub fn composition_start(&mut self) {
        if self.state == State::AtRest {
            self.state = State::Composing { base: self.shown.clone(), is_behind: false };
        }
    }

    /// What has been composed and not handed over: the splice to write into the document as it was when the composition began or, later,
    /// after the last splice of this composition.
    pub fn flush(&mut self, caret: Option<usize>) -> Option<Splice> {
        let State::Composing { base, .. } = &mut self.state else { return None };
        let splice = between(base, &self.shown, caret)?;
        base.clone_from(&self.shown);
        Some(splice)
    }

    /// The composition ended with the field's text `value`: its last splice, as from [`TextField::flush`]. Write it and then, if the field
    /// [is behind](TextField::is_behind), call [`TextField::resolve`].
    pub fn composition_end(&mut self, value: &str, caret: Option<usize>) -> Option<Splice> {
        if !self.is_composing() {
            return self.input(value, caret);
        }
        value.clone_into(&mut self.shown);
        let splice = self.flush(caret);
        let is_behind = matches!(self.state, State::Composing { is_behind: true, .. });
        self.state = if is_behind { State::Behind } else { State::AtRest };
        splice
    }

    /// Somebody else changed the document's text by `splices`, one after the other: what the screen has to do now. None while composing,
    /// and if the splices do not fit what is shown; the field is [behind](TextField::is_behind) then.
    pub fn remote(&mut self, splices: &[Splice], mut selection: Selection) -> Option<FieldUpdate> {
        match &mut self.state {
            State::AtRest => {}
            State::Behind => return None,
            State::Composing { is_behind, .. } => {
                *is_behind = true;
                return None;
            }
        }
        let mut text = self.shown.clone();
        for splice in splices {
            let Some(next) = splice.apply(&text) else {
                self.state = State::Behind;
                return None;
            };
            text = next;
            selection = shift::selection(selection, splice);
        }
        self.shown = text;
        Some(FieldUpdate { splices: splices.to_vec(), selection })
    }

    /// Sets the field to the document's `text`, after a composition or whenever they may differ. `since` is what has happened to the
    /// text since what the field shows (see [`splices`](super::patch::splices)); if it does not lead to `text`, the texts are
    /// compared, and the selection goes where that seems right. None if there is nothing to do; while composing there never is.
    pub fn resolve(&mut self, text: &str, since: &[Splice], selection: Selection) -> Option<FieldUpdate> {
        if self.is_composing() {
            return None;
        }
        self.state = State::AtRest;
        let before = self.shown.clone();
        if let Some(update) = self.remote(since, selection)
            && self.shown == text
        {
            return if since.is_empty() { None } else { Some(update) };
        }
        self.state = State::AtRest;
        text.clone_into(&mut self.shown);
        let splice = between(&before, text, None)?;
        Some(FieldUpdate { selection: shift::selection(selection, &splice), splices: vec![splice] })
    }
}

#[cfg(test)]
#[path = "field_tests.rs"]
mod tests;
