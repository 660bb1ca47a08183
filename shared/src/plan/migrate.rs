//! From an older shape of the document to this one.
//!
//! Only the server does it, when it opens a plan: two replicas must never make the same container. A program that knows only the older
//! shape then says that a newer version wrote the plan, and offers to reload.

use automerge::transaction::Transactable;
use automerge::{AutomergeError, ROOT};

use super::edit::make_containers;
use super::read;
use super::schema::root;
use crate::version;

/// Makes what a document of an older schema lacks. Whether it lacked anything.
///
/// Schema 1 had no indicators and progress reports of outcomes, and no focal points.
///
/// # Errors
/// When Automerge refuses.
pub fn migrate<T: Transactable>(tx: &mut T) -> Result<bool, AutomergeError> {
    if read::schema_version(tx).is_none_or(|schema| schema >= version::SCHEMA) {
        return Ok(false);
    }
    for item in read::items(tx) {
        if let Some(obj) = read::item_object(tx, item) {
            make_containers(tx, &obj, item.kind())?;
        }
    }
    tx.put(ROOT, root::SCHEMA, version::SCHEMA)?;
    Ok(true)
}
