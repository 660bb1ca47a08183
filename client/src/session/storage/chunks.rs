//! The chunks of a plan, and how far they reach.

use std::fmt::Write;

use hamutuk_shared::id::{ParticipantId, PlanId};
use hamutuk_shared::replica::StoredChange;
use hamutuk_shared::sync::Position;
use idb::{KeyRange, Query, Transaction};
use js_sys::Array;
use sha2::{Digest, Sha256};
use wasm_bindgen::JsValue;

use super::records::cbor;
use super::{ASIDE, CHUNKS, DEVICE, POSITIONS, Storage, StorageError, bytes_of, bytes_record, record};
use crate::session::notice::Aside;

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChunkKind {
    /// A saved document.
    Snapshot,
    /// One change.
    Change,
}

/// Which chunk of a plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ChunkKey {
    /// What it is.
    pub(crate) kind: ChunkKind,
    /// Its hash: a change's own, or that of a document's bytes.
    pub(crate) hash: String,
}

impl ChunkKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Snapshot => "snapshot",
            Self::Change => "change",
        }
    }
}

impl ChunkKey {
    /// The key of a change.
    pub(crate) fn change(hash: automerge::ChangeHash) -> Self {
        Self { kind: ChunkKind::Change, hash: hash.to_string() }
    }

    /// The key of a saved document.
    pub(crate) fn snapshot(bytes: &[u8]) -> Self {
        let hash = Sha256::digest(bytes).iter().fold(String::new(), |mut hash, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        Self { kind: ChunkKind::Snapshot, hash }
    }

    fn to_js(&self, plan: PlanId) -> JsValue {
        [plan.to_string().as_str(), self.kind.as_str(), &self.hash].into_iter().map(JsValue::from_str).collect::<Array>().into()
    }

    fn of_js(key: &JsValue) -> Option<Self> {
        let parts = Array::from(key);
        let kind = match parts.get(1).as_string()?.as_str() {
            "snapshot" => ChunkKind::Snapshot,
            "change" => ChunkKind::Change,
            _ => return None,
        };
        Some(Self { kind, hash: parts.get(2).as_string()? })
    }
}

/// What one transaction writes.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Changes, in any order.
    pub(crate) changes: Vec<StoredChange>,
    /// Saved documents.
    pub(crate) snapshots: Vec<Vec<u8>>,
    /// How far all of it reaches; none: as far as before.
    pub(crate) position: Option<Position>,
    /// Which of the changes this tab made.
    pub(crate) own: Vec<automerge::ChangeHash>,
}

impl Batch {
    /// Whether there is nothing to write.
    pub(crate) const fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.snapshots.is_empty() && self.position.is_none()
    }

    /// Adds what came later.
    pub(crate) fn extend(&mut self, later: Self) {
        self.changes.extend(later.changes);
        self.snapshots.extend(later.snapshots);
        self.own.extend(later.own);
        self.position = later.position.or_else(|| self.position.take());
    }

    /// The keys of its chunks.
    pub(crate) fn keys(&self) -> impl Iterator<Item = ChunkKey> {
        let snapshots = self.snapshots.iter().map(|bytes| ChunkKey::snapshot(bytes));
        self.changes.iter().map(|change| ChunkKey::change(change.hash)).chain(snapshots)
    }
}

/// What the device holds of a plan.
#[derive(Debug, Default)]
pub(crate) struct Stored {
    /// Its chunks: saved documents first.
    pub(crate) chunks: Vec<(ChunkKey, Vec<u8>)>,
    /// How far they reach.
    pub(crate) position: Option<Position>,
    /// As whom the person wrote before they joined anew, if something of it may not have been sent.
    pub(crate) former: Option<ParticipantId>,
}

impl Storage {
    /// All that the device holds of a plan.
    pub(crate) async fn load(&self, plan: PlanId) -> Result<Stored, StorageError> {
        // The position first: chunks that arrive in between make it claim too little, never too much.
        let position = self.position(plan).await?;
        let range = of_plan(plan)?;
        let store = self.read(CHUNKS)?;
        let keys = store.get_all_keys(Some(Query::from(range.clone())), None).map_err(|_| StorageError::Failed)?;
        let values = store.get_all(Some(Query::from(range)), None).map_err(|_| StorageError::Failed)?;
        let (keys, values) = (keys.await.map_err(|_| StorageError::Failed)?, values.await.map_err(|_| StorageError::Failed)?);
        let mut chunks = Vec::with_capacity(keys.len());
        for (key, value) in keys.iter().zip(&values) {
            let key = ChunkKey::of_js(key).ok_or(StorageError::Newer)?;
            chunks.push((key, bytes_of(value)?));
        }
        chunks.sort_by_key(|(key, _)| key.kind);
        Ok(Stored { chunks, position, former: self.former(plan).await? })
    }

    /// The plan as it was shown last, as one saved document.
    pub(crate) async fn last_view(&self, plan: PlanId) -> Result<Option<Vec<u8>>, StorageError> {
        let request = self.read(DEVICE)?.get(view_key(plan)).map_err(|_| StorageError::Failed)?;
        request.await.map_err(|_| StorageError::Failed)?.map(|record| bytes_of(&record)).transpose()
    }

    /// Keeps the plan as it is shown.
    pub(crate) fn keep_last_view(&self, plan: PlanId, bytes: &[u8]) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.write(&[DEVICE], &|transaction| {
            transaction.object_store(DEVICE)?.put(&bytes_record(bytes), Some(&view_key(plan)))?;
            Ok(())
        })
    }

    async fn position(&self, plan: PlanId) -> Result<Option<Position>, StorageError> {
        let request = self.read(POSITIONS)?.get(JsValue::from_str(&plan.to_string())).map_err(|_| StorageError::Failed)?;
        let Some(record) = request.await.map_err(|_| StorageError::Failed)? else {
            return Ok(None);
        };
        // A position that cannot be read costs a longer catch-up, nothing else.
        Ok(minicbor_serde::from_slice(&bytes_of(&record)?).ok())
    }

    /// Writes all of a batch, or nothing.
    pub(crate) fn store(&self, plan: PlanId, batch: &Batch) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.write(&[CHUNKS, POSITIONS], &|transaction| put_batch(transaction, plan, batch))
    }

    /// Puts a saved document in the place of chunks that it holds. Others, which another tab may have stored meanwhile, stay.
    pub(crate) fn compact(
        &self,
        plan: PlanId,
        snapshot: &[u8],
        held: &[ChunkKey],
    ) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.write(&[CHUNKS], &|transaction| replace(transaction, plan, snapshot, held))
    }

    /// Keeps what was refused aside, with the document that held it, and puts the document without it in the place of the chunks.
    pub(crate) fn set_aside(&self, plan: PlanId, change: &SetAside<'_>) -> impl Future<Output = Result<(), StorageError>> + use<> {
        self.write(&[CHUNKS, ASIDE], &|transaction| {
            for (number, aside) in change.asides.iter().enumerate() {
                // The document holds all of it, and is kept once.
                let bytes = js_sys::Uint8Array::from(if number == 0 { change.document } else { &[] });
                let value = record(&[("cbor", cbor(aside)), ("bytes", bytes.into())]);
                transaction.object_store(ASIDE)?.put(&value, Some(&aside_key(plan, &aside.id)))?;
            }
            replace(transaction, plan, change.snapshot, change.held)
        })
    }
}

/// What [`Storage::set_aside`] writes.
pub(crate) struct SetAside<'a> {
    /// What was refused, of each who wrote on this device; at least one.
    pub(crate) asides: &'a [Aside],
    /// The document with the refused changes.
    pub(crate) document: &'a [u8],
    /// The document without them.
    pub(crate) snapshot: &'a [u8],
    /// The chunks that the two were made of.
    pub(crate) held: &'a [ChunkKey],
}

pub(super) fn aside_key(plan: PlanId, id: &str) -> JsValue {
    [plan.to_string().as_str(), id].into_iter().map(JsValue::from_str).collect::<Array>().into()
}

fn view_key(plan: PlanId) -> JsValue {
    Array::of2(&JsValue::from_str("view"), &JsValue::from_str(&plan.to_string())).into()
}

/// All keys `[plan, …]`.
pub(super) fn of_plan(plan: PlanId) -> Result<KeyRange, StorageError> {
    let plan = JsValue::from_str(&plan.to_string());
    // An array sorts after every text, so this is the end of all keys that begin with the plan.
    let (first, last) = (Array::of1(&plan), Array::of2(&plan, &Array::new()));
    KeyRange::bound(&first, &last, None, None).map_err(|_| StorageError::Failed)
}

fn put_batch(transaction: &Transaction, plan: PlanId, batch: &Batch) -> Result<(), idb::Error> {
    let chunks = transaction.object_store(CHUNKS)?;
    for change in &batch.changes {
        chunks.put(&bytes_record(&change.bytes), Some(&ChunkKey::change(change.hash).to_js(plan)))?;
    }
    for bytes in &batch.snapshots {
        chunks.put(&bytes_record(bytes), Some(&ChunkKey::snapshot(bytes).to_js(plan)))?;
    }
    if let Some(position) = &batch.position
        && let Ok(bytes) = minicbor_serde::to_vec(position)
    {
        let key = JsValue::from_str(&plan.to_string());
        transaction.object_store(POSITIONS)?.put(&bytes_record(&bytes), Some(&key))?;
    }
    Ok(())
}

fn replace(transaction: &Transaction, plan: PlanId, snapshot: &[u8], held: &[ChunkKey]) -> Result<(), idb::Error> {
    let chunks = transaction.object_store(CHUNKS)?;
    let key = ChunkKey::snapshot(snapshot);
    chunks.put(&bytes_record(snapshot), Some(&key.to_js(plan)))?;
    for old in held.iter().filter(|old| **old != key) {
        chunks.delete(old.to_js(plan))?;
    }
    Ok(())
}
