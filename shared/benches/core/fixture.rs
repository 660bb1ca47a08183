//! A plan as a workshop leaves it: 500 activities, and a history by many hands.

use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::id::{ActivityId, Author, ParticipantId, SERVER, TabId};
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Language, Name, Place, template};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::text::Splice;

const ACTIVITIES: usize = 500;
const PEOPLE: u8 = 20;

/// Who measures; has not written yet.
pub(crate) const ME: Author = author(PEOPLE + 1);

/// Somebody else who has not written yet.
pub(crate) const OTHER: Author = author(PEOPLE + 2);

pub(crate) struct Fixture {
    /// How many changes its history has.
    pub(crate) changes: usize,
    /// The document.
    pub(crate) saved: Vec<u8>,
    descriptions: Vec<Field>,
}

const fn author(number: u8) -> Author {
    Author { participant: ParticipantId::from_bytes([number; 16]), tab: TabId::from_bytes([number; 8]) }
}

/// Typing at the beginning of a text.
pub(crate) fn typing(field: Field, words: &str) -> Edit {
    Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: words.to_owned() } }
}

impl Fixture {
    pub(crate) fn new(changes: usize) -> Self {
        let mut next = 0u64;
        let mut id = || {
            next += 1;
            let mut bytes = [0; 10];
            bytes[2..].copy_from_slice(&next.to_be_bytes());
            bytes
        };
        let template = template::find("nap1325-2025").expect("the template is part of the program");
        let first = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
        let saved = template::build(&template, Language::En, first, 0, &mut id).expect("the template can be built").save();
        let mut fixture = Self { changes, saved, descriptions: Vec::new() };
        let mut replica = fixture.open(author(1), Role::Facilitator);
        let mut activities = activities(&replica);
        let sections = replica.plan().sections;
        for number in 0..ACTIVITIES - activities.len() {
            let section = &sections[number % sections.len()];
            let at = ActivityRef { section: section.id, activity: ActivityId::from_bytes(id()) };
            let outcome = section.outcomes[number / sections.len() % section.outcomes.len()].id;
            replica.edit(&Edit::AddActivity { at, outcome, place: Place::Last }, 0).expect("the edit fits");
            activities.push(at);
        }
        fixture.saved = replica.save();
        fixture.descriptions = activities.into_iter().map(|at| Field::of_activity(at, Name::Description)).collect();
        fixture.grow(changes);
        fixture
    }

    /// Everybody writes a little, one after the other, until the history is so long.
    fn grow(&mut self, changes: usize) {
        let made = 1 + ACTIVITIES;
        for person in 0..PEOPLE {
            let mut replica = self.open(author(person + 1), Role::Editor);
            for number in 0..(changes - made) / usize::from(PEOPLE) {
                let field = self.description(number * usize::from(PEOPLE) + usize::from(person));
                replica.edit(&typing(field, "konsulta "), 0).expect("the edit fits");
                replica.commit(0);
            }
            self.saved = replica.save();
        }
    }

    /// One text gets so long, in one change.
    pub(crate) fn lengthen(&mut self, chars: usize) {
        let mut replica = self.open(author(1), Role::Editor);
        replica.edit(&typing(self.description(0), &"a".repeat(chars)), 0).expect("the edit fits");
        replica.commit(0);
        self.saved = replica.save();
    }

    pub(crate) fn open(&self, author: Author, role: Role) -> Replica {
        Replica::load(author, Grant::new(author.participant, role), [&self.saved[..]], None).expect("a saved document can be loaded")
    }

    pub(crate) fn description(&self, number: usize) -> Field {
        self.descriptions[number % self.descriptions.len()]
    }

    /// Changes by somebody else, in many places.
    pub(crate) fn more_changes(&self, count: u64) -> Vec<Vec<u8>> {
        self.by_other(count, |number| self.description(number * 7))
    }

    /// Changes by somebody else, all in the first text.
    pub(crate) fn more_changes_in_one_text(&self, count: u64) -> Vec<Vec<u8>> {
        self.by_other(count, |_| self.description(0))
    }

    fn by_other(&self, count: u64, field: impl Fn(usize) -> Field) -> Vec<Vec<u8>> {
        let mut replica = self.open(OTHER, Role::Editor);
        let mut made = Vec::new();
        for number in 0..usize::try_from(count).expect("a small number") {
            replica.edit(&typing(field(number), "tan "), 0).expect("the edit fits");
            for effect in replica.commit(0) {
                if let Effect::Store { changes, .. } = effect {
                    made.extend(changes.into_iter().map(|change| change.bytes));
                }
            }
        }
        made
    }
}

fn activities(replica: &Replica) -> Vec<ActivityRef> {
    let plan = replica.plan();
    let in_section = plan.sections.iter().map(|section| (section.id, &section.activities));
    in_section.flat_map(|(section, all)| all.iter().map(move |activity| ActivityRef { section, activity: activity.id })).collect()
}
