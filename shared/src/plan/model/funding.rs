//! Who pays.

use super::choice::choice;
use super::{Archived, Cents, Register};
use crate::id::{FundingId, SourceId};
use crate::order::OrderKey;

choice! {
    /// How sure money is.
    Certainty {
        /// It is promised in writing.
        Confirmed = "confirmed",
        /// It is asked for.
        #[default]
        Requested = "requested",
        /// It comes as goods or work.
        InKind = "in_kind",
    }
}

choice! {
    /// What sort of source it is.
    SourceKind {
        /// The organisation's own.
        Own = "own",
        /// The government.
        Government = "government",
        /// The United Nations.
        Un = "un",
        /// Another state.
        Bilateral = "bilateral",
        /// An international organisation.
        Ingo = "ingo",
        /// A company or a person.
        Private = "private",
        /// The community.
        #[default]
        Community = "community",
    }
}

/// Money for an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funding {
    /// Its id.
    pub id: FundingId,
    /// Where it comes from; none while nobody has said.
    pub source: Register<Option<SourceId>>,
    /// How much it is; none while nobody has said.
    pub amount: Register<Option<Cents>>,
    /// How sure it is.
    pub certainty: Register<Certainty>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands among the fundings of its activity.
    pub order: OrderKey,
}

impl Funding {
    /// Whether it counts against the cost: what is only asked for does not.
    #[must_use]
    pub fn closes_gap(&self) -> bool {
        self.certainty.value != Certainty::Requested
    }
}

/// Where money comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// What sort it is.
    pub kind: Register<SourceKind>,
    /// Whether it is archived.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}
