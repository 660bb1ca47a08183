//! Where things and fields are in a document.

use automerge::{ObjId, ObjType, ROOT, ReadDoc, Value, ValueRef};

use crate::plan::schema::{Field, Item};

/// The object of a thing.
pub(crate) fn item_object<D: ReadDoc>(doc: &D, item: Item) -> Option<ObjId> {
    walk(doc, &item.to_string())
}

/// The map in which a thing is, or would be.
pub(crate) fn collection_object<D: ReadDoc>(doc: &D, item: Item) -> Option<ObjId> {
    walk(doc, item.to_string().rsplit_once('/')?.0)
}

/// The object in which a field is, and its key there.
pub(crate) fn slot<D: ReadDoc>(doc: &D, field: Field) -> Option<(ObjId, &'static str)> {
    let item = item_object(doc, field.item)?;
    match field.name.key().split_once('/') {
        None => Some((item, field.name.key())),
        Some((group, key)) => Some((object(doc, &item, group)?, key)),
    }
}

/// The text object of a field.
pub(crate) fn text_object<D: ReadDoc>(doc: &D, field: Field) -> Option<ObjId> {
    let (parent, key) = slot(doc, field)?;
    match doc.get(&parent, key).ok()?? {
        (Value::Object(ObjType::Text), text) => Some(text),
        _ => None,
    }
}

/// The map of a field that is a set.
pub(crate) fn set_object<D: ReadDoc>(doc: &D, field: Field) -> Option<ObjId> {
    let (parent, key) = slot(doc, field)?;
    object(doc, &parent, key)
}

/// The map at a key.
pub(crate) fn object<D: ReadDoc>(doc: &D, parent: &ObjId, name: &str) -> Option<ObjId> {
    match doc.get(parent, name).ok()?? {
        (Value::Object(ObjType::Map), obj) => Some(obj),
        _ => None,
    }
}

/// The maps in the collection `name` of `parent`, by key.
pub(super) fn collection<D: ReadDoc>(doc: &D, parent: &ObjId, name: &str) -> Vec<(String, ObjId)> {
    let Some(all) = object(doc, parent, name) else { return Vec::new() };
    let maps = doc.map_range(&all, ..).filter(|item| matches!(item.value, ValueRef::Object(ObjType::Map)));
    maps.map(|item| (item.key.to_string(), item.id())).collect()
}

/// The map at a path of keys from the root.
pub(super) fn walk<D: ReadDoc>(doc: &D, path: &str) -> Option<ObjId> {
    path.split('/').try_fold(ROOT, |obj, key| object(doc, &obj, key))
}
