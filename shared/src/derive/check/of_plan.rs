//! What is found only when the whole plan is looked at, and everything together.

use super::{Finding, Period, Problem, activity};
use crate::derive::similar;
use crate::derive::{Bucket, Totals};
use crate::plan::schema::Home;
use crate::plan::{Field, Item, Name, Outcome, OutcomeRef, Plan};

/// What is found in an outcome alone: what its indicators lack.
#[must_use]
pub fn outcome(at: OutcomeRef, outcome: &Outcome) -> Vec<Finding> {
    let mut found = Vec::new();
    for indicator in outcome.indicators.iter().filter(|indicator| indicator.archived.is_kept()) {
        super::of_activity::measured(Home::Outcome(at), indicator, &mut found);
    }
    found
}

/// What only the whole shows: a period the wrong way round, outcomes and organisations without an activity, and sources that are gone.
/// `totals` are the plan's, as they are kept up anyway.
#[must_use]
pub fn plan(plan: &Plan, totals: &Totals) -> Vec<Finding> {
    let mut found = Vec::new();
    if Period::of(plan).is_reversed() {
        found.push(Finding { at: Field { item: Item::Plan, name: Name::LastMonth }, problem: Problem::PeriodReversed });
    }
    for section in &plan.sections {
        for outcome in &section.outcomes {
            let at = OutcomeRef { section: section.id, outcome: outcome.id };
            if totals.get(Bucket::Outcome(at)).activities == 0 {
                found.push(Finding { at: Field::of_outcome(at, Name::Statement), problem: Problem::OutcomeWithoutActivity });
            }
        }
    }
    for organisation in &plan.organisations {
        let id = organisation.id;
        if [Bucket::Lead(Some(id)), Bucket::Partner(id), Bucket::Counterpart(id)].iter().all(|bucket| totals.get(*bucket).activities == 0) {
            let field = Field { item: Item::Organisation(id), name: Name::OwnName };
            found.push(Finding { at: field, problem: Problem::OrganisationWithoutActivity });
        }
    }
    sources(plan, &mut found);
    found
}

fn sources(plan: &Plan, found: &mut Vec<Finding>) {
    let is_kept = |id| plan.sources.iter().any(|source| source.id == id && source.archived.is_kept());
    for section in &plan.sections {
        for (at, activity) in section.begun() {
            for funding in activity.kept_funding() {
                if funding.source.value.is_some_and(|id| !is_kept(id)) {
                    let field = Field { item: Item::Funding(at, funding.id), name: Name::Source };
                    found.push(Finding { at: field, problem: Problem::SourceGone });
                }
            }
        }
    }
}

/// Everything that there is to find, in the order of the plan: of each section its outcomes and then its activities; then what only the
/// whole shows, then what resembles what.
#[must_use]
pub fn whole(of: &Plan) -> Vec<Finding> {
    let mut found = Vec::new();
    let period = Period::of(of);
    for section in &of.sections {
        for one in &section.outcomes {
            found.extend(outcome(OutcomeRef { section: section.id, outcome: one.id }, one));
        }
        for (at, one) in section.begun() {
            found.extend(activity(at, one, period));
        }
    }
    found.extend(plan(of, &Totals::of(of)));
    found.extend(similar::proposals(of).iter().filter_map(similar::Proposal::finding));
    found
}
