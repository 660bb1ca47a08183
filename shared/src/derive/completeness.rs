//! How complete a section is, as a figure from 0 to 100.
//!
//! It is the share of what a reader expects that is there. Of each activity that somebody has begun to write, the eight things of
//! [`Expected`]; of each outcome, that an activity serves it. All weigh the same. Where nothing is expected, nothing is complete.

use crate::plan::{Activity, Cents, Section};

/// What a reader expects of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// What it is called.
    Title,
    /// Who leads it.
    Lead,
    /// When it happens.
    Months,
    /// Where it happens.
    Municipalities,
    /// An indicator with words.
    Indicator,
    /// A baseline and a target in one indicator.
    Measure,
    /// A cost above zero.
    Cost,
    /// A funding, also one that is only asked for, that says how much and where it comes from.
    Funding,
}

/// How much of what is expected is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Completeness {
    /// How many things are there.
    pub present: u32,
    /// How many are expected.
    pub expected: u32,
}

impl Completeness {
    /// Of an activity. Nothing is expected of one that is archived or blank.
    #[must_use]
    pub fn of_activity(activity: &Activity) -> Self {
        let mut complete = Self::default();
        if activity.is_kept() && !activity.is_blank() {
            for (_, is_present) in expected(activity) {
                complete.expect(is_present);
            }
        }
        complete
    }

    /// Of a section: its activities, and that each outcome has one.
    #[must_use]
    pub fn of_section(section: &Section) -> Self {
        let mut complete = Self::default();
        for (_, activity) in section.begun() {
            complete = complete.and(Self::of_activity(activity));
        }
        for outcome in &section.outcomes {
            complete.expect(section.begun().any(|(_, activity)| activity.outcome == outcome.id));
        }
        complete
    }

    /// Of both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { present: self.present + other.present, expected: self.expected + other.expected }
    }

    /// From 0 to 100, rounded down: only what lacks nothing is at 100.
    #[must_use]
    pub fn percent(self) -> u8 {
        let hundredfold = u64::from(self.present) * 100;
        hundredfold.checked_div(u64::from(self.expected)).map_or(0, |percent| u8::try_from(percent).unwrap_or(100))
    }

    fn expect(&mut self, is_present: bool) {
        self.expected += 1;
        self.present += u32::from(is_present);
    }
}

/// What is expected of an activity, each with whether it is there.
#[must_use]
pub fn expected(activity: &Activity) -> [(Expected, bool); 8] {
    let has_cost = activity.kept_budget().any(|line| line.cost() > Cents(0));
    let is_funded = activity.kept_funding().any(|funding| funding.source.value.is_some() && funding.amount.value > Some(Cents(0)));
    [
        (Expected::Title, !activity.title.trim().is_empty()),
        (Expected::Lead, activity.lead.value.is_some()),
        (Expected::Months, !activity.months.is_empty()),
        (Expected::Municipalities, !activity.municipalities.is_empty()),
        (Expected::Indicator, activity.kept_indicators().any(|indicator| !indicator.text.trim().is_empty())),
        (Expected::Measure, activity.kept_indicators().any(|indicator| indicator.has_baseline() && indicator.has_target())),
        (Expected::Cost, has_cost),
        (Expected::Funding, is_funded),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::sample;
    use crate::plan::Archived;

    fn check(of: &Section, present: u32, expected: u32, percent: u8) {
        let complete = Completeness::of_section(of);
        assert_eq!((complete.present, complete.expected, complete.percent()), (present, expected, percent));
    }

    #[test]
    fn a_section_is_as_complete_as_its_outcomes_and_activities() {
        let mut section = sample::section(1);
        check(&section, 0, 2, 0);
        section.activities.push(sample::blank(1));
        check(&section, 0, 2, 0);
        section.activities.push(sample::full(2));
        check(&section, 9, 10, 90);
        section.activities[1].lead.value = None;
        section.activities[1].funding[0].source.value = None;
        check(&section, 7, 10, 70);
        section.activities[0].title = "Dialogue".into();
        section.activities[0].outcome = section.outcomes[1].id;
        check(&section, 9, 18, 50);
        section.activities[1].archived = Archived::Yes;
        check(&section, 2, 10, 20);
        section.outcomes.clear();
        section.activities.clear();
        check(&section, 0, 0, 0);
    }

    #[test]
    fn what_is_archived_in_an_activity_is_missing() {
        let mut activity = sample::full(1);
        assert_eq!(Completeness::of_activity(&activity).percent(), 100);
        activity.indicators[0].archived = Archived::Yes;
        activity.budget[0].archived = Archived::Yes;
        activity.funding[0].archived = Archived::Yes;
        let missing: Vec<Expected> = expected(&activity).iter().filter(|(_, is_present)| !is_present).map(|(one, _)| *one).collect();
        assert_eq!(missing, [Expected::Indicator, Expected::Measure, Expected::Cost, Expected::Funding]);
    }
}
