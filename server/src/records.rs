//! The small records beside the plans, typed: what the server knows about plans, links, people and their cookies.
//!
//! As bytes, a record is its version and then CBOR. A field that is added later is optional to read; when that is not enough, the
//! version rises.

mod kinds;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use kinds::{CookieRecord, LinkRecord, LinkState, ParticipantRecord, PlanRecord};

use crate::audit::AuditRecord;
use crate::store::{RecordKind, Store, StoreError};

/// A record of the store.
pub trait Record: Serialize + DeserializeOwned {
    /// Its kind in the store.
    const KIND: RecordKind;

    /// The version that is written, and the newest that is read.
    const VERSION: u8 = 1;

    /// The key that it is stored under.
    fn key(&self) -> Vec<u8>;
}

/// Saves a record durably, over the one with its key.
///
/// # Errors
/// What [`Store::put_record`] says.
pub async fn save<R: Record>(store: &dyn Store, record: &R) -> Result<(), StoreError> {
    let key = record.key();
    let bytes = encode(record);
    store.put_record(R::KIND, &key, &bytes).await
}

/// The record of a key.
///
/// # Errors
/// What [`Store::record`] says, [`StoreError::NewerVersion`], or [`StoreError::Corrupt`] when it does not decode.
pub async fn load<R: Record>(store: &dyn Store, key: &[u8]) -> Result<Option<R>, StoreError> {
    let bytes = store.record(R::KIND, key).await?;
    bytes.map(|bytes| decode(key, &bytes)).transpose()
}

/// All records whose key begins so, in the order of their keys.
///
/// # Errors
/// As [`load`].
pub async fn list<R: Record>(store: &dyn Store, key_prefix: &[u8]) -> Result<Vec<R>, StoreError> {
    let records = store.records(R::KIND, key_prefix).await?;
    records.iter().map(|(key, bytes)| decode(key, bytes)).collect()
}

/// Whether stored bytes are a record of this kind under its own key.
pub(crate) fn check(kind: RecordKind, key: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
    match kind {
        RecordKind::Plan => check_as::<PlanRecord>(key, bytes),
        RecordKind::Link => check_as::<LinkRecord>(key, bytes),
        RecordKind::Participant => check_as::<ParticipantRecord>(key, bytes),
        RecordKind::Cookie => check_as::<CookieRecord>(key, bytes),
        RecordKind::Audit => check_key(key, &AuditRecord::read(key, bytes)?),
    }
}

fn check_as<R: Record>(key: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
    check_key(key, &decode::<R>(key, bytes)?)
}

fn check_key<R: Record>(key: &[u8], record: &R) -> Result<(), StoreError> {
    if record.key() == key { Ok(()) } else { Err(StoreError::corrupt(describe::<R>(key), "it lies under a key of another")) }
}

pub(crate) fn encode<R: Record>(record: &R) -> Vec<u8> {
    let mut bytes = vec![R::VERSION];
    ciborium::into_writer(record, &mut bytes).expect("our records have no value that CBOR lacks, and a vector takes all");
    bytes
}

pub(crate) fn decode<R: Record>(key: &[u8], bytes: &[u8]) -> Result<R, StoreError> {
    let (&version, body) = bytes.split_first().ok_or_else(|| StoreError::corrupt(describe::<R>(key), "it is empty"))?;
    if version > R::VERSION {
        return Err(StoreError::NewerVersion { found: version.into(), supported: R::VERSION.into() });
    }
    ciborium::from_reader(body).map_err(|error| StoreError::corrupt(describe::<R>(key), error.to_string()))
}

/// The first bytes of a key are enough to find a record, and give no secret away.
fn describe<R: Record>(key: &[u8]) -> String {
    let shown = data_encoding::HEXLOWER.encode(&key[..key.len().min(8)]);
    format!("{} record {shown}", R::KIND.word())
}

#[cfg(test)]
mod tests;
