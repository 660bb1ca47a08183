//! What changed in the plan: Automerge's patches, in the plan's own terms.
//!
//! Each [`PlanChange`] names one thing and carries its new value, so that a view updates that cell and nothing else.

use std::collections::BTreeSet;

use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{Change, ObjId, ObjType, Patch, PatchAction, Prop, ReadDoc, Value};

use super::model::{Activity, Organisation, Person, Register, SectionState};
use super::read;
use super::schema::{ActivityField, ActivityRef, Location, TextField};
use crate::id::{ParticipantId, SectionId};
use crate::text::Splice;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanChange {
    /// Words changed: these splices one after the other, by whoever.
    Text {
        /// Where.
        field: TextField,
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
    /// A field of an activity that is not a text has another value.
    ActivityField {
        /// Which.
        at: ActivityRef,
        /// What of it.
        field: ActivityField,
        /// The activity as it is now.
        activity: Box<Activity>,
    },
    /// A section's state.
    SectionState {
        /// Which.
        section: SectionId,
        /// Its state.
        state: Register<SectionState>,
    },
    /// An organisation is new or has changed.
    Organisation(Organisation),
    /// Somebody joined or corrected themselves.
    Person(Person),
    /// More than can be told one by one: read the plan again.
    Everything,
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
    added: BTreeSet<ActivityRef>,
    organisations: BTreeSet<crate::id::OrganisationId>,
    people: BTreeSet<ParticipantId>,
    fields: BTreeSet<(ActivityRef, ActivityField)>,
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

    /// Tells of a scalar that was written, whether or not it won.
    fn operation<D: ReadDoc>(&mut self, doc: &D, operation: &Op) {
        let (Key::Map(key), ObjectId::Id(OpId(counter, actor)), OpType::Put(_)) = (&operation.key, &operation.obj, &operation.action)
        else {
            return;
        };
        let Ok(parents) = doc.parents(ObjId::Id(*counter, actor.clone(), 0)) else { return };
        let mut path: Vec<String> = parents.map(|parent| parent.prop.to_string()).collect();
        path.reverse();
        let path: Vec<&str> = path.iter().map(String::as_str).chain([key.as_str()]).collect();
        if let Some(location @ (Location::ActivityField(..) | Location::SectionState(_))) = Location::of(&path) {
            self.tell(doc, location);
        }
    }

    fn text<D: ReadDoc>(&mut self, doc: &D, path: &[&str], action: &PatchAction) {
        let splice = match action {
            PatchAction::SpliceText { index, value, .. } => Splice { at: *index, delete: 0, insert: value.make_string() },
            PatchAction::DeleteSeq { index, length } => Splice { at: *index, delete: *length, insert: String::new() },
            _ => return,
        };
        match Location::of(path) {
            Some(Location::Text(field)) => {
                if field.activity().is_some_and(|at| self.added.contains(&at)) {
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
            Some(location) => self.tell(doc, location),
            None => {}
        }
    }

    fn value<D: ReadDoc>(&mut self, doc: &D, path: &[&str], key: &str, is_object: bool) {
        let full: Vec<&str> = path.iter().copied().chain([key]).collect();
        match Location::of(&full) {
            // A container of the template arrived (a first load), or a text was replaced: too much to tell.
            Some(Location::Text(field)) if field.activity().is_some_and(|at| self.added.contains(&at)) => {}
            Some(Location::Text(_)) => self.everything(),
            Some(location) => self.tell(doc, location),
            None if is_object && path.len() < 3 => self.everything(),
            None => {}
        }
    }

    fn tell<D: ReadDoc>(&mut self, doc: &D, location: Location) {
        match location {
            Location::Text(_) => {}
            Location::Activity(at) => {
                if let Some(activity) = read::activity(doc, at)
                    && self.added.insert(at)
                {
                    self.told.push(PlanChange::ActivityAdded { at, activity: Box::new(activity) });
                }
            }
            Location::ActivityField(at, field) => {
                if !self.added.contains(&at)
                    && self.fields.insert((at, field))
                    && let Some(activity) = read::activity(doc, at)
                {
                    self.told.push(PlanChange::ActivityField { at, field, activity: Box::new(activity) });
                }
            }
            Location::Organisation(id) => {
                if self.organisations.insert(id)
                    && let Some(organisation) = read::organisation(doc, id)
                {
                    self.told.push(PlanChange::Organisation(organisation));
                }
            }
            Location::Person(id) => {
                if self.people.insert(id)
                    && let Some(person) = read::person(doc, id)
                {
                    self.told.push(PlanChange::Person(person));
                }
            }
            Location::SectionState(section) => {
                self.told.push(PlanChange::SectionState { section, state: read::section_state(doc, section) });
            }
        }
    }

    fn everything(&mut self) {
        if !self.told.contains(&PlanChange::Everything) {
            self.told.push(PlanChange::Everything);
        }
    }
}
