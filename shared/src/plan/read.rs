//! Reads the document into plain Rust.
//!
//! Reading is forgiving: what is missing, or of another type than it should be, reads as empty, because another version or a
//! stranger may have written it, and everything else must still be shown.

mod activity;
mod groups;
mod place;
mod room;
mod value;

use std::collections::BTreeSet;

use automerge::{ObjId, ObjType, ROOT, ReadDoc, Value};

use super::edit::Value as Written;
use super::model::{
    Activity, Archived, Ballot, Choice, Colour, Comment, Desk, Group, Language, Organisation, OrganisationKind, Outcome, Parked, Person,
    Plan, Room, Section, SectionState, Source, Suggestion, Synergy, Version,
};
use super::schema::{ActivityRef, Field, Item, Location, Name, OutcomeRef, key, root};
use super::{Phase, Register};
use crate::id::{CommentId, OrganisationId, ParkedId, ParticipantId, SectionId, SourceId, SuggestionId, SynergyId, VersionId};
use crate::order::OrderKey;
pub use groups::{GroupOfSection, groups};
use place::collection;
use value::Reader;

pub(crate) use place::{collection_object, item_object, object, set_object, slot, text_object};
pub(crate) use value::{author, maker, written};

/// The schema version of the document; none if it is not a plan.
pub fn schema_version<D: ReadDoc>(doc: &D) -> Option<u64> {
    match doc.get(ROOT, root::SCHEMA).ok()?? {
        (Value::Scalar(value), _) => value.as_u64(),
        _ => None,
    }
}

/// The whole plan.
pub fn plan<D: ReadDoc>(doc: &D) -> Plan {
    let meta = object(doc, &ROOT, root::META).unwrap_or(ROOT);
    let read = Reader::new(doc, &meta);
    Plan {
        title: read.text(Name::Title),
        vision: read.text(Name::Vision),
        first: read.text(Name::FirstMonth).parse().unwrap_or_default(),
        last: read.text(Name::LastMonth).parse().unwrap_or_default(),
        currency: read.text_at(key::CURRENCY),
        language: Language::parse(&read.text(Name::Language)).unwrap_or_default(),
        phase: read.choice::<Phase>(Name::Phase),
        sections: ordered(
            collection(doc, &ROOT, root::SECTIONS).into_iter().filter_map(|(id, obj)| Some(section(doc, id.parse().ok()?, &obj))),
            |section| (section.order.clone(), section.id),
        ),
        organisations: organisations(doc),
        people: collection(doc, &ROOT, root::PEOPLE)
            .into_iter()
            .filter_map(|(id, obj)| person_at(doc, id.parse().ok()?, &obj))
            .map(|person| (person.id, person))
            .collect(),
        sources: beside(doc, root::SOURCES, source_at, |source| (source.order.clone(), source.id)),
        parking: beside(doc, root::PARKING, parked_at, |parked| (parked.order.clone(), parked.id)),
        synergies: beside(doc, root::SYNERGIES, synergy_at, |synergy| (synergy.order.clone(), synergy.id)),
        comments: room::comments(doc),
        versions: room::versions(doc),
        ballots: room::ballots(doc),
        desk: desk(doc),
    }
}

/// What a room full of people has beside the content, without reading that.
pub fn room<D: ReadDoc>(doc: &D) -> Room {
    let suggestions = collection(doc, &ROOT, root::SECTIONS).into_iter().flat_map(|(section, obj)| {
        let section = section.parse::<SectionId>().ok();
        let of_it = section.map(|section| room::suggestions(doc, &obj).into_iter().map(move |one| (section, one)));
        of_it.into_iter().flatten()
    });
    Room {
        suggestions: suggestions.collect(),
        comments: room::comments(doc),
        versions: room::versions(doc),
        ballots: room::ballots(doc),
        desk: desk(doc),
    }
}

/// What stands in a collection beside the sections, in order.
fn beside<D: ReadDoc, T, I: std::str::FromStr, K: Ord>(
    doc: &D,
    name: &str,
    read: fn(&D, I, &ObjId) -> T,
    by: impl FnMut(&T) -> K,
) -> Vec<T> {
    ordered(collection(doc, &ROOT, name).into_iter().filter_map(|(id, obj)| Some(read(doc, id.parse().ok()?, &obj))), by)
}

/// The organisations, by label.
pub fn organisations<D: ReadDoc>(doc: &D) -> Vec<Organisation> {
    let found =
        collection(doc, &ROOT, root::ORGANISATIONS).into_iter().filter_map(|(id, obj)| Some(organisation_at(doc, id.parse().ok()?, &obj)));
    ordered(found, |organisation: &Organisation| (organisation.label().to_lowercase(), organisation.id))
}

/// One organisation.
pub fn organisation<D: ReadDoc>(doc: &D, id: OrganisationId) -> Option<Organisation> {
    Some(organisation_at(doc, id, &item_object(doc, Item::Organisation(id))?))
}

/// One person.
pub fn person<D: ReadDoc>(doc: &D, id: ParticipantId) -> Option<Person> {
    person_at(doc, id, &item_object(doc, Item::Person(id))?)
}

/// One activity, with all that hangs on it.
pub fn activity<D: ReadDoc>(doc: &D, at: ActivityRef) -> Option<Activity> {
    activity::activity(doc, at, &item_object(doc, Item::Activity(at))?)
}

/// One outcome, with its indicators and reports.
pub fn outcome<D: ReadDoc>(doc: &D, at: OutcomeRef) -> Option<Outcome> {
    Some(outcome_at(doc, at, &item_object(doc, Item::Outcome(at))?))
}

/// One funding source.
pub fn source<D: ReadDoc>(doc: &D, id: SourceId) -> Option<Source> {
    Some(source_at(doc, id, &item_object(doc, Item::Source(id))?))
}

/// One item of the parking lot.
pub fn parked<D: ReadDoc>(doc: &D, id: ParkedId) -> Option<Parked> {
    Some(parked_at(doc, id, &item_object(doc, Item::Parked(id))?))
}

/// One synergy.
pub fn synergy<D: ReadDoc>(doc: &D, id: SynergyId) -> Option<Synergy> {
    Some(synergy_at(doc, id, &item_object(doc, Item::Synergy(id))?))
}

/// A suggestion for a section.
pub fn suggestion<D: ReadDoc>(doc: &D, section: SectionId, id: SuggestionId) -> Option<Suggestion> {
    Some(room::suggestion(doc, id, &item_object(doc, Item::Suggestion(section, id))?))
}

/// A comment, with its replies.
pub fn comment<D: ReadDoc>(doc: &D, id: CommentId) -> Option<Comment> {
    Some(room::comment(doc, id, &item_object(doc, Item::Comment(id))?))
}

/// The dots of a person.
pub fn ballot<D: ReadDoc>(doc: &D, id: ParticipantId) -> Option<Ballot> {
    Some(room::ballot(doc, id, &item_object(doc, Item::Ballot(id))?))
}

/// A named version.
pub fn version<D: ReadDoc>(doc: &D, id: VersionId) -> Option<Version> {
    Some(room::version(doc, id, &item_object(doc, Item::Version(id))?))
}

/// What the facilitator holds for all.
pub fn desk<D: ReadDoc>(doc: &D) -> Desk {
    item_object(doc, Item::Desk).map(|obj| room::desk(doc, &obj)).unwrap_or_default()
}

/// The states of all sections.
pub fn section_states<D: ReadDoc>(doc: &D) -> Vec<(SectionId, Register<SectionState>)> {
    let sections = collection(doc, &ROOT, root::SECTIONS).into_iter();
    sections.filter_map(|(id, obj)| Some((id.parse().ok()?, Reader::new(doc, &obj).choice(Name::State)))).collect()
}

/// The short codes of all sections, such as `P1`, in order.
pub fn section_codes<D: ReadDoc>(doc: &D) -> Vec<(SectionId, String)> {
    let sections = collection(doc, &ROOT, root::SECTIONS).into_iter().filter_map(|(id, obj)| {
        let (id, read) = (id.parse::<SectionId>().ok()?, Reader::new(doc, &obj));
        Some((read.order(), id, read.text_at(key::CODE)))
    });
    ordered(sections, |(order, id, _)| (order.clone(), *id)).into_iter().map(|(_, id, code)| (id, code)).collect()
}

/// A section's state.
pub fn section_state<D: ReadDoc>(doc: &D, id: SectionId) -> Register<SectionState> {
    item_object(doc, Item::Section(id)).map(|obj| Reader::new(doc, &obj).choice(Name::State)).unwrap_or_default()
}

/// A section's breakout group.
pub fn group<D: ReadDoc>(doc: &D, id: SectionId) -> Group {
    item_object(doc, Item::Section(id)).map(|obj| group_at(doc, &obj)).unwrap_or_default()
}

/// The words of a field, a text object or, as in a [flat](crate::plan::flat) plan, a text; none when neither is there.
pub fn text<D: ReadDoc>(doc: &D, field: Field) -> Option<String> {
    let (parent, key) = slot(doc, field)?;
    match doc.get(&parent, key).ok()?? {
        (Value::Object(ObjType::Text), text) => doc.text(text).ok(),
        (Value::Scalar(scalar), _) => scalar.as_str().map(str::to_owned),
        (Value::Object(_), _) => None,
    }
}

/// A text at the root that is no field.
pub(super) fn root_text<D: ReadDoc>(doc: &D, key: &str) -> Option<String> {
    doc.get(ROOT, key).ok()??.0.as_str().map(str::to_owned)
}

/// What stands in a field that is neither a text nor a set: of several values, the one that all replicas show first.
pub fn value<D: ReadDoc>(doc: &D, field: Field) -> Written {
    let found = slot(doc, field).and_then(|(parent, key)| doc.get(&parent, key).ok()?);
    match found {
        Some((value, _)) => written(&value).unwrap_or_default(),
        None => Written::Nothing,
    }
}

/// What stands in a field that is neither a text nor a set, with everything that was written there at the same time.
pub fn register<D: ReadDoc>(doc: &D, field: Field) -> Register<Written> {
    slot(doc, field).and_then(|(obj, key)| Register::of(Reader::new(doc, &obj).values(key))).unwrap_or_default()
}

/// The members of a field that is a set.
pub fn members<D: ReadDoc>(doc: &D, field: Field) -> BTreeSet<String> {
    set_object(doc, field).map(|set| doc.keys(&set).collect()).unwrap_or_default()
}

/// Whether a thing is in the plan, archived or not.
pub fn exists<D: ReadDoc>(doc: &D, item: Item) -> bool {
    item_object(doc, item).is_some()
}

/// Whether a thing is archived.
pub fn archived<D: ReadDoc>(doc: &D, item: Item) -> Archived {
    item_object(doc, item).map(|obj| Reader::new(doc, &obj).archived()).unwrap_or_default()
}

/// Where a thing stands among its siblings.
pub(crate) fn order<D: ReadDoc>(doc: &D, thing: &ObjId) -> OrderKey {
    let order = doc.get(thing, Name::Order.key()).ok().flatten().and_then(|(value, _)| value.as_str().map(str::to_owned));
    OrderKey::new(order.unwrap_or_default())
}

/// All things in the plan, each after what it is a part of, those of a collection in their order.
pub fn items<D: ReadDoc>(doc: &D) -> Vec<Item> {
    let mut items = vec![Item::Plan];
    for collection in [root::ORGANISATIONS, root::PEOPLE, root::SOURCES, root::SECTIONS, root::PARKING, root::SYNERGIES] {
        add_items(doc, collection, &mut items);
    }
    for collection in [root::COMMENTS, root::VERSIONS, root::BALLOTS] {
        add_items(doc, collection, &mut items);
    }
    items.extend(item_object(doc, Item::Desk).map(|_| Item::Desk));
    items
}

fn add_items<D: ReadDoc>(doc: &D, path: &str, items: &mut Vec<Item>) {
    let Some(all) = place::walk(doc, path) else { return };
    let ids: Vec<String> = doc.keys(&all).collect();
    let order = |id: &String| object(doc, &all, id).map(|obj| Reader::new(doc, &obj).order());
    for (_, id) in ordered(ids.into_iter().map(|id| (order(&id), id)), Clone::clone) {
        let path = format!("{path}/{id}");
        if let Some(Location::Item(item)) = Location::of(&path.split('/').collect::<Vec<_>>()) {
            items.push(item);
            item.kind().collections().iter().for_each(|name| add_items(doc, &format!("{path}/{name}"), items));
        }
    }
}

fn section<D: ReadDoc>(doc: &D, id: SectionId, obj: &ObjId) -> Section {
    let read = Reader::new(doc, obj);
    let outcomes = collection(doc, obj, key::OUTCOMES).into_iter().filter_map(|(outcome, obj)| {
        let at = OutcomeRef { section: id, outcome: outcome.parse().ok()? };
        Some(outcome_at(doc, at, &obj))
    });
    let activities = collection(doc, obj, key::ACTIVITIES)
        .into_iter()
        .filter_map(|(activity, obj)| activity::activity(doc, ActivityRef { section: id, activity: activity.parse().ok()? }, &obj));
    Section {
        id,
        code: read.text_at(key::CODE),
        name: read.localised(key::NAME),
        prompt: read.localised(key::PROMPT),
        context: read.text(Name::Context),
        state: read.choice(Name::State),
        group: group_at(doc, obj),
        order: read.order(),
        outcomes: ordered(outcomes, |outcome| (outcome.order.clone(), outcome.id)),
        activities: ordered(activities, |activity| (activity.order.clone(), activity.id)),
        suggestions: room::suggestions(doc, obj),
    }
}

fn group_at<D: ReadDoc>(doc: &D, section: &ObjId) -> Group {
    let Some(obj) = object(doc, section, key::GROUP) else { return Group::default() };
    let read = Reader::new(doc, &obj);
    let own = |name: Name| name.key().rsplit_once('/').map_or(name.key(), |(_, key)| key);
    Group {
        name: read.text_at(own(Name::GroupName)),
        rapporteur: read.text_at(own(Name::Rapporteur)),
        members: read.set(own(Name::GroupMembers), |id| id.parse().ok()),
        highlights: read.set(own(Name::Highlights), |id| id.parse().ok()),
    }
}

fn outcome_at<D: ReadDoc>(doc: &D, at: OutcomeRef, obj: &ObjId) -> Outcome {
    let read = Reader::new(doc, obj);
    Outcome {
        id: at.outcome,
        code: read.text_at(key::CODE),
        statement: read.text(Name::Statement),
        reference: read.text(Name::Reference),
        provenance: read.choice(Name::Provenance),
        indicators: activity::indicators(doc, obj),
        reports: activity::reports(doc, obj),
        order: read.order(),
    }
}

fn organisation_at<D: ReadDoc>(doc: &D, id: OrganisationId, obj: &ObjId) -> Organisation {
    let read = Reader::new(doc, obj);
    Organisation {
        id,
        acronym: read.text(Name::Acronym),
        name: read.text(Name::OwnName),
        kind: OrganisationKind::parse(&read.text(Name::Kind)).unwrap_or_default(),
        focal_point: read.text(Name::FocalPoint),
        colour: Colour::parse(&read.text(Name::Colour)).unwrap_or_default(),
    }
}

fn person_at<D: ReadDoc>(doc: &D, id: ParticipantId, obj: &ObjId) -> Option<Person> {
    let read = Reader::new(doc, obj);
    let (organisation, same_as) = (read.text(Name::Organisation).parse().ok(), read.text(Name::SameAs).parse().ok());
    Some(Person { id, name: read.text(Name::OwnName), organisation, same_as })
}

fn source_at<D: ReadDoc>(doc: &D, id: SourceId, obj: &ObjId) -> Source {
    let read = Reader::new(doc, obj);
    Source { id, name: read.text(Name::OwnName), kind: read.choice(Name::Kind), archived: read.archived(), order: read.order() }
}

fn parked_at<D: ReadDoc>(doc: &D, id: ParkedId, obj: &ObjId) -> Parked {
    let read = Reader::new(doc, obj);
    Parked { id, text: read.text(Name::Text), submitted_by: read.parsed(Name::SubmittedBy), archived: read.archived(), order: read.order() }
}

fn synergy_at<D: ReadDoc>(doc: &D, id: SynergyId, obj: &ObjId) -> Synergy {
    let read = Reader::new(doc, obj);
    Synergy {
        id,
        first: read.parsed(Name::First),
        second: read.parsed(Name::Second),
        relation: read.choice(Name::Relation),
        archived: read.archived(),
        order: read.order(),
    }
}

fn ordered<T, K: Ord>(items: impl Iterator<Item = T>, by: impl FnMut(&T) -> K) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by_cached_key(by);
    items
}
