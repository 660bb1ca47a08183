//! What is found in one activity, without a look at anything else.

use super::{Finding, Period, Problem};
use crate::derive::Sums;
use crate::limits;
use crate::plan::schema::Home;
use crate::plan::{Activity, ActivityRef, BudgetLine, Cents, Field, Indicator, Item, Name, Quarter};

/// What is found in an activity, also in what hangs on it. Nothing in one that is archived or blank.
#[must_use]
pub fn activity(at: ActivityRef, activity: &Activity, period: Period) -> Vec<Finding> {
    let mut found = Vec::new();
    if !activity.is_kept() || activity.is_blank() {
        return found;
    }
    if activity.lead.value.is_none() {
        found.push(Finding { at: Field::of_activity(at, Name::Lead), problem: Problem::NoLead });
    }
    months(at, activity, period, &mut found);
    if activity.kept_indicators().next().is_none() {
        found.push(Finding { at: Field::of_activity(at, Name::Title), problem: Problem::NoIndicator });
    }
    for indicator in activity.kept_indicators() {
        measured(Home::Activity(at), indicator, &mut found);
    }
    for line in activity.kept_budget() {
        budget_line(at, activity, line, period, &mut found);
    }
    money(at, activity, &mut found);
    found
}

fn months(at: ActivityRef, activity: &Activity, period: Period, found: &mut Vec<Finding>) {
    let field = Field::of_activity(at, Name::Months);
    if activity.months.is_empty() {
        found.push(Finding { at: field, problem: Problem::NoMonth });
    }
    if let Some(month) = activity.months.iter().find(|month| !period.holds(**month)) {
        found.push(Finding { at: field, problem: Problem::MonthOutsidePeriod(*month) });
    }
}

/// What an indicator lacks, of an activity or of an outcome.
pub(super) fn measured(home: Home, indicator: &Indicator, found: &mut Vec<Finding>) {
    let item = Item::Indicator(home, indicator.id);
    if !indicator.has_baseline() {
        found.push(Finding { at: Field { item, name: Name::Baseline }, problem: Problem::NoBaseline });
    }
    if !indicator.has_target() {
        found.push(Finding { at: Field { item, name: Name::Target }, problem: Problem::NoTarget });
    }
}

fn budget_line(at: ActivityRef, activity: &Activity, line: &BudgetLine, period: Period, found: &mut Vec<Finding>) {
    let mut find = |name, problem| found.push(Finding { at: Field { item: Item::BudgetLine(at, line.id), name }, problem });
    match line.unit_cost.value {
        None => find(Name::UnitCost, Problem::NoUnitCost),
        Some(cost) if cost < Cents(0) => find(Name::UnitCost, Problem::Negative),
        Some(_) if line.cost().0 > limits::NUMBER_MAX => find(Name::UnitCost, Problem::ImpossibleCost),
        Some(_) => {}
    }
    if line.quantity.value.is_some_and(|quantity| quantity.0 < 0) {
        find(Name::Quantity, Problem::Negative);
    }
    if let Some(quarter) = line.quarter.value {
        if !period.touches(quarter) {
            find(Name::Quarter, Problem::QuarterOutsidePeriod(quarter));
        } else if !activity.months.is_empty() && !activity.months.iter().any(|month| Quarter::of(*month) == quarter) {
            find(Name::Quarter, Problem::QuarterOutsideMonths(quarter));
        }
    }
}

fn money(at: ActivityRef, activity: &Activity, found: &mut Vec<Finding>) {
    let sums = Sums::of(activity);
    let mut last = None;
    for funding in activity.kept_funding() {
        let item = Item::Funding(at, funding.id);
        if funding.source.value.is_none() {
            found.push(Finding { at: Field { item, name: Name::Source }, problem: Problem::NoSource });
        }
        if funding.amount.value.is_some_and(|amount| amount < Cents(0)) {
            found.push(Finding { at: Field { item, name: Name::Amount }, problem: Problem::Negative });
        }
        if funding.closes_gap() {
            last = Some(item);
        }
    }
    if let Some(item) = last.filter(|_| sums.over_funded() > Cents(0)) {
        found.push(Finding { at: Field { item, name: Name::Amount }, problem: Problem::FundingAboveCost });
    }
    if sums.cost > Cents(0)
        && activity.kept_funding().next().is_none()
        && let Some(line) = activity.kept_budget().find(|line| line.cost() > Cents(0))
    {
        let field = Field { item: Item::BudgetLine(at, line.id), name: Name::UnitCost };
        found.push(Finding { at: field, problem: Problem::NoFunding });
    }
}
