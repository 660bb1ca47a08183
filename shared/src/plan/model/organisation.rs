//! Organisations and people.

use super::choice::choice;
use crate::id::{OrganisationId, ParticipantId};

choice! {
    /// What sort of organisation it is.
    OrganisationKind {
        /// A civil society organisation.
        #[default]
        Cso = "cso",
        /// A network of organisations.
        Network = "network",
        /// Of the government.
        Government = "government",
        /// Of the United Nations.
        Un = "un",
        /// One that gives money.
        Donor = "donor",
        /// Another.
        Other = "other",
    }
}

choice! {
    /// The colour by which an organisation is known.
    Colour {
        /// None of its own.
        #[default]
        Plain = "plain",
        /// Blue.
        Blue = "blue",
        /// Teal.
        Teal = "teal",
        /// Green.
        Green = "green",
        /// Amber.
        Amber = "amber",
        /// Red.
        Red = "red",
        /// Pink.
        Pink = "pink",
        /// Violet.
        Violet = "violet",
        /// Brown.
        Brown = "brown",
    }
}

/// An organisation named in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its short name; may be empty.
    pub acronym: String,
    /// Its full name.
    pub name: String,
    /// What sort it is.
    pub kind: OrganisationKind,
    /// Whom to ask there.
    pub focal_point: String,
    /// The colour by which it is known.
    pub colour: Colour,
}

impl Organisation {
    /// The shorter of its names that says anything.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.acronym.is_empty() { &self.name } else { &self.acronym }
    }
}

/// Somebody who joined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: ParticipantId,
    /// What they are called.
    pub name: String,
    /// The organisation that they write for.
    pub organisation: Option<OrganisationId>,
    /// The person whom they also are, because they joined twice.
    pub same_as: Option<ParticipantId>,
}
