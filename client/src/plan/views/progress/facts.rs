//! What the reports say, as figures.

use hamutuk_shared::id::IndicatorId;
use hamutuk_shared::plan::{Activity, Cents, Indicator, Plan, Quarter, Rating, Report};

/// How it went in a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Light {
    /// What the latest report says.
    pub(super) rating: Rating,
    /// What all of them say was spent; none where none says it.
    pub(super) spent: Option<Cents>,
}

/// The reports of a quarter, without what is archived, the latest last.
pub(super) fn of_quarter(reports: &[Report], quarter: Quarter) -> impl DoubleEndedIterator<Item = &Report> {
    kept(reports).filter(move |report| report.quarter.value == Some(quarter))
}

fn kept(reports: &[Report]) -> impl DoubleEndedIterator<Item = &Report> {
    reports.iter().filter(|report| report.archived.is_kept())
}

/// How an activity went in a quarter; none where nobody reported.
pub(super) fn light(activity: &Activity, quarter: Quarter) -> Option<Light> {
    let latest = of_quarter(&activity.reports, quarter).next_back()?;
    Some(Light { rating: latest.rating.value, spent: sum(of_quarter(&activity.reports, quarter)) })
}

/// What was spent on an activity.
pub(super) fn spent(activity: &Activity) -> Cents {
    sum(kept(&activity.reports)).unwrap_or_default()
}

fn sum<'a>(reports: impl Iterator<Item = &'a Report>) -> Option<Cents> {
    let amounts: Vec<Cents> = reports.filter_map(|report| report.expenditure.value).collect();
    (!amounts.is_empty()).then(|| amounts.into_iter().sum())
}

/// What was reached last by an indicator, and when.
pub(super) fn reached(reports: &[Report], indicator: IndicatorId) -> Option<(String, Option<Quarter>)> {
    let about = kept(reports).filter(|report| report.indicator.value == Some(indicator));
    let said = about.filter_map(|report| Some((report.quarter.value, report.value.value.as_ref()?)));
    // Of those of one quarter the last counts.
    said.max_by_key(|(quarter, _)| *quarter).map(|(quarter, value)| (value.clone(), quarter))
}

/// Where an indicator should be after a quarter.
pub(super) fn milestone(indicator: &Indicator, quarter: Quarter) -> Option<&str> {
    let at = usize::from(quarter.quarter).checked_sub(1)?;
    indicator.milestones.get(at)?.value.as_deref()
}

/// The newest of these quarters that has a report.
pub(super) fn newest(plan: &Plan, quarters: &[Quarter]) -> Option<Quarter> {
    let has_report = |quarter: &&Quarter| plan.begun().any(|(_, activity)| of_quarter(&activity.reports, **quarter).next().is_some());
    quarters.iter().rev().find(has_report).copied()
}
