//! What a change does, operation by operation, and whether its author may do it.
//!
//! Automerge applies whatever it is given. It does not look whether a change overwrites only what stands at the key that it names, or
//! types into the text that it names; a change that does otherwise is applied differently by different replicas, or cannot be saved
//! any more. So every operation of a change is followed to the path of keys where it writes, and everything that it refers to must be
//! there. The plan's documents hold maps, texts and plain values; anything else is refused.

mod index;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use automerge::legacy::{ElementId, Key, Op, OpId, OpType};
use automerge::{Automerge, Change, ObjType, ScalarValue};

use self::index::{Addition, Draft, Index, ObjectNumber, Place};
use super::rule::{Act, Grant, Refusal, States, Target, check};
use crate::id::{Author, SectionId, VersionId};
use crate::limits;
use crate::plan::schema::{Field, Item, Location, Name, root};

/// Knows where everything in a document is, for checking the changes that want to join it.
#[derive(Debug)]
pub struct Inspector {
    index: Index,
}

/// A change that was checked and may be applied: give it to [`Inspector::admit`] when it has been.
#[derive(Debug)]
#[must_use = "the inspector has to know of every change in the document"]
pub struct Admitted {
    addition: Addition,
    touched: Touched,
}

/// What a change does that is put on record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Touched {
    /// The sections whose state it writes.
    pub states: BTreeSet<SectionId>,
    /// The versions that it makes.
    pub versions: BTreeSet<VersionId>,
}

impl Admitted {
    /// What it does that is put on record.
    #[must_use]
    pub const fn touched(&self) -> &Touched {
        &self.touched
    }
}

impl Touched {
    fn note(&mut self, target: &Target<'_>) {
        match (Location::of(target.path), target.act) {
            (Some(Location::Field(Field { item: Item::Section(section), name: Name::State })), Act::Write) => {
                self.states.insert(section);
            }
            (Some(Location::Item(Item::Version(version))), Act::Make) => {
                self.versions.insert(version);
            }
            _ => {}
        }
    }
}

impl Inspector {
    /// An inspector of this document, as it stands. Reads all of its history.
    #[must_use]
    pub fn of(doc: &Automerge) -> Self {
        let mut inspector = Self { index: Index::default() };
        for change in doc.get_changes(&[]) {
            inspector.observe(&change);
        }
        inspector
    }

    /// Whether `grant` allows the change while the sections are in these states. Its dependencies must be in the document.
    ///
    /// # Errors
    /// Why not. One operation that is not allowed refuses the change.
    pub fn check(&self, change: &Change, grant: &Grant, states: &States) -> Result<Admitted, Refusal> {
        let author = Author::of(change.actor_id()).ok_or(Refusal::Forged)?;
        if author.participant != grant.participant && !grant.hands_on {
            return Err(Refusal::Forged);
        }
        let touched = RefCell::default();
        let addition = self.digest(change, |target| {
            check(grant, states, target)?;
            if matches!(target.path, [root::SECTIONS, _, _] | [root::VERSIONS, _]) {
                Touched::note(&mut touched.borrow_mut(), target);
            }
            Ok(())
        })?;
        Ok(Admitted { addition, touched: touched.into_inner() })
    }

    /// Where a change that [`Inspector::check`] refuses would have written what it may not; none if that is no place of the plan that
    /// this version knows, or the change is refused for something else.
    #[must_use]
    pub fn refused_at(&self, change: &Change, grant: &Grant, states: &States) -> Option<Location> {
        let place = Cell::new(None);
        // The first operation that is not allowed ends it.
        let _ = self.digest(change, |target| check(grant, states, target).inspect_err(|_| place.set(Location::of(target.path))));
        place.get()
    }

    /// Takes note of a change that was checked and is in the document now.
    ///
    /// # Panics
    /// When another change was admitted after this one was checked.
    pub fn admit(&mut self, admitted: Admitted) {
        self.index.add(admitted.addition);
    }

    /// Takes note of a change that is in the document without a check: one of the server's own. Of a change that [`Inspector::check`]
    /// would find malformed nothing is noted, and what builds on it is refused.
    pub fn observe(&mut self, change: &Change) {
        if let Ok(addition) = self.digest(change, |_| Ok(())) {
            self.index.add(addition);
        }
    }

    /// Follows every operation; `allow` is asked for each path once in a row.
    fn digest(&self, change: &Change, allow: impl Fn(&Target<'_>) -> Result<(), Refusal>) -> Result<Addition, Refusal> {
        let mut draft = Draft::new(&self.index, change.actor_id(), change.start_op().get()).ok_or(Refusal::Malformed)?;
        let mut allowed_text = None;
        for op in change.decode().operations {
            let object = draft.object(&op.obj).ok_or(Refusal::Malformed)?;
            if draft.kind(object) == ObjType::Text {
                type_into(&mut draft, object, &op).ok_or(Refusal::Malformed)?;
                if allowed_text != Some(object) {
                    allow(&Target { path: &draft.path(object, None), act: Act::Write, maker: draft.maker(object, None) })?;
                    allowed_text = Some(object);
                }
            } else {
                let (key, act) = write_at_key(&mut draft, object, &op).ok_or(Refusal::Malformed)?;
                allow(&Target { path: &draft.path(object, Some(key)), act, maker: draft.maker(object, Some(key)) })?;
            }
        }
        Ok(draft.finish())
    }
}

/// Follows an operation on a text: one character in, or one out. None if it is anything else.
fn type_into(draft: &mut Draft<'_>, text: ObjectNumber, op: &Op) -> Option<()> {
    let Key::Seq(element) = &op.key else { return None };
    let place = Place::Text(text);
    if let ElementId::Id(element) = element
        && draft.place(element)? != place
    {
        return None;
    }
    match (&op.action, element) {
        (OpType::Put(ScalarValue::Str(character)), _) if op.insert && op.pred.is_empty() && !character.is_empty() => {
            draft.write(Some(place));
            Some(())
        }
        (OpType::Delete, ElementId::Id(element)) if !op.insert && op.pred.len() == 1 && op.pred.get(0) == Some(element) => {
            draft.write(None);
            Some(())
        }
        _ => None,
    }
}

/// Follows an operation on a map: the key, and what is done there. None if the plan's documents know no such operation.
fn write_at_key<'a>(draft: &mut Draft<'_>, map: ObjectNumber, op: &'a Op) -> Option<(&'a str, Act)> {
    let Key::Map(key) = &op.key else { return None };
    let path_bytes: usize = draft.path(map, Some(key)).iter().map(|key| key.len() + 1).sum();
    if op.insert || key.is_empty() || path_bytes > limits::PATH_BYTES_MAX {
        return None;
    }
    let slot = draft.slot(map, key);
    if !overwrites_only(draft, op.pred.iter(), Place::Key(slot)) {
        return None;
    }
    let write = if draft.holds_object(slot) { Act::Destroy } else { Act::Write };
    let act = match &op.action {
        OpType::Make(kind @ (ObjType::Map | ObjType::Text)) => {
            let act = if write == Act::Destroy { Act::Destroy } else { Act::Make };
            draft.make(map, key, slot, *kind);
            act
        }
        OpType::Put(ScalarValue::Counter(_) | ScalarValue::Unknown { .. }) => return None,
        OpType::Put(_) => {
            draft.write(Some(Place::Key(slot)));
            write
        }
        // Without a predecessor it would be lost when the document is saved.
        OpType::Delete if !op.pred.is_empty() => {
            draft.write(None);
            write
        }
        _ => return None,
    };
    Some((key, act))
}

/// Whether each predecessor, named once, is at `place`.
fn overwrites_only<'a>(draft: &Draft<'_>, predecessors: impl Iterator<Item = &'a OpId>, place: Place) -> bool {
    let mut last = None;
    for predecessor in predecessors {
        if last.replace(predecessor) == Some(predecessor) || draft.place(predecessor) != Some(place) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests;
