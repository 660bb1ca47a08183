//! A screen: the plan as it would be shown, kept up to date only by what the replica says has changed.

use hamutuk_shared::plan::{Activity, ActivityRef, Field, Item, Name, Outcome, OutcomeRef, Plan, PlanChange, Section};
use hamutuk_shared::text::Splice;

/// What a screen shows.
#[derive(Debug, Default)]
pub(super) struct Shadow(pub(super) Plan);

impl Shadow {
    /// Updates what is shown; `read` gives the whole plan for when everything changed.
    pub(super) fn update(&mut self, changes: Vec<PlanChange>, read: impl Fn() -> Plan) {
        for change in changes {
            match change {
                PlanChange::Everything => self.0 = read(),
                PlanChange::Text { field, splices } => self.text(field, &splices),
                PlanChange::ActivityAdded { at, activity } => self.section(at.section).activities.push(*activity),
                PlanChange::ActivityField { at, activity, .. } => self.activity(at, *activity),
                PlanChange::Outcome { at, outcome } => self.outcome(at, *outcome),
                PlanChange::SectionState { section, state } => self.section(section).state = state,
                PlanChange::Group { section, group } => {
                    let shown = &mut self.section(section).group;
                    (shown.members, shown.highlights) = (group.members, group.highlights);
                }
                PlanChange::Organisation(now) => put(&mut self.0.organisations, now, |one| one.id),
                PlanChange::Person(person) => drop(self.0.people.insert(person.id, person)),
                // Words are told by splices, but for those of something new.
                PlanChange::Source(mut now) => {
                    keep(self.0.text_mut(Field { item: Item::Source(now.id), name: Name::OwnName }), &mut now.name);
                    put(&mut self.0.sources, now, |one| one.id);
                }
                PlanChange::Parked(mut now) => {
                    keep(self.0.text_mut(Field { item: Item::Parked(now.id), name: Name::Text }), &mut now.text);
                    put(&mut self.0.parking, now, |one| one.id);
                }
                PlanChange::Synergy(now) => put(&mut self.0.synergies, now, |one| one.id),
                PlanChange::Suggestion { section, suggestion } => put(&mut self.section(section).suggestions, *suggestion, |one| one.id),
                PlanChange::Comment(now) => put(&mut self.0.comments, *now, |one| one.id),
                PlanChange::Ballot(ballot) => drop(self.0.ballots.insert(ballot.participant, *ballot)),
                PlanChange::Version(now) => put(&mut self.0.versions, now, |one| one.id),
                PlanChange::Desk(desk) => self.0.desk = desk,
            }
        }
        for section in &mut self.0.sections {
            section.activities.sort_by_cached_key(|activity| (activity.order.clone(), activity.id));
            section.suggestions.sort_by_cached_key(|one| (one.order.clone(), one.id.to_string()));
        }
        self.0.sources.sort_by_cached_key(|one| (one.order.clone(), one.id));
        self.0.parking.sort_by_cached_key(|one| (one.order.clone(), one.id));
        self.0.synergies.sort_by_cached_key(|one| (one.order.clone(), one.id));
        self.0.comments.sort_by_cached_key(|one| (one.order.clone(), one.id.to_string()));
        self.0.versions.sort_by_cached_key(|one| (one.order.clone(), one.id.to_string()));
    }

    fn section(&mut self, id: hamutuk_shared::id::SectionId) -> &mut Section {
        self.0.sections.iter_mut().find(|section| section.id == id).expect("the section is shown")
    }

    fn activity(&mut self, at: ActivityRef, mut now: Activity) {
        let shown = self.section(at.section).activities.iter_mut().find(|shown| shown.id == at.activity).expect("the activity is shown");
        // A screen must not take words from here, or a caret would jump.
        now.keep_words(at, shown);
        *shown = now;
    }

    fn outcome(&mut self, at: OutcomeRef, mut now: Outcome) {
        let shown = self.section(at.section).outcomes.iter_mut().find(|shown| shown.id == at.outcome).expect("the outcome is shown");
        now.keep_words(at, shown);
        *shown = now;
    }

    fn text(&mut self, field: Field, splices: &[Splice]) {
        let words = self.0.text_mut(field).unwrap_or_else(|| panic!("{field} is not shown"));
        for splice in splices {
            *words = splice.apply(words).expect("a splice fits what is shown");
        }
    }
}

/// What is shown stays shown.
fn keep(shown: Option<&mut String>, now: &mut String) {
    if let Some(shown) = shown {
        now.clone_from(shown);
    }
}

fn put<T, K: PartialEq>(all: &mut Vec<T>, now: T, key: impl Fn(&T) -> K) {
    match all.iter_mut().find(|one| key(one) == key(&now)) {
        Some(shown) => *shown = now,
        None => all.push(now),
    }
}
