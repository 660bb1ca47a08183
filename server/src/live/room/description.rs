//! What is told of a plan to somebody who is not in its room.

use automerge::Automerge;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::read::GroupOfSection;
use hamutuk_shared::plan::{Field, read};

/// What somebody may see of a plan before they join it, and what the server itself asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What it is called.
    pub title: String,
    /// The names of its organisations.
    pub organisations: Vec<String>,
    /// Its groups, in the order of their sections.
    pub groups: Vec<GroupOfSection>,
    /// The codes of its sections, in order.
    pub sections: Vec<(SectionId, String)>,
}

impl Description {
    pub(super) fn of(doc: &Automerge) -> Self {
        Self {
            title: read::text(doc, Field::PLAN_TITLE).unwrap_or_default(),
            organisations: read::organisations(doc).iter().map(|organisation| organisation.label().to_owned()).collect(),
            groups: read::groups(doc),
            sections: read::section_codes(doc),
        }
    }
}
