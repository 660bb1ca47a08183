//! What can be written of a thing, and what may stand there.

use std::fmt;
use std::str::FromStr;

use super::item::{Item, Kind, Location};
use super::name::Name;
use super::{ActivityRef, OutcomeRef};
use crate::id::SectionId;

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
