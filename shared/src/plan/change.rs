//! What changed in the plan: Automerge's patches, in the plan's own terms.
//!
//! Each [`PlanChange`] names one thing and carries its new value, so that a view updates that cell and nothing else.

use std::collections::BTreeSet;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{Change, ObjId, ObjType, Patch, PatchAction, Prop, ReadDoc, Value};

use super::model::{
    Activity, Ballot, Comment, Desk, Group, Organisation, Outcome, Parked, Person, Register, SectionState, Source, Suggestion, Synergy,
    Version,
};
use super::read;
use super::schema::{ActivityRef, Content, Field, Item, Location, Name, OutcomeRef};
use crate::id::SectionId;
use crate::text::Splice;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChange {
    /// Words changed: these splices one after the other, by whoever.
    Text {
        /// Where.
        field: Field,
        /// How, in order.
        splices: Vec<Splice>,
    },
    /// An activity is new.
    ActivityAdded {
        /// Which.
        at: ActivityRef,
        /// All of it.
        activity: Box<Activity>,
    },
    /// A field of an activity, or of what hangs on it, that is not a text has another value, or something more hangs on it. Words of
    /// what was there before are told as texts.
    ActivityField {
        /// Which.
        at: ActivityRef,
        /// The field; of something new, its place.
        field: Field,
        /// The activity as it is now.
        activity: Box<Activity>,
    },
    /// The same of an outcome.
    Outcome {
        /// Which.
        at: OutcomeRef,
        /// The outcome as it is now.
        outcome: Box<Outcome>,
    },
    /// A section's state.
    SectionState {
        /// Which.
        section: SectionId,
        /// Its state.
        state: Register<SectionState>,
    },
    /// A section's breakout group has other members or highlights.
    Group {
        /// Which.
        section: SectionId,
        /// The group as it is now.
        group: Box<Group>,
    },
    /// An organisation is new or has changed.
    Organisation(Organisation),
    /// Somebody joined or corrected themselves.
    Person(Person),
    /// A funding source is new or has changed.
    Source(Source),
    /// An item of the parking lot is new or has changed.
    Parked(Parked),
    /// A synergy is new or has changed.
    Synergy(Synergy),
    /// A suggestion is new or has changed, its words too.
    Suggestion {
        /// For which section.
        section: SectionId,
        /// All of it.
        suggestion: Box<Suggestion>,
    },
    /// A comment is new or has changed, its words and replies too.
    Comment(Box<Comment>),
    /// Somebody gave dots, or took them back.
    Ballot(Box<Ballot>),
    /// A version got a name.
    Version(Version),
    /// The facilitator's desk changed.
    Desk(Desk),
    /// More than can be told one by one: read the plan again.
    Everything,
}

impl PlanChange {
    /// Whether it says to read the plan again.
    #[must_use]
    pub const fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }
}

/// Whether the words of a thing are told with all of it, not by splices: they are few, or nobody else writes in them.
const fn has_few_words(item: Item) -> bool {
    matches!(item, Item::Organisation(_) | Item::Suggestion(..) | Item::Comment(_) | Item::Reply(..) | Item::Version(_))
}

/// What these patches, applied to reach the state of `doc`, changed in the plan.
pub fn from_patches<D: ReadDoc>(doc: &D, patches: &[Patch]) -> Vec<PlanChange> {
    let mut changes = Changes::default();
    for patch in patches {
        changes.patch(doc, patch);
    }
    changes.told
}

/// As [`from_patches`], for patches that came of applying `applied`. A value that loses to another makes no patch where the value was
/// disputed already, but is one more rival to show; so what the changes write is looked at too.
pub fn from_applied<D: ReadDoc>(doc: &D, patches: &[Patch], applied: &[Change]) -> Vec<PlanChange> {
    let mut changes = Changes::default();
    for patch in patches {
        changes.patch(doc, patch);
    }
    for operation in applied.iter().flat_map(|change| change.decode().operations) {
        changes.operation(doc, &operation);
    }
    changes.told
}

#[derive(Default)]
struct Changes {
    told: Vec<PlanChange>,
    /// New things: all of them is told with what they hang on, their words too.
    added: BTreeSet<Item>,
    /// What was told, so that nothing is told twice.
    whole: BTreeSet<Item>,
    fields: BTreeSet<Field>,
}

impl Changes {
    fn patch<D: ReadDoc>(&mut self, doc: &D, patch: &Patch) {
        let path: Vec<&str> = patch.path.iter().filter_map(|(_, prop)| prop.as_str()).collect();
        match &patch.action {
            PatchAction::SpliceText { .. } | PatchAction::DeleteSeq { .. } => self.text(doc, &path, &patch.action),
            PatchAction::PutMap { key, value: (value, _), .. } => {
                let is_object = matches!(value, Value::Object(ObjType::Map | ObjType::Text));
                self.value(doc, &path, key, is_object);
            }
            PatchAction::DeleteMap { key } => self.value(doc, &path, key, false),
            PatchAction::Conflict { prop: Prop::Map(key) } => self.value(doc, &path, key, false),
            _ => {}
        }
    }

    /// Tells of a scalar that was written, whether or not it won. One that is written as it stood first among several values is an
    /// operation that deletes the others.
    fn operation<D: ReadDoc>(&mut self, doc: &D, operation: &Op) {
        let (Key::Map(key), ObjectId::Id(OpId(counter, actor)), OpType::Put(_) | OpType::Delete) =
            (&operation.key, &operation.obj, &operation.action)
        else {
            return;
        };
        let Ok(parents) = doc.parents(ObjId::Id(*counter, actor.clone(), 0)) else { return };
        let mut path: Vec<String> = parents.map(|parent| parent.prop.to_string()).collect();
        path.reverse();
        let path: Vec<&str> = path.iter().map(String::as_str).chain([key.as_str()]).collect();
        if let Some(Location::Field(field)) = Location::of(&path)
            && !matches!(field.item, Item::Organisation(_) | Item::Person(_))
        {
            self.field(doc, field);
        }
    }

    fn text<D: ReadDoc>(&mut self, doc: &D, path: &[&str], action: &PatchAction) {
        let splice = match action {
            PatchAction::SpliceText { index, value, .. } => Splice { at: *index, delete: 0, insert: value.make_string() },
            PatchAction::DeleteSeq { index, length } => Splice { at: *index, delete: *length, insert: String::new() },
            _ => return,
        };
        let Some(Location::Field(field)) = Location::of(path) else { return };
        if has_few_words(field.item) {
            return self.item(doc, field.item.owner().unwrap_or(field.item));
        }
        if self.is_of_new(field.item) {
            return;
        }
        if let Some(PlanChange::Text { field: last, splices }) = self.told.last_mut()
            && *last == field
        {
            splices.push(splice);
            return;
        }
        self.told.push(PlanChange::Text { field, splices: vec![splice] });
    }

    fn value<D: ReadDoc>(&mut self, doc: &D, path: &[&str], key: &str, is_object: bool) {
        let full: Vec<&str> = path.iter().copied().chain([key]).collect();
        match Location::of(&full) {
            Some(Location::Item(Item::Plan | Item::Section(_) | Item::Outcome(_))) if is_object => self.everything(),
            Some(Location::Item(item)) if is_object => self.added(doc, item),
            // A text that was made anew: too much to tell, unless it comes with what it is of.
            Some(Location::Field(field)) if is_object && field.content() == Some(Content::Text) => match field.item {
                item if has_few_words(item) || self.is_of_new(item) => {}
                _ => self.everything(),
            },
            Some(location) => match location {
                Location::Field(field) => self.field(doc, field),
                Location::Item(item) => self.item(doc, item),
            },
            None if is_object && path.len() < 3 => self.everything(),
            None => {}
        }
    }

    /// Whether an item, or what it is a part of, is new.
    fn is_of_new(&self, item: Item) -> bool {
        self.added.contains(&item) || item.owner().is_some_and(|owner| self.added.contains(&owner))
    }

    fn added<D: ReadDoc>(&mut self, doc: &D, item: Item) {
        if !self.added.insert(item) {
            return;
        }
        match (item, item.owner()) {
            (Item::Activity(at), _) => {
                if let Some(activity) = read::activity(doc, at) {
                    self.told.push(PlanChange::ActivityAdded { at, activity: Box::new(activity) });
                }
            }
            (Item::Reply(..), Some(comment)) => self.item(doc, comment),
            (_, Some(_)) => self.field(doc, Field { item, name: Name::Order }),
            (item, None) => self.item(doc, item),
        }
    }

    fn field<D: ReadDoc>(&mut self, doc: &D, field: Field) {
        let is_of_new_owner = field.item.owner().map_or(self.added.contains(&field.item), |owner| self.added.contains(&owner));
        if is_of_new_owner && field.item.activity().is_some() || !self.fields.insert(field) {
            return;
        }
        match field.item {
            Item::Plan => self.everything(),
            Item::Section(section) => match field.name {
                Name::State => self.told.push(PlanChange::SectionState { section, state: read::section_state(doc, section) }),
                Name::GroupMembers | Name::Highlights => {
                    self.told.push(PlanChange::Group { section, group: Box::new(read::group(doc, section)) });
                }
                _ => self.everything(),
            },
            item => match (item.activity(), item.owner().unwrap_or(item)) {
                (Some(at), _) => {
                    if let Some(activity) = read::activity(doc, at) {
                        self.told.push(PlanChange::ActivityField { at, field, activity: Box::new(activity) });
                    }
                }
                (None, Item::Outcome(at)) => {
                    if let Some(outcome) = read::outcome(doc, at) {
                        self.told.push(PlanChange::Outcome { at, outcome: Box::new(outcome) });
                    }
                }
                (None, item) => self.item(doc, item),
            },
        }
    }

    /// Tells a whole thing that hangs on nothing, once.
    fn item<D: ReadDoc>(&mut self, doc: &D, item: Item) {
        if !self.whole.insert(item) {
            return;
        }
        let told = match item {
            Item::Organisation(id) => read::organisation(doc, id).map(PlanChange::Organisation),
            Item::Person(id) => read::person(doc, id).map(PlanChange::Person),
            Item::Source(id) => read::source(doc, id).map(PlanChange::Source),
            Item::Parked(id) => read::parked(doc, id).map(PlanChange::Parked),
            Item::Synergy(id) => read::synergy(doc, id).map(PlanChange::Synergy),
            Item::Suggestion(section, id) => {
                read::suggestion(doc, section, id).map(|suggestion| PlanChange::Suggestion { section, suggestion: Box::new(suggestion) })
            }
            Item::Comment(id) => read::comment(doc, id).map(|comment| PlanChange::Comment(Box::new(comment))),
            Item::Ballot(id) => read::ballot(doc, id).map(|ballot| PlanChange::Ballot(Box::new(ballot))),
            Item::Version(id) => read::version(doc, id).map(PlanChange::Version),
            Item::Desk => Some(PlanChange::Desk(read::desk(doc))),
            _ => None,
        };
        self.told.extend(told);
    }

    fn everything(&mut self) {
        self.told.push(PlanChange::Everything);
    }
}
