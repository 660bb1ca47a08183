//! After a refusal the document is exchanged, and what was made anew has new names.
//!
//! A text that reads as before has the same characters in the same order, and a key that holds alone what it held alone before holds
//! the same. The steps learn the new names of these. What they knew otherwise is not there any more, and undo leaves it alone.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ReadDoc;

use super::name::{OpName, Renaming};
use super::slots::Slot;
use super::steps::{Part, Steps};
use super::words::named;
use crate::plan::{Field, Value, read};

/// What the steps are about, as it stood before the exchange.
#[derive(Debug)]
pub(crate) struct Former {
    texts: BTreeMap<Field, Vec<(OpName, char)>>,
    slots: BTreeMap<Slot, Option<(OpName, Value)>>,
}

impl Steps {
    /// What the steps are about, as it stands now.
    pub(crate) fn former<D: ReadDoc>(&self, doc: &D) -> Former {
        let (mut texts, mut slots) = (BTreeMap::new(), BTreeMap::new());
        for part in self.parts() {
            match part {
                Part::Words(words) => {
                    texts.entry(words.field).or_insert_with(|| chars(doc, words.field));
                }
                Part::Slots(part) => {
                    for slot in part.slots() {
                        slots.entry(slot.clone()).or_insert_with(|| slot.settled(doc));
                    }
                }
            }
        }
        Former { texts, slots }
    }

    /// The document was exchanged for this one.
    pub(crate) fn exchanged<D: ReadDoc>(&mut self, former: Former, doc: &D) {
        self.close();
        let mut renaming = Renaming::default();
        let mut same: BTreeSet<Field> = BTreeSet::new();
        for (field, old) in former.texts {
            let new = chars(doc, field);
            if old.iter().map(|(_, char)| char).eq(new.iter().map(|(_, char)| char)) {
                same.insert(field);
                old.into_iter().zip(new).for_each(|((old, _), (new, _))| renaming.push(old, new));
            }
        }
        for (slot, old) in former.slots {
            if let (Some((old, value)), Some((new, now))) = (old, slot.settled(doc))
                && value == now
            {
                renaming.push(old, new);
            }
        }
        for part in self.parts_mut() {
            if let Part::Words(words) = part
                && same.contains(&words.field)
                && let Some(text) = read::text_object(doc, words.field)
            {
                words.text = text;
            }
        }
        self.rename(&renaming);
    }
}

fn chars<D: ReadDoc>(doc: &D, field: Field) -> Vec<(OpName, char)> {
    let text = read::text_object(doc, field);
    text.iter().flat_map(|text| named(doc, text)).map(|(_, name, char)| (name, char)).collect()
}
