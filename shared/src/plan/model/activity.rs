//! Activities.

use super::choice::choice;
use super::{BudgetLine, ChoiceSet, Funding, Indicator, MonthSet, Municipality, Register, Report};
use crate::id::{ActivityId, Author, OrganisationId, OutcomeId};
use crate::order::OrderKey;

choice! {
    /// What kind of activity it is.
    ActivityKind {
        /// People learn.
        Training = "training",
        /// Somebody is to be convinced.
        Advocacy = "advocacy",
        /// People talk with each other.
        Dialogue = "dialogue",
        /// People are helped.
        Service = "service",
        /// Something is found out.
        Research = "research",
        /// The public is told.
        Media = "media",
        /// Those who act agree.
        Coordination = "coordination",
        /// It is watched how it goes.
        Monitoring = "monitoring",
        /// Another kind.
        #[default]
        Other = "other",
    }
}

choice! {
    /// How important it is.
    Priority {
        /// First.
        High = "high",
        /// In between.
        #[default]
        Medium = "medium",
        /// Last.
        Low = "low",
    }
}

choice! {
    /// Whom it is for.
    TargetGroup {
        /// Women.
        #[default]
        Women = "women",
        /// Girls.
        Girls = "girls",
        /// Young people.
        Youth = "youth",
        /// Survivors of violence.
        Survivors = "survivors",
        /// People with disabilities.
        Disabilities = "disabilities",
        /// Veterans.
        Veterans = "veterans",
        /// Those who lead communities.
        CommunityLeaders = "community_leaders",
        /// Police, military and the like.
        SecurityForces = "security_forces",
        /// Others.
        Other = "other",
    }
}

choice! {
    /// What it also touches.
    Theme {
        /// The climate.
        #[default]
        Climate = "climate",
        /// What happens in networks.
        Cyber = "cyber",
        /// Trade in people.
        Trafficking = "trafficking",
        /// Gender-based violence.
        Gbv = "gbv",
        /// Economic empowerment.
        Economic = "economic",
    }
}

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

/// Whether something is archived.
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

impl Archived {
    /// Whether it is in the plan, not in the archive.
    #[must_use]
    pub const fn is_kept(self) -> bool {
        !matches!(self, Self::Yes)
    }
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
    /// What it brings forth.
    pub expected_output: String,
    /// What kind it is; none while nobody has said.
    pub kind: Register<Option<ActivityKind>>,
    /// Who leads it.
    pub lead: Register<Option<OrganisationId>>,
    /// Who takes part, by id.
    pub partners: Vec<OrganisationId>,
    /// Who in the government takes part, by id.
    pub counterparts: Vec<OrganisationId>,
    /// The person who sees to it.
    pub responsible: String,
    /// When it happens.
    pub months: MonthSet,
    /// Where it happens.
    pub municipalities: ChoiceSet<Municipality>,
    /// Where exactly.
    pub location: String,
    /// Whom it is for.
    pub target_groups: ChoiceSet<TargetGroup>,
    /// How many women are expected.
    pub women: Register<Option<u32>>,
    /// How many men are expected.
    pub men: Register<Option<u32>>,
    /// How many others are expected.
    pub others: Register<Option<u32>>,
    /// What it also touches.
    pub themes: ChoiceSet<Theme>,
    /// How important it is; none while nobody has said.
    pub priority: Register<Option<Priority>>,
    /// How far it is.
    pub status: Register<ActivityStatus>,
    /// What threatens it.
    pub risks: String,
    /// What it takes for granted.
    pub assumptions: String,
    /// What it costs, archived lines too, in order.
    pub budget: Vec<BudgetLine>,
    /// Who pays, archived ones too, in order.
    pub funding: Vec<Funding>,
    /// How it is measured, archived ones too, in order.
    pub indicators: Vec<Indicator>,
    /// What was reported, archived ones too, in order.
    pub reports: Vec<Report>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among the activities of its section.
    pub order: OrderKey,
}

impl Activity {
    /// Whether nobody has written anything into it yet: a row that a template or a press of "add" left.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let texts =
            [&self.title, &self.description, &self.expected_output, &self.responsible, &self.location, &self.risks, &self.assumptions];
        texts.iter().all(|text| text.trim().is_empty())
            && self.kind.value.is_none()
            && self.priority.value.is_none()
            && self.status.value == ActivityStatus::Draft
            && self.lead.value.is_none()
            && self.partners.is_empty()
            && self.counterparts.is_empty()
            && self.months.is_empty()
            && self.municipalities.is_empty()
            && self.target_groups.is_empty()
            && self.themes.is_empty()
            && [&self.women, &self.men, &self.others].iter().all(|count| count.value.is_none())
            && self.budget.is_empty()
            && self.funding.is_empty()
            && self.indicators.is_empty()
            && self.reports.is_empty()
    }

    /// What it costs, line by line, without what is archived.
    pub fn kept_budget(&self) -> impl Iterator<Item = &BudgetLine> {
        self.budget.iter().filter(|line| line.archived.is_kept())
    }

    /// Who pays, without what is archived.
    pub fn kept_funding(&self) -> impl Iterator<Item = &Funding> {
        self.funding.iter().filter(|funding| funding.archived.is_kept())
    }

    /// How it is measured, without what is archived.
    pub fn kept_indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.indicators.iter().filter(|indicator| indicator.archived.is_kept())
    }

    /// Everybody who takes part: who leads, partners, and who in the government.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> {
        self.lead.value.into_iter().chain(self.partners.iter().copied()).chain(self.counterparts.iter().copied())
    }

    /// Whether it is in the plan, not in the archive.
    #[must_use]
    pub const fn is_kept(&self) -> bool {
        self.archived.is_kept()
    }
}
