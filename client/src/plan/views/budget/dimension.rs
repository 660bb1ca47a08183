//! By what the sums are told apart, and which rows that makes.

use std::cmp::Reverse;

use hamutuk_shared::derive::{Bucket, Sums, Totals};
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Cents, Name, Organisation, OutcomeRef, Plan, Quarter};

use super::bar::Share;
use crate::i18n::{I18n, t_string};
use crate::words;

/// By what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dimension {
    /// By section.
    Section,
    /// By outcome, below the section of each.
    Outcome,
    /// By the organisation that leads.
    Lead,
    /// By where the money comes from.
    Source,
    /// By when it is spent.
    Quarter,
    /// By what it is spent on.
    Category,
}

/// One figure of the sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// What it costs.
    Cost,
    /// What is promised.
    Confirmed,
    /// What is asked for.
    Requested,
    /// What comes as goods or work.
    InKind,
    /// What is missing; below zero where there is too much, so that the column adds up.
    Gap,
}

/// A row, ready to be drawn in one language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The short code of a section or an outcome.
    pub(super) code: String,
    /// What it is called.
    pub(super) name: String,
    /// Whether the rows below it are parts of it.
    pub(super) is_group: bool,
    /// Its figures.
    pub(super) sums: Sums,
}

impl Dimension {
    /// All, in the order of the buttons.
    pub(super) const ALL: [Self; 6] = [Self::Section, Self::Outcome, Self::Lead, Self::Source, Self::Quarter, Self::Category];

    /// Its name for tests.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Outcome => "outcome",
            Self::Lead => "lead",
            Self::Source => "source",
            Self::Quarter => "quarter",
            Self::Category => "category",
        }
    }

    /// "By section".
    pub(super) fn words(self, i18n: I18n) -> &'static str {
        match self {
            Self::Section => t_string!(i18n, budget_by_section),
            Self::Outcome => t_string!(i18n, budget_by_outcome),
            Self::Lead => t_string!(i18n, budget_by_lead),
            Self::Source => t_string!(i18n, budget_by_source),
            Self::Quarter => t_string!(i18n, budget_by_quarter),
            Self::Category => t_string!(i18n, budget_by_category),
        }
    }

    /// What its rows are.
    pub(super) fn kind(self, i18n: I18n) -> &'static str {
        match self {
            Self::Section => t_string!(i18n, sections),
            Self::Outcome => t_string!(i18n, outcome),
            Self::Lead => t_string!(i18n, organisation),
            Self::Source => t_string!(i18n, field_source),
            Self::Quarter => t_string!(i18n, field_quarter),
            Self::Category => t_string!(i18n, field_category),
        }
    }

    /// The figures that are known by it.
    pub(super) const fn columns(self) -> &'static [Column] {
        match self {
            Self::Section | Self::Outcome | Self::Lead => {
                &[Column::Cost, Column::Confirmed, Column::Requested, Column::InKind, Column::Gap]
            }
            Self::Source => &[Column::Confirmed, Column::Requested, Column::InKind],
            Self::Quarter | Self::Category => &[Column::Cost],
        }
    }

    /// What the bar of a row shows.
    pub(super) fn shares(self, sums: &Sums) -> Vec<(Share, u128)> {
        match self {
            Self::Section | Self::Outcome | Self::Lead => Share::of(sums).to_vec(),
            Self::Source => vec![
                (Share::Confirmed, positive(sums.confirmed)),
                (Share::InKind, positive(sums.in_kind)),
                (Share::Requested, positive(sums.requested)),
            ],
            Self::Quarter | Self::Category => vec![(Share::Cost, positive(sums.cost))],
        }
    }

    /// The rows. Whatever holds an activity has one, so that they add up to the whole; with `is_all`, so has what holds none.
    pub(super) fn rows(self, i18n: I18n, plan: &Plan, totals: &Totals, is_all: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        for bucket in self.buckets(plan, totals) {
            let figure = totals.get(bucket);
            if is_all || figure.activities > 0 {
                let is_group = self == Self::Outcome && matches!(bucket, Bucket::Section(_));
                let (code, name) = name(i18n, plan, bucket);
                rows.push(Row { code, name, is_group, sums: figure.sums });
            }
        }
        rows
    }

    /// What has a row, in order: as in the plan, by time, or the largest first; what nobody has said comes last.
    fn buckets(self, plan: &Plan, totals: &Totals) -> Vec<Bucket> {
        let sections = plan.sections.iter().map(|section| Bucket::Section(section.id));
        if self == Self::Section {
            return sections.collect();
        }
        let mut found: Vec<Bucket> = totals.iter().map(|(bucket, _)| bucket).filter(|bucket| self.holds(*bucket)).collect();
        match self {
            Self::Outcome => return by_section(plan, &found),
            Self::Quarter => {
                let period = plan.first.through(plan.last).map(|month| Bucket::Quarter(Some(Quarter::of(month))));
                found.extend(period);
                found.sort_unstable();
                found.dedup();
            }
            _ => found.sort_by_cached_key(|bucket| {
                let sums = totals.get(*bucket).sums;
                Reverse(self.shares(&sums).iter().map(|(_, amount)| amount).sum::<u128>())
            }),
        }
        found.sort_by_key(|bucket| {
            matches!(bucket, Bucket::Lead(None) | Bucket::Source(None) | Bucket::Quarter(None) | Bucket::Category(None))
        });
        found
    }

    const fn holds(self, bucket: Bucket) -> bool {
        matches!(
            (self, bucket),
            (Self::Outcome, Bucket::Outcome(_))
                | (Self::Lead, Bucket::Lead(_))
                | (Self::Source, Bucket::Source(_))
                | (Self::Quarter, Bucket::Quarter(_))
                | (Self::Category, Bucket::Category(_))
        )
    }
}

/// Each section, and the outcomes of the plan below it; then those that only an activity names.
fn by_section(plan: &Plan, found: &[Bucket]) -> Vec<Bucket> {
    let mut all = Vec::new();
    for section in &plan.sections {
        all.push(Bucket::Section(section.id));
        let own = section.outcomes.iter().map(|outcome| OutcomeRef { section: section.id, outcome: outcome.id });
        let own: Vec<Bucket> = own.map(Bucket::Outcome).collect();
        all.extend(&own);
        let is_other = |bucket: &&Bucket| matches!(bucket, Bucket::Outcome(at) if at.section == section.id) && !own.contains(bucket);
        all.extend(found.iter().filter(is_other));
    }
    all
}

/// The code and the name of what has a row.
fn name(i18n: I18n, plan: &Plan, bucket: Bucket) -> (String, String) {
    let unnamed = || t_string!(i18n, unnamed).to_owned();
    let called = |name: Option<&str>| name.filter(|name| !name.trim().is_empty()).map_or_else(unnamed, str::to_owned);
    let name = match bucket {
        Bucket::Section(id) => {
            let section = plan.section(id);
            let code = section.map(|section| section.code.clone()).unwrap_or_default();
            return (code, called(section.map(|section| section.name.get(words::language(i18n)))));
        }
        Bucket::Outcome(at) => {
            let outcome = plan.section(at.section).and_then(|section| section.outcomes.iter().find(|one| one.id == at.outcome));
            let code = outcome.map(|outcome| outcome.code.clone()).unwrap_or_default();
            return (code, called(outcome.map(|outcome| outcome.statement.as_str())));
        }
        Bucket::Lead(Some(id)) => called(plan.organisation(id).map(Organisation::label)),
        Bucket::Lead(None) => t_string!(i18n, activity_lead_none).to_owned(),
        Bucket::Source(Some(id)) => called(plan.sources.iter().find(|source| source.id == id).map(|source| source.name.as_str())),
        Bucket::Source(None) => t_string!(i18n, budget_no_source).to_owned(),
        Bucket::Quarter(Some(quarter)) => words::whole_quarter(i18n, quarter),
        Bucket::Quarter(None) => t_string!(i18n, budget_no_quarter).to_owned(),
        Bucket::Category(Some(category)) => words::choice(i18n, Kind::BudgetLine, Name::Category, category).to_owned(),
        Bucket::Category(None) => t_string!(i18n, budget_no_category).to_owned(),
        _ => unnamed(),
    };
    (String::new(), name)
}

impl Column {
    /// Its name for tests and styles.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Confirmed => "confirmed",
            Self::Requested => "requested",
            Self::InKind => "in-kind",
            Self::Gap => "gap",
        }
    }

    /// What it is called.
    pub(super) fn words(self, i18n: I18n) -> &'static str {
        match self {
            Self::Cost => t_string!(i18n, sum_cost),
            Self::Confirmed => t_string!(i18n, sum_confirmed),
            Self::Requested => t_string!(i18n, sum_requested),
            Self::InKind => t_string!(i18n, sum_in_kind),
            Self::Gap => t_string!(i18n, sum_gap),
        }
    }

    /// The figure.
    pub(super) fn of(self, sums: &Sums) -> Cents {
        match self {
            Self::Cost => sums.cost,
            Self::Confirmed => sums.confirmed,
            Self::Requested => sums.requested,
            Self::InKind => sums.in_kind,
            Self::Gap => sums.gap(),
        }
    }
}

/// As much as can be drawn: no edit writes less than nothing, another program may.
pub(super) fn positive(amount: Cents) -> u128 {
    u128::try_from(amount.0).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::id::{OrganisationId, OutcomeId, SourceId};
    use hamutuk_shared::plan::{Activity, BudgetCategory, Certainty, Register};
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::plan::views::sample;

    /// Six activities that say more or less of themselves, in two sections, the last for an outcome that the plan does not have.
    fn plan() -> Plan {
        let activity = |number: u8| Activity {
            outcome: OutcomeId::from_bytes([if number == 6 { 9 } else { 1 + number % 2 }; 10]),
            lead: Register::settled((number > 2).then(|| OrganisationId::from_bytes([number % 2; 10]))),
            budget: vec![
                sample::line(1, i64::from(number) * 1_000, (number > 1).then_some(BudgetCategory::Venue), Some("2025-Q2")),
                sample::line(2, 77, (number > 3).then_some(BudgetCategory::Travel), (number > 4).then_some("2026-Q3")),
            ],
            funding: vec![
                sample::funding(1, 900, Certainty::Confirmed, (number > 2).then(|| SourceId::from_bytes([1; 10]))),
                sample::funding(2, i64::from(number), Certainty::Requested, Some(SourceId::from_bytes([number; 10]))),
                sample::funding(3, 5_000, Certainty::InKind, None),
            ],
            ..sample::activity(number)
        };
        let section = |number, activities: &[u8]| sample::section(number, activities.iter().map(|number| activity(*number)).collect());
        Plan {
            first: "2025-01".parse().unwrap(),
            last: "2025-12".parse().unwrap(),
            sections: vec![section(2, &[1, 2, 3]), section(1, &[4, 5, 6]), section(3, &[])],
            ..Plan::default()
        }
    }

    #[wasm_bindgen_test]
    fn the_rows_of_every_table_add_up_to_the_whole() {
        let plan = plan();
        let totals = Totals::of(&plan);
        let whole = totals.get(Bucket::Plan).sums;
        for dimension in Dimension::ALL {
            let buckets = dimension.buckets(&plan, &totals);
            let is_group = |bucket: &&Bucket| dimension == Dimension::Outcome && matches!(bucket, Bucket::Section(_));
            for column in dimension.columns() {
                let parts = buckets.iter().filter(|bucket| !is_group(bucket)).map(|bucket| column.of(&totals.get(*bucket).sums));
                assert_eq!(parts.sum::<Cents>(), column.of(&whole), "{dimension:?} {column:?}");
            }
        }
    }

    #[wasm_bindgen_test]
    fn rows_are_in_the_order_in_which_people_look_for_them() {
        let plan = plan();
        let totals = Totals::of(&plan);
        let sections: Vec<Bucket> = plan.sections.iter().map(|section| Bucket::Section(section.id)).collect();
        let outcome = |section: usize, outcome| {
            Bucket::Outcome(OutcomeRef { section: plan.sections[section].id, outcome: OutcomeId::from_bytes([outcome; 10]) })
        };
        let quarter = |text: &str| Bucket::Quarter(Some(text.parse().unwrap()));
        let lead = |number| Bucket::Lead(Some(OrganisationId::from_bytes([number; 10])));
        let rows: [(Dimension, Vec<Bucket>); 5] = [
            (Dimension::Section, sections.clone()),
            (
                Dimension::Outcome,
                [
                    vec![sections[0], outcome(0, 1), outcome(0, 2)],
                    vec![sections[1], outcome(1, 1), outcome(1, 2), outcome(1, 9)],
                    vec![sections[2], outcome(2, 1), outcome(2, 2)],
                ]
                .concat(),
            ),
            (
                Dimension::Quarter,
                vec![
                    quarter("2025-Q1"),
                    quarter("2025-Q2"),
                    quarter("2025-Q3"),
                    quarter("2025-Q4"),
                    quarter("2026-Q3"),
                    Bucket::Quarter(None),
                ],
            ),
            (Dimension::Lead, vec![lead(0), lead(1), Bucket::Lead(None)]),
            (
                Dimension::Category,
                vec![Bucket::Category(Some(BudgetCategory::Venue)), Bucket::Category(Some(BudgetCategory::Travel)), Bucket::Category(None)],
            ),
        ];
        for (dimension, expected) in rows {
            assert_eq!(dimension.buckets(&plan, &totals), expected, "{dimension:?}");
        }
    }
}
