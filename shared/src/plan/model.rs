//! The plan as plain Rust: what views and exports read. One entity a file.

mod activity;
mod budget;
mod choice;
mod funding;
mod indicator;
mod money;
mod month;
mod municipality;
mod organisation;
mod parking;
mod register;
mod room;
mod section;
mod text;

use std::collections::BTreeMap;

pub use activity::{Activity, ActivityKind, ActivityStatus, Archived, Priority, TargetGroup, Theme};
pub use budget::{BudgetCategory, BudgetLine};
pub use choice::{Choice, ChoiceSet};
pub use funding::{Certainty, Funding, Source, SourceKind};
pub use indicator::{Disaggregation, Indicator, IndicatorUnit, Rating, Report};
pub use money::{Cents, ParseQuarterError, Quarter, Thousandths};
pub use month::{Month, MonthSet, ParseMonthError};
pub use municipality::Municipality;
pub use organisation::{Colour, Organisation, OrganisationKind, Person};
pub use parking::{Parked, Relation, Synergy};
pub use register::{Register, Rival};
pub use room::{Ballot, Comment, Decision, Desk, Reply, Room, Suggestion, Version, Voting};
pub use section::{Group, Language, Localised, Outcome, Provenance, Section, SectionState};

use choice::choice;

use super::schema::ActivityRef;
use crate::id::{OrganisationId, ParticipantId, SectionId};

choice! {
    /// How far the workshop is.
    Phase {
        /// It is being prepared.
        #[default]
        Setup = "setup",
        /// The groups write.
        Breakout = "breakout",
        /// All look at it together.
        Plenary = "plenary",
        /// What overlaps is merged.
        Consolidation = "consolidation",
        /// The organisations say whether they stand behind it.
        Endorsement = "endorsement",
        /// It is decided.
        Adopted = "adopted",
        /// It is carried out.
        Monitoring = "monitoring",
    }
}

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
    /// How far the workshop is.
    pub phase: Register<Phase>,
    /// Its sections, the NAP's pillars.
    pub sections: Vec<Section>,
    /// The organisations named in it, by name.
    pub organisations: Vec<Organisation>,
    /// Who has joined.
    pub people: BTreeMap<ParticipantId, Person>,
    /// Where money comes from, archived ones too, in order.
    pub sources: Vec<Source>,
    /// What is put off, what is settled too, in order.
    pub parking: Vec<Parked>,
    /// What belongs together, archived ones too, in order.
    pub synergies: Vec<Synergy>,
    /// What was remarked, archived ones too, in order.
    pub comments: Vec<Comment>,
    /// The states of it that have a name, in order.
    pub versions: Vec<Version>,
    /// The dots that people gave.
    pub ballots: BTreeMap<ParticipantId, Ballot>,
    /// What the facilitator holds for all.
    pub desk: Desk,
}

impl Plan {
    /// The section of this id.
    #[must_use]
    pub fn section(&self, id: SectionId) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    /// Its activities with their places, without those in the archive and those that nobody has begun to write.
    pub fn begun(&self) -> impl Iterator<Item = (ActivityRef, &Activity)> {
        self.sections.iter().flat_map(Section::begun)
    }

    /// The organisation of this id.
    #[must_use]
    pub fn organisation(&self, id: OrganisationId) -> Option<&Organisation> {
        self.organisations.iter().find(|organisation| organisation.id == id)
    }
}
