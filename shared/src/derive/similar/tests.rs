use proptest::prelude::*;

use super::*;
use crate::derive::sample;
use crate::id::SynergyId;
use crate::order::OrderKey;
use crate::plan::{Archived, Register, Relation, Synergy};

/// Checks whether the two are proposed once both were changed, with which score.
fn check(change: impl FnOnce(&mut Activity, &mut Activity), expected: Option<u16>) {
    let (mut one, mut other) = (sample::full(1), Activity { title: "Shelter".into(), ..sample::full(2) });
    change(&mut one, &mut other);
    let mut plan = sample::plan(vec![one]);
    plan.sections[1].activities.push(other);
    let proposed: Vec<_> = proposals(&plan).iter().map(|proposal| (proposal.first, proposal.second, proposal.score)).collect();
    let expected: Vec<_> = expected.into_iter().map(|score| (sample::at(1, 1), sample::at(2, 2), score)).collect();
    assert_eq!(proposed, expected);
}

#[test]
fn a_pair_overlaps_or_has_titles_that_are_alike() {
    check(|_, _| {}, Some(40));
    check(|_, other| other.title = "Dialogue".into(), Some(43));
    check(|_, other| other.title.clear(), Some(40));
    check(|_, other| other.months = [sample::month("2025-05")].into(), None);
    check(|_, other| other.themes = ChoiceSet::default(), None);
    check(|_, other| other.municipalities = [Municipality::National].into_iter().collect(), None);
    let same = |one: &Activity, other: &mut Activity| other.title = one.title.to_uppercase();
    check(|one, other| same(one, other), Some(100));
    check(
        |one, other| {
            same(one, other);
            other.months.clear();
            other.themes = ChoiceSet::default();
            other.municipalities = ChoiceSet::default();
        },
        Some(60),
    );
    check(|_, other| other.archived = Archived::Yes, None);
    check(|_, other| *other = sample::blank(2), None);
    check(|_, other| other.status = Register::settled(ActivityStatus::Cancelled), None);
}

fn synergy(first: ActivityRef, second: ActivityRef, relation: Relation, archived: Archived) -> Synergy {
    Synergy {
        id: SynergyId::from_bytes([1; 10]),
        first: Register::settled(Some(first)),
        second: Register::settled(Some(second)),
        relation: Register::settled(relation),
        archived,
        order: OrderKey::default(),
    }
}

#[test]
fn a_pair_that_somebody_has_answered_for_is_not_proposed_again() {
    let (one, two) = (sample::at(1, 1), sample::at(1, 2));
    let mut plan = sample::plan(vec![sample::full(1), sample::full(2)]);
    assert_eq!(proposals(&plan).len(), 1);
    for answer in [
        synergy(one, two, Relation::Joint, Archived::No),
        synergy(two, one, Relation::Dismissed, Archived::No),
        synergy(two, one, Relation::Overlap, Archived::Yes),
    ] {
        plan.synergies = vec![answer];
        assert_eq!(proposals(&plan), [], "{:?}", plan.synergies);
    }
    plan.synergies = vec![synergy(one, sample::at(2, 2), Relation::Joint, Archived::No)];
    assert_eq!(proposals(&plan).len(), 1);
}

#[test]
fn it_says_why() {
    let june = sample::month("2025-06");
    let both = |number| Activity {
        months: [june, sample::month(if number == 1 { "2025-01" } else { "2025-02" })].into(),
        municipalities: [Municipality::Dili, if number == 1 { Municipality::Aileu } else { Municipality::Ermera }].into_iter().collect(),
        ..sample::full(number)
    };
    let found = proposals(&sample::plan(vec![both(1), both(2)]));
    let why = Why {
        title: 1000,
        months: vec![june],
        is_same_quarter: true,
        municipalities: [Municipality::Dili].into_iter().collect(),
        themes: [Theme::Gbv].into_iter().collect(),
    };
    assert_eq!(found, [Proposal { first: sample::at(1, 1), second: sample::at(1, 2), why, score: 100 }]);
    assert_eq!(found[0].finding().unwrap().problem, Problem::Similar(sample::at(1, 2)));
}

#[test]
fn the_likeliest_come_first_and_not_without_end() {
    let plan = sample::plan((1..=30).map(|number| Activity { title: format!("Training {number}"), ..sample::full(number) }).collect());
    let found = proposals(&plan);
    assert_eq!(found.len(), limits::PROPOSALS_MAX);
    assert!(found.is_sorted_by_key(|proposal| (100 - proposal.score, proposal.first, proposal.second)));
}

proptest! {
    /// Against the rule as it is told: common month, municipality and theme, or titles that are alike.
    #[test]
    fn what_is_proposed_follows_the_rule(activities in proptest::collection::vec(sample::any_activity(1), 0..8)) {
        let numbered = (1..).zip(activities).map(|(number, activity)| Activity { id: sample::at(1, number).activity, ..activity });
        let plan = sample::plan(numbered.collect());
        let found = proposals(&plan);
        let open: Vec<_> = plan.begun().filter(|(_, one)| one.status.value != ActivityStatus::Cancelled).collect();
        for (number, (first, one)) in open.iter().enumerate() {
            for (second, other) in &open[number + 1..] {
                let overlap = one.months.iter().any(|month| other.months.contains(month))
                    && one.municipalities.iter().any(|place| other.municipalities.contains(place))
                    && one.themes.iter().any(|theme| other.themes.contains(theme));
                let proposal = found.iter().find(|proposal| (proposal.first, proposal.second) == (*first, *second));
                match proposal {
                    Some(proposal) => prop_assert!(overlap || proposal.why.is_title_alike()),
                    None => prop_assert!(!overlap && (one.title != other.title || one.title.is_empty())),
                }
            }
        }
        prop_assert!(found.iter().all(|proposal| (1..=100).contains(&proposal.score) && proposal.first < proposal.second));
    }
}
