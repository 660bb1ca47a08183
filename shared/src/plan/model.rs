//! The plan as plain Rust: what views and exports read. One entity a file.

mod activity;
mod choice;
mod month;
mod organisation;
mod register;
mod section;

use std::collections::BTreeMap;

pub use activity::{Activity, ActivityStatus, Archived};
pub use choice::Choice;
pub use month::{Month, MonthSet, ParseMonthError};
pub use organisation::{Organisation, OrganisationKind, Person};
pub use register::{Register, Rival};
pub use section::{Language, Localised, Outcome, Provenance, Section, SectionState};

use crate::id::{OrganisationId, ParticipantId, SectionId};

/// The whole plan. Collections are in the order in which people see them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What it is called.
    pub title: String,
    /// Where it leads.
    pub vision: String,
    /// The first month of its period.
    pub first: Month,
    /// The last month of its period.
    pub last: Month,
    /// ISO 4217 code of its money.
    pub currency: String,
    /// The language of its content.
    pub language: Language,
    /// Its sections, the NAP's pillars.
    pub sections: Vec<Section>,
    /// The organisations named in it, by name.
    pub organisations: Vec<Organisation>,
    /// Who has joined.
    pub people: BTreeMap<ParticipantId, Person>,
}

impl Plan {
    /// The section of this id.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// The organisation of this id.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }
}
