//! What a person can do to the plan: one [`Edit`] each, and how it is written into the document.

use automerge::transaction::Transactable;
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};

use super::model::{ActivityStatus, Choice, Month, OrganisationKind};
use super::read;
use super::schema::{ActivityField, ActivityRef, TextField, key, root};
use crate::id::{ActivityId, OrganisationId, OutcomeId, ParticipantId};
use crate::limits;
use crate::order::{self, OrderKey};
use crate::text::Splice;

/// One thing that somebody does to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Types into a text, or removes from it.
    Text {
        /// Where.
        field: TextField,
        /// What.
        splice: Splice,
    },
    /// Adds an empty activity.
    AddActivity {
        /// Its section and its new id.
        at: ActivityRef,
        /// The outcome that it serves.
        outcome: OutcomeId,
        /// Where it goes among the activities of that outcome.
        place: Place,
    },
    /// Moves an activity among the activities of an outcome of its section.
    MoveActivity {
        /// Which.
        at: ActivityRef,
        /// The outcome that it serves from now on.
        outcome: OutcomeId,
        /// Where it goes.
        place: Place,
    },
    /// Archives an activity, or takes it back out of the archive.
    Archive {
        /// Which.
        at: ActivityRef,
        /// Into the archive, or out of it.
        archived: bool,
    },
    /// Says who leads an activity.
    SetLead {
        /// Which.
        at: ActivityRef,
        /// Who; none for nobody yet.
        lead: Option<OrganisationId>,
    },
    /// Says whether an activity happens in a month.
    SetMonth {
        /// Which.
        at: ActivityRef,
        /// The month.
        month: Month,
        /// Whether it does.
        planned: bool,
    },
    /// Says how far an activity is.
    SetStatus {
        /// Which.
        at: ActivityRef,
        /// How far.
        status: ActivityStatus,
    },
    /// Adds an organisation.
    AddOrganisation {
        /// Its new id.
        id: OrganisationId,
        /// Its short name; may be empty.
        acronym: String,
        /// Its name.
        name: String,
        /// What sort it is.
        kind: OrganisationKind,
    },
    /// Says who a participant is. The server adds people; they may correct themselves.
    SetPerson {
        /// Who.
        id: ParticipantId,
        /// What they are called.
        name: String,
        /// For whom they write.
        organisation: Option<OrganisationId>,
    },
}

/// Where something goes among its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before all others.
    First,
    /// After all others.
    Last,
    /// Right before this one.
    Before(ActivityId),
    /// Right after this one.
    After(ActivityId),
}

impl Edit {
    /// The activity that the edit is about, if it is about one.
    #[must_use]
    pub const fn activity(&self) -> Option<ActivityRef> {
        match self {
            Self::Text { field, .. } => field.activity(),
            Self::AddActivity { at, .. }
            | Self::MoveActivity { at, .. }
            | Self::Archive { at, .. }
            | Self::SetLead { at, .. }
            | Self::SetMonth { at, .. }
            | Self::SetStatus { at, .. } => Some(*at),
            Self::AddOrganisation { .. } | Self::SetPerson { .. } => None,
        }
    }

    /// The path that the edit writes to, for the permission check.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Text { field, .. } => field.to_string(),
            Self::AddActivity { at, .. } => at.to_string(),
            Self::MoveActivity { at, .. } => ActivityField::Order.path(*at),
            Self::Archive { at, .. } => ActivityField::Archived.path(*at),
            Self::SetLead { at, .. } => ActivityField::Lead.path(*at),
            Self::SetMonth { at, .. } => ActivityField::Months.path(*at),
            Self::SetStatus { at, .. } => ActivityField::Status.path(*at),
            Self::AddOrganisation { id, .. } => format!("{}/{id}", root::ORGANISATIONS),
            Self::SetPerson { id, .. } => format!("{}/{id}/{}", root::PEOPLE, key::NAME),
        }
    }
}

/// Why an edit cannot be written. The document is as it was.
#[derive(Debug, thiserror::Error)]
pub enum EditError {
    /// What it is about is not in the plan.
    #[error("what should be changed is not in the plan")]
    NotFound,
    /// The splice reaches past the end of the text.
    #[error("the text is shorter than the change to it assumes")]
    OutOfText,
    /// The text would be longer than [`limits::TEXT_UTF16_MAX`], or a name longer than [`limits::NAME_CHARS_MAX`].
    #[error("the text is too long")]
    TooLong,
    /// A name is empty.
    #[error("the name is empty")]
    NameMissing,
    /// The new id is already in the plan.
    #[error("that is already in the plan")]
    Exists,
    /// Automerge refused.
    #[error(transparent)]
    Document(#[from] AutomergeError),
}

/// Writes one edit.
///
/// # Errors
/// When the edit does not fit the plan; see [`EditError`].
pub fn apply<T: Transactable>(tx: &mut T, edit: &Edit) -> Result<(), EditError> {
    match edit {
        Edit::Text { field, splice } => splice_text(tx, *field, splice),
        Edit::AddActivity { at, outcome, place } => add_activity(tx, *at, *outcome, *place),
        Edit::MoveActivity { at, outcome, place } => move_activity(tx, *at, *outcome, *place),
        Edit::Archive { at, archived } => {
            if *archived {
                put_activity(tx, *at, ActivityField::Archived, true)
            } else {
                put_activity(tx, *at, ActivityField::Archived, false)
            }
        }
        Edit::SetLead { at, lead } => {
            let value = lead.map_or(ScalarValue::Null, |id| ScalarValue::Str(id.to_string().into()));
            put_activity(tx, *at, ActivityField::Lead, value)
        }
        Edit::SetMonth { at, month, planned } => set_month(tx, *at, *month, *planned),
        Edit::SetStatus { at, status } => put_activity(tx, *at, ActivityField::Status, status.as_str()),
        Edit::AddOrganisation { id, acronym, name, kind } => add_organisation(tx, *id, acronym, name, *kind),
        Edit::SetPerson { id, name, organisation } => set_person(tx, *id, name, *organisation),
    }
}

/// Notes in an activity that it was edited at `now_ms` (milliseconds since 1970), so that the edit wins over a concurrent archiving.
/// One write for each change, not for each key.
///
/// # Errors
/// When the activity is not there.
pub fn touch<T: Transactable>(tx: &mut T, at: ActivityRef, now_ms: i64) -> Result<(), EditError> {
    put_activity(tx, at, ActivityField::Archived, ScalarValue::Timestamp(now_ms))
}

/// Makes an empty activity with all its containers. The template makes its first activities with it, too.
///
/// # Errors
/// When Automerge refuses.
pub fn make_activity<T: Transactable>(
    tx: &mut T,
    activities: &ObjId,
    id: ActivityId,
    outcome: OutcomeId,
    order: &OrderKey,
) -> Result<(), AutomergeError> {
    let activity = tx.put_object(activities, id.to_string(), ObjType::Map)?;
    tx.put(&activity, ActivityField::Outcome.key(), outcome.to_string())?;
    tx.put(&activity, ActivityField::Order.key(), order.as_str())?;
    tx.put(&activity, ActivityField::Status.key(), ActivityStatus::default().as_str())?;
    tx.put(&activity, ActivityField::Lead.key(), ScalarValue::Null)?;
    tx.put(&activity, ActivityField::Archived.key(), false)?;
    tx.put_object(&activity, ActivityField::Months.key(), ObjType::Map)?;
    for name in [key::TITLE, key::DESCRIPTION].into_iter().chain(key::ACTIVITY_TEXTS_LATER) {
        tx.put_object(&activity, name, ObjType::Text)?;
    }
    for name in key::ACTIVITY_MAPS_LATER {
        tx.put_object(&activity, name, ObjType::Map)?;
    }
    Ok(())
}

/// Makes a text object that holds `words`.
///
/// # Errors
/// When Automerge refuses.
pub fn make_text<T: Transactable>(tx: &mut T, parent: &ObjId, name: &str, words: &str) -> Result<(), AutomergeError> {
    let text = tx.put_object(parent, name, ObjType::Text)?;
    tx.splice_text(&text, 0, 0, words)
}

fn splice_text<T: Transactable>(tx: &mut T, field: TextField, splice: &Splice) -> Result<(), EditError> {
    let text = read::text_object(tx, field).ok_or(EditError::NotFound)?;
    let length = tx.length(&text);
    let end = splice.at.checked_add(splice.delete).ok_or(EditError::OutOfText)?;
    if end > length {
        return Err(EditError::OutOfText);
    }
    if length - splice.delete + splice.insert.encode_utf16().count() > limits::TEXT_UTF16_MAX && !splice.insert.is_empty() {
        return Err(EditError::TooLong);
    }
    let delete = isize::try_from(splice.delete).map_err(|_| EditError::OutOfText)?;
    Ok(tx.splice_text(&text, splice.at, delete, &splice.insert)?)
}

fn put_activity<T: Transactable>(
    tx: &mut T,
    at: ActivityRef,
    field: ActivityField,
    value: impl Into<ScalarValue>,
) -> Result<(), EditError> {
    let activity = read::activity_object(tx, at).ok_or(EditError::NotFound)?;
    Ok(tx.put(&activity, field.key(), value)?)
}

fn set_month<T: Transactable>(tx: &mut T, at: ActivityRef, month: Month, planned: bool) -> Result<(), EditError> {
    let activity = read::activity_object(tx, at).ok_or(EditError::NotFound)?;
    let months = read::object(tx, &activity, ActivityField::Months.key()).ok_or(EditError::NotFound)?;
    let name = month.to_string();
    if planned {
        tx.put(&months, name, true)?;
    } else if tx.get(&months, name.as_str())?.is_some() {
        tx.delete(&months, name)?;
    }
    Ok(())
}

fn add_activity<T: Transactable>(tx: &mut T, at: ActivityRef, outcome: OutcomeId, place: Place) -> Result<(), EditError> {
    let section = read::section_object(tx, at.section).ok_or(EditError::NotFound)?;
    let outcomes = read::object(tx, &section, key::OUTCOMES).ok_or(EditError::NotFound)?;
    read::object(tx, &outcomes, &outcome.to_string()).ok_or(EditError::NotFound)?;
    let activities = read::object(tx, &section, key::ACTIVITIES).ok_or(EditError::NotFound)?;
    if read::object(tx, &activities, &at.activity.to_string()).is_some() {
        return Err(EditError::Exists);
    }
    let order = make_place(tx, at, &activities, outcome, place)?;
    Ok(make_activity(tx, &activities, at.activity, outcome, &order)?)
}

fn move_activity<T: Transactable>(tx: &mut T, at: ActivityRef, outcome: OutcomeId, place: Place) -> Result<(), EditError> {
    let activities = read::activities_object(tx, at.section).ok_or(EditError::NotFound)?;
    let activity = read::object(tx, &activities, &at.activity.to_string()).ok_or(EditError::NotFound)?;
    let order = make_place(tx, at, &activities, outcome, place)?;
    if text_value(tx, &activity, ActivityField::Outcome.key()) != outcome.to_string() {
        tx.put(&activity, ActivityField::Outcome.key(), outcome.to_string())?;
    }
    Ok(tx.put(&activity, ActivityField::Order.key(), order.as_str())?)
}

/// The order key for `place` among the kept activities of `outcome`, with room made for it.
fn make_place<T: Transactable>(
    tx: &mut T,
    at: ActivityRef,
    activities: &ObjId,
    outcome: OutcomeId,
    place: Place,
) -> Result<OrderKey, EditError> {
    let outcome = outcome.to_string();
    let mut siblings: Vec<(OrderKey, String, ObjId)> = Vec::new();
    for id in tx.keys(activities).collect::<Vec<_>>() {
        let Some(obj) = read::object(tx, activities, &id) else { continue };
        if id != at.activity.to_string() && text_value(tx, &obj, ActivityField::Outcome.key()) == outcome {
            siblings.push((OrderKey::new(text_value(tx, &obj, ActivityField::Order.key())), id, obj));
        }
    }
    siblings.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
    let position = |id: ActivityId| siblings.iter().position(|(_, sibling, _)| *sibling == id.to_string()).ok_or(EditError::NotFound);
    let index = match place {
        Place::First => 0,
        Place::Last => siblings.len(),
        Place::Before(id) => position(id)?,
        Place::After(id) => position(id)? + 1,
    };
    let keys: Vec<OrderKey> = siblings.iter().map(|(order, ..)| order.clone()).collect();
    let placement = order::place(&keys, index);
    for (moved, order) in &placement.moved {
        tx.put(&siblings[*moved].2, ActivityField::Order.key(), order.as_str())?;
    }
    Ok(placement.key)
}

fn add_organisation<T: Transactable>(
    tx: &mut T,
    id: OrganisationId,
    acronym: &str,
    name: &str,
    kind: OrganisationKind,
) -> Result<(), EditError> {
    check_name(name)?;
    let all = read::object(tx, &ROOT, root::ORGANISATIONS).ok_or(EditError::NotFound)?;
    if read::object(tx, &all, &id.to_string()).is_some() {
        return Err(EditError::Exists);
    }
    let organisation = tx.put_object(&all, id.to_string(), ObjType::Map)?;
    make_text(tx, &organisation, key::ACRONYM, acronym)?;
    make_text(tx, &organisation, key::NAME, name)?;
    Ok(tx.put(&organisation, key::KIND, kind.as_str())?)
}

fn set_person<T: Transactable>(tx: &mut T, id: ParticipantId, name: &str, organisation: Option<OrganisationId>) -> Result<(), EditError> {
    check_name(name)?;
    let all = read::object(tx, &ROOT, root::PEOPLE).ok_or(EditError::NotFound)?;
    let person = match read::object(tx, &all, &id.to_string()) {
        Some(person) => person,
        None => tx.put_object(&all, id.to_string(), ObjType::Map)?,
    };
    tx.put(&person, key::NAME, name)?;
    let organisation = organisation.map_or(ScalarValue::Null, |id| ScalarValue::Str(id.to_string().into()));
    Ok(tx.put(&person, key::ORGANISATION, organisation)?)
}

fn check_name(name: &str) -> Result<(), EditError> {
    if name.trim().is_empty() {
        return Err(EditError::NameMissing);
    }
    if name.chars().count() > limits::NAME_CHARS_MAX { Err(EditError::TooLong) } else { Ok(()) }
}

fn text_value<T: ReadDoc>(tx: &T, obj: &ObjId, name: &str) -> String {
    match tx.get(obj, name) {
        Ok(Some((Value::Scalar(value), _))) => value.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
