//! The view follows the plan.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Activity, ActivityRef, Field, Name, Organisation, Plan, PlanChange, Section};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;

use super::{ActivityView, OutcomeView, PlanView, SectionView, TextView, put};

impl PlanView {
    /// Takes over one change, of any kind but [`PlanChange::Everything`]. False when the view does not fit the change: then it is
    /// behind, and [`PlanView::rebuild`] is due.
    pub(crate) fn apply(&self, change: &PlanChange) -> bool {
        match change {
            PlanChange::Text { field, splices } => self.splice(*field, splices),
            PlanChange::ActivityAdded { at, activity } | PlanChange::ActivityField { at, activity, .. } => self.put_activity(*at, activity),
            PlanChange::SectionState { section, state } => {
                let section = self.section(*section);
                section.is_some_and(|section| {
                    put(section.state, state.clone());
                    true
                })
            }
            PlanChange::Organisation(organisation) => {
                self.put_organisation(organisation);
                true
            }
            PlanChange::Person(person) => {
                if self.people.with_untracked(|all| all.get(&person.id) != Some(person)) {
                    self.people.update(|all| drop(all.insert(person.id, person.clone())));
                }
                true
            }
            // No screen shows these yet.
            PlanChange::Outcome { .. }
            | PlanChange::Group { .. }
            | PlanChange::Source(_)
            | PlanChange::Parked(_)
            | PlanChange::Synergy(_) => true,
            PlanChange::Everything => false,
        }
    }

    /// Sets whatever differs from `plan`; the fields whose words did.
    pub(crate) fn rebuild(&self, plan: &Plan) -> Vec<Field> {
        let mut changed = Vec::new();
        put_text(self.title, &plan.title, &mut changed);
        put_text(self.vision, &plan.vision, &mut changed);
        put(self.organisations, plan.organisations.clone());
        put(self.people, plan.people.clone());
        let sections = plan.sections.iter().map(|section| self.rebuilt_section(section, &mut changed)).collect();
        put(self.sections, sections);
        changed
    }

    fn rebuilt_section(&self, section: &Section, changed: &mut Vec<Field>) -> SectionView {
        let Some(view) = self.section(section.id) else {
            return SectionView::new(section);
        };
        put_text(view.context, &section.context, changed);
        put(view.state, section.state.clone());
        let known_outcomes = view.outcomes.get_untracked();
        let outcomes = section.outcomes.iter().map(|outcome| match known_outcomes.iter().find(|known| known.id == outcome.id) {
            None => OutcomeView::new(section.id, outcome),
            Some(known) => {
                put_text(known.statement, &outcome.statement, changed);
                known.clone()
            }
        });
        put(view.outcomes, outcomes.collect());
        let known_activities = view.activities.get_untracked();
        let activities =
            section.activities.iter().map(|activity| match known_activities.iter().find(|known| known.at.activity == activity.id) {
                None => ActivityView::new(section.id, activity),
                Some(known) => {
                    known.set(activity);
                    put_text(known.title, &activity.title, changed);
                    put_text(known.description, &activity.description, changed);
                    *known
                }
            });
        put(view.activities, activities.collect());
        view
    }

    fn splice(&self, field: Field, splices: &[Splice]) -> bool {
        let Some(view) = self.text(field) else {
            // What no screen shows is not missed; a text that should be here is.
            let is_shown = matches!(
                (field.item.kind(), field.name),
                (Kind::Section, Name::Context) | (Kind::Outcome, Name::Statement) | (Kind::Activity, Name::Title | Name::Description)
            );
            return !is_shown;
        };
        let words = view.words.with_untracked(|words| splices.iter().try_fold(words.clone(), |words, splice| splice.apply(&words)));
        let Some(words) = words else {
            return false;
        };
        put(view.words, words);
        true
    }

    fn put_activity(&self, at: ActivityRef, activity: &Activity) -> bool {
        match self.activity(at) {
            Some(view) => {
                if view.set(activity) {
                    self.sort(at.section);
                }
                true
            }
            None => {
                let Some(section) = self.section(at.section) else {
                    return false;
                };
                let view = ActivityView::new(at.section, activity);
                section.activities.update_untracked(|all| all.push(view));
                section.activities.update(|all| sort(all));
                true
            }
        }
    }

    /// Puts the activities of a section into order, if they are not.
    fn sort(&self, section: SectionId) {
        let Some(section) = self.section(section) else {
            return;
        };
        let mut sorted = section.activities.get_untracked();
        sort(&mut sorted);
        put(section.activities, sorted);
    }

    fn put_organisation(&self, organisation: &Organisation) {
        let mut all = self.organisations.get_untracked();
        match all.iter_mut().find(|known| known.id == organisation.id) {
            Some(known) => organisation.clone_into(known),
            None => all.push(organisation.clone()),
        }
        all.sort_by_cached_key(|organisation| (organisation.label().to_lowercase(), organisation.id));
        put(self.organisations, all);
    }
}

fn sort(activities: &mut [ActivityView]) {
    activities.sort_by_cached_key(|activity| (activity.order.get_untracked(), activity.at.activity));
}

fn put_text(view: TextView, words: &str, changed: &mut Vec<Field>) {
    if put(view.words, words.to_owned()) {
        changed.push(view.field);
    }
}
