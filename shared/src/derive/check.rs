//! What people want to be told about their plan: what is missing, and what does not go together.
//!
//! Also edits that are each fine can break a rule together, so nothing here refuses anything: it finds, and leads to the field.

mod of_activity;
mod of_plan;

pub use of_activity::activity;
pub use of_plan::{outcome, plan, whole};

use crate::plan::{ActivityRef, Field, Month, Plan, Quarter};

/// One thing to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The field to go to. For something that is missing altogether, such as an indicator, a field of what lacks it.
    pub at: Field,
    /// What is to be said about it.
    pub problem: Problem,
}

/// What may be wrong. The screen has the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Nobody leads the activity.
    NoLead,
    /// The activity has no month.
    NoMonth,
    /// The activity happens in this month, the first of those that are outside the plan's period.
    MonthOutsidePeriod(Month),
    /// The activity has no indicator.
    NoIndicator,
    /// An indicator says not where it starts.
    NoBaseline,
    /// An indicator says not where it should arrive.
    NoTarget,
    /// The activity costs something, and there is no funding, not even asked for.
    NoFunding,
    /// A funding says not where it comes from.
    NoSource,
    /// A funding comes from a source that is archived or not there.
    SourceGone,
    /// What is confirmed and comes in kind is more than the cost. What is only asked for may be: one asks many.
    FundingAboveCost,
    /// A budget line says not what one costs.
    NoUnitCost,
    /// A budget line costs more than a field of money may hold.
    ImpossibleCost,
    /// An amount or a quantity below zero. No edit writes one; another program may.
    Negative,
    /// A line is paid in a quarter in which the activity does not happen.
    QuarterOutsideMonths(Quarter),
    /// A line is paid in a quarter outside the plan's period.
    QuarterOutsidePeriod(Quarter),
    /// The plan ends before it begins. Nothing is outside such a period.
    PeriodReversed,
    /// No activity serves the outcome.
    OutcomeWithoutActivity,
    /// The organisation leads nothing and joins nothing.
    OrganisationWithoutActivity,
    /// This other activity resembles it, in one municipality and quarter.
    Similar(ActivityRef),
}

/// When a plan is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first month.
    pub first: Month,
    /// Its last month.
    pub last: Month,
}

impl Period {
    /// The period of a plan.
    #[must_use]
    pub const fn of(plan: &Plan) -> Self {
        Self { first: plan.first, last: plan.last }
    }

    /// Whether it ends before it begins.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.last < self.first
    }

    /// Whether a month is in it.
    #[must_use]
    pub fn holds(&self, month: Month) -> bool {
        self.is_reversed() || (self.first..=self.last).contains(&month)
    }

    /// Whether some of a quarter is in it.
    #[must_use]
    pub fn touches(&self, quarter: Quarter) -> bool {
        self.is_reversed() || (Quarter::of(self.first)..=Quarter::of(self.last)).contains(&quarter)
    }
}

#[cfg(test)]
mod tests;
