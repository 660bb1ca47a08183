//! What is found, as a sentence that says what to do.

use hamutuk_shared::derive::{Finding, Problem, Sums};
use hamutuk_shared::plan::Cents;
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// One word for a problem, which does not depend on the language.
pub(super) const fn name(problem: Problem) -> &'static str {
    match problem {
        Problem::NoLead => "no-lead",
        Problem::NoMonth => "no-month",
        Problem::MonthOutsidePeriod(_) => "month-outside-period",
        Problem::NoIndicator => "no-indicator",
        Problem::NoBaseline => "no-baseline",
        Problem::NoTarget => "no-target",
        Problem::NoFunding => "no-funding",
        Problem::NoSource => "no-source",
        Problem::SourceGone => "source-gone",
        Problem::FundingAboveCost => "funding-above-cost",
        Problem::NoUnitCost => "no-unit-cost",
        Problem::ImpossibleCost => "impossible-cost",
        Problem::Negative => "negative",
        Problem::QuarterOutsideMonths(_) => "quarter-outside-months",
        Problem::QuarterOutsidePeriod(_) => "quarter-outside-period",
        Problem::PeriodReversed => "period-reversed",
        Problem::OutcomeWithoutActivity => "outcome-without-activity",
        Problem::OrganisationWithoutActivity => "organisation-without-activity",
        Problem::Similar(_) => "similar",
    }
}

/// What tells a finding from every other, the words of its sentence included.
pub(super) fn key(finding: &Finding) -> String {
    let detail = match finding.problem {
        Problem::MonthOutsidePeriod(month) => month.to_string(),
        Problem::QuarterOutsideMonths(quarter) | Problem::QuarterOutsidePeriod(quarter) => quarter.to_string(),
        Problem::Similar(other) => other.to_string(),
        _ => String::new(),
    };
    format!("{} {} {detail}", finding.at, name(finding.problem))
}

/// The sentence. Reactive.
pub(super) fn say(i18n: I18n, view: PlanView, finding: Finding) -> String {
    match finding.problem {
        Problem::MonthOutsidePeriod(month) => t_string!(i18n, check_month_outside, month = words::month(i18n, month)),
        Problem::QuarterOutsideMonths(quarter) => {
            t_string!(i18n, check_quarter_outside_months, quarter = words::whole_quarter(i18n, quarter))
        }
        Problem::QuarterOutsidePeriod(quarter) => {
            t_string!(i18n, check_quarter_outside_period, quarter = words::whole_quarter(i18n, quarter))
        }
        Problem::FundingAboveCost => {
            let activity = finding.at.item.activity().and_then(|at| view.activity(at));
            let above = activity.map_or(Cents(0), |one| one.whole.with(|whole| Sums::of(whole).over_funded()));
            t_string!(i18n, check_funding_above_cost, amount = words::money(i18n, above))
        }
        Problem::Similar(other) => t_string!(i18n, check_similar, title = words::activity(i18n, view, other)),
        problem => plain(i18n, problem).to_owned(),
    }
}

/// The sentences in which nothing is to be filled in.
fn plain(i18n: I18n, problem: Problem) -> &'static str {
    match problem {
        Problem::NoLead => t_string!(i18n, check_no_lead),
        Problem::NoMonth => t_string!(i18n, check_no_month),
        Problem::NoIndicator => t_string!(i18n, check_no_indicator),
        Problem::NoBaseline => t_string!(i18n, check_no_baseline),
        Problem::NoTarget => t_string!(i18n, check_no_target),
        Problem::NoFunding => t_string!(i18n, check_no_funding),
        Problem::NoSource => t_string!(i18n, check_no_source),
        Problem::SourceGone => t_string!(i18n, check_source_gone),
        Problem::NoUnitCost => t_string!(i18n, check_no_unit_cost),
        Problem::ImpossibleCost => t_string!(i18n, check_impossible_cost),
        Problem::Negative => t_string!(i18n, check_negative),
        Problem::PeriodReversed => t_string!(i18n, check_period_reversed),
        Problem::OutcomeWithoutActivity => t_string!(i18n, check_outcome_without_activity),
        Problem::OrganisationWithoutActivity => t_string!(i18n, check_organisation_without_activity),
        // These say a month, a quarter, an amount or a title.
        Problem::MonthOutsidePeriod(_)
        | Problem::QuarterOutsideMonths(_)
        | Problem::QuarterOutsidePeriod(_)
        | Problem::FundingAboveCost
        | Problem::Similar(_) => "",
    }
}
