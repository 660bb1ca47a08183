//! What people chose differently at the same time, and who wrote what stands: who, when, and whether their connection was down.
//!
//! Automerge keeps every concurrent value; each comes from a change, and the change knows the rest. So nothing is stored for this, and
//! only what is disputed is looked up. Settling a dispute is an [`Edit::Set`](super::Edit::Set) like any other.

use automerge::transaction::Transactable;
use automerge::{AutoCommit, ObjId, ObjType, ReadDoc, ScalarValueRef, ValueRef};

use super::edit::Value;
use super::model::Archived;
use super::read;
use super::schema::{Field, Item, Kind, Location, Name, root};
use crate::id::Author;

/// The message of a change that was made while the connection was down. A change that was made on a live one has none.
pub const OFFLINE: &str = "offline";

/// The collections at the root whose things can be disputed, in the order in which a list shows them.
const COLLECTIONS: [&str; 6] = [root::SECTIONS, root::ORGANISATIONS, root::PEOPLE, root::SOURCES, root::PARKING, root::SYNERGIES];

/// What stands at the key of an archived thing.
const MARK: ValueRef<'_> = ValueRef::Scalar(ScalarValueRef::Boolean(true));

/// How a value came to stand where it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Origin {
    /// Who wrote it; none when the server did, from the template.
    pub author: Option<Author>,
    /// When, by the clock of their device: milliseconds since 1970, in whole seconds.
    pub at_ms: i64,
    /// Whether their connection was down.
    pub made_offline: bool,
}

/// One of several concurrent values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contender {
    /// What was chosen.
    pub value: Value,
    /// Who chose it; of several who chose the same, who did so last.
    pub origin: Origin,
}

/// A field for which different values were chosen at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The field.
    pub field: Field,
    /// The values, each once, two or more. The last is the one that all replicas show until somebody settles it.
    pub contenders: Vec<Contender>,
}

/// Everything that is disputed, in the order of the plan. What is archived is left out.
pub fn disputes(doc: &mut AutoCommit) -> Vec<Dispute> {
    contested(doc).into_iter().filter_map(|field| dispute(doc, field)).collect()
}

/// The dispute about one field; none where there is none, where the field is a text or a set, or where the thing is archived.
pub fn dispute(doc: &mut AutoCommit, field: Field) -> Option<Dispute> {
    let written = written(doc, field);
    // Nearly always; so nothing else is asked first.
    if written.len() < 2 || is_archived(doc, field.item) {
        return None;
    }
    let mut contenders: Vec<Contender> = Vec::new();
    for (value, operation) in written {
        let mut origin = origin_of(doc, &operation);
        if let Some(same) = contenders.iter().position(|known| known.value == value) {
            let before = contenders.remove(same).origin;
            origin = if before.at_ms > origin.at_ms { before } else { origin };
        }
        contenders.push(Contender { value, origin });
    }
    (contenders.len() > 1).then_some(Dispute { field, contenders })
}

/// Where the value comes from that stands in a field, or is shown first there; none where nothing was ever written, or where the field
/// is a text or a set.
pub fn origin(doc: &mut AutoCommit, field: Field) -> Option<Origin> {
    let (_, operation) = written(doc, field).pop()?;
    Some(origin_of(doc, &operation))
}

/// The values that stand in a plain field, and what wrote each; the one that is shown first is the last.
fn written(doc: &AutoCommit, field: Field) -> Vec<(Value, ObjId)> {
    let is_plain = field.content().is_some_and(|content| content.is_plain());
    let Some((parent, key)) = is_plain.then(|| read::slot(doc, field)).flatten() else { return Vec::new() };
    let values = doc.get_all(&parent, key).unwrap_or_default();
    values.into_iter().filter_map(|(value, operation)| Some((read::written(&value)?, operation))).collect()
}

fn origin_of(doc: &mut AutoCommit, operation: &ObjId) -> Origin {
    let author = read::author(operation);
    let (time_s, made_offline) = made(doc, operation).unwrap_or_default();
    Origin { author, at_ms: time_s.saturating_mul(1_000), made_offline }
}

/// When the change of an operation was made, and whether offline. None if the transaction that it is in is still open.
fn made(doc: &mut AutoCommit, operation: &ObjId) -> Option<(i64, bool)> {
    let hash = doc.hash_for_opid(operation)?;
    if doc.pending_ops() == 0 {
        let change = doc.get_change_meta_by_hash(&hash)?;
        return Some((change.timestamp, change.message.as_deref() == Some(OFFLINE)));
    }
    // The quick way closes the transaction, and what was typed must not become a change of which nobody is told.
    let change = ReadDoc::get_change_by_hash(doc, &hash)?;
    Some((change.timestamp(), change.message() == Some(OFFLINE)))
}

fn is_archived(doc: &AutoCommit, item: Item) -> bool {
    [Some(item), item.owner()].into_iter().flatten().any(|item| read::archived(doc, item) == Archived::Yes)
}

/// The plain fields at whose keys more than one value stands, equal ones too. Looks at each thing once and goes into no text.
fn contested(doc: &AutoCommit) -> Vec<Field> {
    let mut found = Vec::new();
    if let Some(plan) = read::item_object(doc, Item::Plan) {
        of_thing(doc, root::META, &plan, &mut found);
    }
    for name in COLLECTIONS {
        if let Some(all) = read::object(doc, &automerge::ROOT, name) {
            of_collection(doc, name, &all, &mut found);
        }
    }
    found
}

fn of_collection(doc: &AutoCommit, path: &str, all: &ObjId, found: &mut Vec<Field>) {
    let mut things = Vec::new();
    for entry in doc.map_range(all, ..) {
        if entry.value == ValueRef::Object(ObjType::Map) {
            let (thing, mut of_it) = (entry.id(), Vec::new());
            of_thing(doc, &format!("{path}/{}", entry.key), &thing, &mut of_it);
            if !of_it.is_empty() {
                things.push((thing, of_it));
            }
        }
    }
    // By order where there is anything to order: of most things nothing is found.
    things.sort_by_cached_key(|(thing, _)| read::order(doc, thing));
    found.extend(things.into_iter().flat_map(|(_, of_it)| of_it));
}

fn of_thing(doc: &AutoCommit, path: &str, thing: &ObjId, found: &mut Vec<Field>) {
    let Some(Location::Item(item)) = Location::of(&path.split('/').collect::<Vec<_>>()) else { return };
    let (mut contested, mut collections) = (Vec::new(), Vec::new());
    for entry in doc.map_range(thing, ..) {
        if entry.value == ValueRef::Object(ObjType::Map) {
            collections.extend(collection(item.kind(), &entry.key).map(|name| (name, entry.id())));
        } else if entry.conflict || entry.key == Name::Archived.key() && entry.value == MARK {
            contested.push(entry.key);
        }
    }
    let is_contested = |name: Name| contested.iter().any(|key| *key == name.key());
    if is_contested(Name::Archived) && read::archived(doc, item) == Archived::Yes {
        return;
    }
    let plain = Name::fields(item.kind()).iter().filter(|(_, content)| content.is_plain());
    found.extend(plain.filter(|(name, _)| is_contested(*name)).map(|(name, _)| Field { item, name: *name }));
    collections.sort_by_key(|(name, _)| item.kind().collections().iter().position(|known| known == name));
    for (name, all) in collections {
        of_collection(doc, &format!("{path}/{name}"), &all, found);
    }
}

fn collection(of: Kind, key: &str) -> Option<&'static str> {
    of.collections().iter().find(|name| **name == key).copied()
}
