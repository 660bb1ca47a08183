//! What is found in the plan, and what of it the filter lets through.

use hamutuk_shared::derive::check::{self, Period};
use hamutuk_shared::derive::{Filter, Finding, Problem, Proposal, Totals};
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::{ActivityRef, Item, OutcomeRef, Plan};

use crate::plan::derived::shown;

/// What is found in one thing: an activity, an outcome, an organisation or the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    /// The thing.
    pub(super) item: Item,
    /// What is found in it.
    pub(super) findings: Vec<Finding>,
}

/// Everything that is found, in the order of the plan.
pub(super) fn all(plan: &Plan, filter: &Filter, proposals: &[Proposal]) -> Vec<Finding> {
    let mut found = Vec::new();
    for section in &plan.sections {
        for outcome in &section.outcomes {
            found.extend(check::outcome(OutcomeRef { section: section.id, outcome: outcome.id }, outcome));
        }
        for (at, activity) in section.begun() {
            found.extend(check::activity(at, activity, Period::of(plan)));
        }
    }
    found.extend(check::plan(plan, &Totals::of(plan)));
    found.extend(proposals.iter().filter_map(Proposal::finding));
    retain(plan, filter, &mut found, |finding| vec![finding.at.item]);
    found
}

/// Keeps what the filter lets through: where it lets one of the things through that something is of.
pub(super) fn retain<T>(plan: &Plan, filter: &Filter, all: &mut Vec<T>, items: fn(&T) -> Vec<Item>) {
    if filter.is_empty() {
        return;
    }
    let activities: Vec<ActivityRef> = shown(plan, filter).into_iter().map(|(_, at, _)| at).collect();
    // What is not of an activity has nothing but its section by which it could be filtered.
    let is_by_section = Filter { section: None, ..filter.clone() }.is_empty();
    let lets_through = |item: &Item| match item.activity() {
        Some(at) => activities.contains(&at),
        None => is_by_section && item.section() == filter.section,
    };
    all.retain(|one| items(one).iter().any(lets_through));
}

/// Whether a problem is of values that are each fine and do not go together.
pub(super) const fn is_rule(problem: Problem) -> bool {
    matches!(
        problem,
        Problem::FundingAboveCost
            | Problem::MonthOutsidePeriod(_)
            | Problem::QuarterOutsideMonths(_)
            | Problem::QuarterOutsidePeriod(_)
            | Problem::PeriodReversed
    )
}

/// What is found in a section, or with none in what is in no section, by the thing that it is found in.
pub(super) fn groups(findings: &[Finding], section: Option<SectionId>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in findings.iter().filter(|finding| finding.at.item.section() == section) {
        let item = whole(finding.at.item);
        match groups.iter_mut().find(|group| group.item == item) {
            Some(group) => group.findings.push(*finding),
            None => groups.push(Group { item, findings: vec![*finding] }),
        }
    }
    groups
}

/// The activity or the outcome that a part belongs to.
pub(super) fn whole(item: Item) -> Item {
    item.owner().unwrap_or(item)
}
