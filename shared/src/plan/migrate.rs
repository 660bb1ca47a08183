//! From an older shape of the document to this one.
//!
//! Only the server does it, when it opens a plan: two replicas must never make the same container. A program that knows only the older
//! shape then says that a newer version wrote the plan, and offers to reload.

use automerge::transaction::Transactable;
use automerge::{AutomergeError, ObjType, ROOT};

use super::edit::{make_container, make_containers};
use super::read;
use super::schema::{Item, key, root};
use crate::version;

/// Makes what a document of an older schema lacks. Whether it lacked anything.
///
/// Schema 1 had no indicators and progress reports of outcomes, and no focal points. Schema 2 had no desk, ballots of people, suggestions
/// of sections and highlights of groups.
///
/// # Errors
/// When Automerge refuses.
pub fn migrate<T: Transactable>(tx: &mut T) -> Result<bool, AutomergeError> {
    if read::schema_version(tx).is_none_or(|schema| schema >= version::SCHEMA) {
        return Ok(false);
    }
    for name in root::BESIDE {
        make_container(tx, &ROOT, name, ObjType::Map)?;
    }
    for item in read::items(tx) {
        if let Some(obj) = read::item_object(tx, item) {
            make_containers(tx, &obj, item.kind())?;
            match item {
                Item::Section(_) => {
                    if let Some(group) = read::object(tx, &obj, key::GROUP) {
                        make_container(tx, &group, "highlights", ObjType::Map)?;
                    }
                }
                Item::Person(id) => {
                    if let Some(ballots) = read::object(tx, &ROOT, root::BALLOTS) {
                        make_container(tx, &ballots, &id.to_string(), ObjType::Map)?;
                    }
                }
                _ => {}
            }
        }
    }
    tx.put(ROOT, root::SCHEMA, version::SCHEMA)?;
    Ok(true)
}
