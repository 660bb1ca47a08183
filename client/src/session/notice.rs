//! What the person should know and can act on.

use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::plan::schema::{Content, Kind, Location, Members};
use hamutuk_shared::plan::{Edit, Item, OutcomeRef, Value};
use hamutuk_shared::sync::frame::Goodbye;
use serde::{Deserialize, Serialize};

use crate::device::PlanOnDevice;

/// Something to act on, shown until it is settled or dismissed. At most one of each kind, but for refusals.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Notice {
    /// The server refused changes. They are kept on the device.
    Refused(Aside),
    /// The person may not do what they were about to do; it was not done. With what it was about, where that can be suggested.
    NotAllowed(Refusal, Option<Location>),
    /// A text would be longer than a field may hold; it was left as it was.
    TooLong,
    /// Several things were to be done at once, one of them does not fit the plan any more, and so none was done.
    NotDone,
    /// A part of what the device holds cannot be read.
    Damaged,
    /// The device stores nothing (a private window, say): what is not at the server is lost when the page closes.
    StorageRefused,
    /// There is no space left on the device.
    StorageFull,
    /// Another window runs a newer version of Hamutuk, or the device's data was removed: nothing is stored until a reload.
    StorageClosed,
    /// The server speaks another version of the protocol: reload.
    ServerVersion,
    /// A new version of Hamutuk is installed: reload.
    UpdateReady,
    /// The server does not know this device any more, or the link opens nothing any more: join again. Why, as the server said.
    Rejoin(Goodbye),
    /// The server does not have this plan.
    PlanNotFound,
    /// The plan has as many people as it may.
    TooManyPeople,
}

impl Notice {
    /// Whether the two are about the same thing, so that one replaces the other.
    pub(crate) fn is_kin(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Refused(one), Self::Refused(other)) => one.id == other.id,
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// How many refused changes it speaks of.
    pub(crate) fn refused_count(&self) -> usize {
        match self {
            Self::Refused(aside) => aside.items.len().max(1),
            _ => 0,
        }
    }
}

/// Changes that the server refused, as the device keeps them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Aside {
    /// Its name on the device.
    pub(crate) id: String,
    /// Why they were refused.
    pub(crate) refusal: Refusal,
    /// When, in milliseconds since 1970.
    pub(crate) at_ms: f64,
    /// Who wrote it, of those who share this device; none where an older version kept it aside.
    #[serde(default)]
    pub(crate) by: Option<ParticipantId>,
    /// What could not be made anew.
    pub(crate) items: Vec<AsideItem>,
    /// Whether the person has seen it and wants it no longer shown.
    pub(crate) is_dismissed: bool,
}

/// One refused edit, in the person's terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AsideItem {
    /// The path in the document that it would have changed.
    pub(crate) path: String,
    /// The words or the value that it would have put there; may be empty.
    pub(crate) words: String,
    /// Why it was refused; none where an older version kept it aside.
    #[serde(default)]
    pub(crate) refusal: Option<Refusal>,
    /// What it would be as a suggestion; none where that makes no sense.
    #[serde(default)]
    pub(crate) proposed: Option<Proposed>,
}

/// A refused edit as a suggestion, in the form in which the plan holds one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Proposed {
    /// The path that it is about.
    pub(crate) about: String,
    /// Whether that is in the plan without the edit.
    pub(crate) is_there: bool,
    /// The words that stood there.
    pub(crate) was: String,
    /// The words that should stand there.
    pub(crate) text: String,
    /// What should stand there, if it is not a text.
    pub(crate) value: Option<String>,
}

impl Aside {
    /// Whether it is shown to whoever writes now: not if somebody else wrote it who can go on here, and sees it then.
    pub(crate) fn is_for(&self, device: &PlanOnDevice) -> bool {
        self.by.is_none_or(|by| device.others.iter().all(|other| other.participant != by))
    }
}

impl AsideItem {
    pub(crate) fn new(edit: &Edit, refusal: Refusal, proposed: Option<Proposed>) -> Self {
        Self { path: edit.path(), words: words(edit), refusal: Some(refusal), proposed }
    }
}

/// What an edit is about, as far as that can be suggested; whether it can, is told by who suggests it.
pub(super) fn about(edit: &Edit) -> Option<Location> {
    match edit {
        Edit::Text { field, .. } | Edit::Set { field, .. } | Edit::Include { field, .. } => Some(Location::Field(*field)),
        Edit::AddActivity { at, outcome, .. } => Some(Location::Item(Item::Outcome(OutcomeRef { section: at.section, outcome: *outcome }))),
        _ => None,
    }
}

fn words(edit: &Edit) -> String {
    match edit {
        Edit::Text { splice, .. } => splice.insert.clone(),
        // An id says nothing to a person.
        Edit::Set { field, .. } if matches!(field.content(), Some(Content::Reference(_) | Content::ActivityPath)) => String::new(),
        Edit::Set { value: Value::Word(word), .. } => word.clone(),
        Edit::Set { value: Value::Number(number), .. } => number.to_string(),
        Edit::Include { field, member, .. } if field.content() != Some(Content::Set(Members::References(Kind::Organisation))) => {
            member.clone()
        }
        Edit::AddOrganisation { name, .. } | Edit::SetPerson { name, .. } | Edit::NameVersion { name, .. } => name.clone(),
        Edit::Set { .. }
        | Edit::Include { .. }
        | Edit::Add { .. }
        | Edit::AddActivity { .. }
        | Edit::MoveActivity { .. }
        | Edit::Archive { .. } => String::new(),
    }
}
