//! What figures are kept by, and which part an activity has in each.

use crate::derive::sums::Exact;
use crate::id::{OrganisationId, SectionId, SourceId};
use crate::plan::{Activity, ActivityRef, ActivityStatus, BudgetCategory, Month, Municipality, OutcomeRef, Quarter};

/// What a figure is of. `None` gathers what nobody has said.
///
/// Only cost is known by quarter and by category, and only funding by source. Partners, counterparts, months and places only count
/// activities: an activity has many of them, and its money would be in the sum many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// The whole plan.
    Plan,
    /// What a section holds.
    Section(SectionId),
    /// What serves an outcome.
    Outcome(OutcomeRef),
    /// What an organisation leads.
    Lead(Option<OrganisationId>),
    /// What is how far. What is given up counts elsewhere too, and can be taken off by this.
    Status(ActivityStatus),
    /// The cost in a quarter, by the lines' own quarters: a line without one is in none, whenever the activity happens.
    Quarter(Option<Quarter>),
    /// The cost of a category.
    Category(Option<BudgetCategory>),
    /// The money of a source.
    Source(Option<SourceId>),
    /// How much an organisation joins as a partner.
    Partner(OrganisationId),
    /// How much somebody in the government joins.
    Counterpart(OrganisationId),
    /// How much happens in a month.
    Month(Option<Month>),
    /// How much of a section happens in a municipality.
    Place(Option<Municipality>, SectionId),
}

/// What one activity adds to one bucket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bucket: Bucket,
    pub(super) exact: Exact,
}

/// The parts of an activity, one a bucket.
pub(super) fn parts(at: ActivityRef, activity: &Activity) -> Vec<Part> {
    let mut parts = Vec::with_capacity(16);
    let whole = Exact::of(activity);
    let outcome = OutcomeRef { section: at.section, outcome: activity.outcome };
    for bucket in [
        Bucket::Plan,
        Bucket::Section(at.section),
        Bucket::Outcome(outcome),
        Bucket::Lead(activity.lead.value),
        Bucket::Status(activity.status.value),
    ] {
        add(&mut parts, bucket, &whole);
    }
    for line in activity.kept_budget() {
        let cost = Exact::of_cost(line.cost());
        add(&mut parts, Bucket::Quarter(line.quarter.value), &cost);
        add(&mut parts, Bucket::Category(line.category.value), &cost);
    }
    for funding in activity.kept_funding() {
        let money = Exact::of_funding(funding.certainty.value, funding.amount.value);
        add(&mut parts, Bucket::Source(funding.source.value), &money);
    }
    count(&mut parts, at, activity);
    parts
}

/// The parts that only count.
fn count(parts: &mut Vec<Part>, at: ActivityRef, activity: &Activity) {
    let nothing = Exact::default();
    for partner in &activity.partners {
        add(parts, Bucket::Partner(*partner), &nothing);
    }
    for counterpart in &activity.counterparts {
        add(parts, Bucket::Counterpart(*counterpart), &nothing);
    }
    for month in &activity.months {
        add(parts, Bucket::Month(Some(*month)), &nothing);
    }
    if activity.months.is_empty() {
        add(parts, Bucket::Month(None), &nothing);
    }
    for place in activity.municipalities.iter() {
        add(parts, Bucket::Place(Some(place), at.section), &nothing);
    }
    if activity.municipalities.is_empty() {
        add(parts, Bucket::Place(None, at.section), &nothing);
    }
}

/// Puts something into a bucket; an activity has one part in each, so that it is counted once.
fn add(parts: &mut Vec<Part>, bucket: Bucket, exact: &Exact) {
    match parts.iter_mut().find(|part| part.bucket == bucket) {
        Some(part) => part.exact.add(exact),
        None => parts.push(Part { bucket, exact: *exact }),
    }
}
