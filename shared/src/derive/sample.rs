//! Parts of plans for the tests.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::id::{ActivityId, BudgetLineId, FundingId, IndicatorId, OrganisationId, OutcomeId, SectionId, SourceId};
use crate::order::OrderKey;
use crate::plan::{
    Activity, ActivityRef, ActivityStatus, Archived, BudgetCategory, BudgetLine, Cents, Certainty, Choice, ChoiceSet, Colour, Funding,
    Group, Indicator, IndicatorUnit, Localised, Month, Municipality, Organisation, OrganisationKind, Outcome, Plan, Quarter, Register,
    Section, Source, SourceKind, Theme, Thousandths,
};

pub(crate) fn organisation_id(number: u8) -> OrganisationId {
    OrganisationId::from_bytes([number; 10])
}

pub(crate) fn source_id(number: u8) -> SourceId {
    SourceId::from_bytes([number; 10])
}

pub(crate) fn outcome_id(number: u8) -> OutcomeId {
    OutcomeId::from_bytes([number; 10])
}

/// An activity in a section, by their numbers.
pub(crate) fn at(section: u8, activity: u8) -> ActivityRef {
    ActivityRef { section: SectionId::from_bytes([section; 10]), activity: ActivityId::from_bytes([activity; 10]) }
}

pub(crate) fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub(crate) fn quarter(text: &str) -> Quarter {
    text.parse().unwrap()
}

/// A row as a template leaves it, for outcome 1.
pub(crate) fn blank(number: u8) -> Activity {
    Activity {
        id: ActivityId::from_bytes([number; 10]),
        outcome: outcome_id(1),
        title: String::new(),
        description: String::new(),
        expected_output: String::new(),
        kind: Register::default(),
        lead: Register::default(),
        partners: Vec::new(),
        counterparts: Vec::new(),
        responsible: String::new(),
        months: [].into(),
        municipalities: ChoiceSet::default(),
        location: String::new(),
        target_groups: ChoiceSet::default(),
        women: Register::default(),
        men: Register::default(),
        others: Register::default(),
        themes: ChoiceSet::default(),
        priority: Register::default(),
        status: Register::default(),
        risks: String::new(),
        assumptions: String::new(),
        budget: Vec::new(),
        funding: Vec::new(),
        indicators: Vec::new(),
        reports: Vec::new(),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

/// An activity that lacks nothing: led by organisation 1, in Dili in June, 30.00 each from source 1 for three.
pub(crate) fn full(number: u8) -> Activity {
    Activity {
        title: "Training of women mediators".into(),
        lead: Register::settled(Some(organisation_id(1))),
        months: [month("2025-06")].into(),
        municipalities: [Municipality::Dili].into_iter().collect(),
        themes: [Theme::Gbv].into_iter().collect(),
        budget: vec![line(1, 3_000, 3_000)],
        funding: vec![funding(1, 9_000, Certainty::Confirmed)],
        indicators: vec![indicator(1)],
        ..blank(number)
    }
}

pub(crate) fn line(number: u8, thousandths: i64, cents: i64) -> BudgetLine {
    BudgetLine {
        id: BudgetLineId::from_bytes([number; 10]),
        category: Register::settled(Some(BudgetCategory::Training)),
        description: String::new(),
        unit: String::new(),
        quantity: Register::settled(Some(Thousandths(thousandths))),
        unit_cost: Register::settled(Some(Cents(cents))),
        quarter: Register::settled(Some(quarter("2025-Q2"))),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

pub(crate) fn funding(number: u8, cents: i64, certainty: Certainty) -> Funding {
    Funding {
        id: FundingId::from_bytes([number; 10]),
        source: Register::settled(Some(source_id(1))),
        amount: Register::settled(Some(Cents(cents))),
        certainty: Register::settled(certainty),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

pub(crate) fn indicator(number: u8) -> Indicator {
    Indicator {
        id: IndicatorId::from_bytes([number; 10]),
        text: "Women mediators trained".into(),
        unit: Register::settled(IndicatorUnit::Number),
        baseline: Register::settled(Some("0".into())),
        baseline_year: Register::default(),
        target: Register::settled(Some("40".into())),
        milestones: Default::default(),
        disaggregation: ChoiceSet::default(),
        verification: String::new(),
        collector: String::new(),
        archived: Archived::No,
        order: OrderKey::default(),
    }
}

pub(crate) fn outcome(number: u8) -> Outcome {
    Outcome {
        id: outcome_id(number),
        code: String::new(),
        statement: String::new(),
        reference: String::new(),
        provenance: Register::default(),
        indicators: Vec::new(),
        reports: Vec::new(),
        order: OrderKey::default(),
    }
}

/// A section with outcomes 1 and 2, and no activity.
pub(crate) fn section(number: u8) -> Section {
    Section {
        id: SectionId::from_bytes([number; 10]),
        code: String::new(),
        name: Localised::default(),
        prompt: Localised::default(),
        context: String::new(),
        state: Register::default(),
        group: Group::default(),
        order: OrderKey::default(),
        outcomes: vec![outcome(1), outcome(2)],
        activities: Vec::new(),
        suggestions: Vec::new(),
    }
}

pub(crate) fn organisation(number: u8, acronym: &str, name: &str) -> Organisation {
    let (acronym, name, focal_point) = (acronym.into(), name.into(), String::new());
    Organisation { id: organisation_id(number), acronym, name, kind: OrganisationKind::Cso, focal_point, colour: Colour::Plain }
}

fn source(number: u8) -> Source {
    let (name, kind) = (String::new(), Register::settled(SourceKind::Un));
    Source { id: source_id(number), name, kind, archived: Archived::No, order: OrderKey::default() }
}

/// A plan of 2025 with sections 1 and 2, organisations 1 to 3, source 1, and these activities in section 1.
pub(crate) fn plan(activities: Vec<Activity>) -> Plan {
    let first = Section { activities, ..section(1) };
    Plan {
        first: month("2025-01"),
        last: month("2025-12"),
        sections: vec![first, section(2)],
        organisations: vec![
            organisation(1, "REDE", "Rede Feto"),
            organisation(2, "", "Asosiasaun HAK"),
            organisation(3, "MOI", "Ministry of Interior"),
        ],
        sources: vec![source(1)],
        ..Plan::default()
    }
}

fn any_choice<C: Choice + std::fmt::Debug>() -> impl Strategy<Value = C> {
    (0..C::ALL.len()).prop_map(|at| C::ALL[at])
}

fn any_archived() -> impl Strategy<Value = Archived> {
    prop_oneof![3 => Just(Archived::No), 1 => Just(Archived::Yes)]
}

pub(crate) fn any_month() -> impl Strategy<Value = Month> {
    (2024u16..=2026, 1u8..=12).prop_map(|(year, month)| Month::new(year, month).unwrap())
}

pub(crate) fn any_quarter() -> impl Strategy<Value = Quarter> {
    (2024u16..=2026, 1u8..=4).prop_map(|(year, quarter)| Quarter { year, quarter })
}

/// Mostly such as people write; now and then such as only a broken program writes.
fn any_amount() -> impl Strategy<Value = i64> {
    prop_oneof![6 => 0i64..1_000_000, 1 => any::<i64>(), 1 => Just(i64::MAX), 1 => Just(-5)]
}

fn any_line() -> impl Strategy<Value = BudgetLine> {
    let numbers = (option::of(any_amount()), option::of(any_amount()), option::of(any_quarter()));
    (any::<u8>(), numbers, option::of(any_choice()), any_archived()).prop_map(|(number, (quantity, cost, quarter), category, archived)| {
        BudgetLine {
            quantity: Register::settled(quantity.map(Thousandths)),
            unit_cost: Register::settled(cost.map(Cents)),
            quarter: Register::settled(quarter),
            category: Register::settled(category),
            archived,
            ..line(number, 0, 0)
        }
    })
}

fn any_funding() -> impl Strategy<Value = Funding> {
    (any::<u8>(), option::of(any_amount()), option::of(1u8..4), any_choice(), any_archived()).prop_map(
        |(number, amount, source, certainty, archived)| Funding {
            source: Register::settled(source.map(source_id)),
            amount: Register::settled(amount.map(Cents)),
            archived,
            ..funding(number, 0, certainty)
        },
    )
}

fn any_indicator() -> impl Strategy<Value = Indicator> {
    let answer = || option::of(prop_oneof![Just(" ".to_owned()), Just("40".to_owned())]);
    (any::<u8>(), answer(), answer(), any_archived()).prop_map(|(number, baseline, target, archived)| Indicator {
        baseline: Register::settled(baseline),
        target: Register::settled(target),
        archived,
        ..indicator(number)
    })
}

/// An activity of a few organisations, outcomes and words, so that much coincides.
pub(crate) fn any_activity(number: u8) -> impl Strategy<Value = Activity> {
    let what = ("(Formasaun|Dialogue|)( ba feto| in Baucau|)", 1u8..3, any_choice::<ActivityStatus>(), any_archived());
    let who = (option::of(1u8..4), vec(1u8..4, 0..3), vec(1u8..4, 0..2));
    let place = (vec(any_month(), 0..4), vec(any_choice::<Municipality>(), 0..3), vec(any_choice::<Theme>(), 0..3));
    let parts = (vec(any_line(), 0..5), vec(any_funding(), 0..4), vec(any_indicator(), 0..3));
    (what, who, place, parts).prop_map(move |(what, who, place, parts)| Activity {
        title: what.0,
        outcome: outcome_id(what.1),
        status: Register::settled(what.2),
        archived: what.3,
        lead: Register::settled(who.0.map(organisation_id)),
        partners: who.1.into_iter().map(organisation_id).collect(),
        counterparts: who.2.into_iter().map(organisation_id).collect(),
        months: place.0.into_iter().collect(),
        municipalities: place.1.into_iter().collect(),
        themes: place.2.into_iter().collect(),
        budget: parts.0,
        funding: parts.1,
        indicators: parts.2,
        ..blank(number)
    })
}
