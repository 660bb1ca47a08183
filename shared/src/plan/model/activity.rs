//! Activities.

use super::choice::choice;
use super::{MonthSet, Register};
use crate::id::{ActivityId, Author, OrganisationId, OutcomeId};
use crate::order::OrderKey;

choice! {
    /// How far an activity is.
    ActivityStatus {
        /// Being written.
        #[default]
        Draft = "draft",
        /// Put to the group.
        Proposed = "proposed",
        /// Agreed by the group.
        Agreed = "agreed",
        /// Agreed, and its time has not come.
        NotStarted = "not_started",
        /// In progress as planned.
        OnTrack = "on_track",
        /// In progress, and something threatens it.
        AtRisk = "at_risk",
        /// In progress, and late.
        Delayed = "delayed",
        /// Done.
        Completed = "completed",
        /// Given up.
        Cancelled = "cancelled",
    }
}

/// Whether an activity is archived.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Archived {
    /// It is in the plan.
    #[default]
    No,
    /// It was archived while this author edited it: the edit won, and it is in the plan.
    RestoredBy(Author),
    /// It is archived.
    Yes,
}

/// What organisations do towards an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// The outcome that it serves.
    pub outcome: OutcomeId,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// Who leads it.
    pub lead: Register<Option<OrganisationId>>,
    /// When it happens.
    pub months: MonthSet,
    /// How far it is.
    pub status: Register<ActivityStatus>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among the activities of its section.
    pub order: OrderKey,
}

impl Activity {
    /// Whether nobody has written anything into it yet.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.title.trim().is_empty()
            && self.description.trim().is_empty()
            && self.lead.value.is_none()
            && self.months.is_empty()
            && self.status.value == ActivityStatus::Draft
    }

    /// Whether it is in the plan, not in the archive.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        !matches!(self.archived, Archived::Yes)
    }
}
