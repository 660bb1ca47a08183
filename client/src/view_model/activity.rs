//! An activity as signals.

use hamutuk_shared::id::{OrganisationId, OutcomeId, SectionId};
use hamutuk_shared::order::OrderKey;
use hamutuk_shared::plan::{Activity, ActivityRef, ActivityStatus, Archived, Field, MonthSet, Name, Register};
use leptos::prelude::*;

use super::{TextView, put};

/// An activity. Two are equal when they are views of the same one.
#[derive(Clone, Copy)]
pub(crate) struct ActivityView {
    /// Where it is.
    pub(crate) at: ActivityRef,
    /// The outcome that it serves.
    pub(crate) outcome: RwSignal<OutcomeId>,
    /// What it is called.
    pub(crate) title: TextView,
    /// What it is about.
    pub(crate) description: TextView,
    /// Who leads it.
    pub(crate) lead: RwSignal<Register<Option<OrganisationId>>>,
    /// When it happens.
    pub(crate) months: RwSignal<MonthSet>,
    /// How far it is.
    pub(crate) status: RwSignal<Register<ActivityStatus>>,
    /// Whether it is archived.
    pub(crate) archived: RwSignal<Archived>,
    /// Where it stands among the activities of its section.
    pub(crate) order: RwSignal<OrderKey>,
}

impl PartialEq for ActivityView {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for ActivityView {}

impl ActivityView {
    pub(super) fn new(section: SectionId, activity: &Activity) -> Self {
        let at = ActivityRef { section, activity: activity.id };
        Self {
            at,
            outcome: RwSignal::new(activity.outcome),
            title: TextView::new(Field::of_activity(at, Name::Title), &activity.title),
            description: TextView::new(Field::of_activity(at, Name::Description), &activity.description),
            lead: RwSignal::new(activity.lead.clone()),
            months: RwSignal::new(activity.months.clone()),
            status: RwSignal::new(activity.status.clone()),
            archived: RwSignal::new(activity.archived),
            order: RwSignal::new(activity.order.clone()),
        }
    }

    /// Whether it is in the plan, not in the archive. Reactive.
    pub(crate) fn is_kept(&self) -> bool {
        self.archived.get() != Archived::Yes
    }

    /// Sets everything but the texts, as far as it differs; whether its place in the list may have changed.
    pub(super) fn set(&self, activity: &Activity) -> bool {
        put(self.outcome, activity.outcome);
        put(self.lead, activity.lead.clone());
        put(self.months, activity.months.clone());
        put(self.status, activity.status.clone());
        put(self.archived, activity.archived);
        put(self.order, activity.order.clone())
    }
}
