//! What the screens read: the plan as signals, one for each thing that changes on its own.
//!
//! It is built once from the plan and then follows it by [`PlanChange`]s, which touch only the signals that they speak of. The
//! signals belong to the session's owner, so they live as long as the plan is open.

mod activity;
mod apply;
mod section;

use std::collections::BTreeMap;

use hamutuk_shared::id::{OrganisationId, ParticipantId, SectionId, SourceId};
use hamutuk_shared::plan::same::shown_as;
use hamutuk_shared::plan::{ActivityRef, Field, Month, Organisation, OutcomeRef, Parked, Person, Plan, Quarter, Source, Synergy};
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
    /// The first and the last month of it.
    pub(crate) period: RwSignal<(Month, Month)>,
    /// Its sections, in order.
    pub(crate) sections: RwSignal<Vec<SectionView>>,
    /// The organisations named in it, by label.
    pub(crate) organisations: RwSignal<Vec<Organisation>>,
    /// Who has joined.
    pub(crate) people: RwSignal<BTreeMap<ParticipantId, Person>>,
    /// Where money comes from, archived ones too, in order.
    pub(crate) sources: RwSignal<Vec<Source>>,
    /// What is put off, archived too, in order.
    pub(crate) parking: RwSignal<Vec<Parked>>,
    /// What belongs together, in order.
    pub(crate) synergies: RwSignal<Vec<Synergy>>,
    /// Counts up with everything that changes beside the content: comments, suggestions, dots, versions, the desk. See [`crate::room`].
    pub(crate) room: RwSignal<u64>,
    /// Counts up with everything that changes: for what is derived from the whole plan.
    pub(crate) revision: RwSignal<u64>,
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
            period: RwSignal::new((plan.first, plan.last)),
            sections: RwSignal::new(plan.sections.iter().map(SectionView::new).collect()),
            organisations: RwSignal::new(plan.organisations.clone()),
            people: RwSignal::new(plan.people.clone()),
            sources: RwSignal::new(plan.sources.clone()),
            parking: RwSignal::new(plan.parking.clone()),
            synergies: RwSignal::new(plan.synergies.clone()),
            room: RwSignal::new(0),
            revision: RwSignal::new(0),
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

    /// The plan as it stands, but for what no view derives anything from. Not reactive: track `revision`.
    pub(crate) fn plan(&self) -> Plan {
        Plan {
            title: self.title.words.get_untracked(),
            vision: self.vision.words.get_untracked(),
            first: self.first(),
            last: self.last(),
            sections: self.sections.with_untracked(|all| all.iter().map(SectionView::plain).collect()),
            organisations: self.organisations.get_untracked(),
            people: self.people.get_untracked(),
            sources: self.sources.get_untracked(),
            parking: self.parking.get_untracked(),
            synergies: self.synergies.get_untracked(),
            ..Plan::default()
        }
    }

    /// The first month. Not reactive: the page is made anew when the period changes.
    pub(crate) fn first(&self) -> Month {
        self.period.get_untracked().0
    }

    /// The last month. Not reactive.
    pub(crate) fn last(&self) -> Month {
        self.period.get_untracked().1
    }

    /// The quarters of its period.
    pub(crate) fn quarters(&self) -> Vec<Quarter> {
        let mut all: Vec<Quarter> =
            self.first().through(self.last()).map(|month| Quarter { year: month.year(), quarter: month.quarter() }).collect();
        all.dedup();
        all
    }

    /// Somebody who joined: the entry by which they are shown, if they joined twice. Reactive.
    pub(crate) fn person(&self, id: ParticipantId) -> Option<Person> {
        self.people.with(|people| people.get(&shown_as(people, id)).cloned())
    }

    /// What a source is called. Reactive.
    pub(crate) fn source_name(&self, id: SourceId) -> Option<String> {
        self.sources.with(|all| all.iter().find(|source| source.id == id).map(|source| source.name.clone()))
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
