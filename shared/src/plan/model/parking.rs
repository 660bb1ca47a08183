//! What is put off, and what belongs together.

use super::choice::choice;
use super::{Archived, Register};
use crate::id::{ParkedId, ParticipantId, SynergyId};
use crate::order::OrderKey;
use crate::plan::schema::ActivityRef;

choice! {
    /// What two activities have to do with each other.
    Relation {
        /// Both do the same.
        Overlap = "overlap",
        /// The first needs the second.
        DependsOn = "depends_on",
        /// They are done together.
        Joint = "joint",
        /// Nothing: somebody looked, and said so.
        #[default]
        Dismissed = "dismissed",
    }
}

/// Something that is put off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: ParkedId,
    /// What it is.
    pub text: String,
    /// Who put it there.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// Whether it is settled.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}

/// Two activities that have to do with each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synergy {
    /// Its id.
    pub id: SynergyId,
    /// The one.
    pub first: Register<Option<ActivityRef>>,
    /// The other.
    pub second: Register<Option<ActivityRef>>,
    /// What they have to do with each other.
    pub relation: Register<Relation>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}
