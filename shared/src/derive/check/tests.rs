use proptest::prelude::*;

use super::*;
use crate::derive::sample;
use crate::plan::{
    Activity, Archived, BudgetLine, Cents, Certainty, Funding, Indicator, Item, Municipality, Name, OutcomeRef, Register, Thousandths,
};

const fn unsaid<T>() -> Register<Option<T>> {
    Register::settled(None)
}

/// Checks what is found in the activity once it was changed, and that it is found where one can go.
fn check(change: impl FnOnce(&mut Activity), expected: &[(Name, Problem)]) {
    let at = sample::at(1, 1);
    let mut changed = sample::full(1);
    change(&mut changed);
    let found = activity(at, &changed, Period { first: sample::month("2025-01"), last: sample::month("2025-12") });
    let said: Vec<(Name, Problem)> = found.iter().map(|finding| (finding.at.name, finding.problem)).collect();
    assert_eq!(said, expected, "{changed:#?}");
}

#[test]
fn an_activity_lacks_what_nobody_has_said() {
    check(|_| {}, &[]);
    check(|one| *one = sample::blank(1), &[]);
    check(|one| one.lead = unsaid(), &[(Name::Lead, Problem::NoLead)]);
    check(
        |one| {
            one.lead = unsaid();
            one.archived = Archived::Yes;
        },
        &[],
    );
    check(|one| one.months.clear(), &[(Name::Months, Problem::NoMonth)]);
    check(|one| one.indicators.clear(), &[(Name::Title, Problem::NoIndicator)]);
    check(|one| one.indicators[0].archived = Archived::Yes, &[(Name::Title, Problem::NoIndicator)]);
    check(|one| one.indicators[0].baseline = unsaid(), &[(Name::Baseline, Problem::NoBaseline)]);
    check(|one| one.indicators[0].target = Register::settled(Some(" ".into())), &[(Name::Target, Problem::NoTarget)]);
    check(
        |one| *one = Activity { title: "Dialogue".into(), ..sample::blank(1) },
        &[(Name::Lead, Problem::NoLead), (Name::Months, Problem::NoMonth), (Name::Title, Problem::NoIndicator)],
    );
}

#[test]
fn time_is_inside_the_period_and_the_activity() {
    let (late, quarter) = (sample::month("2026-02"), sample::quarter);
    check(|one| one.months.extend([late, sample::month("2026-03")]), &[(Name::Months, Problem::MonthOutsidePeriod(late))]);
    let paid = |text: &'static str| move |one: &mut Activity| one.budget[0].quarter = Register::settled(Some(quarter(text)));
    check(paid("2025-Q3"), &[(Name::Quarter, Problem::QuarterOutsideMonths(quarter("2025-Q3")))]);
    check(paid("2024-Q4"), &[(Name::Quarter, Problem::QuarterOutsidePeriod(quarter("2024-Q4")))]);
    check(|one| one.budget[0].quarter = unsaid(), &[]);
    // Without months nothing is outside them.
    check(
        |one| {
            paid("2025-Q3")(one);
            one.months.clear();
        },
        &[(Name::Months, Problem::NoMonth)],
    );
}

#[test]
fn money_goes_together() {
    let two = |certainty| move |one: &mut Activity| one.funding.push(sample::funding(2, 1, certainty));
    check(two(Certainty::Requested), &[]);
    check(two(Certainty::Confirmed), &[(Name::Amount, Problem::FundingAboveCost)]);
    check(two(Certainty::InKind), &[(Name::Amount, Problem::FundingAboveCost)]);
    check(|one| one.funding.clear(), &[(Name::UnitCost, Problem::NoFunding)]);
    check(|one| one.funding[0].archived = Archived::Yes, &[(Name::UnitCost, Problem::NoFunding)]);
    check(|one| one.funding[0].source = unsaid(), &[(Name::Source, Problem::NoSource)]);
    check(|one| one.funding[0].amount = Register::settled(Some(Cents(-1))), &[(Name::Amount, Problem::Negative)]);
    check(|one| one.budget[0].unit_cost = unsaid(), &[(Name::UnitCost, Problem::NoUnitCost), (Name::Amount, Problem::FundingAboveCost)]);
    // No cost, no need of money.
    check(
        |one| {
            one.budget.clear();
            one.funding.clear();
        },
        &[],
    );
    let line = |quantity, cost| move |one: &mut Activity| one.budget.push(sample::line(2, quantity, cost));
    check(line(1_000, -1), &[(Name::UnitCost, Problem::Negative), (Name::Amount, Problem::FundingAboveCost)]);
    check(line(-1, 1), &[(Name::Quantity, Problem::Negative)]);
    check(line(1_000, crate::limits::NUMBER_MAX), &[]);
    check(line(2_000, crate::limits::NUMBER_MAX), &[(Name::UnitCost, Problem::ImpossibleCost)]);
}

#[test]
fn too_much_money_leads_to_the_last_that_counts() {
    let at = sample::at(1, 1);
    let funding = [(1, Certainty::Confirmed), (2, Certainty::InKind), (3, Certainty::Requested)];
    let funding = funding.map(|(number, certainty)| sample::funding(number, 9_000, certainty));
    let second = Field { item: Item::Funding(at, funding[1].id), name: Name::Amount };
    let much = Activity { funding: funding.into(), ..sample::full(1) };
    let period = Period::of(&sample::plan(Vec::new()));
    assert_eq!(activity(at, &much, period), [Finding { at: second, problem: Problem::FundingAboveCost }]);
}

/// Two edits, each of which leaves nothing to find.
#[test]
fn edits_that_are_each_fine_can_break_a_rule_together() {
    let cheaper = |one: &mut Activity| one.budget[0].quantity = Register::settled(Some(Thousandths(2_000)));
    let in_advance = |one: &mut Activity| one.funding.push(Funding { ..sample::funding(2, 3_000, Certainty::InKind) });
    let dearer = |one: &mut Activity| one.budget.push(BudgetLine { ..sample::line(2, 1_000, 3_000) });
    check(dearer, &[]);
    check(
        |one| {
            dearer(one);
            in_advance(one);
        },
        &[],
    );
    check(
        |one| {
            dearer(one);
            cheaper(one);
        },
        &[],
    );
    check(
        |one| {
            dearer(one);
            in_advance(one);
            cheaper(one);
        },
        &[(Name::Amount, Problem::FundingAboveCost)],
    );
}

fn check_plan(change: impl FnOnce(&mut Plan), expected: &[(Item, Problem)]) {
    let outcome_two = Activity { outcome: sample::outcome_id(2), title: "Campaign".into(), ..sample::full(2) };
    let joins = |number: &u8| sample::organisation_id(*number);
    let one = Activity { partners: [2].iter().map(joins).collect(), counterparts: [3].iter().map(joins).collect(), ..sample::full(1) };
    let mut changed = sample::plan(vec![one, outcome_two]);
    changed.sections.truncate(1);
    change(&mut changed);
    let said: Vec<(Item, Problem)> = whole(&changed).iter().map(|finding| (finding.at.item, finding.problem)).collect();
    assert_eq!(said, expected);
}

#[test]
fn the_whole_shows_what_no_activity_shows() {
    let outcome = |number| Item::Outcome(OutcomeRef { section: sample::at(1, 1).section, outcome: sample::outcome_id(number) });
    check_plan(|_| {}, &[]);
    check_plan(|plan| plan.sections[0].activities[1].archived = Archived::Yes, &[(outcome(2), Problem::OutcomeWithoutActivity)]);
    check_plan(|plan| plan.sections[0].activities[1] = sample::blank(2), &[(outcome(2), Problem::OutcomeWithoutActivity)]);
    let idle = |number| (Item::Organisation(sample::organisation_id(number)), Problem::OrganisationWithoutActivity);
    check_plan(|plan| plan.sections[0].activities[0].partners.clear(), &[idle(2)]);
    check_plan(|plan| plan.sections[0].activities[0].counterparts.clear(), &[idle(3)]);
    check_plan(
        |plan| plan.sections[0].outcomes[0].indicators = vec![Indicator { baseline: unsaid(), ..sample::indicator(1) }],
        &[(
            Item::Indicator(
                crate::plan::schema::Home::Outcome(OutcomeRef { section: sample::at(1, 1).section, outcome: sample::outcome_id(1) }),
                sample::indicator(1).id,
            ),
            Problem::NoBaseline,
        )],
    );
    let funding = |number| (Item::Funding(sample::at(1, number), sample::funding(1, 0, Certainty::Confirmed).id), Problem::SourceGone);
    check_plan(|plan| plan.sources[0].archived = Archived::Yes, &[funding(1), funding(2)]);
    check_plan(|plan| plan.last = sample::month("2024-12"), &[(Item::Plan, Problem::PeriodReversed)]);
    let alike = (Item::Activity(sample::at(1, 1)), Problem::Similar(sample::at(1, 2)));
    let retitle = |plan: &mut Plan| plan.sections[0].activities[1].title = "Trainings for women mediators".into();
    check_plan(retitle, &[alike]);
    check_plan(
        |plan| {
            retitle(plan);
            let later = &mut plan.sections[0].activities[1];
            later.months = [sample::month("2025-07")].into();
            later.budget[0].quarter = unsaid();
        },
        &[],
    );
    let elsewhere = |plan: &mut Plan| plan.sections[0].activities[1].municipalities = [Municipality::Aileu].into_iter().collect();
    check_plan(
        |plan| {
            retitle(plan);
            elsewhere(plan);
        },
        &[],
    );
}

proptest! {
    /// Whatever a plan holds, each finding leads to a field that there is, and an activity's are found without the rest of the plan.
    #[test]
    fn findings_lead_somewhere(activities in proptest::collection::vec(sample::any_activity(1), 0..6)) {
        let numbered = (1..).zip(activities).map(|(number, activity)| Activity { id: sample::at(1, number).activity, ..activity });
        let plan = sample::plan(numbered.collect());
        let all = whole(&plan);
        for finding in &all {
            prop_assert!(finding.at.content().is_some(), "{:?}", finding);
            let activity = finding.at.item.activity().and_then(|at| plan.sections[0].activities.iter().find(|one| one.id == at.activity));
            prop_assert!(activity.is_none_or(|activity| activity.is_kept() && !activity.is_blank()), "{:?}", finding);
        }
        for (at, one) in plan.begun() {
            for finding in activity(at, one, Period::of(&plan)) {
                prop_assert!(all.contains(&finding), "{:?}", finding);
            }
        }
    }
}
