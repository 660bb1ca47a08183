//! Dots: who gave how many to what.
//!
//! A dot is a field of its own in somebody's ballot, and only the first `n` fields count. So the sum is exact however many people vote at
//! the same time, and nobody has more dots on two devices, or by joining twice and being merged.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::ParticipantId;
use crate::limits;
use crate::plan::schema::Name;
use crate::plan::{ActivityRef, Ballot, Desk, Person, Plan, Room};

/// All dots that count.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Votes {
    /// How many each activity has; those with none are not in it.
    pub dots: BTreeMap<ActivityRef, u32>,
    /// How many people gave any.
    pub voters: u32,
    /// How many each person has.
    pub each: usize,
}

impl Votes {
    /// Counts them.
    #[must_use]
    pub fn of(plan: &Plan, room: &Room) -> Self {
        let each = dots_each(&room.desk);
        let kept = kept(plan);
        let mut given: BTreeMap<ParticipantId, Vec<ActivityRef>> = BTreeMap::new();
        for (person, ballots) in by_person(&plan.people, &room.ballots) {
            let dots = ballots.into_iter().flat_map(|ballot| placed(ballot, each)).map(|(_, at)| at).filter(|at| kept.contains(at));
            given.insert(person, dots.take(each).collect());
        }
        let mut votes = Self { each, ..Self::default() };
        for dots in given.into_values() {
            votes.voters += u32::from(!dots.is_empty());
            for at in dots {
                *votes.dots.entry(at).or_default() += 1;
            }
        }
        votes
    }

    /// How many dots were given.
    #[must_use]
    pub fn total(&self) -> u32 {
        self.dots.values().sum()
    }

    /// The activities that have any, those with the most first; each with its place, which is shared by those that have as many. Among
    /// these, the order of `plan`.
    #[must_use]
    pub fn ranking(&self, plan: &Plan) -> Vec<(usize, ActivityRef, u32)> {
        let mut all: Vec<(ActivityRef, u32)> = in_order(plan).filter_map(|at| self.dots.get(&at).map(|dots| (at, *dots))).collect();
        all.sort_by_key(|(_, dots)| std::cmp::Reverse(*dots));
        let place = |dots: u32| 1 + all.iter().filter(|(_, others)| *others > dots).count();
        all.iter().map(|(at, dots)| (place(*dots), *at, *dots)).collect()
    }
}

/// How many dots each person has.
#[must_use]
pub fn dots_each(desk: &Desk) -> usize {
    let said = desk.dots.value.and_then(|dots| usize::try_from(dots).ok());
    said.unwrap_or(limits::DOTS_USUAL).min(Name::DOTS.len())
}

/// The dots of one ballot, as the person sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    slots: Vec<Option<ActivityRef>>,
}

impl Own {
    /// Of a person in a plan. A dot on what is archived by now can be given again.
    #[must_use]
    pub fn of(plan: &Plan, room: &Room, participant: ParticipantId) -> Self {
        let kept = kept(plan);
        let ballot = room.ballots.get(&participant);
        let slot = |number: usize| ballot.and_then(|ballot| ballot.dots[number]).filter(|at| kept.contains(at));
        Self { slots: (0..dots_each(&room.desk)).map(slot).collect() }
    }

    /// How many there are.
    #[must_use]
    pub const fn each(&self) -> usize {
        self.slots.len()
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.slots.iter().filter(|slot| slot.is_none()).count()
    }

    /// How many an activity has.
    #[must_use]
    pub fn on(&self, at: ActivityRef) -> usize {
        self.slots.iter().filter(|slot| **slot == Some(at)).count()
    }

    /// The field that one more dot goes into; none when all are given.
    #[must_use]
    pub fn free(&self) -> Option<Name> {
        self.slots.iter().position(Option::is_none).map(|number| Name::DOTS[number])
    }

    /// The field of the dot that is taken back from an activity; none where it has none.
    #[must_use]
    pub fn last_on(&self, at: ActivityRef) -> Option<Name> {
        self.slots.iter().rposition(|slot| *slot == Some(at)).map(|number| Name::DOTS[number])
    }
}

/// The dots of a ballot that count, with their fields.
fn placed(ballot: &Ballot, each: usize) -> impl Iterator<Item = (Name, ActivityRef)> {
    Name::DOTS.into_iter().zip(ballot.dots).take(each).filter_map(|(name, at)| Some((name, at?)))
}

/// The ballots of each person: their own first, then those of whoever they are the same as.
fn by_person<'a>(
    people: &BTreeMap<ParticipantId, Person>,
    ballots: &'a BTreeMap<ParticipantId, Ballot>,
) -> BTreeMap<ParticipantId, Vec<&'a Ballot>> {
    let mut all: BTreeMap<ParticipantId, Vec<&Ballot>> = BTreeMap::new();
    for (id, ballot) in ballots {
        let person = same(people, *id);
        let of_person = all.entry(person).or_default();
        if person == *id { of_person.insert(0, ballot) } else { of_person.push(ballot) }
    }
    all
}

/// Who somebody is, when they joined more than once. People who are said to be each other, in a ring, are the first of them.
#[must_use]
pub fn same(people: &BTreeMap<ParticipantId, Person>, id: ParticipantId) -> ParticipantId {
    let mut seen = vec![id];
    let mut now = id;
    while let Some(next) = people.get(&now).and_then(|person| person.same_as) {
        if let Some(begin) = seen.iter().position(|known| *known == next) {
            return seen[begin..].iter().copied().min().unwrap_or(next);
        }
        seen.push(next);
        now = next;
    }
    now
}

fn in_order(plan: &Plan) -> impl Iterator<Item = ActivityRef> {
    plan.sections.iter().flat_map(|section| {
        let kept = section.activities.iter().filter(|activity| activity.is_kept());
        kept.map(|activity| ActivityRef { section: section.id, activity: activity.id })
    })
}

fn kept(plan: &Plan) -> BTreeSet<ActivityRef> {
    in_order(plan).collect()
}

#[cfg(test)]
mod tests;
