//! What an edit does, seen from before and after it.

use automerge::ReadDoc;

use super::name::Renaming;
use super::slots::Before;
use super::steps::Part;
use super::words::{self, Deleted, Words};
use crate::plan::{ActivityRef, Edit, Field, read};
use crate::text::Splice;

/// An edit that is about to be done. Not to be kept when it does not fit.
#[derive(Debug)]
pub(crate) enum Recording {
    /// Typing, with the characters that it is about to remove.
    Text { field: Field, splice: Splice, deleted: Deleted },
    /// What it is about to write over.
    Slots(Before),
    /// It has no undo.
    Nothing,
}

/// An edit that was done.
#[derive(Debug)]
pub(crate) enum Recorded {
    /// It can be taken back.
    Part(Box<Part>),
    /// It changed nothing that can be seen; but what stands there has a new name.
    Same(Renaming),
    /// It has no undo.
    Nothing,
}

impl Recording {
    /// Before `edit`.
    pub(crate) fn before<D: ReadDoc>(doc: &D, edit: &Edit) -> Self {
        let Edit::Text { field, splice } = edit else {
            return Before::of(doc, edit).map_or(Self::Nothing, Self::Slots);
        };
        match read::text_object(doc, *field) {
            Some(text) => Self::Text { field: *field, splice: splice.clone(), deleted: Deleted::by(doc, &text, splice) },
            None => Self::Nothing,
        }
    }

    /// Before an activity goes to another place.
    pub(crate) fn before_place<D: ReadDoc>(doc: &D, at: ActivityRef) -> Self {
        Before::of_place(doc, at).map_or(Self::Nothing, Self::Slots)
    }

    /// After it.
    pub(crate) fn after<D: ReadDoc>(self, doc: &D) -> Recorded {
        match self {
            Self::Text { field, splice, mut deleted } => {
                let Some(text) = read::text_object(doc, field) else { return Recorded::Nothing };
                let inserted = words::inserted_by(doc, &text, &splice);
                deleted.type_over(&inserted);
                Recorded::Part(Box::new(Part::Words(Words { field, text, inserted, deleted })))
            }
            Self::Slots(before) => match before.after(doc) {
                Ok(slots) => Recorded::Part(Box::new(Part::Slots(slots))),
                Err(renaming) => Recorded::Same(renaming),
            },
            Self::Nothing => Recorded::Nothing,
        }
    }
}
