//! Reads the document into plain Rust.
//!
//! Reading is forgiving: what is missing, or of another type than it should be, reads as empty, because another version or a
//! stranger may have written it, and everything else must still be shown.

use std::str::FromStr;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, Value};

use super::model::{
    Activity, ActivityStatus, Archived, Choice, Language, Localised, Month, MonthSet, Organisation, OrganisationKind, Outcome, Person,
    Plan, Provenance, Register, Rival, Section, SectionState,
};
use super::schema::{ActivityField, ActivityRef, TextField, key, root};
use crate::id::{Author, OrganisationId, ParticipantId, SectionId};
use crate::order::OrderKey;

/// The schema version of the document; none if it is not a plan.
pub fn schema_version<D: ReadDoc>(doc: &D) -> Option<u64> {
    match doc.get(ROOT, root::SCHEMA).ok()?? {
        (Value::Scalar(value), _) => value.as_u64(),
        _ => None,
    }
}

/// The whole plan.
pub fn plan<D: ReadDoc>(doc: &D) -> Plan {
    let meta = object(doc, &ROOT, root::META);
    let month = |name: &str| text_of(doc, meta.as_ref(), name).parse();
    Plan {
        title: text_of(doc, meta.as_ref(), key::TITLE),
        vision: text_of(doc, meta.as_ref(), key::VISION),
        first: month(key::PERIOD_FIRST).unwrap_or_default(),
        last: month(key::PERIOD_LAST).unwrap_or_default(),
        currency: text_of(doc, meta.as_ref(), key::CURRENCY),
        language: Language::parse(&text_of(doc, meta.as_ref(), key::LANGUAGE)).unwrap_or_default(),
        sections: ordered(
            collection(doc, &ROOT, root::SECTIONS).filter_map(|(id, obj)| Some(section(doc, id.parse().ok()?, &obj))),
            |section| (section.order.clone(), section.id),
        ),
        organisations: organisations(doc),
        people: collection(doc, &ROOT, root::PEOPLE)
            .filter_map(|(id, obj)| person_at(doc, id.parse().ok()?, &obj))
            .map(|person| (person.id, person))
            .collect(),
    }
}

/// The organisations, by label.
pub fn organisations<D: ReadDoc>(doc: &D) -> Vec<Organisation> {
    let found = collection(doc, &ROOT, root::ORGANISATIONS).filter_map(|(id, obj)| Some(organisation_at(doc, id.parse().ok()?, &obj)));
    ordered(found, |organisation: &Organisation| (organisation.label().to_lowercase(), organisation.id))
}

/// One organisation.
pub fn organisation<D: ReadDoc>(doc: &D, id: OrganisationId) -> Option<Organisation> {
    let all = object(doc, &ROOT, root::ORGANISATIONS)?;
    Some(organisation_at(doc, id, &object(doc, &all, &id.to_string())?))
}

/// One person.
pub fn person<D: ReadDoc>(doc: &D, id: ParticipantId) -> Option<Person> {
    let all = object(doc, &ROOT, root::PEOPLE)?;
    person_at(doc, id, &object(doc, &all, &id.to_string())?)
}

/// One activity.
pub fn activity<D: ReadDoc>(doc: &D, at: ActivityRef) -> Option<Activity> {
    activity_at(doc, at, &activity_object(doc, at)?)
}

/// A section's state.
pub fn section_state<D: ReadDoc>(doc: &D, id: SectionId) -> Register<SectionState> {
    section_object(doc, id).map(|obj| choice(doc, &obj, key::STATE)).unwrap_or_default()
}

/// The words of a field; none when its object is not there.
pub fn text<D: ReadDoc>(doc: &D, field: TextField) -> Option<String> {
    doc.text(text_object(doc, field)?).ok()
}

pub(crate) fn text_object<D: ReadDoc>(doc: &D, field: TextField) -> Option<ObjId> {
    let (parent, name) = match field {
        TextField::PlanTitle => (object(doc, &ROOT, root::META)?, key::TITLE),
        TextField::PlanVision => (object(doc, &ROOT, root::META)?, key::VISION),
        TextField::SectionContext(id) => (section_object(doc, id)?, key::CONTEXT),
        TextField::OutcomeStatement(at) => {
            let outcomes = object(doc, &section_object(doc, at.section)?, key::OUTCOMES)?;
            (object(doc, &outcomes, &at.outcome.to_string())?, key::STATEMENT)
        }
        TextField::ActivityTitle(at) => (activity_object(doc, at)?, key::TITLE),
        TextField::ActivityDescription(at) => (activity_object(doc, at)?, key::DESCRIPTION),
    };
    match doc.get(&parent, name).ok()?? {
        (Value::Object(ObjType::Text), obj) => Some(obj),
        _ => None,
    }
}

pub(crate) fn section_object<D: ReadDoc>(doc: &D, id: SectionId) -> Option<ObjId> {
    object(doc, &object(doc, &ROOT, root::SECTIONS)?, &id.to_string())
}

pub(crate) fn activities_object<D: ReadDoc>(doc: &D, id: SectionId) -> Option<ObjId> {
    object(doc, &section_object(doc, id)?, key::ACTIVITIES)
}

pub(crate) fn activity_object<D: ReadDoc>(doc: &D, at: ActivityRef) -> Option<ObjId> {
    object(doc, &activities_object(doc, at.section)?, &at.activity.to_string())
}

pub(crate) fn object<D: ReadDoc>(doc: &D, parent: &ObjId, name: &str) -> Option<ObjId> {
    match doc.get(parent, name).ok()?? {
        (Value::Object(ObjType::Map), obj) => Some(obj),
        _ => None,
    }
}

fn section<D: ReadDoc>(doc: &D, id: SectionId, obj: &ObjId) -> Section {
    let outcomes = collection(doc, obj, key::OUTCOMES).filter_map(|(id, obj)| {
        Some(Outcome {
            id: id.parse().ok()?,
            code: text_of(doc, Some(&obj), key::CODE),
            statement: text_of(doc, Some(&obj), key::STATEMENT),
            provenance: Provenance::parse(&text_of(doc, Some(&obj), key::PROVENANCE)).unwrap_or_default(),
            order: order(doc, &obj),
        })
    });
    let activities = collection(doc, obj, key::ACTIVITIES)
        .filter_map(|(activity, obj)| activity_at(doc, ActivityRef { section: id, activity: activity.parse().ok()? }, &obj));
    Section {
        id,
        code: text_of(doc, Some(obj), key::CODE),
        name: localised(doc, obj, key::NAME),
        prompt: localised(doc, obj, key::PROMPT),
        context: text_of(doc, Some(obj), key::CONTEXT),
        state: choice(doc, obj, key::STATE),
        order: order(doc, obj),
        outcomes: ordered(outcomes, |outcome| (outcome.order.clone(), outcome.id)),
        activities: ordered(activities, |activity| (activity.order.clone(), activity.id)),
    }
}

fn activity_at<D: ReadDoc>(doc: &D, at: ActivityRef, obj: &ObjId) -> Option<Activity> {
    Some(Activity {
        id: at.activity,
        outcome: text_of(doc, Some(obj), ActivityField::Outcome.key()).parse().ok()?,
        title: text_of(doc, Some(obj), key::TITLE),
        description: text_of(doc, Some(obj), key::DESCRIPTION),
        lead: lead(doc, obj),
        months: months(doc, obj),
        status: choice::<D, ActivityStatus>(doc, obj, ActivityField::Status.key()),
        archived: archived(doc, obj),
        order: order(doc, obj),
    })
}

fn lead<D: ReadDoc>(doc: &D, obj: &ObjId) -> Register<Option<OrganisationId>> {
    register(doc, obj, ActivityField::Lead.key(), |value| match value.as_str() {
        Some(id) => id.parse().ok().map(Some),
        None => Some(None),
    })
    .unwrap_or_default()
}

fn months<D: ReadDoc>(doc: &D, obj: &ObjId) -> MonthSet {
    object(doc, obj, ActivityField::Months.key())
        .map(|set| doc.keys(&set).filter_map(|month| Month::from_str(&month).ok()).collect())
        .unwrap_or_default()
}

fn archived<D: ReadDoc>(doc: &D, obj: &ObjId) -> Archived {
    let values = doc.get_all(obj, ActivityField::Archived.key()).unwrap_or_default();
    let is_mark = |value: &Value<'_>| value.as_bool() == Some(true);
    let edit = values.iter().find(|(value, _)| !is_mark(value));
    match (values.iter().any(|(value, _)| is_mark(value)), edit) {
        (false, _) => Archived::No,
        (true, None) => Archived::Yes,
        (true, Some((_, id))) => author(id).map_or(Archived::No, Archived::RestoredBy),
    }
}

fn organisation_at<D: ReadDoc>(doc: &D, id: OrganisationId, obj: &ObjId) -> Organisation {
    Organisation {
        id,
        acronym: text_of(doc, Some(obj), key::ACRONYM),
        name: text_of(doc, Some(obj), key::NAME),
        kind: OrganisationKind::parse(&text_of(doc, Some(obj), key::KIND)).unwrap_or_default(),
    }
}

fn person_at<D: ReadDoc>(doc: &D, id: ParticipantId, obj: &ObjId) -> Option<Person> {
    Some(Person { id, name: text_of(doc, Some(obj), key::NAME), organisation: text_of(doc, Some(obj), key::ORGANISATION).parse().ok() })
}

/// A text object's words, or a scalar text; empty when neither.
fn text_of<D: ReadDoc>(doc: &D, parent: Option<&ObjId>, name: &str) -> String {
    let Some(Ok(Some((value, obj)))) = parent.map(|parent| doc.get(parent, name)) else {
        return String::new();
    };
    match value {
        Value::Object(ObjType::Text) => doc.text(obj).unwrap_or_default(),
        Value::Scalar(scalar) => scalar.as_str().unwrap_or_default().to_owned(),
        Value::Object(_) => String::new(),
    }
}

fn localised<D: ReadDoc>(doc: &D, parent: &ObjId, name: &str) -> Localised {
    let mut all = Localised::default();
    if let Some(obj) = object(doc, parent, name) {
        for language in Language::ALL {
            *all.get_mut(*language) = text_of(doc, Some(&obj), language.as_str());
        }
    }
    all
}

fn order<D: ReadDoc>(doc: &D, obj: &ObjId) -> OrderKey {
    OrderKey::new(text_of(doc, Some(obj), key::ORDER))
}

fn choice<D: ReadDoc, C: Choice>(doc: &D, obj: &ObjId, name: &str) -> Register<C> {
    register(doc, obj, name, |value| value.as_str().and_then(C::parse)).unwrap_or_default()
}

fn register<D: ReadDoc, T: Clone + PartialEq>(
    doc: &D,
    obj: &ObjId,
    name: &str,
    parse: impl Fn(&Value<'_>) -> Option<T>,
) -> Option<Register<T>> {
    let values = doc.get_all(obj, name).ok()?;
    Register::of(values.iter().filter_map(|(value, id)| Some(Rival { value: parse(value)?, author: author(id) })))
}

fn author(id: &ObjId) -> Option<Author> {
    match id {
        ObjId::Id(_, actor, _) => Author::of(actor).filter(|author| author.participant != crate::id::SERVER),
        ObjId::Root => None,
    }
}

/// The maps in the collection `name` of `parent`, by key.
fn collection<'a, D: ReadDoc>(doc: &'a D, parent: &ObjId, name: &str) -> impl Iterator<Item = (String, ObjId)> + use<'a, D> {
    let all = object(doc, parent, name);
    let keys: Vec<String> = all.as_ref().map(|obj| doc.keys(obj).collect()).unwrap_or_default();
    keys.into_iter().filter_map(move |id| {
        let obj = object(doc, all.as_ref()?, &id)?;
        Some((id, obj))
    })
}

fn ordered<T, K: Ord>(items: impl Iterator<Item = T>, by: impl FnMut(&T) -> K) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by_cached_key(by);
    items
}
