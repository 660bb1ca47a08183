//! Reads activities and what hangs on them.

use automerge::{ObjId, ReadDoc};

use super::ordered;
use super::place::collection;
use super::value::Reader;
use crate::id::{BudgetLineId, FundingId, IndicatorId, ReportId};
use crate::plan::model::{Activity, BudgetLine, Cents, Choice, Funding, Indicator, Report, Thousandths};
use crate::plan::schema::{ActivityRef, Name, key};

pub(super) fn activity<D: ReadDoc>(doc: &D, at: ActivityRef, obj: &ObjId) -> Option<Activity> {
    let read = Reader::new(doc, obj);
    Some(Activity {
        id: at.activity,
        outcome: read.text(Name::Outcome).parse().ok()?,
        title: read.text(Name::Title),
        description: read.text(Name::Description),
        expected_output: read.text(Name::ExpectedOutput),
        kind: read.chosen(Name::Kind),
        lead: read.parsed(Name::Lead),
        partners: read.set(Name::Partners.key(), |id| id.parse().ok()),
        counterparts: read.set(Name::Counterparts.key(), |id| id.parse().ok()),
        responsible: read.text(Name::Responsible),
        months: read.set(Name::Months.key(), |month| month.parse().ok()),
        municipalities: read.set(Name::Municipalities.key(), Choice::parse),
        location: read.text(Name::Location),
        target_groups: read.set(Name::TargetGroups.key(), Choice::parse),
        women: read.number(Name::Women, count),
        men: read.number(Name::Men, count),
        others: read.number(Name::Others, count),
        themes: read.set(Name::Themes.key(), Choice::parse),
        priority: read.chosen(Name::Priority),
        status: read.choice(Name::Status),
        risks: read.text(Name::Risks),
        assumptions: read.text(Name::Assumptions),
        budget: of(doc, obj, key::BUDGET, budget_line),
        funding: of(doc, obj, key::FUNDING, funding),
        indicators: indicators(doc, obj),
        reports: reports(doc, obj),
        archived: read.archived(),
        order: read.order(),
    })
}

/// The indicators of an outcome or an activity.
pub(super) fn indicators<D: ReadDoc>(doc: &D, home: &ObjId) -> Vec<Indicator> {
    of(doc, home, key::INDICATORS, indicator)
}

/// The progress reports of an outcome or an activity.
pub(super) fn reports<D: ReadDoc>(doc: &D, home: &ObjId) -> Vec<Report> {
    of(doc, home, key::PROGRESS, report)
}

/// What a collection of a thing holds, in order.
fn of<D: ReadDoc, T: Ordered>(doc: &D, home: &ObjId, name: &str, read: fn(&Reader<'_, D>, T::Id) -> T) -> Vec<T> {
    let all = collection(doc, home, name).into_iter().filter_map(|(id, obj)| Some(read(&Reader::new(doc, &obj), id.parse().ok()?)));
    ordered(all, Ordered::place)
}

/// What has a place among its siblings.
trait Ordered {
    type Id: std::str::FromStr + Ord;

    fn place(&self) -> (crate::order::OrderKey, Self::Id);
}

macro_rules! ordered {
    ($($thing:ty: $id:ty),+) => {
        $(impl Ordered for $thing {
            type Id = $id;

            fn place(&self) -> (crate::order::OrderKey, $id) {
                (self.order.clone(), self.id)
            }
        })+
    };
}

ordered!(BudgetLine: BudgetLineId, Funding: FundingId, Indicator: IndicatorId, Report: ReportId);

fn budget_line<D: ReadDoc>(read: &Reader<'_, D>, id: BudgetLineId) -> BudgetLine {
    BudgetLine {
        id,
        category: read.chosen(Name::Category),
        description: read.text(Name::Description),
        unit: read.text(Name::Unit),
        quantity: read.number(Name::Quantity, |number| Some(Thousandths(number))),
        unit_cost: read.number(Name::UnitCost, |number| Some(Cents(number))),
        quarter: read.parsed(Name::Quarter),
        archived: read.archived(),
        order: read.order(),
    }
}

fn funding<D: ReadDoc>(read: &Reader<'_, D>, id: FundingId) -> Funding {
    Funding {
        id,
        source: read.parsed(Name::Source),
        amount: read.number(Name::Amount, |number| Some(Cents(number))),
        certainty: read.choice(Name::Certainty),
        archived: read.archived(),
        order: read.order(),
    }
}

fn indicator<D: ReadDoc>(read: &Reader<'_, D>, id: IndicatorId) -> Indicator {
    let milestones = [Name::MilestoneQ1, Name::MilestoneQ2, Name::MilestoneQ3, Name::MilestoneQ4];
    Indicator {
        id,
        text: read.text(Name::Text),
        unit: read.choice(Name::Unit),
        baseline: read.parsed(Name::Baseline),
        baseline_year: read.number(Name::BaselineYear, |year| u16::try_from(year).ok()),
        target: read.parsed(Name::Target),
        milestones: milestones.map(|name| read.parsed(name)),
        disaggregation: read.set(Name::Disaggregation.key(), Choice::parse),
        verification: read.text(Name::Verification),
        collector: read.text(Name::Collector),
        archived: read.archived(),
        order: read.order(),
    }
}

fn report<D: ReadDoc>(read: &Reader<'_, D>, id: ReportId) -> Report {
    Report {
        id,
        indicator: read.parsed(Name::Indicator),
        quarter: read.parsed(Name::Quarter),
        organisation: read.parsed(Name::Organisation),
        value: read.parsed(Name::Value),
        rating: read.choice(Name::Rating),
        expenditure: read.number(Name::Expenditure, |number| Some(Cents(number))),
        narrative: read.text(Name::Narrative),
        challenges: read.text(Name::Challenges),
        evidence: read.text(Name::Evidence),
        submitted_by: read.parsed(Name::SubmittedBy),
        verified_by: read.parsed(Name::VerifiedBy),
        archived: read.archived(),
        order: read.order(),
    }
}

fn count(number: i64) -> Option<u32> {
    u32::try_from(number).ok()
}
