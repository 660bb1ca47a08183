//! The things in a plan, and their paths.

use std::fmt;

use super::field::Field;
use super::{ActivityRef, OutcomeRef, key, root};
use crate::id::{
    BudgetLineId, CommentId, FundingId, IndicatorId, OrganisationId, ParkedId, ParticipantId, ReplyId, ReportId, SectionId, SourceId,
    SuggestionId, SynergyId, VersionId,
};

/// A kind of thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The plan itself.
    Plan,
    /// A pillar.
    Section,
    /// What a section is to bring about.
    Outcome,
    /// What is done towards an outcome.
    Activity,
    /// What a part of an activity costs.
    BudgetLine,
    /// Money for an activity.
    Funding,
    /// How an outcome or an activity is measured.
    Indicator,
    /// How far an outcome or an activity is, in a quarter.
    Report,
    /// Where money comes from.
    Source,
    /// An organisation.
    Organisation,
    /// Somebody who joined.
    Person,
    /// Something that is put off.
    Parked,
    /// Two activities that have to do with each other.
    Synergy,
    /// What somebody would write into a section, if they might.
    Suggestion,
    /// A remark about something in the plan.
    Comment,
    /// What somebody answers to a comment.
    Reply,
    /// The dots that somebody has given.
    Ballot,
    /// A state of the plan that has a name.
    Version,
    /// What the facilitator holds for all.
    Desk,
}

impl Kind {
    /// The collections that hang on a thing of this kind.
    #[must_use]
    pub const fn collections(self) -> &'static [&'static str] {
        match self {
            Self::Section => &[key::OUTCOMES, key::ACTIVITIES, key::SUGGESTIONS],
            Self::Outcome => &[key::INDICATORS, key::PROGRESS],
            Self::Activity => &[key::BUDGET, key::FUNDING, key::INDICATORS, key::PROGRESS],
            Self::Comment => &[key::REPLIES],
            _ => &[],
        }
    }
}

/// What is measured and reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// An outcome.
    Outcome(OutcomeRef),
    /// An activity.
    Activity(ActivityRef),
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outcome(at) => at.fmt(f),
            Self::Activity(at) => at.fmt(f),
        }
    }
}

/// One thing in the plan. Its `Display` is its path in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The plan itself.
    Plan,
    /// A section.
    Section(SectionId),
    /// An outcome.
    Outcome(OutcomeRef),
    /// An activity.
    Activity(ActivityRef),
    /// A budget line of an activity.
    BudgetLine(ActivityRef, BudgetLineId),
    /// A funding of an activity.
    Funding(ActivityRef, FundingId),
    /// An indicator.
    Indicator(Home, IndicatorId),
    /// A progress report.
    Report(Home, ReportId),
    /// A funding source.
    Source(SourceId),
    /// An organisation.
    Organisation(OrganisationId),
    /// A person.
    Person(ParticipantId),
    /// An item of the parking lot.
    Parked(ParkedId),
    /// A synergy.
    Synergy(SynergyId),
    /// A suggestion for a section.
    Suggestion(SectionId, SuggestionId),
    /// A comment.
    Comment(CommentId),
    /// A reply to a comment.
    Reply(CommentId, ReplyId),
    /// The dots of a person.
    Ballot(ParticipantId),
    /// A named version.
    Version(VersionId),
    /// What the facilitator holds for all.
    Desk,
}

impl Item {
    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Plan => Kind::Plan,
            Self::Section(_) => Kind::Section,
            Self::Outcome(_) => Kind::Outcome,
            Self::Activity(_) => Kind::Activity,
            Self::BudgetLine(..) => Kind::BudgetLine,
            Self::Funding(..) => Kind::Funding,
            Self::Indicator(..) => Kind::Indicator,
            Self::Report(..) => Kind::Report,
            Self::Source(_) => Kind::Source,
            Self::Organisation(_) => Kind::Organisation,
            Self::Person(_) => Kind::Person,
            Self::Parked(_) => Kind::Parked,
            Self::Synergy(_) => Kind::Synergy,
            Self::Suggestion(..) => Kind::Suggestion,
            Self::Comment(_) => Kind::Comment,
            Self::Reply(..) => Kind::Reply,
            Self::Ballot(_) => Kind::Ballot,
            Self::Version(_) => Kind::Version,
            Self::Desk => Kind::Desk,
        }
    }

    /// The thing that it is a part of, and goes into the archive with; none where that is a section or the plan.
    #[must_use]
    pub const fn owner(&self) -> Option<Self> {
        match self {
            Self::BudgetLine(at, _) | Self::Funding(at, _) => Some(Self::Activity(*at)),
            Self::Indicator(Home::Activity(at), _) | Self::Report(Home::Activity(at), _) => Some(Self::Activity(*at)),
            Self::Indicator(Home::Outcome(at), _) | Self::Report(Home::Outcome(at), _) => Some(Self::Outcome(*at)),
            Self::Reply(comment, _) => Some(Self::Comment(*comment)),
            _ => None,
        }
    }

    /// The activity that it is or belongs to.
    #[must_use]
    pub const fn activity(&self) -> Option<ActivityRef> {
        match self {
            Self::Activity(at)
            | Self::BudgetLine(at, _)
            | Self::Funding(at, _)
            | Self::Indicator(Home::Activity(at), _)
            | Self::Report(Home::Activity(at), _) => Some(*at),
            _ => None,
        }
    }

    /// The section that it is or belongs to.
    #[must_use]
    pub const fn section(&self) -> Option<SectionId> {
        match self {
            Self::Section(section) | Self::Suggestion(section, _) => Some(*section),
            Self::Outcome(at) | Self::Indicator(Home::Outcome(at), _) | Self::Report(Home::Outcome(at), _) => Some(at.section),
            _ => match self.activity() {
                Some(at) => Some(at.section),
                None => None,
            },
        }
    }

    /// The longest beginning of a path that is an item, and the rest of the path.
    pub(super) fn split<'a, 'b>(path: &'a [&'b str]) -> Option<(Self, &'a [&'b str])> {
        match path {
            [root::META, rest @ ..] => Some((Self::Plan, rest)),
            [root::ORGANISATIONS, id, rest @ ..] => Some((Self::Organisation(id.parse().ok()?), rest)),
            [root::PEOPLE, id, rest @ ..] => Some((Self::Person(id.parse().ok()?), rest)),
            [root::SOURCES, id, rest @ ..] => Some((Self::Source(id.parse().ok()?), rest)),
            [root::PARKING, id, rest @ ..] => Some((Self::Parked(id.parse().ok()?), rest)),
            [root::SYNERGIES, id, rest @ ..] => Some((Self::Synergy(id.parse().ok()?), rest)),
            [root::COMMENTS, id, key::REPLIES, reply, rest @ ..] => Some((Self::Reply(id.parse().ok()?, reply.parse().ok()?), rest)),
            [root::COMMENTS, id, rest @ ..] => Some((Self::Comment(id.parse().ok()?), rest)),
            [root::VERSIONS, id, rest @ ..] => Some((Self::Version(id.parse().ok()?), rest)),
            [root::BALLOTS, id, rest @ ..] => Some((Self::Ballot(id.parse().ok()?), rest)),
            [root::DESK, rest @ ..] => Some((Self::Desk, rest)),
            [root::SECTIONS, section, rest @ ..] => Self::split_section(section.parse().ok()?, rest),
            _ => None,
        }
    }

    fn split_section<'a, 'b>(section: SectionId, path: &'a [&'b str]) -> Option<(Self, &'a [&'b str])> {
        let (home, rest) = match path {
            [key::OUTCOMES, outcome, rest @ ..] => (Home::Outcome(OutcomeRef { section, outcome: outcome.parse().ok()? }), rest),
            [key::ACTIVITIES, activity, rest @ ..] => (Home::Activity(ActivityRef { section, activity: activity.parse().ok()? }), rest),
            [key::SUGGESTIONS, id, rest @ ..] => return Some((Self::Suggestion(section, id.parse().ok()?), rest)),
            _ => return Some((Self::Section(section), path)),
        };
        Some(match (home, rest) {
            (_, [key::INDICATORS, id, rest @ ..]) => (Self::Indicator(home, id.parse().ok()?), rest),
            (_, [key::PROGRESS, id, rest @ ..]) => (Self::Report(home, id.parse().ok()?), rest),
            (Home::Activity(at), [key::BUDGET, id, rest @ ..]) => (Self::BudgetLine(at, id.parse().ok()?), rest),
            (Home::Activity(at), [key::FUNDING, id, rest @ ..]) => (Self::Funding(at, id.parse().ok()?), rest),
            (Home::Activity(at), rest) => (Self::Activity(at), rest),
            (Home::Outcome(at), rest) => (Self::Outcome(at), rest),
        })
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan => f.write_str(root::META),
            Self::Section(id) => write!(f, "{}/{id}", root::SECTIONS),
            Self::Outcome(at) => at.fmt(f),
            Self::Activity(at) => at.fmt(f),
            Self::BudgetLine(at, id) => write!(f, "{at}/{}/{id}", key::BUDGET),
            Self::Funding(at, id) => write!(f, "{at}/{}/{id}", key::FUNDING),
            Self::Indicator(home, id) => write!(f, "{home}/{}/{id}", key::INDICATORS),
            Self::Report(home, id) => write!(f, "{home}/{}/{id}", key::PROGRESS),
            Self::Source(id) => write!(f, "{}/{id}", root::SOURCES),
            Self::Organisation(id) => write!(f, "{}/{id}", root::ORGANISATIONS),
            Self::Person(id) => write!(f, "{}/{id}", root::PEOPLE),
            Self::Parked(id) => write!(f, "{}/{id}", root::PARKING),
            Self::Synergy(id) => write!(f, "{}/{id}", root::SYNERGIES),
            Self::Suggestion(section, id) => write!(f, "{}/{section}/{}/{id}", root::SECTIONS, key::SUGGESTIONS),
            Self::Comment(id) => write!(f, "{}/{id}", root::COMMENTS),
            Self::Reply(comment, id) => write!(f, "{}/{comment}/{}/{id}", root::COMMENTS, key::REPLIES),
            Self::Ballot(id) => write!(f, "{}/{id}", root::BALLOTS),
            Self::Version(id) => write!(f, "{}/{id}", root::VERSIONS),
            Self::Desk => f.write_str(root::DESK),
        }
    }
}

/// What a path in the document means to this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// A whole thing.
    Item(Item),
    /// A field, or a member of the set in it.
    Field(Field),
}

impl Location {
    /// What the path of keys from the root means; none for something newer, or nothing of ours.
    #[must_use]
    pub fn of(path: &[&str]) -> Option<Self> {
        let (item, rest) = Item::split(path)?;
        if rest.is_empty() { Some(Self::Item(item)) } else { Field::of(item, rest).map(Self::Field) }
    }

    /// The thing that it is, or is of.
    #[must_use]
    pub const fn item(&self) -> Item {
        match self {
            Self::Item(item) => *item,
            Self::Field(field) => field.item,
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => item.fmt(f),
            Self::Field(field) => field.fmt(f),
        }
    }
}

impl std::str::FromStr for ActivityRef {
    type Err = super::UnknownPath;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        match Location::of(&path.split('/').collect::<Vec<_>>()) {
            Some(Location::Item(Item::Activity(at))) => Ok(at),
            _ => Err(super::UnknownPath),
        }
    }
}
