//! The rule.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{ParticipantId, SectionId};
use crate::plan::schema::{Name, key, root};
use crate::plan::{Register, SectionState};

/// What a link makes of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May do everything.
    Facilitator,
    /// Writes into the sections, as long as they are open.
    Editor,
    /// Comments, suggests and votes.
    Commenter,
    /// Reads.
    Viewer,
    /// Another server: hands on what anybody wrote there.
    Replica,
}

impl Role {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Facilitator, Self::Editor, Self::Commenter, Self::Viewer, Self::Replica];

    /// The role of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether it may do more than another: what somebody has is not lost by opening a link that gives less.
    #[must_use]
    pub fn is_more_than(self, other: Self) -> bool {
        let place = |role| Self::ALL.iter().position(|one| *one == role);
        place(self) < place(other)
    }

    /// How people and records name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Editor => "editor",
            Self::Commenter => "commenter",
            Self::Viewer => "viewer",
            Self::Replica => "replica",
        }
    }
}

/// Where an editor may write.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// In every section.
    #[default]
    Plan,
    /// In these.
    Sections(BTreeSet<SectionId>),
}

impl Scope {
    /// Whether a section is in it.
    #[must_use]
    pub fn contains(&self, section: SectionId) -> bool {
        match self {
            Self::Plan => true,
            Self::Sections(sections) => sections.contains(&section),
        }
    }

    /// Whether it has all of another, and more.
    #[must_use]
    pub fn is_more_than(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Plan, Self::Sections(_)) => true,
            (Self::Sections(own), Self::Sections(other)) => own.len() > other.len() && own.is_superset(other),
            (_, Self::Plan) => false,
        }
    }
}

/// What one connection may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// As whom it writes.
    pub participant: ParticipantId,
    /// What it may do.
    pub role: Role,
    /// Where, if it is an editor.
    #[serde(default)]
    pub scope: Scope,
    /// Whether it may hand on what others wrote: another server may, and a facilitator while a server that was restored from a backup
    /// gets back what it has lost.
    #[serde(default)]
    pub hands_on: bool,
}

impl Grant {
    /// What a role may do in the whole plan.
    #[must_use]
    pub fn new(participant: ParticipantId, role: Role) -> Self {
        Self { participant, role, scope: Scope::Plan, hands_on: role == Role::Replica }
    }
}

/// The state of every section. Where two were set at the same time, the stricter holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct States(BTreeMap<SectionId, SectionState>);

impl States {
    /// The state of a section; open if nobody has set one.
    #[must_use]
    pub fn of(&self, section: SectionId) -> SectionState {
        self.0.get(&section).copied().unwrap_or_default()
    }
}

impl FromIterator<(SectionId, Register<SectionState>)> for States {
    fn from_iter<I: IntoIterator<Item = (SectionId, Register<SectionState>)>>(sections: I) -> Self {
        let strictest = |state: Register<SectionState>| state.rivals.iter().map(|rival| rival.value).fold(state.value, SectionState::max);
        Self(sections.into_iter().map(|(section, state)| (section, strictest(state))).collect())
    }
}

/// What is done at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A value, or characters of a text, are written or removed.
    Write,
    /// An object is made where there was none.
    Make,
    /// An object is replaced or removed, with all that is in it.
    Destroy,
}

/// What an operation touches.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The keys from the root.
    pub path: &'a [&'a str],
    /// What is done there.
    pub act: Act,
    /// Who made the suggestion, comment or reply that the path is in; see [`is_owned`]. Of no meaning for other paths.
    pub maker: ParticipantId,
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The role may not write there.
    #[error("this link may not change that part of the plan")]
    NotAllowed,
    /// The link is for other sections.
    #[error("this link is for other sections")]
    OtherSection,
    /// The section is in review.
    #[error("the section is in review: changes to it can be suggested")]
    InReview,
    /// The section is locked.
    #[error("the section is locked")]
    Locked,
    /// The section is adopted.
    #[error("the section is adopted")]
    Adopted,
    /// Somebody else made it.
    #[error("somebody else wrote that")]
    OfAnother,
    /// The change says that somebody else wrote it.
    #[error("the change was written by somebody else")]
    Forged,
    /// The change removes or replaces something that holds other people's words; it can only be archived.
    #[error("that can be archived, but not removed")]
    Destroys,
    /// The change is longer than the limits allow.
    #[error("the change is too large")]
    TooLarge,
    /// The change is damaged, or not a change.
    #[error("the change cannot be read")]
    Malformed,
    /// A change that it builds on was refused.
    #[error("it builds on a change that was refused")]
    BuildsOnRefused,
}

impl Refusal {
    /// Whether it is about what somebody may do, and not about the change as such.
    #[must_use]
    pub const fn is_about_permission(self) -> bool {
        matches!(
            self,
            Self::NotAllowed | Self::OtherSection | Self::InReview | Self::Locked | Self::Adopted | Self::OfAnother | Self::Destroys
        )
    }

    /// Whether it is about the state of a section.
    #[must_use]
    pub const fn is_about_state(self) -> bool {
        matches!(self, Self::InReview | Self::Locked | Self::Adopted)
    }
}

const CONTEXT: &str = Name::Context.key();
const DECISION: &str = Name::Decision.key();
const OWN_NAME: &str = Name::OwnName.key();
const ORGANISATION: &str = Name::Organisation.key();

/// Whether a path is that of a thing which belongs to whoever made it.
#[must_use]
pub fn is_owned(path: &[&str]) -> bool {
    matches!(path, [root::COMMENTS, _] | [root::COMMENTS, _, key::REPLIES, _] | [root::SECTIONS, _, key::SUGGESTIONS, _])
}

/// Whether `grant` allows what is done at a path, while the sections are in these states.
///
/// # Errors
/// The reason, when it does not.
pub fn check(grant: &Grant, states: &States, target: &Target<'_>) -> Result<(), Refusal> {
    if target.act == Act::Destroy {
        return Err(Refusal::Destroys);
    }
    match grant.role {
        Role::Facilitator | Role::Replica => allow(!target.path.is_empty() && target.path != [root::SCHEMA], Refusal::NotAllowed),
        Role::Editor | Role::Commenter => member_may(grant, states, target),
        Role::Viewer => Err(Refusal::NotAllowed),
    }
}

/// What whoever takes part may do, and nobody else: speak in their own name.
fn member_may(grant: &Grant, states: &States, target: &Target<'_>) -> Result<(), Refusal> {
    let is_write = target.act == Act::Write;
    let is_me = |person: &str| is_write && person == grant.participant.to_string();
    let is_own = || allow(target.maker == grant.participant, Refusal::OfAnother);
    match target.path {
        [root::PEOPLE, person, OWN_NAME | ORGANISATION] => allow(is_me(person), Refusal::NotAllowed),
        // Where somebody sits is no content of the section: it may be closed, or one that they may not write in.
        [root::SECTIONS, _, key::GROUP, key::MEMBERS, person] if is_me(person) => Ok(()),
        [root::BALLOTS, person, dot] => allow(is_me(person) && is_dot(dot), Refusal::NotAllowed),
        [root::COMMENTS, _, DECISION] if is_write => Ok(()),
        [root::COMMENTS, _, ..] => is_own(),
        [root::SECTIONS, section, key::SUGGESTIONS, _, DECISION] if is_write && target.maker != grant.participant => {
            writer_may(grant, states, section, false)
        }
        [root::SECTIONS, _, key::SUGGESTIONS, _, DECISION] => Err(Refusal::NotAllowed),
        [root::SECTIONS, _, key::SUGGESTIONS, _, ..] => is_own(),
        path => editor_may(grant, states, path, is_write),
    }
}

fn editor_may(grant: &Grant, states: &States, path: &[&str], is_write: bool) -> Result<(), Refusal> {
    match path {
        // What the sections refer to, and what belongs to no section.
        [root::ORGANISATIONS | root::SOURCES | root::PARKING | root::SYNERGIES, _, ..] => {
            allow(grant.role == Role::Editor, Refusal::NotAllowed)
        }
        [root::SECTIONS, section, CONTEXT | key::GROUP, ..] if is_write => writer_may(grant, states, section, false),
        [root::SECTIONS, section, key::OUTCOMES | key::ACTIVITIES, _, key::PROGRESS, _, ..] => writer_may(grant, states, section, true),
        [root::SECTIONS, section, key::OUTCOMES | key::ACTIVITIES, _, ..] => writer_may(grant, states, section, false),
        _ => Err(Refusal::NotAllowed),
    }
}

/// What is reported about an adopted section is no change to what was adopted.
fn writer_may(grant: &Grant, states: &States, section: &str, is_report: bool) -> Result<(), Refusal> {
    let section = section.parse::<SectionId>().map_err(|_| Refusal::NotAllowed)?;
    allow(grant.role == Role::Editor, Refusal::NotAllowed)?;
    allow(grant.scope.contains(section), Refusal::OtherSection)?;
    match states.of(section) {
        SectionState::Open => Ok(()),
        SectionState::Review => Err(Refusal::InReview),
        SectionState::Locked => Err(Refusal::Locked),
        SectionState::Adopted => allow(is_report, Refusal::Adopted),
    }
}

fn is_dot(key: &str) -> bool {
    Name::DOTS.iter().any(|dot| dot.key() == key)
}

const fn allow(allowed: bool, refusal: Refusal) -> Result<(), Refusal> {
    if allowed { Ok(()) } else { Err(refusal) }
}

#[cfg(test)]
mod tests;
