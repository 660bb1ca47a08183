//! The names of the document's keys, schema 1: the only place that knows them.
//!
//! Every collection is a map of id → object with an `order`; words are `Text`; choices and dates are scalars; a set is a map of
//! key → true. A section is one subtree, so that a permission is a prefix of a path.

use std::fmt;
use std::str::FromStr;

use crate::id::{ActivityId, OrganisationId, OutcomeId, ParticipantId, SectionId};

/// Keys at the root.
pub mod root {
    #![expect(missing_docs, reason = "the names are the documentation")]
    pub const SCHEMA: &str = "schema";
    pub const META: &str = "meta";
    pub const SECTIONS: &str = "sections";
    pub const ORGANISATIONS: &str = "organisations";
    pub const PEOPLE: &str = "people";
    /// Collections that later features fill; made empty now, because two replicas must never make the same container.
    pub const LATER: [&str; 8] = ["sources", "comments", "suggestions", "versions", "endorsements", "parking", "votes", "synergies"];
}

/// Keys inside the root's objects, the same name meaning the same thing wherever it stands.
pub mod key {
    #![expect(missing_docs, reason = "the names are the documentation")]
    pub const TITLE: &str = "title";
    pub const VISION: &str = "vision";
    pub const PERIOD_FIRST: &str = "period_first";
    pub const PERIOD_LAST: &str = "period_last";
    pub const CURRENCY: &str = "currency";
    pub const PHASE: &str = "phase";
    pub const LANGUAGE: &str = "language";
    pub const TEMPLATE: &str = "template";

    pub const CODE: &str = "code";
    pub const NAME: &str = "name";
    pub const ORDER: &str = "order";
    pub const STATE: &str = "state";
    pub const CONTEXT: &str = "context";
    pub const PROMPT: &str = "prompt";
    pub const GROUP: &str = "group";
    pub const OUTCOMES: &str = "outcomes";
    pub const ACTIVITIES: &str = "activities";

    pub const STATEMENT: &str = "statement";
    pub const REFERENCE: &str = "reference";
    pub const PROVENANCE: &str = "provenance";

    pub const OUTCOME: &str = "outcome";
    pub const DESCRIPTION: &str = "description";
    pub const LEAD: &str = "lead";
    pub const MONTHS: &str = "months";
    pub const STATUS: &str = "status";
    /// `true` when somebody archived the activity, else the time of its last edit. Two values at once mean that it was archived
    /// while somebody edited it: the edit wins.
    pub const ARCHIVED: &str = "archived";
    /// What an activity holds beside the fields of today's screens; made with it, for the same reason as [`super::root::LATER`].
    pub const ACTIVITY_TEXTS_LATER: [&str; 5] = ["expected_output", "responsible", "location", "risks", "assumptions"];
    pub const ACTIVITY_MAPS_LATER: [&str; 9] =
        ["partners", "counterparts", "municipalities", "target_groups", "themes", "budget", "funding", "indicators", "progress"];

    pub const ACRONYM: &str = "acronym";
    pub const KIND: &str = "kind";
    pub const ORGANISATION: &str = "organisation";
    pub const RAPPORTEUR: &str = "rapporteur";
    pub const MEMBERS: &str = "members";
}

/// An activity, by the section that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityRef {
    /// The section.
    pub section: SectionId,
    /// The activity in it.
    pub activity: ActivityId,
}

/// An outcome, by the section that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutcomeRef {
    /// The section.
    pub section: SectionId,
    /// The outcome in it.
    pub outcome: OutcomeId,
}

impl fmt::Display for ActivityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", root::SECTIONS, self.section, key::ACTIVITIES, self.activity)
    }
}

impl fmt::Display for OutcomeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}/{}", root::SECTIONS, self.section, key::OUTCOMES, self.outcome)
    }
}

/// A field whose words merge. Its `Display` is its path in the document, which the screen carries as `data-path`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextField {
    /// The plan's title.
    PlanTitle,
    /// The plan's vision.
    PlanVision,
    /// What a section starts from.
    SectionContext(SectionId),
    /// What an outcome says.
    OutcomeStatement(OutcomeRef),
    /// What an activity is called.
    ActivityTitle(ActivityRef),
    /// What an activity is about.
    ActivityDescription(ActivityRef),
}

impl TextField {
    /// The activity that the field belongs to, if it belongs to one.
    #[must_use]
    pub const fn activity(&self) -> Option<ActivityRef> {
        match self {
            Self::ActivityTitle(at) | Self::ActivityDescription(at) => Some(*at),
            Self::PlanTitle | Self::PlanVision | Self::SectionContext(_) | Self::OutcomeStatement(_) => None,
        }
    }

    /// The section that the field belongs to, if it belongs to one.
    #[must_use]
    pub const fn section(&self) -> Option<SectionId> {
        match self {
            Self::PlanTitle | Self::PlanVision => None,
            Self::SectionContext(section) => Some(*section),
            Self::OutcomeStatement(at) => Some(at.section),
            Self::ActivityTitle(at) | Self::ActivityDescription(at) => Some(at.section),
        }
    }
}

impl fmt::Display for TextField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PlanTitle => write!(f, "{}/{}", root::META, key::TITLE),
            Self::PlanVision => write!(f, "{}/{}", root::META, key::VISION),
            Self::SectionContext(section) => write!(f, "{}/{section}/{}", root::SECTIONS, key::CONTEXT),
            Self::OutcomeStatement(at) => write!(f, "{at}/{}", key::STATEMENT),
            Self::ActivityTitle(at) => write!(f, "{at}/{}", key::TITLE),
            Self::ActivityDescription(at) => write!(f, "{at}/{}", key::DESCRIPTION),
        }
    }
}

/// The text is not the path of a field that this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the path of a text field")]
pub struct UnknownPath;

impl FromStr for TextField {
    type Err = UnknownPath;

    fn from_str(path: &str) -> Result<Self, Self::Err> {
        match Location::of(&path.split('/').collect::<Vec<_>>()) {
            Some(Location::Text(field)) => Ok(field),
            _ => Err(UnknownPath),
        }
    }
}

/// What a path in the document means to this version. `None` from [`Location::of`] is something newer, or nothing of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// A merging text.
    Text(TextField),
    /// A whole activity.
    Activity(ActivityRef),
    /// A scalar or the months of an activity.
    ActivityField(ActivityRef, ActivityField),
    /// A whole organisation or something in it.
    Organisation(OrganisationId),
    /// A person or something about them.
    Person(ParticipantId),
    /// A section's state.
    SectionState(SectionId),
}

/// The fields of an activity that are not texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActivityField {
    /// Which outcome it serves.
    Outcome,
    /// Who leads it.
    Lead,
    /// When it happens.
    Months,
    /// How far it is.
    Status,
    /// Where it stands in the list.
    Order,
    /// Whether it is archived.
    Archived,
}

impl ActivityField {
    /// The key of this field in the activity's object.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Outcome => key::OUTCOME,
            Self::Lead => key::LEAD,
            Self::Months => key::MONTHS,
            Self::Status => key::STATUS,
            Self::Order => key::ORDER,
            Self::Archived => key::ARCHIVED,
        }
    }

    /// The path of this field of `at`, for `data-path`.
    #[must_use]
    pub fn path(self, at: ActivityRef) -> String {
        format!("{at}/{}", self.key())
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Outcome, Self::Lead, Self::Months, Self::Status, Self::Order, Self::Archived].into_iter().find(|field| field.key() == name)
    }
}

impl Location {
    /// What the path of keys from the root means.
    #[must_use]
    pub fn of(path: &[&str]) -> Option<Self> {
        match path {
            [root::META, key::TITLE] => Some(Self::Text(TextField::PlanTitle)),
            [root::META, key::VISION] => Some(Self::Text(TextField::PlanVision)),
            [root::ORGANISATIONS, id, ..] => Some(Self::Organisation(id.parse().ok()?)),
            [root::PEOPLE, id, ..] => Some(Self::Person(id.parse().ok()?)),
            [root::SECTIONS, section, rest @ ..] => Self::in_section(section.parse().ok()?, rest),
            _ => None,
        }
    }

    fn in_section(section: SectionId, path: &[&str]) -> Option<Self> {
        match path {
            [key::CONTEXT] => Some(Self::Text(TextField::SectionContext(section))),
            [key::STATE] => Some(Self::SectionState(section)),
            [key::OUTCOMES, outcome, key::STATEMENT] => {
                Some(Self::Text(TextField::OutcomeStatement(OutcomeRef { section, outcome: outcome.parse().ok()? })))
            }
            [key::ACTIVITIES, activity, rest @ ..] => {
                let at = ActivityRef { section, activity: activity.parse().ok()? };
                match rest {
                    [] => Some(Self::Activity(at)),
                    [key::TITLE] => Some(Self::Text(TextField::ActivityTitle(at))),
                    [key::DESCRIPTION] => Some(Self::Text(TextField::ActivityDescription(at))),
                    [name] | [name @ key::MONTHS, _] => Some(Self::ActivityField(at, ActivityField::of(name)?)),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_reads_back_from_its_path() {
        let section = SectionId::from_bytes([1; 10]);
        let at = ActivityRef { section, activity: ActivityId::from_bytes([2; 10]) };
        let outcome = OutcomeRef { section, outcome: OutcomeId::from_bytes([3; 10]) };
        for field in [
            TextField::PlanTitle,
            TextField::PlanVision,
            TextField::SectionContext(section),
            TextField::OutcomeStatement(outcome),
            TextField::ActivityTitle(at),
            TextField::ActivityDescription(at),
        ] {
            assert_eq!(field.to_string().parse(), Ok(field));
        }
        for path in ["", "meta", "meta/currency", "sections/x/context", "people/a/name"] {
            assert_eq!(path.parse::<TextField>(), Err(UnknownPath), "{path}");
        }
    }
}
