//! Damage for tests, done behind the store's back.

use std::fs;
use std::path::Path;

use hamutuk_shared::id::{PlanId, Seq};

use super::{SledStore, key};
use crate::store::{RecordKind, audit_key};

fn flip(tree: &::sled::Tree, key: &[u8]) {
    let mut value = tree.get(key).unwrap().unwrap().to_vec();
    *value.last_mut().unwrap() ^= 1;
    tree.insert(key, value).unwrap();
}

/// Flips a bit of a change.
pub(crate) fn flip_change(store: &SledStore, plan: PlanId, seq: u64) {
    flip(&store.tables.log, &key::piece(&key::numbered(plan, seq), 0));
}

/// Takes a change out of the log.
pub(crate) fn remove_change(store: &SledStore, plan: PlanId, seq: u64) {
    let keys: Vec<_> = store.tables.log.scan_prefix(key::numbered(plan, seq)).keys().collect();
    for key in keys {
        store.tables.log.remove(key.unwrap()).unwrap();
    }
}

/// Takes an entry out of an audit log.
pub(crate) fn remove_audit(store: &SledStore, plan: PlanId, seq: u64) {
    let name = key::record(RecordKind::Audit, &audit_key(plan, Seq(seq)));
    let keys: Vec<_> = store.tables.records.scan_prefix(name).keys().collect();
    for key in keys {
        store.tables.records.remove(key.unwrap()).unwrap();
    }
}

/// Flips a bit of a plan's first snapshot.
pub(crate) fn flip_snapshot(store: &SledStore, plan: PlanId) {
    flip(&store.tables.snapshots, &key::piece(&key::numbered(plan, 1), 0));
}

/// Copies the files of a data directory into an empty one.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir(to.join("blobs")).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}
