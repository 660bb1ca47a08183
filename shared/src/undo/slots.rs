//! A step in what stands at keys: a value, a member of a set, a place, the archive.

use automerge::{ObjId, ReadDoc};

use super::name::{OpName, Renaming};
use crate::order::OrderKey;
use crate::plan::schema::Location;
use crate::plan::{ActivityRef, Edit, Field, Item, Name, OutcomeRef, Value, read};

/// What a step wrote at some keys, and what takes it back.
#[derive(Debug, Clone)]
pub(crate) struct Slots {
    back: Back,
    claims: Vec<Claim>,
}

/// What takes a step back.
#[derive(Debug, Clone)]
pub(crate) enum Back {
    /// An edit.
    Edit(Edit),
    /// An activity goes back to the place that it had.
    Place {
        /// Which.
        at: ActivityRef,
        /// Among the activities of this outcome.
        outcome: OutcomeRef,
        /// With this key.
        order: OrderKey,
    },
}

/// What a step wrote at a key.
#[derive(Debug, Clone)]
struct Claim {
    slot: Slot,
    /// The name of what stood there before, if it stood there alone.
    before: Option<OpName>,
    /// The names of all that stood there afterwards.
    after: Vec<OpName>,
}

/// A key: of a field, or of a member of a set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    field: Field,
    member: Option<String>,
}

/// What is at the keys that an edit is about to write.
#[derive(Debug)]
pub(crate) struct Before {
    back: Back,
    slots: Vec<(Slot, Vec<OpName>)>,
    /// Whether the edit will change nothing that can be seen.
    is_same: bool,
}

impl Slot {
    const fn of(item: Item, name: Name) -> Self {
        Self { field: Field { item, name }, member: None }
    }

    fn place<D: ReadDoc>(&self, doc: &D) -> Option<(ObjId, String)> {
        match &self.member {
            None => read::slot(doc, self.field).map(|(parent, key)| (parent, key.to_owned())),
            Some(member) => read::set_object(doc, self.field).map(|set| (set, member.clone())),
        }
    }

    /// The names of all that stands there.
    pub(super) fn names<D: ReadDoc>(&self, doc: &D) -> Vec<OpName> {
        let all = self.place(doc).and_then(|(parent, key)| doc.get_all(&parent, key).ok()).unwrap_or_default();
        all.iter().filter_map(|(_, id)| OpName::of(id)).collect()
    }

    /// The name of what stands there alone, with what it means.
    pub(super) fn settled<D: ReadDoc>(&self, doc: &D) -> Option<(OpName, Value)> {
        let name = alone(self.names(doc))?;
        let value = match (self.field.name, &self.member) {
            (_, Some(_)) => Value::Nothing,
            // An edit and its repetition note different times.
            (Name::Archived, None) => Value::Number(read::archived(doc, self.field.item).is_kept().into()),
            _ => read::value(doc, self.field),
        };
        Some((name, value))
    }

    /// The mark of the archive, which every edit of a thing writes, too.
    pub(super) const fn archived(item: Item) -> Self {
        Self::of(item, Name::Archived)
    }
}

impl Back {
    /// What it writes.
    pub(crate) fn at(&self) -> Location {
        match self {
            Self::Edit(Edit::Set { field, .. } | Edit::Include { field, .. } | Edit::Text { field, .. }) => Location::Field(*field),
            Self::Edit(edit) => Location::Item(edit.item()),
            Self::Place { at, .. } => Location::Item(Item::Activity(*at)),
        }
    }

    /// Whether the plan is as this would make it.
    pub(crate) fn is_done<D: ReadDoc>(&self, doc: &D) -> bool {
        match self {
            Self::Edit(Edit::Set { field, value }) => read::value(doc, *field) == *value,
            Self::Edit(Edit::Include { field, member, included }) => read::members(doc, *field).contains(member) == *included,
            Self::Edit(Edit::Archive { item, archived }) => read::archived(doc, *item).is_kept() != *archived,
            Self::Edit(_) => false,
            Self::Place { at, outcome, order } => place_of(doc, *at).is_some_and(|place| place == (*outcome, order.clone())),
        }
    }
}

impl Before {
    /// What `edit` is about to write over; none if it has no undo.
    pub(super) fn of<D: ReadDoc>(doc: &D, edit: &Edit) -> Option<Self> {
        let (back, slots) = match edit {
            Edit::Set { field, .. } => {
                let back = Edit::Set { field: *field, value: read::value(doc, *field) };
                (back, vec![Slot { field: *field, member: None }])
            }
            Edit::Include { field, member, .. } => {
                let included = read::members(doc, *field).contains(member);
                let back = Edit::Include { field: *field, member: member.clone(), included };
                (back, vec![Slot { field: *field, member: Some(member.clone()) }])
            }
            Edit::Archive { item, .. } => {
                (Edit::Archive { item: *item, archived: !read::archived(doc, *item).is_kept() }, vec![Slot::archived(*item)])
            }
            Edit::Add { .. } | Edit::AddActivity { .. } => {
                (Edit::Archive { item: edit.item(), archived: true }, vec![Slot::archived(edit.item())])
            }
            Edit::MoveActivity { at, .. } => return Self::of_place(doc, *at),
            Edit::Text { .. } | Edit::AddOrganisation { .. } | Edit::SetPerson { .. } | Edit::NameVersion { .. } => return None,
        };
        let is_same = Back::Edit(edit.clone()).is_done(doc);
        Some(Self { back: Back::Edit(back), slots: with_names(doc, slots), is_same })
    }

    /// What a move of an activity is about to write over.
    pub(super) fn of_place<D: ReadDoc>(doc: &D, at: ActivityRef) -> Option<Self> {
        let (outcome, order) = place_of(doc, at)?;
        let item = Item::Activity(at);
        let slots = with_names(doc, vec![Slot::of(item, Name::Order), Slot::of(item, Name::Outcome)]);
        Some(Self { back: Back::Place { at, outcome, order }, slots, is_same: false })
    }

    /// What was written, or only the new names of what is as it was.
    pub(super) fn after<D: ReadDoc>(self, doc: &D) -> Result<Slots, Renaming> {
        if self.is_same {
            let pairs = self.slots.into_iter().filter_map(|(slot, names)| Some((alone(names)?, alone(slot.names(doc))?)));
            return Err(pairs.collect());
        }
        // Automerge writes nothing where the same stands already.
        if self.slots.iter().all(|(slot, names)| slot.names(doc) == *names) {
            return Err(Renaming::default());
        }
        let claims = self.slots.into_iter().map(|(slot, names)| {
            let after = slot.names(doc);
            Claim { slot, before: alone(names), after }
        });
        Ok(Slots { back: self.back, claims: claims.collect() })
    }
}

impl Slots {
    pub(crate) const fn back(&self) -> &Back {
        &self.back
    }

    /// Whether what the step wrote stands there, alone.
    pub(crate) fn stands<D: ReadDoc>(&self, doc: &D) -> bool {
        self.claims.iter().all(|claim| claim.slot.names(doc) == claim.after)
    }

    /// The new names of what stood there before and was put back.
    pub(super) fn renaming<D: ReadDoc>(&self, doc: &D) -> Renaming {
        self.claims.iter().filter_map(|claim| Some((claim.before.clone()?, alone(claim.slot.names(doc))?))).collect()
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.claims.iter().map(|claim| &claim.slot)
    }

    pub(super) fn rename(&mut self, renaming: &Renaming) {
        for claim in &mut self.claims {
            for name in claim.before.iter_mut().chain(&mut claim.after) {
                if let Some(new) = renaming.of(name) {
                    *name = new;
                }
            }
        }
    }
}

fn with_names<D: ReadDoc>(doc: &D, slots: Vec<Slot>) -> Vec<(Slot, Vec<OpName>)> {
    slots.into_iter().map(|slot| (slot.clone(), slot.names(doc))).collect()
}

fn place_of<D: ReadDoc>(doc: &D, at: ActivityRef) -> Option<(OutcomeRef, OrderKey)> {
    let word = |name| match read::value(doc, Field::of_activity(at, name)) {
        Value::Word(word) => Some(word),
        _ => None,
    };
    Some((OutcomeRef { section: at.section, outcome: word(Name::Outcome)?.parse().ok()? }, OrderKey::new(word(Name::Order)?)))
}

fn alone(mut names: Vec<OpName>) -> Option<OpName> {
    names.pop().filter(|_| names.is_empty())
}
