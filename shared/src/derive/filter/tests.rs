use proptest::option;
use proptest::prelude::*;

use super::*;
use crate::derive::sample;
use crate::plan::{Archived, Certainty, Choice, Register};

/// Checks whether the full activity, led by organisation 1 (REDE, Rede Feto), joined by 2 and 3, passes.
fn check(filter: &Filter, expected: bool) {
    let activity = Activity {
        partners: vec![sample::organisation_id(2)],
        counterparts: vec![sample::organisation_id(3)],
        responsible: "João".into(),
        ..sample::full(1)
    };
    let plan = sample::plan(vec![activity]);
    let at = sample::at(1, 1);
    assert_eq!(filter.matcher(&plan).matches(at, &plan.sections[0].activities[0]), expected, "{filter:?}");
    let archived = Activity { archived: Archived::Yes, ..plan.sections[0].activities[0].clone() };
    assert!(!filter.matcher(&plan).matches(at, &archived), "what is archived never passes");
}

fn saying(words: &str) -> Filter {
    Filter { words: words.into(), ..Filter::default() }
}

#[test]
fn words_are_found_in_texts_and_names() {
    for (words, expected) in [
        ("", true),
        ("  ", true),
        ("MEDIATORS women", true),
        ("joao", true),
        ("rede mediator", true),
        ("asosiasaun hak", true),
        ("ministry", true),
        ("mediators dili", false),
        ("belun", false),
    ] {
        check(&saying(words), expected);
    }
}

#[test]
fn values_are_those_that_are_asked_for() {
    let any = Filter::default;
    let organisation = |number| Some(sample::organisation_id(number));
    for (filter, expected) in [
        (any(), true),
        (Filter { section: Some(sample::at(1, 1).section), ..any() }, true),
        (Filter { section: Some(sample::at(2, 1).section), ..any() }, false),
        (Filter { lead: organisation(1), ..any() }, true),
        (Filter { lead: organisation(2), ..any() }, false),
        (Filter { organisation: organisation(1), ..any() }, true),
        (Filter { organisation: organisation(2), ..any() }, true),
        (Filter { organisation: organisation(3), ..any() }, true),
        (Filter { organisation: organisation(4), ..any() }, false),
        (Filter { municipality: Some(Municipality::Dili), ..any() }, true),
        (Filter { municipality: Some(Municipality::Aileu), ..any() }, false),
        (Filter { quarter: Some(sample::quarter("2025-Q2")), ..any() }, true),
        (Filter { quarter: Some(sample::quarter("2025-Q3")), ..any() }, false),
        (Filter { month: Some(sample::month("2025-06")), ..any() }, true),
        (Filter { month: Some(sample::month("2025-05")), ..any() }, false),
        (Filter { status: Some(ActivityStatus::Draft), ..any() }, true),
        (Filter { status: Some(ActivityStatus::Agreed), ..any() }, false),
        (Filter { theme: Some(Theme::Gbv), ..any() }, true),
        (Filter { theme: Some(Theme::Cyber), ..any() }, false),
        (Filter { has_gap: true, ..any() }, false),
        (Filter { needs_attention: true, ..any() }, false),
        (Filter { theme: Some(Theme::Gbv), status: Some(ActivityStatus::Agreed), ..any() }, false),
    ] {
        check(&filter, expected);
    }
}

#[test]
fn a_gap_and_a_finding_are_seen() {
    let mut plan = sample::plan(vec![sample::full(1)]);
    plan.sections[0].activities[0].funding = vec![sample::funding(1, 9_000, Certainty::Requested)];
    let passes = |filter: &Filter, plan: &Plan| filter.matcher(plan).matches(sample::at(1, 1), &plan.sections[0].activities[0]);
    let (gap, attention) = (Filter { has_gap: true, ..Filter::default() }, Filter { needs_attention: true, ..Filter::default() });
    assert!(passes(&gap, &plan) && !passes(&attention, &plan));
    plan.sections[0].activities[0].lead = Register::settled(None);
    assert!(passes(&attention, &plan));
    plan.sections[0].activities[0] = sample::blank(1);
    assert!(!passes(&gap, &plan) && !passes(&attention, &plan) && passes(&Filter::default(), &plan));
}

fn check_query(query: &str, expected: &Filter, again: &str) {
    let filter = Filter::from_query(query);
    assert_eq!((&filter, filter.to_query().as_str()), (expected, again), "{query:?}");
}

#[test]
fn a_query_keeps_what_it_knows() {
    let nothing = Filter::default();
    for query in ["", "?", "&&", "colour=red", "status=lost&month=13&section=x", "gap=yes", "status"] {
        check_query(query, &nothing, "");
    }
    check_query("?q=ba+feto%20no%c3%A9&later=1", &saying("ba feto noé"), "q=ba%20feto%20no%C3%A9");
    check_query("q=100%&q=5%2", &saying("5%2"), "q=5%252");
    let status = Filter { status: Some(ActivityStatus::OnTrack), has_gap: true, ..nothing };
    check_query("gap=1&status=on_track", &status, "status=on_track&gap=1");
}

fn any_of<C: Choice + std::fmt::Debug>() -> impl Strategy<Value = Option<C>> {
    option::of((0..C::ALL.len()).prop_map(|at| C::ALL[at]))
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let ids = (option::of(any::<[u8; 10]>()), option::of(any::<[u8; 10]>()), option::of(any::<[u8; 10]>()));
    let times = (option::of(sample::any_quarter()), option::of(sample::any_month()));
    (any::<String>(), ids, times, (any_of(), any_of(), any_of()), any::<[bool; 2]>()).prop_map(|(words, ids, times, choices, switches)| {
        Filter {
            words,
            section: ids.0.map(SectionId::from_bytes),
            lead: ids.1.map(OrganisationId::from_bytes),
            organisation: ids.2.map(OrganisationId::from_bytes),
            quarter: times.0,
            month: times.1,
            municipality: choices.0,
            status: choices.1,
            theme: choices.2,
            has_gap: switches[0],
            needs_attention: switches[1],
        }
    })
}

proptest! {
    #[test]
    fn a_filter_reads_back(filter in any_filter()) {
        let query = filter.to_query();
        prop_assert!(query.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%=&".contains(&byte)), "{}", query);
        prop_assert_eq!(query.is_empty(), filter == Filter::default());
        prop_assert_eq!(Filter::from_query(&query), filter);
    }

    #[test]
    fn any_query_can_be_read(query in any::<String>()) {
        let filter = Filter::from_query(&query);
        prop_assert_eq!(Filter::from_query(&filter.to_query()), filter);
    }

    #[test]
    fn what_asks_for_nothing_lets_everything_through(activity in sample::any_activity(1)) {
        let plan = sample::plan(vec![activity]);
        let filter = Filter::default();
        prop_assert!(filter.is_empty());
        let activity = &plan.sections[0].activities[0];
        prop_assert_eq!(filter.matcher(&plan).matches(sample::at(1, 1), activity), activity.is_kept());
    }
}
