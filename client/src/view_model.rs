//! What the screens read: the plan as signals, one for each thing that changes on its own.
//!
//! It is built once from the plan and then follows it by [`PlanChange`]s, which touch only the signals that they speak of. The
//! signals belong to the session's owner, so they live as long as the plan is open.

mod activity;
mod apply;
mod section;

use std::collections::BTreeMap;

use hamutuk_shared::id::{OrganisationId, ParticipantId, SectionId};
use hamutuk_shared::plan::{ActivityRef, Field, Item, Month, Name, Organisation, OutcomeRef, Person, Plan};
use leptos::prelude::*;

pub(crate) use activity::ActivityView;
pub(crate) use section::{OutcomeView, SectionView};

/// The plan. Copied freely; provided as context once a plan is open.
#[derive(Clone, Copy)]
pub(crate) struct PlanView {
    /// What it is called.
    pub(crate) title: TextView,
    /// Where it leads.
    pub(crate) vision: TextView,
    /// The first month of its period.
    pub(crate) first: Month,
    /// The last month of its period.
    pub(crate) last: Month,
    /// Its sections, in order.
    pub(crate) sections: RwSignal<Vec<SectionView>>,
    /// The organisations named in it, by label.
    pub(crate) organisations: RwSignal<Vec<Organisation>>,
    /// Who has joined.
    pub(crate) people: RwSignal<BTreeMap<ParticipantId, Person>>,
}

/// A text: what it says, for headings, cards and counts, and the key of its live field.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct TextView {
    /// Which text.
    pub(crate) field: Field,
    /// What it says.
    pub(crate) words: RwSignal<String>,
}

impl TextView {
    fn new(field: Field, words: &str) -> Self {
        Self { field, words: RwSignal::new(words.to_owned()) }
    }
}

impl PlanView {
    /// The view of `plan`, its signals under the current owner.
    pub(crate) fn new(plan: &Plan) -> Self {
        Self {
            title: TextView::new(Field::PLAN_TITLE, &plan.title),
            vision: TextView::new(Field::PLAN_VISION, &plan.vision),
            first: plan.first,
            last: plan.last,
            sections: RwSignal::new(plan.sections.iter().map(SectionView::new).collect()),
            organisations: RwSignal::new(plan.organisations.clone()),
            people: RwSignal::new(plan.people.clone()),
        }
    }

    /// The section of this id. Not reactive: sections do not come and go.
    pub(crate) fn section(&self, id: SectionId) -> Option<SectionView> {
        self.sections.with_untracked(|all| all.iter().find(|section| section.id == id).cloned())
    }

    /// The outcome there. Not reactive.
    pub(crate) fn outcome(&self, at: OutcomeRef) -> Option<OutcomeView> {
        let section = self.section(at.section)?;
        section.outcomes.with_untracked(|all| all.iter().find(|outcome| outcome.id == at.outcome).cloned())
    }

    /// The activity there. Not reactive.
    pub(crate) fn activity(&self, at: ActivityRef) -> Option<ActivityView> {
        let section = self.section(at.section)?;
        section.activities.with_untracked(|all| all.iter().find(|activity| activity.at == at).copied())
    }

    /// The text of this field, where a screen shows it. Not reactive.
    pub(crate) fn text(&self, field: Field) -> Option<TextView> {
        match (field.item, field.name) {
            (Item::Plan, Name::Title) => Some(self.title),
            (Item::Plan, Name::Vision) => Some(self.vision),
            (Item::Section(id), Name::Context) => self.section(id).map(|section| section.context),
            (Item::Outcome(at), Name::Statement) => self.outcome(at).map(|outcome| outcome.statement),
            (Item::Activity(at), Name::Title) => self.activity(at).map(|activity| activity.title),
            (Item::Activity(at), Name::Description) => self.activity(at).map(|activity| activity.description),
            _ => None,
        }
    }

    /// The label of an organisation. Reactive.
    pub(crate) fn organisation_label(&self, id: OrganisationId) -> Option<String> {
        self.organisations
            .with(|all| all.iter().find(|organisation| organisation.id == id).map(|organisation| organisation.label().to_owned()))
    }
}

/// Sets a signal if that changes it; whether it did.
fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) -> bool {
    let is_new = signal.with_untracked(|old| *old != value);
    if is_new {
        signal.set(value);
    }
    is_new
}
