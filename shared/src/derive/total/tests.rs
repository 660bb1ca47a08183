use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::derive::sample;
use crate::plan::{
    ActivityStatus, Archived, BudgetCategory, BudgetLine, Cents, Certainty, Choice, Funding, Month, Municipality, OutcomeRef, Quarter,
};

/// Every bucket that the sample activities can have a part in.
fn universe() -> Vec<Bucket> {
    let numbers = || (1..4).map(Some).chain([None]);
    let sections = || (1..3).map(|section| sample::at(section, 1).section);
    let years = || 2024..=2026;
    let mut all = vec![Bucket::Plan];
    for section in sections() {
        all.push(Bucket::Section(section));
        all.extend((1..3).map(|number| Bucket::Outcome(OutcomeRef { section, outcome: sample::outcome_id(number) })));
        all.extend(Municipality::ALL.iter().map(|place| Bucket::Place(Some(*place), section)));
        all.push(Bucket::Place(None, section));
    }
    all.extend(numbers().map(|number| Bucket::Lead(number.map(sample::organisation_id))));
    all.extend(numbers().map(|number| Bucket::Source(number.map(sample::source_id))));
    all.extend((1..4).map(|number| Bucket::Partner(sample::organisation_id(number))));
    all.extend((1..4).map(|number| Bucket::Counterpart(sample::organisation_id(number))));
    all.extend(ActivityStatus::ALL.iter().map(|status| Bucket::Status(*status)));
    all.extend(BudgetCategory::ALL.iter().map(|category| Bucket::Category(Some(*category))));
    all.push(Bucket::Category(None));
    all.extend(years().flat_map(|year| (1..=4).map(move |quarter| Bucket::Quarter(Some(Quarter { year, quarter })))));
    all.push(Bucket::Quarter(None));
    all.extend(years().flat_map(|year| (1..=12).map(move |month| Bucket::Month(Month::new(year, month)))));
    all.push(Bucket::Month(None));
    all
}

/// Whether an activity belongs to a bucket as a whole.
fn is_in(at: ActivityRef, activity: &Activity, bucket: Bucket) -> bool {
    match bucket {
        Bucket::Plan => true,
        Bucket::Section(section) => at.section == section,
        Bucket::Outcome(outcome) => (at.section, activity.outcome) == (outcome.section, outcome.outcome),
        Bucket::Lead(lead) => activity.lead.value == lead,
        Bucket::Status(status) => activity.status.value == status,
        Bucket::Partner(id) => activity.partners.contains(&id),
        Bucket::Counterpart(id) => activity.counterparts.contains(&id),
        Bucket::Month(None) => activity.months.is_empty(),
        Bucket::Month(Some(month)) => activity.months.contains(&month),
        Bucket::Place(None, section) => at.section == section && activity.municipalities.is_empty(),
        Bucket::Place(Some(place), section) => at.section == section && activity.municipalities.contains(place),
        Bucket::Quarter(_) | Bucket::Category(_) => activity.budget.iter().any(|line| line_is_in(line, bucket)),
        Bucket::Source(_) => activity.funding.iter().any(|funding| funding_is_in(funding, bucket)),
    }
}

fn line_is_in(line: &BudgetLine, bucket: Bucket) -> bool {
    line.archived == Archived::No
        && match bucket {
            Bucket::Quarter(quarter) => line.quarter.value == quarter,
            Bucket::Category(category) => line.category.value == category,
            Bucket::Plan | Bucket::Section(_) | Bucket::Outcome(_) | Bucket::Lead(_) | Bucket::Status(_) => true,
            _ => false,
        }
}

fn funding_is_in(funding: &Funding, bucket: Bucket) -> bool {
    funding.archived == Archived::No
        && match bucket {
            Bucket::Source(source) => funding.source.value == source,
            Bucket::Plan | Bucket::Section(_) | Bucket::Outcome(_) | Bucket::Lead(_) | Bucket::Status(_) => true,
            _ => false,
        }
}

/// One figure the plain way: goes through all activities.
fn figure(activities: &BTreeMap<ActivityRef, Activity>, bucket: Bucket) -> Figure {
    let counted = |(at, activity): &(&ActivityRef, &Activity)| {
        activity.archived == Archived::No && !activity.is_blank() && is_in(**at, activity, bucket)
    };
    let (mut count, mut cost, mut confirmed, mut requested, mut in_kind) = (0, 0i128, 0i128, 0i128, 0i128);
    for (_, activity) in activities.iter().filter(counted) {
        count += 1;
        cost += activity.budget.iter().filter(|line| line_is_in(line, bucket)).map(|line| i128::from(line.cost().0)).sum::<i128>();
        for funding in activity.funding.iter().filter(|funding| funding_is_in(funding, bucket)) {
            let amount = i128::from(funding.amount.value.unwrap_or_default().0);
            match funding.certainty.value {
                Certainty::Confirmed => confirmed += amount,
                Certainty::Requested => requested += amount,
                Certainty::InKind => in_kind += amount,
            }
        }
    }
    let cents = |amount: i128| Cents(amount.clamp(i64::MIN.into(), i64::MAX.into()).try_into().unwrap());
    let sums = Sums { cost: cents(cost), confirmed: cents(confirmed), requested: cents(requested), in_kind: cents(in_kind) };
    Figure { activities: count, sums }
}

/// An activity of one section, as it is now; none: it is gone.
fn any_update() -> impl Strategy<Value = (ActivityRef, Option<Activity>)> {
    (1u8..3, 1u8..6).prop_flat_map(|(section, number)| {
        let at = Just(sample::at(section, number));
        (at, prop_oneof![6 => sample::any_activity(number).prop_map(Some), 1 => Just(None), 1 => Just(Some(sample::blank(number)))])
    })
}

proptest! {
    /// However an activity came to be what it is, its figures are those that a plain count finds.
    #[test]
    fn updates_lead_to_what_a_plain_count_finds(updates in proptest::collection::vec(any_update(), 0..24)) {
        let (mut totals, mut activities) = (Totals::default(), BTreeMap::new());
        for (at, activity) in updates {
            let before: Vec<_> = totals.iter().collect();
            let is_other = match activity {
                Some(activity) => {
                    let is_other = totals.put(at, &activity);
                    prop_assert!(!totals.put(at, &activity), "the same again changes nothing");
                    activities.insert(at, activity);
                    is_other
                }
                None => {
                    activities.remove(&at);
                    totals.remove(at)
                }
            };
            prop_assert!(is_other || totals.iter().eq(before), "a change was not told");
        }
        let universe = universe();
        for bucket in &universe {
            prop_assert_eq!(totals.get(*bucket), figure(&activities, *bucket), "{:?}", bucket);
        }
        for (bucket, figure) in totals.iter() {
            prop_assert!(universe.contains(&bucket) && figure.activities > 0, "{:?}", bucket);
        }
    }

    /// The totals of a plan are those of its activities put one by one, the last first.
    #[test]
    fn the_order_does_not_matter(activities in proptest::collection::vec(sample::any_activity(1), 0..8)) {
        let numbered = (1..).zip(activities).map(|(number, activity)| Activity { id: sample::at(1, number).activity, ..activity });
        let plan = sample::plan(numbered.collect());
        let mut totals = Totals::default();
        for activity in plan.sections[0].activities.iter().rev() {
            totals.put(ActivityRef { section: plan.sections[0].id, activity: activity.id }, activity);
        }
        prop_assert_eq!(totals, Totals::of(&plan));
    }
}

fn check(totals: &Totals, bucket: Bucket, activities: u32, [cost, confirmed, requested, in_kind]: [i64; 4]) {
    let sums = Sums { cost: Cents(cost), confirmed: Cents(confirmed), requested: Cents(requested), in_kind: Cents(in_kind) };
    assert_eq!(totals.get(bucket), Figure { activities, sums }, "{bucket:?}");
}

#[test]
fn what_nobody_has_said_has_a_bucket_of_its_own() {
    let mut activity = sample::full(1);
    activity.budget.push(BudgetLine { quarter: Default::default(), category: Default::default(), ..sample::line(2, 1_000, 500) });
    activity.funding.push(Funding { source: Default::default(), ..sample::funding(2, 700, Certainty::Requested) });
    activity.months.clear();
    let totals = Totals::of(&sample::plan(vec![activity, sample::blank(2)]));
    let lead = sample::organisation_id(1);
    let section = sample::at(1, 1).section;
    check(&totals, Bucket::Plan, 1, [9_500, 9_000, 700, 0]);
    check(&totals, Bucket::Lead(Some(lead)), 1, [9_500, 9_000, 700, 0]);
    check(&totals, Bucket::Lead(None), 0, [0; 4]);
    check(&totals, Bucket::Quarter(Some(sample::quarter("2025-Q2"))), 1, [9_000, 0, 0, 0]);
    check(&totals, Bucket::Quarter(None), 1, [500, 0, 0, 0]);
    check(&totals, Bucket::Category(None), 1, [500, 0, 0, 0]);
    check(&totals, Bucket::Source(None), 1, [0, 0, 700, 0]);
    check(&totals, Bucket::Month(None), 1, [0; 4]);
    check(&totals, Bucket::Place(Some(Municipality::Dili), section), 1, [0; 4]);
    check(&totals, Bucket::Place(None, section), 0, [0; 4]);
}

#[test]
fn too_much_is_the_most_there_is_and_can_be_taken_off_again() {
    let mut totals = Totals::default();
    for number in 1..4 {
        let budget = vec![sample::line(1, 1_000, i64::MAX)];
        totals.put(sample::at(1, number), &Activity { budget, ..sample::full(number) });
    }
    check(&totals, Bucket::Plan, 3, [i64::MAX, 27_000, 0, 0]);
    totals.remove(sample::at(1, 1));
    totals.remove(sample::at(1, 2));
    totals.put(sample::at(1, 3), &sample::full(3));
    check(&totals, Bucket::Plan, 1, [9_000, 9_000, 0, 0]);
}
