//! Sections and outcomes.

use super::choice::choice;
use super::{Activity, Indicator, Register, Report, Suggestion};
use crate::id::{ActivityId, OutcomeId, ParticipantId, SectionId};
use crate::order::OrderKey;
use crate::plan::schema::ActivityRef;

choice! {
    /// A language of the interface and of the plan's content.
    Language {
        /// English.
        #[default]
        En = "en",
        /// Tetum.
        Tet = "tet",
        /// Portuguese.
        Pt = "pt",
        /// Indonesian.
        Id = "id",
    }
}

choice! {
    /// What may be done with a section.
    SectionState {
        /// The group writes.
        #[default]
        Open = "open",
        /// The group suggests.
        Review = "review",
        /// Nobody writes but the facilitator.
        Locked = "locked",
        /// It is decided.
        Adopted = "adopted",
    }
}

choice! {
    /// Where the words of an outcome come from.
    Provenance {
        /// From the official text.
        Official = "official",
        /// From public summaries, to be checked against the NAP.
        Paraphrase = "paraphrase",
        /// Proposed by the workshop.
        #[default]
        Proposed = "proposed",
    }
}

/// A short text in the four languages; a missing one is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Localised {
    /// English.
    pub en: String,
    /// Tetum.
    pub tet: String,
    /// Portuguese.
    pub pt: String,
    /// Indonesian.
    pub id: String,
}

impl Localised {
    /// The text in `language`, or in English where that is missing.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        let text = match language {
            Language::En => &self.en,
            Language::Tet => &self.tet,
            Language::Pt => &self.pt,
            Language::Id => &self.id,
        };
        if text.is_empty() { &self.en } else { text }
    }

    /// The place of the text in `language`.
    pub const fn get_mut(&mut self, language: Language) -> &mut String {
        match language {
            Language::En => &mut self.en,
            Language::Tet => &mut self.tet,
            Language::Pt => &mut self.pt,
            Language::Id => &mut self.id,
        }
    }
}

/// A pillar of the plan, written by one breakout group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// Its short code, such as `P1`.
    pub code: String,
    /// Its name in the four languages.
    pub name: Localised,
    /// What the group is asked, in the four languages.
    pub prompt: Localised,
    /// What the group starts from.
    pub context: String,
    /// What may be done with it.
    pub state: Register<SectionState>,
    /// Who writes it.
    pub group: Group,
    /// Where it stands.
    pub order: OrderKey,
    /// Its outcomes, in order.
    pub outcomes: Vec<Outcome>,
    /// Its activities, archived ones too, in order.
    pub activities: Vec<Activity>,
    /// What others would write into it, withdrawn ones too, in order.
    pub suggestions: Vec<Suggestion>,
}

impl Section {
    /// Its activities with their places, without those in the archive and those that nobody has begun to write.
    pub fn begun(&self) -> impl Iterator<Item = (ActivityRef, &Activity)> {
        let begun = self.activities.iter().filter(|activity| activity.is_kept() && !activity.is_blank());
        begun.map(|activity| (ActivityRef { section: self.id, activity: activity.id }, activity))
    }
}

/// A breakout group.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Who speaks for it.
    pub rapporteur: String,
    /// Who is in it, by id.
    pub members: Vec<ParticipantId>,
    /// The activities that it reports back in plenary, by id.
    pub highlights: Vec<ActivityId>,
}

/// What a section is to bring about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its id.
    pub id: OutcomeId,
    /// Its short code, such as `1.1`.
    pub code: String,
    /// What it says.
    pub statement: String,
    /// Where in the NAP it stands.
    pub reference: String,
    /// Where its words come from.
    pub provenance: Register<Provenance>,
    /// How it is measured, archived ones too, in order.
    pub indicators: Vec<Indicator>,
    /// What was reported, archived ones too, in order.
    pub reports: Vec<Report>,
    /// Where it stands.
    pub order: OrderKey,
}
