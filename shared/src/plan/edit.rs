//! What a person can do to the plan: one [`Edit`] each, and how it is written into the document.

mod check;
mod place;
mod settle;

use automerge::transaction::Transactable;
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ScalarValue};

pub(crate) use place::put_back;

use super::model::{ActivityStatus, Choice, Month, OrganisationKind};
use super::read;
use super::schema::{ActivityRef, Content, Field, Item, Kind, Name, root};
use crate::id::{ActivityId, OrganisationId, OutcomeId, ParticipantId, VersionId};
use crate::limits;
use crate::order::OrderKey;
use crate::text::Splice;

/// One thing that somebody does to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Types into a text, or removes from it.
    Text {
        /// Where.
        field: Field,
        /// What.
        splice: Splice,
    },
    /// Says what stands in a field that is neither a text nor a set.
    Set {
        /// Where.
        field: Field,
        /// What.
        value: Value,
    },
    /// Puts something into a set, or takes it out.
    Include {
        /// Which set.
        field: Field,
        /// What: a month, a word or an id.
        member: String,
        /// In, or out.
        included: bool,
    },
    /// Adds an empty thing at the end of its siblings.
    Add {
        /// Where, with its new id.
        item: Item,
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
    /// Archives something, or takes it back out of the archive.
    Archive {
        /// Which.
        item: Item,
        /// Into the archive, or out of it.
        archived: bool,
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
    /// Gives a state of the plan a name.
    NameVersion {
        /// Its new id.
        id: VersionId,
        /// What it is called.
        name: String,
        /// The hashes of the changes at its end, in hexadecimal, with spaces between.
        heads: String,
    },
}

/// What stands in a field that is neither a text nor a set.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing yet.
    #[default]
    Nothing,
    /// A word of a list, an id, a month, a quarter or an answer.
    Word(String),
    /// Cents, thousandths, a count or a year.
    Number(i64),
}

impl From<Value> for ScalarValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Nothing => Self::Null,
            Value::Word(word) => Self::Str(word.into()),
            Value::Number(number) => Self::Int(number),
        }
    }
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
    /// Says who leads an activity; none for nobody yet.
    #[must_use]
    pub fn lead(at: ActivityRef, lead: Option<OrganisationId>) -> Self {
        let value = lead.map_or(Value::Nothing, |id| Value::Word(id.to_string()));
        Self::Set { field: Field::of_activity(at, Name::Lead), value }
    }

    /// Says how far an activity is.
    #[must_use]
    pub fn status(at: ActivityRef, status: ActivityStatus) -> Self {
        Self::Set { field: Field::of_activity(at, Name::Status), value: Value::Word(status.as_str().to_owned()) }
    }

    /// Says whether an activity happens in a month.
    #[must_use]
    pub fn month(at: ActivityRef, month: Month, planned: bool) -> Self {
        Self::Include { field: Field::of_activity(at, Name::Months), member: month.to_string(), included: planned }
    }

    /// Puts an activity into the archive, or takes it out.
    #[must_use]
    pub const fn archive(at: ActivityRef, archived: bool) -> Self {
        Self::Archive { item: Item::Activity(at), archived }
    }

    /// What the edit is about.
    #[must_use]
    pub const fn item(&self) -> Item {
        match self {
            Self::Text { field, .. } | Self::Set { field, .. } | Self::Include { field, .. } => field.item,
            Self::Add { item } | Self::Archive { item, .. } => *item,
            Self::AddActivity { at, .. } | Self::MoveActivity { at, .. } => Item::Activity(*at),
            Self::AddOrganisation { id, .. } => Item::Organisation(*id),
            Self::SetPerson { id, .. } => Item::Person(*id),
            Self::NameVersion { id, .. } => Item::Version(*id),
        }
    }

    /// What the edit takes back out of the archive, if somebody archived it at the same time. What is new was in no archive, and
    /// archiving says itself what it means.
    #[must_use]
    pub const fn touches(&self) -> Option<Item> {
        match self {
            Self::Text { .. } | Self::Set { .. } | Self::Include { .. } | Self::MoveActivity { .. } => Some(self.item()),
            // A new part is an edit of what it is a part of.
            Self::Add { item } => item.owner(),
            Self::AddActivity { .. }
            | Self::Archive { .. }
            | Self::AddOrganisation { .. }
            | Self::SetPerson { .. }
            | Self::NameVersion { .. } => None,
        }
    }

    /// The path that the edit writes to, for the permission check.
    #[must_use]
    pub fn path(&self) -> String {
        match self {
            Self::Text { field, .. } | Self::Set { field, .. } | Self::Include { field, .. } => field.to_string(),
            Self::Add { .. } | Self::AddActivity { .. } | Self::AddOrganisation { .. } | Self::NameVersion { .. } => {
                self.item().to_string()
            }
            Self::MoveActivity { at, .. } => Field::of_activity(*at, Name::Order).to_string(),
            Self::Archive { item, .. } => Field { item: *item, name: Name::Archived }.to_string(),
            Self::SetPerson { .. } => Field { item: self.item(), name: Name::OwnName }.to_string(),
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
    /// It is not one of what may stand there: not in the list, not a number in range, or not in the plan.
    #[error("that cannot stand there")]
    Unfit,
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
        Edit::Set { field, value } => {
            check::value(tx, *field, value)?;
            settle::clear(tx, *field)?;
            put(tx, *field, value.clone())
        }
        Edit::Include { field, member, included } => include(tx, *field, member, *included),
        Edit::Add { item } => add(tx, *item),
        Edit::AddActivity { at, outcome, place } => place::add_activity(tx, *at, *outcome, *place),
        Edit::MoveActivity { at, outcome, place } => place::move_activity(tx, *at, *outcome, *place),
        Edit::Archive { item, archived } => archive(tx, *item, *archived),
        Edit::AddOrganisation { id, acronym, name, kind } => add_organisation(tx, *id, acronym, name, *kind),
        Edit::SetPerson { id, name, organisation } => set_person(tx, *id, name, *organisation),
        Edit::NameVersion { id, name, heads } => name_version(tx, *id, name, heads),
    }
}

/// Notes in a thing that it was edited at `now_ms` (milliseconds since 1970), so that the edit wins over a concurrent archiving. What it is
/// a part of is to be noted too. One write for each change, not for each key.
///
/// # Errors
/// When the thing is not there.
pub fn touch<T: Transactable>(tx: &mut T, item: Item, now_ms: i64) -> Result<(), EditError> {
    let field = Field { item, name: Name::Archived };
    if field.content().is_some() {
        put(tx, field, ScalarValue::Timestamp(now_ms))?;
    }
    Ok(())
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
    let activity = make(tx, activities, &id.to_string(), Kind::Activity, order)?;
    tx.put(&activity, Name::Outcome.key(), outcome.to_string())?;
    tx.put(&activity, Name::Status.key(), ActivityStatus::default().as_str())?;
    tx.put(&activity, Name::Lead.key(), ScalarValue::Null)
}

/// Makes an empty thing of a kind with all its containers: two replicas must never make the same one later.
///
/// # Errors
/// When Automerge refuses.
pub fn make<T: Transactable>(tx: &mut T, parent: &ObjId, id: &str, kind: Kind, order: &OrderKey) -> Result<ObjId, AutomergeError> {
    let obj = tx.put_object(parent, id, ObjType::Map)?;
    for (name, content) in Name::fields(kind) {
        match (name, content) {
            (Name::Order, _) => tx.put(&obj, name.key(), order.as_str())?,
            (Name::Archived, _) => tx.put(&obj, name.key(), false)?,
            _ => {}
        }
    }
    make_containers(tx, &obj, kind)?;
    Ok(obj)
}

/// Makes the containers that a thing of this kind has, where they are missing. Whether any was.
///
/// # Errors
/// When Automerge refuses.
pub fn make_containers<T: Transactable>(tx: &mut T, obj: &ObjId, kind: Kind) -> Result<bool, AutomergeError> {
    let mut is_new = false;
    for (name, content) in Name::fields(kind) {
        let container = match content {
            Content::Text => ObjType::Text,
            Content::Set(_) => ObjType::Map,
            _ => continue,
        };
        // What is in a group is made with the group.
        if !name.key().contains('/') {
            is_new |= make_container(tx, obj, name.key(), container)?;
        }
    }
    for name in kind.collections() {
        is_new |= make_container(tx, obj, name, ObjType::Map)?;
    }
    Ok(is_new)
}

/// Makes an empty container where there is none. Whether there was none.
///
/// # Errors
/// When Automerge refuses.
pub fn make_container<T: Transactable>(tx: &mut T, parent: &ObjId, name: &str, container: ObjType) -> Result<bool, AutomergeError> {
    if tx.get(parent, name)?.is_some() {
        return Ok(false);
    }
    tx.put_object(parent, name, container).map(|_| true)
}

/// Makes a text object that holds `words`.
///
/// # Errors
/// When Automerge refuses.
pub fn make_text<T: Transactable>(tx: &mut T, parent: &ObjId, name: &str, words: &str) -> Result<(), AutomergeError> {
    let text = match tx.get(parent, name)? {
        Some((_, text)) => text,
        None => tx.put_object(parent, name, ObjType::Text)?,
    };
    tx.splice_text(&text, 0, 0, words)
}

fn splice_text<T: Transactable>(tx: &mut T, field: Field, splice: &Splice) -> Result<(), EditError> {
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

fn put<T: Transactable>(tx: &mut T, field: Field, value: impl Into<ScalarValue>) -> Result<(), EditError> {
    let (parent, key) = read::slot(tx, field).ok_or(EditError::NotFound)?;
    Ok(tx.put(&parent, key, value)?)
}

fn include<T: Transactable>(tx: &mut T, field: Field, member: &str, included: bool) -> Result<(), EditError> {
    let set = read::set_object(tx, field).ok_or(EditError::NotFound)?;
    if included {
        check::member(tx, field, member)?;
        tx.put(&set, member, true)?;
    } else if tx.get(&set, member)?.is_some() {
        tx.delete(&set, member)?;
    }
    Ok(())
}

fn add<T: Transactable>(tx: &mut T, item: Item) -> Result<(), EditError> {
    let all = read::collection_object(tx, item).ok_or(EditError::NotFound)?;
    // An activity needs its outcome, an organisation its name; sections, outcomes and people are not added like this.
    let can_be_added = Field { item, name: Name::Archived }.content().is_some() && item.kind() != Kind::Activity;
    if !can_be_added {
        return Err(EditError::Unfit);
    }
    if read::item_object(tx, item).is_some() {
        return Err(EditError::Exists);
    }
    let path = item.to_string();
    let id = path.rsplit('/').next().unwrap_or_default();
    let order = place::last(tx, &all);
    make(tx, &all, id, item.kind(), &order)?;
    Ok(())
}

fn archive<T: Transactable>(tx: &mut T, item: Item, archived: bool) -> Result<(), EditError> {
    let field = Field { item, name: Name::Archived };
    if field.content().is_none() {
        return Err(EditError::Unfit);
    }
    put(tx, field, archived)
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
    Ok(make_organisation(tx, &all, id, [acronym, name], kind)?)
}

/// Makes an organisation of this acronym and name.
///
/// # Errors
/// When Automerge refuses.
pub fn make_organisation<T: Transactable>(
    tx: &mut T,
    all: &ObjId,
    id: OrganisationId,
    [acronym, name]: [&str; 2],
    kind: OrganisationKind,
) -> Result<(), AutomergeError> {
    let organisation = tx.put_object(all, id.to_string(), ObjType::Map)?;
    make_text(tx, &organisation, Name::Acronym.key(), acronym)?;
    make_text(tx, &organisation, Name::OwnName.key(), name)?;
    make_text(tx, &organisation, Name::FocalPoint.key(), "")?;
    tx.put(&organisation, Name::Kind.key(), kind.as_str())
}

fn set_person<T: Transactable>(tx: &mut T, id: ParticipantId, name: &str, organisation: Option<OrganisationId>) -> Result<(), EditError> {
    check_name(name)?;
    let all = read::object(tx, &ROOT, root::PEOPLE).ok_or(EditError::NotFound)?;
    let person = match read::object(tx, &all, &id.to_string()) {
        Some(person) => person,
        None => tx.put_object(&all, id.to_string(), ObjType::Map)?,
    };
    if let Some(ballots) = read::object(tx, &ROOT, root::BALLOTS) {
        make_container(tx, &ballots, &id.to_string(), ObjType::Map)?;
    }
    tx.put(&person, Name::OwnName.key(), name)?;
    let organisation = organisation.map_or(ScalarValue::Null, |id| ScalarValue::Str(id.to_string().into()));
    Ok(tx.put(&person, Name::Organisation.key(), organisation)?)
}

fn name_version<T: Transactable>(tx: &mut T, id: VersionId, name: &str, heads: &str) -> Result<(), EditError> {
    check_name(name)?;
    let all = read::object(tx, &ROOT, root::VERSIONS).ok_or(EditError::NotFound)?;
    if read::object(tx, &all, &id.to_string()).is_some() {
        return Err(EditError::Exists);
    }
    let order = place::last(tx, &all);
    let version = make(tx, &all, &id.to_string(), Kind::Version, &order)?;
    make_text(tx, &version, Name::OwnName.key(), name)?;
    Ok(tx.put(&version, Name::Heads.key(), heads)?)
}

fn check_name(name: &str) -> Result<(), EditError> {
    if name.trim().is_empty() {
        return Err(EditError::NameMissing);
    }
    if name.chars().count() > limits::NAME_CHARS_MAX { Err(EditError::TooLong) } else { Ok(()) }
}
