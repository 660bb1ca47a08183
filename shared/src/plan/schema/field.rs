//! What can be written of a thing: the names of its fields, and what may stand in each.

use std::fmt;
use std::str::FromStr;

use super::item::{Item, Kind, Location};
use super::{ActivityRef, OutcomeRef};
use crate::id::SectionId;
use crate::plan::model::{
    ActivityKind, ActivityStatus, BudgetCategory, Certainty, Colour, Decision, Disaggregation, IndicatorUnit, Language, Municipality,
    OrganisationKind, Phase, Priority, Provenance, Rating, Relation, SectionState, SourceKind, TargetGroup, Theme, Voting,
};

macro_rules! names {
    ($($(#[$doc:meta])* $name:ident = $key:literal),+ $(,)?) => {
        /// The name of a field. The same name means the same wherever it stands.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Name {
            $($(#[$doc])* $name),+
        }

        impl Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its key in the object of the thing, or the two keys to it.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key),+
                }
            }
        }
    };
}

names! {
    /// What it is called.
    Title = "title",
    /// Where the plan leads.
    Vision = "vision",
    /// The first month of the plan.
    FirstMonth = "period_first",
    /// The last month of the plan.
    LastMonth = "period_last",
    /// How far the workshop is.
    Phase = "phase",
    /// The language of the content.
    Language = "language",
    /// What a section starts from.
    Context = "context",
    /// What may be done with a section.
    State = "state",
    /// What a breakout group is called.
    GroupName = "group/name",
    /// Who speaks for a breakout group.
    Rapporteur = "group/rapporteur",
    /// Who is in a breakout group.
    GroupMembers = "group/members",
    /// What an outcome says.
    Statement = "statement",
    /// Where in the NAP an outcome stands.
    Reference = "reference",
    /// Where the words of an outcome come from.
    Provenance = "provenance",
    /// Where it stands among its siblings.
    Order = "order",
    /// Whether it is archived.
    Archived = "archived",
    /// The outcome that an activity serves.
    Outcome = "outcome",
    /// What it is about.
    Description = "description",
    /// What an activity brings forth.
    ExpectedOutput = "expected_output",
    /// What kind of thing it is.
    Kind = "kind",
    /// Who leads an activity.
    Lead = "lead",
    /// Who takes part in an activity.
    Partners = "partners",
    /// Who in the government takes part in an activity.
    Counterparts = "counterparts",
    /// The person who sees to an activity.
    Responsible = "responsible",
    /// When an activity happens.
    Months = "months",
    /// Where an activity happens.
    Municipalities = "municipalities",
    /// Where exactly.
    Location = "location",
    /// Whom an activity is for.
    TargetGroups = "target_groups",
    /// How many women are expected.
    Women = "women",
    /// How many men are expected.
    Men = "men",
    /// How many others are expected.
    Others = "others",
    /// What an activity also touches.
    Themes = "themes",
    /// How important an activity is.
    Priority = "priority",
    /// How far an activity is.
    Status = "status",
    /// What threatens an activity.
    Risks = "risks",
    /// What an activity takes for granted.
    Assumptions = "assumptions",
    /// What is paid for.
    Category = "category",
    /// What a quantity counts, or how an indicator is measured.
    Unit = "unit",
    /// How much of it.
    Quantity = "quantity",
    /// What one costs.
    UnitCost = "unit_cost",
    /// In which quarter.
    Quarter = "quarter",
    /// Where money comes from.
    Source = "source",
    /// How much money.
    Amount = "amount",
    /// How sure money is.
    Certainty = "certainty",
    /// What it is called, of an organisation, a source or a person.
    OwnName = "name",
    /// The short name of an organisation.
    Acronym = "acronym",
    /// Whom to ask in an organisation.
    FocalPoint = "focal_point",
    /// For whom somebody writes or reports.
    Organisation = "organisation",
    /// What an indicator or a note says.
    Text = "text",
    /// Where an indicator stands before.
    Baseline = "baseline",
    /// When the baseline was taken.
    BaselineYear = "baseline_year",
    /// Where an indicator should arrive.
    Target = "target",
    /// Where it should be after the first quarter.
    MilestoneQ1 = "q1",
    /// Where it should be after the second quarter.
    MilestoneQ2 = "q2",
    /// Where it should be after the third quarter.
    MilestoneQ3 = "q3",
    /// Where it should be after the fourth quarter.
    MilestoneQ4 = "q4",
    /// By what an indicator is split.
    Disaggregation = "disaggregation",
    /// How an indicator is verified.
    Verification = "verification",
    /// Who collects an indicator.
    Collector = "collector",
    /// The indicator that a report is about.
    Indicator = "indicator",
    /// What was reached.
    Value = "value",
    /// How it goes, as a traffic light.
    Rating = "rating",
    /// What was spent.
    Expenditure = "expenditure",
    /// What was done.
    Narrative = "narrative",
    /// What was in the way.
    Challenges = "challenges",
    /// Where that can be seen.
    Evidence = "evidence",
    /// Who reports.
    SubmittedBy = "submitted_by",
    /// Who has checked the report.
    VerifiedBy = "verified_by",
    /// The first of two activities.
    First = "first",
    /// The second of two activities.
    Second = "second",
    /// What two activities have to do with each other.
    Relation = "relation",
    /// What a group reports back in plenary.
    Highlights = "group/highlights",
    /// The colour by which an organisation is known.
    Colour = "colour",
    /// The person whom somebody also is: they joined twice.
    SameAs = "same_as",
    /// The path of what a suggestion or a comment is about.
    About = "about",
    /// What stood there when a suggestion was made.
    Was = "was",
    /// What is suggested for a field that is no text.
    Proposed = "proposed",
    /// Why it is suggested.
    Note = "note",
    /// What became of a suggestion or a comment.
    Decision = "decision",
    /// The state of the plan that a version names.
    Heads = "heads",
    /// What the facilitator says to all.
    Message = "message",
    /// When the countdown ends.
    TimerEnds = "timer_ends",
    /// What is left of a countdown that was stopped, in seconds.
    TimerRest = "timer_rest",
    /// How many dots each person has.
    Dots = "dots",
    /// Whether dots are given.
    Voting = "voting",
    /// Where the first dot of a person is.
    Dot1 = "1",
    /// Where the second is.
    Dot2 = "2",
    /// Where the third is.
    Dot3 = "3",
    /// Where the fourth is.
    Dot4 = "4",
    /// Where the fifth is.
    Dot5 = "5",
    /// Where the sixth is.
    Dot6 = "6",
    /// Where the seventh is.
    Dot7 = "7",
    /// Where the eighth is.
    Dot8 = "8",
    /// Where the ninth is.
    Dot9 = "9",
    /// Where the tenth is.
    Dot10 = "10",
}

impl Name {
    /// The dots of a person, each a field of its own: so nobody has more of them than there are, however many devices they vote on.
    pub const DOTS: [Self; 10] =
        [Self::Dot1, Self::Dot2, Self::Dot3, Self::Dot4, Self::Dot5, Self::Dot6, Self::Dot7, Self::Dot8, Self::Dot9, Self::Dot10];
}

/// What may stand in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Words that merge.
    Text,
    /// One of a list.
    Choice(&'static [&'static str]),
    /// An amount of money, in cents.
    Cents,
    /// A number in thousandths.
    Thousandths,
    /// A number of people.
    Count,
    /// A month, `YYYY-MM`.
    Month,
    /// A quarter, `YYYY-Qn`.
    Quarter,
    /// A year.
    Year,
    /// A moment, in milliseconds since 1970 by the server's clock.
    Moment,
    /// A short text that is replaced as a whole: a figure with or without its unit, or a few words.
    Answer,
    /// Another thing, by its id.
    Reference(Kind),
    /// An activity, by its path.
    ActivityPath,
    /// A thing or a field, by its path.
    Path,
    /// A set.
    Set(Members),
    /// Written by edits of its own: the place, the archive.
    Own,
}

impl Content {
    /// Whether a value stands in it that is replaced as a whole, and so can be disputed: no text, no set, nothing with edits of its own.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        !matches!(self, Self::Text | Self::Set(_) | Self::Own)
    }
}

/// What may be in a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Members {
    /// Months.
    Months,
    /// Some of a list.
    Of(&'static [&'static str]),
    /// Other things, by their ids.
    References(Kind),
    /// Activities of the same section, by their ids.
    Siblings,
}

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

/// Something of a thing that can be written. Its `Display` is its path in the document, which the screen carries as `data-path`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Field {
    /// The thing.
    pub item: Item,
    /// What of it.
    pub name: Name,
}

impl Field {
    /// The plan's title.
    pub const PLAN_TITLE: Self = Self { item: Item::Plan, name: Name::Title };
    /// The plan's vision.
    pub const PLAN_VISION: Self = Self { item: Item::Plan, name: Name::Vision };

    /// A field of a section.
    #[must_use]
    pub const fn of_section(section: SectionId, name: Name) -> Self {
        Self { item: Item::Section(section), name }
    }

    /// A field of an outcome.
    #[must_use]
    pub const fn of_outcome(at: OutcomeRef, name: Name) -> Self {
        Self { item: Item::Outcome(at), name }
    }

    /// A field of an activity.
    #[must_use]
    pub const fn of_activity(at: ActivityRef, name: Name) -> Self {
        Self { item: Item::Activity(at), name }
    }

    /// What may stand in it; none if the thing has no such field.
    #[must_use]
    pub fn content(&self) -> Option<Content> {
        self.name.content(self.item.kind())
    }

    /// The field of `item` that the rest of a path leads to, or to a member of the set in it.
    pub(super) fn of(item: Item, rest: &[&str]) -> Option<Self> {
        let leads_to = |name: &Name| {
            let keys = name.key().split('/');
            let count = keys.clone().count();
            rest.len() >= count && keys.eq(rest[..count].iter().copied())
        };
        let (name, content) = Name::fields(item.kind()).iter().find(|(name, _)| leads_to(name))?;
        let beyond = rest.len() - name.key().split('/').count();
        (beyond == 0 || beyond == 1 && matches!(content, Content::Set(_))).then_some(Self { item, name: *name })
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.item, self.name.key())
    }
}

/// The text is not the path of a field that this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a field")]
pub struct UnknownPath;

impl FromStr for Field {
    type Err = UnknownPath;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        match Location::of(&path.split('/').collect::<Vec<_>>()) {
            Some(Location::Field(field)) if field.to_string() == path => Ok(field),
            _ => Err(UnknownPath),
        }
    }
}

#[cfg(test)]
mod tests;
