//! A screen: the plan as it would be shown, kept up to date only by what the replica says has changed.

use hamutuk_shared::plan::schema::OutcomeRef;
use hamutuk_shared::plan::{Activity, ActivityRef, Plan, PlanChange, TextField};
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
                PlanChange::ActivityAdded { at, activity } => self.activities(at).push(*activity),
                PlanChange::ActivityField { at, activity, .. } => self.activity_field(at, *activity),
                PlanChange::SectionState { section, state } => {
                    self.0.sections.iter_mut().filter(|shown| shown.id == section).for_each(|shown| shown.state = state.clone());
                }
                PlanChange::Organisation(organisation) => {
                    self.0.organisations.retain(|shown| shown.id != organisation.id);
                    self.0.organisations.push(organisation);
                }
                PlanChange::Person(person) => drop(self.0.people.insert(person.id, person)),
            }
        }
        for section in &mut self.0.sections {
            section.activities.sort_by_cached_key(|activity| (activity.order.clone(), activity.id));
        }
    }

    fn activities(&mut self, at: ActivityRef) -> &mut Vec<Activity> {
        &mut self.0.sections.iter_mut().find(|section| section.id == at.section).expect("the section is shown").activities
    }

    fn activity_field(&mut self, at: ActivityRef, now: Activity) {
        let shown = self.activities(at).iter_mut().find(|shown| shown.id == at.activity).expect("the activity is shown");
        // Words are told by splices; a screen must not take them from here, or a caret would jump.
        let (title, description) = (shown.title.clone(), shown.description.clone());
        *shown = Activity { title, description, ..now };
    }

    fn text(&mut self, field: TextField, splices: &[Splice]) {
        let words = match field {
            TextField::PlanTitle => &mut self.0.title,
            TextField::PlanVision => &mut self.0.vision,
            TextField::SectionContext(id) => {
                &mut self.0.sections.iter_mut().find(|section| section.id == id).expect("the section is shown").context
            }
            TextField::OutcomeStatement(OutcomeRef { section, outcome }) => {
                let section = self.0.sections.iter_mut().find(|shown| shown.id == section).expect("the section is shown");
                &mut section.outcomes.iter_mut().find(|shown| shown.id == outcome).expect("the outcome is shown").statement
            }
            TextField::ActivityTitle(at) | TextField::ActivityDescription(at) => {
                let shown = self.activities(at).iter_mut().find(|shown| shown.id == at.activity).expect("the activity is shown");
                if matches!(field, TextField::ActivityTitle(_)) { &mut shown.title } else { &mut shown.description }
            }
        };
        for splice in splices {
            *words = splice.apply(words).expect("a splice fits what is shown");
        }
    }
}
