//! Where things go among their siblings.

use automerge::transaction::Transactable;
use automerge::{ObjId, ReadDoc, Value};

use super::{EditError, Place, make_activity};
use crate::id::{ActivityId, OutcomeId};
use crate::order::{self, OrderKey};
use crate::plan::read;
use crate::plan::schema::{ActivityRef, Item, Name, OutcomeRef};

pub(super) fn add_activity<T: Transactable>(tx: &mut T, at: ActivityRef, outcome: OutcomeId, place: Place) -> Result<(), EditError> {
    read::item_object(tx, Item::Outcome(OutcomeRef { section: at.section, outcome })).ok_or(EditError::NotFound)?;
    let activities = read::collection_object(tx, Item::Activity(at)).ok_or(EditError::NotFound)?;
    if read::object(tx, &activities, &at.activity.to_string()).is_some() {
        return Err(EditError::Exists);
    }
    let order = make_place(tx, at, &activities, outcome, place)?;
    Ok(make_activity(tx, &activities, at.activity, outcome, &order)?)
}

pub(super) fn move_activity<T: Transactable>(tx: &mut T, at: ActivityRef, outcome: OutcomeId, place: Place) -> Result<(), EditError> {
    let activities = read::collection_object(tx, Item::Activity(at)).ok_or(EditError::NotFound)?;
    let activity = read::object(tx, &activities, &at.activity.to_string()).ok_or(EditError::NotFound)?;
    let order = make_place(tx, at, &activities, outcome, place)?;
    if text_value(tx, &activity, Name::Outcome.key()) != outcome.to_string() {
        tx.put(&activity, Name::Outcome.key(), outcome.to_string())?;
    }
    Ok(tx.put(&activity, Name::Order.key(), order.as_str())?)
}

/// Puts an activity where it was, with the key that it had there.
///
/// # Errors
/// When it or the outcome is not there.
pub(crate) fn put_back<T: Transactable>(tx: &mut T, at: ActivityRef, outcome: OutcomeRef, order: &OrderKey) -> Result<(), EditError> {
    let activity = read::item_object(tx, Item::Activity(at)).ok_or(EditError::NotFound)?;
    read::item_object(tx, Item::Outcome(outcome)).ok_or(EditError::NotFound)?;
    let outcome = outcome.outcome.to_string();
    if text_value(tx, &activity, Name::Outcome.key()) != outcome {
        tx.put(&activity, Name::Outcome.key(), outcome)?;
    }
    Ok(tx.put(&activity, Name::Order.key(), order.as_str())?)
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
        if id != at.activity.to_string() && text_value(tx, &obj, Name::Outcome.key()) == outcome {
            siblings.push((OrderKey::new(text_value(tx, &obj, Name::Order.key())), id, obj));
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
        tx.put(&siblings[*moved].2, Name::Order.key(), order.as_str())?;
    }
    Ok(placement.key)
}

/// The order key after all that is in a collection.
pub(super) fn last<T: ReadDoc>(tx: &T, all: &ObjId) -> OrderKey {
    let mut keys: Vec<OrderKey> = Vec::new();
    for id in tx.keys(all) {
        keys.extend(read::object(tx, all, &id).map(|obj| OrderKey::new(text_value(tx, &obj, Name::Order.key()))));
    }
    keys.sort();
    // Right after the last that is a key: nothing has to make room for that.
    order::place(&keys, keys.len()).key
}

fn text_value<T: ReadDoc>(tx: &T, obj: &ObjId, name: &str) -> String {
    match tx.get(obj, name) {
        Ok(Some((Value::Scalar(value), _))) => value.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}
