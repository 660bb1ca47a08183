//! The table: the fields of each kind of thing, and what may stand in each.

use super::field::{Content, Members};
use super::item::Kind;
use super::name::Name;
use crate::plan::model::{
    ActivityKind, ActivityStatus, BudgetCategory, Certainty, Colour, Decision, Disaggregation, IndicatorUnit, Language, Municipality,
    OrganisationKind, Phase, Priority, Provenance, Rating, Relation, SectionState, SourceKind, TargetGroup, Theme, Voting,
};

impl Name {
    /// What stands in the field of this name, of a thing of that kind; none where it has no such field.
    #[must_use]
    pub fn content(self, of: Kind) -> Option<Content> {
        Self::fields(of).iter().find(|(name, _)| *name == self).map(|(_, content)| *content)
    }

    /// The fields of a kind of thing.
    #[must_use]
    pub const fn fields(of: Kind) -> &'static [(Self, Content)] {
        match of {
            Kind::Plan => PLAN,
            Kind::Section => SECTION,
            Kind::Outcome => OUTCOME,
            Kind::Activity => ACTIVITY,
            Kind::BudgetLine => BUDGET_LINE,
            Kind::Funding => FUNDING,
            Kind::Indicator => INDICATOR,
            Kind::Report => REPORT,
            Kind::Source => SOURCE,
            Kind::Organisation => ORGANISATION,
            Kind::Person => PERSON,
            Kind::Parked => PARKED,
            Kind::Synergy => SYNERGY,
            Kind::Suggestion => SUGGESTION,
            Kind::Comment => COMMENT,
            Kind::Reply => REPLY,
            Kind::Ballot => BALLOT,
            Kind::Version => VERSION,
            Kind::Desk => DESK,
        }
    }
}

type Fields = &'static [(Name, Content)];

const PLAN: Fields = &[
    (Name::Title, Content::Text),
    (Name::Vision, Content::Text),
    (Name::FirstMonth, Content::Month),
    (Name::LastMonth, Content::Month),
    (Name::Phase, Content::Choice(Phase::WORDS)),
    (Name::Language, Content::Choice(Language::WORDS)),
];

const SECTION: Fields = &[
    (Name::Context, Content::Text),
    (Name::State, Content::Choice(SectionState::WORDS)),
    (Name::GroupName, Content::Text),
    (Name::Rapporteur, Content::Text),
    (Name::GroupMembers, Content::Set(Members::References(Kind::Person))),
    (Name::Highlights, Content::Set(Members::Siblings)),
    (Name::Order, Content::Own),
];

const OUTCOME: Fields = &[
    (Name::Statement, Content::Text),
    (Name::Reference, Content::Text),
    (Name::Provenance, Content::Choice(Provenance::WORDS)),
    (Name::Order, Content::Own),
];

const ACTIVITY: Fields = &[
    (Name::Title, Content::Text),
    (Name::Description, Content::Text),
    (Name::ExpectedOutput, Content::Text),
    (Name::Kind, Content::Choice(ActivityKind::WORDS)),
    (Name::Lead, Content::Reference(Kind::Organisation)),
    (Name::Partners, Content::Set(Members::References(Kind::Organisation))),
    (Name::Counterparts, Content::Set(Members::References(Kind::Organisation))),
    (Name::Responsible, Content::Text),
    (Name::Months, Content::Set(Members::Months)),
    (Name::Municipalities, Content::Set(Members::Of(Municipality::WORDS))),
    (Name::Location, Content::Text),
    (Name::TargetGroups, Content::Set(Members::Of(TargetGroup::WORDS))),
    (Name::Women, Content::Count),
    (Name::Men, Content::Count),
    (Name::Others, Content::Count),
    (Name::Themes, Content::Set(Members::Of(Theme::WORDS))),
    (Name::Priority, Content::Choice(Priority::WORDS)),
    (Name::Status, Content::Choice(ActivityStatus::WORDS)),
    (Name::Risks, Content::Text),
    (Name::Assumptions, Content::Text),
    (Name::Outcome, Content::Own),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const BUDGET_LINE: Fields = &[
    (Name::Category, Content::Choice(BudgetCategory::WORDS)),
    (Name::Description, Content::Text),
    (Name::Unit, Content::Text),
    (Name::Quantity, Content::Thousandths),
    (Name::UnitCost, Content::Cents),
    (Name::Quarter, Content::Quarter),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const FUNDING: Fields = &[
    (Name::Source, Content::Reference(Kind::Source)),
    (Name::Amount, Content::Cents),
    (Name::Certainty, Content::Choice(Certainty::WORDS)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const INDICATOR: Fields = &[
    (Name::Text, Content::Text),
    (Name::Unit, Content::Choice(IndicatorUnit::WORDS)),
    (Name::Baseline, Content::Answer),
    (Name::BaselineYear, Content::Year),
    (Name::Target, Content::Answer),
    (Name::MilestoneQ1, Content::Answer),
    (Name::MilestoneQ2, Content::Answer),
    (Name::MilestoneQ3, Content::Answer),
    (Name::MilestoneQ4, Content::Answer),
    (Name::Disaggregation, Content::Set(Members::Of(Disaggregation::WORDS))),
    (Name::Verification, Content::Text),
    (Name::Collector, Content::Text),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const REPORT: Fields = &[
    (Name::Indicator, Content::Reference(Kind::Indicator)),
    (Name::Quarter, Content::Quarter),
    (Name::Organisation, Content::Reference(Kind::Organisation)),
    (Name::Value, Content::Answer),
    (Name::Rating, Content::Choice(Rating::WORDS)),
    (Name::Expenditure, Content::Cents),
    (Name::Narrative, Content::Text),
    (Name::Challenges, Content::Text),
    (Name::Evidence, Content::Text),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::VerifiedBy, Content::Reference(Kind::Person)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const SOURCE: Fields = &[
    (Name::OwnName, Content::Text),
    (Name::Kind, Content::Choice(SourceKind::WORDS)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const ORGANISATION: Fields = &[
    (Name::Acronym, Content::Text),
    (Name::OwnName, Content::Text),
    (Name::Kind, Content::Choice(OrganisationKind::WORDS)),
    (Name::FocalPoint, Content::Text),
    (Name::Colour, Content::Choice(Colour::WORDS)),
];

const PERSON: Fields =
    &[(Name::OwnName, Content::Own), (Name::Organisation, Content::Own), (Name::SameAs, Content::Reference(Kind::Person))];

const PARKED: Fields = &[
    (Name::Text, Content::Text),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const SYNERGY: Fields = &[
    (Name::First, Content::ActivityPath),
    (Name::Second, Content::ActivityPath),
    (Name::Relation, Content::Choice(Relation::WORDS)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const SUGGESTION: Fields = &[
    (Name::About, Content::Path),
    (Name::Was, Content::Text),
    (Name::Text, Content::Text),
    (Name::Proposed, Content::Answer),
    (Name::Note, Content::Text),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::Decision, Content::Choice(Decision::WORDS)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const COMMENT: Fields = &[
    (Name::About, Content::Path),
    (Name::Text, Content::Text),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::Decision, Content::Choice(Decision::WORDS)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const REPLY: Fields = &[
    (Name::Text, Content::Text),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::Order, Content::Own),
    (Name::Archived, Content::Own),
];

const BALLOT: Fields = &[
    (Name::Dot1, Content::ActivityPath),
    (Name::Dot2, Content::ActivityPath),
    (Name::Dot3, Content::ActivityPath),
    (Name::Dot4, Content::ActivityPath),
    (Name::Dot5, Content::ActivityPath),
    (Name::Dot6, Content::ActivityPath),
    (Name::Dot7, Content::ActivityPath),
    (Name::Dot8, Content::ActivityPath),
    (Name::Dot9, Content::ActivityPath),
    (Name::Dot10, Content::ActivityPath),
];

const VERSION: Fields = &[
    (Name::OwnName, Content::Text),
    (Name::Heads, Content::Own),
    (Name::SubmittedBy, Content::Reference(Kind::Person)),
    (Name::Order, Content::Own),
];

const DESK: Fields = &[
    (Name::Message, Content::Answer),
    (Name::TimerEnds, Content::Moment),
    (Name::TimerRest, Content::Count),
    (Name::Dots, Content::Count),
    (Name::Voting, Content::Choice(Voting::WORDS)),
];
