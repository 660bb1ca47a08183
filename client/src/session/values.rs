//! What stands in the fields that are chosen rather than typed, for whoever shows them: the twin of [`super::fields`].
//!
//! A field is read from the document, when it comes on the screen and when somebody changes it. So a screen can show any field of any
//! thing without a signal for each in the view of the plan, and a change touches only the fields that it is about.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::Content;
use hamutuk_shared::plan::{Field, Item, PlanChange, Register};
use hamutuk_shared::replica::Replica;
use leptos::prelude::*;

use super::core::Core;

/// What stands in a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Standing {
    /// The value of a field that holds one, with its rivals.
    pub(crate) value: Register<Value>,
    /// The members of a set.
    pub(crate) members: BTreeSet<String>,
}

impl Standing {
    /// What stands in a field of this document.
    pub(super) fn of(replica: &Replica, field: Field) -> Self {
        match field.content() {
            Some(Content::Set(_)) => Self { members: replica.members(field), ..Self::default() },
            _ => Self { value: replica.value(field), ..Self::default() },
        }
    }

    /// The value as a word; none where there is none, or where it is a number.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.value.value {
            Value::Word(word) => Some(word),
            Value::Nothing | Value::Number(_) => None,
        }
    }
}

/// A field on the screen, and how many show it.
struct Shown {
    signal: ArcRwSignal<Standing>,
    count: usize,
}

#[derive(Default)]
pub(super) struct Values(RefCell<HashMap<Field, Shown>>);

impl Core {
    /// What stands in a field, until the current owner ends.
    pub(super) fn standing(self: &Rc<Self>, field: Field) -> Signal<Standing> {
        let signal = {
            let mut all = self.values.0.borrow_mut();
            let shown = all.entry(field).or_insert_with(|| Shown { signal: ArcRwSignal::new(self.read(field)), count: 0 });
            shown.count += 1;
            shown.signal.clone()
        };
        let core = StoredValue::new_local(Rc::downgrade(self));
        on_cleanup(move || {
            if let Some(core) = core.try_with_value(std::rc::Weak::upgrade).flatten() {
                core.values.release(field);
            }
        });
        signal.into()
    }

    /// What stands in a field now.
    pub(super) fn read(&self, field: Field) -> Standing {
        let (replica, last) = (self.replica.borrow(), self.last_view.borrow());
        replica.as_ref().or(last.as_ref()).map(|replica| Standing::of(replica, field)).unwrap_or_default()
    }

    /// Looks again at the fields that a change may be about.
    pub(super) fn tell_values(&self, change: &PlanChange) {
        let is_meant: Box<dyn Fn(&Field) -> bool + '_> = match change {
            PlanChange::Text { .. } | PlanChange::ActivityAdded { .. } | PlanChange::Version(_) => return,
            PlanChange::Person(person) => is_of(Item::Person(person.id)),
            PlanChange::ActivityField { field, .. } => Box::new(move |known| known == field),
            PlanChange::Outcome { at, .. } => {
                let outcome = Item::Outcome(*at);
                Box::new(move |known| known.item == outcome || known.item.owner() == Some(outcome))
            }
            PlanChange::SectionState { section, .. } => is_of(Item::Section(*section)),
            PlanChange::Group { section, .. } => is_of(Item::Section(*section)),
            PlanChange::Organisation(organisation) => is_of(Item::Organisation(organisation.id)),
            PlanChange::Source(source) => is_of(Item::Source(source.id)),
            PlanChange::Parked(parked) => is_of(Item::Parked(parked.id)),
            PlanChange::Synergy(synergy) => is_of(Item::Synergy(synergy.id)),
            PlanChange::Suggestion { section, suggestion } => is_of(Item::Suggestion(*section, suggestion.id)),
            PlanChange::Comment(comment) => is_of(Item::Comment(comment.id)),
            PlanChange::Ballot(ballot) => is_of(Item::Ballot(ballot.participant)),
            PlanChange::Desk(_) => is_of(Item::Desk),
            PlanChange::Everything => Box::new(|_| true),
        };
        // Not borrowed while signals are set: what follows them may show or hide a field.
        let meant: Vec<(Field, ArcRwSignal<Standing>)> = {
            let all = self.values.0.borrow();
            all.iter().filter(|(field, _)| is_meant(field)).map(|(field, shown)| (*field, shown.signal.clone())).collect()
        };
        for (field, signal) in meant {
            let now = self.read(field);
            if signal.with_untracked(|before| *before != now) {
                signal.set(now);
            }
        }
    }
}

fn is_of(item: Item) -> Box<dyn Fn(&Field) -> bool> {
    Box::new(move |known| known.item == item)
}

impl Values {
    fn release(&self, field: Field) {
        let mut all = self.0.borrow_mut();
        if let Some(shown) = all.get_mut(&field) {
            shown.count -= 1;
            if shown.count == 0 {
                all.remove(&field);
            }
        }
    }
}
