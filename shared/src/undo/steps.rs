//! The steps that can be taken back and done again.
//!
//! What takes a step back is recorded as an edit is, and that is the step that does it again. What is put back stands there under a new
//! name: [`Steps::rename`] tells it to all steps that knew the former one, so that steps can be taken back one after the other.

use automerge::ReadDoc;

use super::name::Renaming;
use super::record::Recorded;
use super::slots::{Slot, Slots};
use super::words::{Return, Words};
use crate::limits;
use crate::plan::{Field, Item};

/// A part of a step: what one edit did.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// Typing.
    Words(Words),
    /// Anything else.
    Slots(Slots),
}

/// From which steps to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// What was done is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

/// What a person did at once: one edit, a group, or typing until it paused.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) parts: Vec<Part>,
}

/// Typing that goes on.
#[derive(Debug)]
struct Typing {
    field: Field,
    last_ms: i64,
    /// Where characters were removed, if that was the last thing and nobody has written since.
    erased_at: Option<usize>,
}

/// All steps.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
    /// How many steps were forgotten because there were too many.
    forgotten: usize,
    undone: Vec<Step>,
    typing: Option<Typing>,
    /// The step that is being taken back, and the one that will do it again.
    taken: Step,
    made: Step,
}

impl Step {
    fn is_empty(&self) -> bool {
        self.parts.iter().all(|part| matches!(part, Part::Words(words) if words.is_empty()))
    }

    fn bytes(&self) -> usize {
        let part = |part: &Part| match part {
            Part::Words(words) => words.inserted.bytes() + words.deleted.chars.bytes(),
            Part::Slots(_) => 0,
        };
        self.parts.iter().map(|one| size_of::<Part>() + part(one)).sum()
    }
}

impl Steps {
    /// Whether there is anything to take back, or to do again.
    pub(crate) fn can(&self, direction: Direction) -> bool {
        let steps = if direction == Direction::Undo { &self.done } else { &self.undone };
        steps.iter().any(|step| !step.is_empty())
    }

    /// How many steps there are to take back. What is typed from now on is a step of its own.
    pub(crate) fn mark(&mut self) -> usize {
        self.typing = None;
        self.forgotten + self.done.len()
    }

    /// Something was done at once.
    pub(crate) fn did(&mut self, recorded: Vec<Recorded>) {
        self.typing = None;
        self.undone.clear();
        for one in recorded {
            self.made(one);
        }
        let step = std::mem::take(&mut self.made);
        self.push(Direction::Undo, step);
    }

    /// Something was typed.
    pub(crate) fn typed(&mut self, at: usize, recorded: Recorded, now_ms: i64) {
        let Recorded::Part(part) = recorded else { return };
        let Part::Words(words) = *part else { return };
        let pause_ms = i64::try_from(limits::UNDO_PAUSE.as_millis()).unwrap_or(i64::MAX);
        let goes_on = self.typing.take().filter(|typing| typing.field == words.field && now_ms.saturating_sub(typing.last_ms) <= pause_ms);
        let has_only_erased = words.inserted.is_empty() && !words.deleted.chars.is_empty();
        self.typing = Some(Typing { field: words.field, last_ms: now_ms, erased_at: has_only_erased.then_some(at) });
        self.undone.clear();
        match (goes_on, self.done.last_mut()) {
            (Some(typing), Some(step)) => step.go_on(words, at, typing.erased_at),
            _ => self.push(Direction::Undo, Step { parts: vec![Part::Words(words)] }),
        }
    }

    /// What is typed from now on is another step.
    pub(crate) fn close(&mut self) {
        self.typing = None;
    }

    /// Others wrote: places in texts are not what they were.
    pub(crate) const fn others_wrote(&mut self) {
        if let Some(typing) = &mut self.typing {
            typing.erased_at = None;
        }
    }

    /// Begins to take back the newest step.
    pub(crate) fn take(&mut self, direction: Direction) {
        self.typing = None;
        let steps = if direction == Direction::Undo { &mut self.done } else { &mut self.undone };
        self.taken = Step::default();
        while self.taken.is_empty()
            && let Some(step) = steps.pop()
        {
            self.taken = step;
        }
    }

    /// The part of that step that is to be taken back next.
    pub(crate) fn next(&mut self) -> Option<Part> {
        self.taken.parts.pop()
    }

    /// Something was done to take it back.
    pub(crate) fn made(&mut self, recorded: Recorded) {
        match recorded {
            Recorded::Part(part) => self.made.parts.push(*part),
            Recorded::Same(renaming) => self.rename(&renaming),
            Recorded::Nothing => {}
        }
    }

    /// Characters were put back.
    pub(crate) fn returned(&mut self, put_back: Return) {
        if let Some(Part::Words(made)) = self.made.parts.last() {
            let renaming = put_back.renaming(made);
            self.rename(&renaming);
        }
    }

    /// Values were put back.
    pub(crate) fn restored<D: ReadDoc>(&mut self, slots: &Slots, doc: &D) {
        self.rename(&slots.renaming(doc));
    }

    /// All of the step is taken back.
    pub(crate) fn taken(&mut self, direction: Direction) {
        let step = std::mem::take(&mut self.made);
        self.push(if direction == Direction::Undo { Direction::Redo } else { Direction::Undo }, step);
    }

    /// Notes what the mark of an edit does to the archive's mark of a thing; see [`crate::plan::edit::touch`]. What this person alone
    /// has touched since is as they left it.
    pub(crate) fn touching<D: ReadDoc, R>(&mut self, doc: &mut D, item: Item, touch: impl FnOnce(&mut D) -> R) -> R {
        let slots: Vec<Slot> = [Some(item), item.owner()].into_iter().flatten().map(Slot::archived).collect();
        let before: Vec<_> = slots.iter().map(|slot| slot.names(doc)).collect();
        let touched = touch(doc);
        for (slot, names) in slots.iter().zip(before) {
            if let ([old], [new]) = (&names[..], &slot.names(doc)[..]) {
                self.rename(&[(old.clone(), new.clone())].into_iter().collect());
            }
        }
        touched
    }

    pub(super) fn rename(&mut self, renaming: &Renaming) {
        if renaming.is_empty() {
            return;
        }
        for part in self.parts_mut() {
            match part {
                Part::Words(words) => {
                    words.inserted.rename(renaming);
                    words.deleted.rename(renaming);
                }
                Part::Slots(slots) => slots.rename(renaming),
            }
        }
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = &Part> {
        self.done.iter().chain(&self.undone).flat_map(|step| &step.parts)
    }

    pub(super) fn parts_mut(&mut self) -> impl Iterator<Item = &mut Part> {
        let working = [&mut self.taken, &mut self.made];
        self.done.iter_mut().chain(&mut self.undone).chain(working).flat_map(|step| &mut step.parts)
    }

    fn push(&mut self, direction: Direction, step: Step) {
        let steps = if direction == Direction::Undo { &mut self.done } else { &mut self.undone };
        if step.parts.is_empty() {
            return;
        }
        steps.push(step);
        let mut bytes = 0;
        let kept = steps.iter().rev().take_while(|step| {
            bytes += step.bytes();
            bytes <= limits::UNDO_BYTES_MAX
        });
        let count = kept.count().clamp(1, limits::UNDO_STEPS_MAX);
        let forgotten = steps.len() - count;
        steps.drain(..forgotten);
        if direction == Direction::Undo {
            self.forgotten += forgotten;
        }
    }
}

impl Step {
    /// Typing goes on in this step.
    fn go_on(&mut self, words: Words, at: usize, erased_at: Option<usize>) {
        let Some(Part::Words(last)) = self.parts.last_mut() else { return self.parts.push(Part::Words(words)) };
        let is_own = words.deleted.chars.iter().all(|(name, _)| last.inserted.has(&name));
        if is_own {
            // What came and went within the step, or only more of it.
            if erased_at == Some(at) {
                last.deleted.type_over(&words.inserted);
            }
            last.inserted = last.inserted.without(&words.deleted.chars);
            last.inserted.append(words.inserted);
            return;
        }
        let width: usize = words.deleted.chars.iter().map(|(_, char)| char.len_utf16()).sum();
        match erased_at {
            Some(last_at) if last_at == at && words.inserted.is_empty() => last.deleted.go_on(words.deleted),
            Some(last_at) if last_at == at + width && words.inserted.is_empty() => {
                let after = std::mem::replace(&mut last.deleted, words.deleted);
                last.deleted.go_on(after);
            }
            _ => self.parts.push(Part::Words(words)),
        }
    }
}
