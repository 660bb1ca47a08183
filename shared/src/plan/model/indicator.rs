//! How it is measured whether something was reached, and what was reached.

use super::choice::choice;
use super::{Archived, Cents, ChoiceSet, Quarter, Register};
use crate::id::{IndicatorId, OrganisationId, ParticipantId, ReportId};
use crate::order::OrderKey;

choice! {
    /// How an indicator is measured.
    IndicatorUnit {
        /// By counting.
        #[default]
        Number = "number",
        /// As a part of a hundred.
        Percent = "percent",
        /// It is so or not.
        YesNo = "yes_no",
        /// In words.
        Qualitative = "qualitative",
    }
}

choice! {
    /// By what figures are split.
    Disaggregation {
        /// Women and men.
        #[default]
        Sex = "sex",
        /// Young and old.
        Age = "age",
        /// Municipalities.
        Municipality = "municipality",
        /// With and without a disability.
        Disability = "disability",
    }
}

choice! {
    /// How it goes, as a traffic light.
    Rating {
        /// As planned.
        Green = "green",
        /// Something threatens it.
        Amber = "amber",
        /// It does not go as planned.
        Red = "red",
        /// It cannot be said.
        #[default]
        Grey = "grey",
    }
}

/// How an outcome or an activity is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// What it says.
    pub text: String,
    /// How it is measured.
    pub unit: Register<IndicatorUnit>,
    /// Where it stands before.
    pub baseline: Register<Option<String>>,
    /// When that was.
    pub baseline_year: Register<Option<u16>>,
    /// Where it should arrive.
    pub target: Register<Option<String>>,
    /// Where it should be after each quarter.
    pub milestones: [Register<Option<String>>; 4],
    /// By what it is split.
    pub disaggregation: ChoiceSet<Disaggregation>,
    /// How it is verified.
    pub verification: String,
    /// Who collects it.
    pub collector: String,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among its siblings.
    pub order: OrderKey,
}

impl Indicator {
    /// Whether it says where it starts.
    #[must_use]
    pub fn has_baseline(&self) -> bool {
        says(&self.baseline)
    }

    /// Whether it says where it should arrive.
    #[must_use]
    pub fn has_target(&self) -> bool {
        says(&self.target)
    }
}

fn says(answer: &Register<Option<String>>) -> bool {
    answer.value.as_ref().is_some_and(|words| !words.trim().is_empty())
}

/// How far something is, in a quarter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The indicator that it is about; none: all of it.
    pub indicator: Register<Option<IndicatorId>>,
    /// The quarter.
    pub quarter: Register<Option<Quarter>>,
    /// Who reports.
    pub organisation: Register<Option<OrganisationId>>,
    /// What was reached.
    pub value: Register<Option<String>>,
    /// How it goes.
    pub rating: Register<Rating>,
    /// What was spent.
    pub expenditure: Register<Option<Cents>>,
    /// What was done.
    pub narrative: String,
    /// What was in the way.
    pub challenges: String,
    /// Where that can be seen.
    pub evidence: String,
    /// The person who reports.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// The person who has checked it.
    pub verified_by: Register<Option<ParticipantId>>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among its siblings.
    pub order: OrderKey,
}
