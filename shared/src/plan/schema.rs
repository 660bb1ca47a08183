//! The names of the document's keys, schema 3: the only place that knows them.
//!
//! Every collection is a map of id → object with an `order`; words are `Text`; choices and dates are scalars; a set is a map of
//! key → true. A section is one subtree, so that a permission is a prefix of a path.
//!
//! An [`Item`] is a thing in the plan, a [`Field`] something of it that can be written; [`Name::content`] is the table of what each
//! kind of thing has, and what may stand there. What writes, tells or compares goes by that table and knows no entity by name.

mod field;
mod item;
mod name;
mod table;

use std::fmt;

pub use field::{Content, Field, Members, UnknownPath};
pub use item::{Home, Item, Kind, Location};
pub use name::Name;

use crate::id::{ActivityId, OutcomeId, SectionId};

/// Keys at the root.
pub mod root {
    #![expect(missing_docs, reason = "the names are the documentation")]
    pub const SCHEMA: &str = "schema";
    pub const META: &str = "meta";
    pub const SECTIONS: &str = "sections";
    pub const ORGANISATIONS: &str = "organisations";
    pub const PEOPLE: &str = "people";
    pub const SOURCES: &str = "sources";
    pub const PARKING: &str = "parking";
    pub const SYNERGIES: &str = "synergies";
    pub const DESK: &str = "desk";
    pub const COMMENTS: &str = "comments";
    pub const VERSIONS: &str = "versions";
    pub const BALLOTS: &str = "votes";
    /// Only in a [flat](crate::plan::flat) plan: the heads of the document that it says exactly the same as.
    pub const SAME_AS: &str = "same_as";
    /// Only there, too: the heads of the document that it was made from, be there several values somewhere or not.
    pub const MADE_FROM: &str = "made_from";
    /// Collections that later features fill; made empty now, because two replicas must never make the same container.
    pub const LATER: [&str; 2] = ["suggestions", "endorsements"];
    /// All that a plan has beside its first three, in the order in which they are made.
    pub const BESIDE: [&str; 8] = [PEOPLE, SOURCES, PARKING, SYNERGIES, COMMENTS, VERSIONS, BALLOTS, DESK];
}

/// Keys inside the root's objects that are not the name of a [`Field`].
pub mod key {
    #![expect(missing_docs, reason = "the names are the documentation")]
    pub const CURRENCY: &str = "currency";
    pub const TEMPLATE: &str = "template";

    pub const CODE: &str = "code";
    pub const NAME: &str = "name";
    pub const PROMPT: &str = "prompt";
    pub const GROUP: &str = "group";
    pub const MEMBERS: &str = "members";
    pub const OUTCOMES: &str = "outcomes";
    pub const ACTIVITIES: &str = "activities";

    pub const INDICATORS: &str = "indicators";
    pub const PROGRESS: &str = "progress";
    pub const BUDGET: &str = "budget";
    pub const FUNDING: &str = "funding";
    pub const SUGGESTIONS: &str = "suggestions";
    pub const REPLIES: &str = "replies";
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
