//! Parts of plans for the tests of views.

use hamutuk_shared::id::{ActivityId, BudgetLineId, FundingId, OutcomeId, SectionId, SourceId};
use hamutuk_shared::plan::{
    Activity, Archived, BudgetCategory, BudgetLine, Cents, Certainty, Funding, Group, Localised, Outcome, Register, Section,
};

/// An activity that says only what it is called, for outcome 1.
pub(crate) fn activity(number: u8) -> Activity {
    Activity {
        id: ActivityId::from_bytes([number; 10]),
        outcome: OutcomeId::from_bytes([1; 10]),
        title: format!("Activity {number}"),
        description: String::new(),
        expected_output: String::new(),
        kind: Register::default(),
        lead: Register::default(),
        partners: Vec::new(),
        counterparts: Vec::new(),
        responsible: String::new(),
        months: [].into(),
        municipalities: Default::default(),
        location: String::new(),
        target_groups: Default::default(),
        women: Register::default(),
        men: Register::default(),
        others: Register::default(),
        themes: Default::default(),
        priority: Register::default(),
        status: Register::default(),
        risks: String::new(),
        assumptions: String::new(),
        budget: Vec::new(),
        funding: Vec::new(),
        indicators: Vec::new(),
        reports: Vec::new(),
        archived: Archived::No,
        order: Default::default(),
    }
}

/// A budget line of one piece.
pub(crate) fn line(number: u8, cents: i64, category: Option<BudgetCategory>, quarter: Option<&str>) -> BudgetLine {
    BudgetLine {
        id: BudgetLineId::from_bytes([number; 10]),
        category: Register::settled(category),
        description: String::new(),
        unit: String::new(),
        quantity: Register::default(),
        unit_cost: Register::settled(Some(Cents(cents))),
        quarter: Register::settled(quarter.map(|quarter| quarter.parse().unwrap())),
        archived: Archived::No,
        order: Default::default(),
    }
}

/// A funding.
pub(crate) fn funding(number: u8, cents: i64, certainty: Certainty, source: Option<SourceId>) -> Funding {
    Funding {
        id: FundingId::from_bytes([number; 10]),
        source: Register::settled(source),
        amount: Register::settled(Some(Cents(cents))),
        certainty: Register::settled(certainty),
        archived: Archived::No,
        order: Default::default(),
    }
}

/// A section with outcomes 1 and 2.
pub(crate) fn section(number: u8, activities: Vec<Activity>) -> Section {
    let outcome = |number: u8| Outcome {
        id: OutcomeId::from_bytes([number; 10]),
        code: String::new(),
        statement: String::new(),
        reference: String::new(),
        provenance: Register::default(),
        indicators: Vec::new(),
        reports: Vec::new(),
        order: Default::default(),
    };
    Section {
        id: SectionId::from_bytes([number; 10]),
        code: String::new(),
        name: Localised::default(),
        prompt: Localised::default(),
        context: String::new(),
        state: Register::default(),
        group: Group::default(),
        order: Default::default(),
        outcomes: vec![outcome(1), outcome(2)],
        activities,
        suggestions: Vec::new(),
    }
}
