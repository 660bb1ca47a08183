//! Activities that may belong together: what to propose as a synergy.
//!
//! A pair is proposed when it happens in the same municipality and month and touches the same theme, or when its titles are alike
//! ([`title`]). Somebody has answered for a pair that is among the plan's synergies, whatever the answer, also if it was archived since;
//! such a pair is not proposed again. Neither is an activity that is given up.

pub mod title;

use super::{Finding, Problem};
use crate::limits;
use crate::plan::{Activity, ActivityRef, ActivityStatus, ChoiceSet, Field, Month, MonthSet, Municipality, Name, Plan, Quarter, Theme};
use title::Grams;

/// Two activities that may belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The one that comes first in the plan.
    pub first: ActivityRef,
    /// The other.
    pub second: ActivityRef,
    /// Why.
    pub why: Why,
    /// How likely it is, 1 to 100: up to 60 by how alike the titles are, 15 each for a common month and a common municipality, 10 for
    /// a common theme.
    pub score: u16,
}

/// What two activities have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// How alike the titles are, from 0 to 1,000; see [`title::ALIKE`].
    pub title: u16,
    /// The months in which both happen.
    pub months: Vec<Month>,
    /// Whether both happen in some quarter.
    pub is_same_quarter: bool,
    /// The municipalities in which both happen. The whole country is one of its own: it is not in every other.
    pub municipalities: ChoiceSet<Municipality>,
    /// The themes that both touch.
    pub themes: ChoiceSet<Theme>,
}

impl Why {
    /// Whether the titles are alike.
    #[must_use]
    pub const fn is_title_alike(&self) -> bool {
        self.title >= title::ALIKE
    }
}

impl Proposal {
    /// The finding of two activities that are alike in one municipality and quarter; none where they only overlap, or are far apart.
    #[must_use]
    pub fn finding(&self) -> Option<Finding> {
        let is_one_place_and_time = self.why.is_same_quarter && !self.why.municipalities.is_empty();
        let found = Finding { at: Field::of_activity(self.first, Name::Title), problem: Problem::Similar(self.second) };
        (self.why.is_title_alike() && is_one_place_and_time).then_some(found)
    }
}

/// What is to be proposed, the likeliest first, then in the order of the plan. No more than [`limits::PROPOSALS_MAX`].
#[must_use]
pub fn proposals(plan: &Plan) -> Vec<Proposal> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for section in &plan.sections {
        entries.extend(section.begun().filter(|(_, activity)| is_open(activity)).map(|(at, activity)| Entry::new(at, activity)));
    }
    entries.truncate(title::TITLES_MAX);
    let answered = answered(plan, &entries);
    // Each pair as one number that sorts as wanted: what its score lacks, the two, and how alike the titles are.
    let mut pairs: Vec<u64> = Vec::new();
    title::each_pair(&entries.iter().map(|entry| &entry.grams).collect::<Vec<_>>(), |first, second, alike| {
        let score = entries[first].score(&entries[second], alike);
        if score > 0 && answered.binary_search(&pair(first, second)).is_err() {
            pairs.push(u64::from(100 - score) << 48 | pair(first, second) << 16 | u64::from(alike));
        }
    });
    pairs.sort_unstable();
    pairs.truncate(limits::PROPOSALS_MAX);
    let part = |number: u64, at: u32| u16::try_from(number >> at & 0xffff).expect("it is sixteen bits");
    let propose = |number: u64| {
        let (first, second) = (&entries[usize::from(part(number, 32))], &entries[usize::from(part(number, 16))]);
        first.propose(second, part(number, 0), 100 - part(number, 48))
    };
    pairs.into_iter().map(propose).collect()
}

/// Two entries by their numbers, of which there are no more than sixteen bits hold.
const fn pair(first: usize, second: usize) -> u64 {
    (first as u64) << 16 | second as u64
}

fn is_open(activity: &Activity) -> bool {
    activity.status.value != ActivityStatus::Cancelled
}

/// The pairs for which somebody has answered, sorted.
fn answered(plan: &Plan, entries: &[Entry<'_>]) -> Vec<u64> {
    let number = |at: Option<ActivityRef>| entries.iter().position(|entry| Some(entry.at) == at);
    let mut pairs: Vec<u64> = Vec::new();
    for synergy in &plan.synergies {
        if let (Some(one), Some(other)) = (number(synergy.first.value), number(synergy.second.value)) {
            pairs.push(pair(one.min(other), one.max(other)));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// What is compared of an activity.
struct Entry<'a> {
    at: ActivityRef,
    grams: Grams,
    months: &'a MonthSet,
    municipalities: ChoiceSet<Municipality>,
    themes: ChoiceSet<Theme>,
}

impl<'a> Entry<'a> {
    fn new(at: ActivityRef, activity: &'a Activity) -> Self {
        Self {
            at,
            grams: Grams::of(&activity.title),
            months: &activity.months,
            municipalities: activity.municipalities,
            themes: activity.themes,
        }
    }

    /// How likely it is that they belong together; zero for what is not to be proposed.
    fn score(&self, other: &Self, alike: u16) -> u16 {
        let is_place = !self.municipalities.and(other.municipalities).is_empty();
        let is_theme = !self.themes.and(other.themes).is_empty();
        let is_alike = alike >= title::ALIKE;
        // Most pairs end here, before the months are compared.
        let may_overlap = is_place && is_theme;
        if !(is_alike || may_overlap) {
            return 0;
        }
        let is_month = self.months.iter().any(|month| other.months.contains(month));
        if !(is_alike || is_month) {
            return 0;
        }
        alike * 6 / 100 + 15 * u16::from(is_month) + 15 * u16::from(is_place) + 10 * u16::from(is_theme)
    }

    fn propose(&self, other: &Self, alike: u16, score: u16) -> Proposal {
        let in_quarter = |month: &Month| other.months.iter().any(|other| Quarter::of(*other) == Quarter::of(*month));
        let why = Why {
            title: alike,
            months: self.months.iter().copied().filter(|month| other.months.contains(month)).collect(),
            is_same_quarter: self.months.iter().any(in_quarter),
            municipalities: self.municipalities.and(other.municipalities),
            themes: self.themes.and(other.themes),
        };
        Proposal { first: self.at, second: other.at, why, score }
    }
}

#[cfg(test)]
mod tests;
