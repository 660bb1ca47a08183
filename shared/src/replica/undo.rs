//! Undo, redo, and groups of edits that are one step of it; see [`crate::undo`].

use super::{Effect, Replica};
use crate::limits;
use crate::plan::edit::{self, EditError};
use crate::plan::schema::Location;
use crate::plan::{Edit, Item, Place, read};
use crate::text::Splice;
use crate::undo::{Back, Direction, Part, Recording, Slots, Undone, Why, Words};

/// One of several edits that are done together cannot be written. The plan is as it was.
#[derive(Debug, thiserror::Error)]
#[error("edit {index} of the group: {error}")]
pub struct GroupError {
    /// Which, counted from 0.
    pub index: usize,
    /// Why.
    #[source]
    pub error: Box<EditError>,
}

impl Replica {
    /// Does all these edits, or none: what is pasted, or filled into several cells. They are one step of undo, and one change, unless
    /// that were too long for the server.
    ///
    /// # Errors
    /// When one of them does not fit the plan as those before it leave it.
    pub fn edit_all(&mut self, edits: &[Edit], now_ms: i64) -> Result<Vec<Effect>, GroupError> {
        let mut effects = self.commit(now_ms);
        if let Err(error) = self.try_all(edits) {
            self.owed.extend(effects);
            return Err(error);
        }
        let (mut recorded, mut gathered) = (Vec::new(), 0);
        for edit in edits {
            if gathered > 0 && gathered + operations(edit) > limits::GROUPED_OPERATIONS_MAX {
                effects.extend(self.finish(now_ms, |_| true));
                gathered = 0;
            }
            gathered += operations(edit);
            if matches!(edit, Edit::Archive { .. }) {
                self.touch_all(now_ms);
            }
            let recording = Recording::before(&self.doc, edit);
            edit::apply(&mut self.doc, edit).expect("it fitted when it was tried");
            recorded.push(recording.after(&self.doc));
            self.touched.extend(edit.touches());
        }
        self.steps.did(recorded);
        effects.extend(self.finish(now_ms, |_| true));
        Ok(effects)
    }

    /// Whether all of them fit, one after the other.
    fn try_all(&mut self, edits: &[Edit]) -> Result<(), GroupError> {
        let mut all = edits.iter().enumerate();
        let tried = all
            .try_for_each(|(index, edit)| edit::apply(&mut self.doc, edit).map_err(|error| GroupError { index, error: Box::new(error) }));
        self.doc.rollback();
        tried
    }

    /// Takes back what the person did last in this tab, as far as nobody else has changed it since. What is typed is committed first.
    pub fn undo(&mut self, now_ms: i64) -> (Vec<Effect>, Undone) {
        self.take_back(Direction::Undo, now_ms)
    }

    /// Does again what was undone last.
    pub fn redo(&mut self, now_ms: i64) -> (Vec<Effect>, Undone) {
        self.take_back(Direction::Redo, now_ms)
    }

    /// Whether there is anything to undo.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.steps.can(Direction::Undo)
    }

    /// How many steps there are to undo. What is typed from now on is a step of its own, so that it can be taken back by undoing until
    /// there are as many again. [Commit](Self::commit) first.
    pub fn undo_mark(&mut self) -> usize {
        self.steps.mark()
    }

    /// Whether there is anything to do again. A new edit makes an end of that.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.steps.can(Direction::Redo)
    }

    fn take_back(&mut self, direction: Direction, now_ms: i64) -> (Vec<Effect>, Undone) {
        let mut taking = Taking { effects: self.commit(now_ms), undone: Undone::default(), gathered: 0, now_ms };
        self.steps.take(direction);
        while let Some(part) = self.steps.next() {
            match part {
                Part::Words(words) => self.take_back_words(&words, &mut taking),
                Part::Slots(slots) => self.take_back_slots(&slots, &mut taking),
            }
        }
        self.steps.taken(direction);
        taking.effects.extend(self.finish(now_ms, |_| true));
        (taking.effects, taking.undone)
    }

    fn take_back_words(&mut self, words: &Words, taking: &mut Taking) {
        let field = words.field();
        let at = Location::Field(field);
        if !words.is_there(&self.doc) {
            return taking.undone.skip(at, Why::Gone);
        }
        let mut is_done = false;
        for splice in words.removals(&self.doc) {
            is_done |= self.write(&Edit::Text { field, splice }, taking);
        }
        let (returns, is_lost) = words.returns(&self.doc);
        for put_back in returns {
            let splice: Splice = put_back.splice.clone();
            if self.write(&Edit::Text { field, splice }, taking) {
                self.steps.returned(put_back);
                is_done = true;
            }
        }
        if is_lost {
            taking.undone.skip(at, Why::Gone);
        } else if !is_done {
            taking.undone.skip_if_silent(at, Why::ChangedSince);
        }
    }

    fn take_back_slots(&mut self, slots: &Slots, taking: &mut Taking) {
        let back = slots.back();
        if !slots.stands(&self.doc) {
            // Where somebody else did the same, there is nothing to do, and nothing to say.
            if !back.is_done(&self.doc) {
                taking.undone.skip(back.at(), Why::ChangedSince);
            }
            return;
        }
        let is_done = match back {
            Back::Edit(edit) => self.write(edit, taking),
            Back::Place { at, outcome, order } => {
                let as_edit = Edit::MoveActivity { at: *at, outcome: outcome.outcome, place: Place::Last };
                let recording = Recording::before_place(&self.doc, *at);
                self.write_as(&as_edit, recording, taking, |doc| edit::put_back(doc, *at, *outcome, order))
            }
        };
        if is_done {
            self.steps.restored(slots, &self.doc);
        }
    }

    fn write(&mut self, edit: &Edit, taking: &mut Taking) -> bool {
        if matches!(edit, Edit::Archive { .. }) {
            self.touch_all(taking.now_ms);
        }
        let recording = Recording::before(&self.doc, edit);
        self.write_as(edit, recording, taking, |doc| edit::apply(doc, edit))
    }

    /// Writes what counts as `edit`. Whether it could be written.
    fn write_as(
        &mut self,
        edit: &Edit,
        recording: Recording,
        taking: &mut Taking,
        write: impl FnOnce(&mut automerge::AutoCommit) -> Result<(), EditError>,
    ) -> bool {
        let at = match edit {
            Edit::Text { field, .. } | Edit::Set { field, .. } | Edit::Include { field, .. } => Location::Field(*field),
            _ => Location::Item(edit.item()),
        };
        if self.may(edit).is_err() {
            taking.undone.skip(at, Why::NotAllowed);
            return false;
        }
        if taking.gathered > 0 && taking.gathered + operations(edit) > limits::GROUPED_OPERATIONS_MAX {
            taking.effects.extend(self.finish(taking.now_ms, |_| true));
            taking.gathered = 0;
        }
        // An edit is checked before anything is written.
        if write(&mut self.doc).is_err() {
            taking.undone.skip(at, Why::Gone);
            return false;
        }
        taking.gathered += operations(edit);
        self.steps.made(recording.after(&self.doc));
        // What somebody has archived stays in the archive.
        self.touched.extend(edit.touches().filter(|item| self.is_kept(*item)));
        taking.undone.touch(at);
        true
    }

    fn is_kept(&self, item: Item) -> bool {
        [Some(item), item.owner()].into_iter().flatten().all(|item| read::archived(&self.doc, item).is_kept())
    }
}

/// A step that is being taken back.
struct Taking {
    effects: Vec<Effect>,
    undone: Undone,
    /// How many operations the open change has, about.
    gathered: usize,
    now_ms: i64,
}

/// How many operations an edit makes, about.
fn operations(edit: &Edit) -> usize {
    match edit {
        Edit::Text { splice, .. } => splice.delete + splice.inserted(),
        _ => 64,
    }
}
