//! Where plans live: for each plan a durable, numbered log of changes and a snapshot of it, and beside them small records.
//!
//! The trait knows nothing of the engine below it, so that a clustered one can stand in. What it must give is little: changes commute
//! and are addressed by their hash, so a durable log that may hold a change twice is enough. An answer without an error means that
//! the bytes are on the disk; whoever acks or broadcasts waits for it.

pub mod backup;
mod disk;
mod error;
pub mod memory;
pub mod sled;
pub mod verify;

#[cfg(test)]
mod conformance;

use std::sync::Arc;

use async_trait::async_trait;
use automerge::ChangeHash;
use hamutuk_shared::id::{PlanId, Seq};

pub use error::StoreError;
pub use memory::MemoryStore;
pub use sled::SledStore;

/// The longest change, snapshot piece or record that a store takes; above every limit of `hamutuk_shared::limits` on a single value.
pub const VALUE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The longest key of a record.
pub const KEY_BYTES_MAX: usize = 256;

/// One change as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The hash that names the change.
    pub hash: ChangeHash,
    /// The change itself, in Automerge's encoding.
    pub bytes: Arc<[u8]>,
}

/// A saved document that covers the log up to `seq`. It may cover more: applying a change twice does nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The last change that it surely covers.
    pub seq: Seq,
    /// The document, as Automerge saves it.
    pub bytes: Arc<[u8]>,
}

/// Which part of a plan's log is still held. An empty log has `first` one after `head`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogRange {
    /// The first change that is still held.
    pub first: Seq,
    /// The last change that was appended, whether it is still held or lives in the snapshot only.
    pub head: Seq,
}

/// What a small record is about. Each kind has its own space of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecordKind {
    /// A plan, by its id.
    Plan,
    /// A capability link, by the hash of its token.
    Link,
    /// A person who joined a plan, by plan and person.
    Participant,
    /// A session cookie, by the hash of its secret.
    Cookie,
    /// An entry of a plan's audit log, by plan and number. Only [`Store::append_audit`] writes one.
    Audit,
}

impl RecordKind {
    /// Whether what was written of it stays as it is, for good.
    #[must_use]
    pub const fn is_append_only(self) -> bool {
        matches!(self, Self::Audit)
    }

    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Plan, Self::Link, Self::Participant, Self::Cookie, Self::Audit];

    /// The number under which the kind is stored. Never change one.
    #[must_use]
    pub const fn tag(self) -> u8 {
        match self {
            Self::Plan => 1,
            Self::Link => 2,
            Self::Participant => 3,
            Self::Cookie => 4,
            Self::Audit => 5,
        }
    }

    /// The kind of a stored number.
    #[must_use]
    pub fn of_tag(tag: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// The word for it in a message.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Link => "link",
            Self::Participant => "participant",
            Self::Cookie => "cookie",
            Self::Audit => "audit",
        }
    }
}

/// A store of plans. All of it is safe to call from any task at any time.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Appends the changes in order and answers with the number of the last, once all are durable. After a crash either all of one
    /// call are there or none. No entries: answers with the head.
    ///
    /// # Errors
    /// When the changes could not be made durable. Whether they are in the log is then unknown; it does no harm to append them again.
    async fn append(&self, plan: PlanId, entries: Vec<Entry>) -> Result<Seq, StoreError>;

    /// The durable entries after `after`, in order, as many as fit into `bytes_max` bytes, but at least one if there is any. When
    /// entries after `after` were dropped, the first that comes back has a number higher than `after` plus one. Fewer may come than would
    /// fit; the log ends where nothing comes.
    ///
    /// # Errors
    /// When the log cannot be read or a record of it is damaged.
    async fn read(&self, plan: PlanId, after: Seq, bytes_max: usize) -> Result<Vec<(Seq, Entry)>, StoreError>;

    /// Which part of the log is held.
    ///
    /// # Errors
    /// When the log cannot be read.
    async fn range(&self, plan: PlanId) -> Result<LogRange, StoreError>;

    /// The newest snapshot.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    async fn snapshot(&self, plan: PlanId) -> Result<Option<Snapshot>, StoreError>;

    /// Writes the snapshot durably, then drops older snapshots and the entries up to `drop_through`, never beyond the snapshot. A
    /// crash in between leaves a readable plan. A snapshot older than the stored one is not written.
    ///
    /// A snapshot ahead of the log is refused, except in a plan that holds nothing: there it sets the head. So is a plan restored.
    ///
    /// # Errors
    /// [`StoreError::Ahead`], or when the snapshot could not be made durable.
    async fn put_snapshot(&self, plan: PlanId, snapshot: Snapshot, drop_through: Seq) -> Result<(), StoreError>;

    /// Writes a record durably, over the one that had its key.
    ///
    /// # Errors
    /// When it is too long or could not be made durable. [`StoreError::AppendOnly`] for a kind that [is](RecordKind::is_append_only).
    async fn put_record(&self, kind: RecordKind, key: &[u8], value: &[u8]) -> Result<(), StoreError>;

    /// The record of this key.
    ///
    /// # Errors
    /// When it cannot be read or is damaged.
    async fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError>;

    /// All records whose key begins so, in the order of their keys.
    ///
    /// # Errors
    /// When one cannot be read or is damaged.
    async fn records(&self, kind: RecordKind, key_prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError>;

    /// Appends entries to a plan's audit log, in order, and answers with the number of the last, once all are durable. Numbers begin
    /// with 1 and have no gaps. Nothing writes over an entry or removes one. No entries: answers with the last number.
    ///
    /// # Errors
    /// When one is too long or they could not be made durable. Whether they are there is then unknown.
    async fn append_audit(&self, plan: PlanId, entries: Vec<Vec<u8>>) -> Result<Seq, StoreError>;

    /// The entries of a plan's audit log after `after`, in order, at most so many. It ends where nothing comes.
    ///
    /// # Errors
    /// When one cannot be read or is damaged.
    async fn audit(&self, plan: PlanId, after: Seq, count_max: usize) -> Result<Vec<(Seq, Vec<u8>)>, StoreError>;
}

/// The key of the record that is an entry of an audit log.
#[must_use]
pub fn audit_key(plan: PlanId, seq: Seq) -> Vec<u8> {
    [&plan.as_bytes()[..], &seq.0.to_be_bytes()].concat()
}

/// The plan and the number of such a key; none if it is none.
#[must_use]
pub fn split_audit_key(key: &[u8]) -> Option<(PlanId, Seq)> {
    let (plan, seq) = key.split_first_chunk::<{ PlanId::BYTES }>()?;
    Some((PlanId::from_bytes(*plan), Seq(u64::from_be_bytes(seq.try_into().ok()?))))
}

/// What is missing of an audit log between an entry and the one before it in the store, which may be of another plan. That the last are
/// missing does not show.
fn audit_gap(last: Option<(PlanId, Seq)>, (plan, seq): (PlanId, Seq)) -> Option<String> {
    let expected = last.filter(|(of, _)| *of == plan).map_or(Seq(1), |(_, last)| last.plus(1));
    (seq > expected).then(|| format!("entries {expected} to {} of the audit log of plan {plan}", seq.0 - 1))
}

/// Refuses to write over what stays as it is.
fn check_kind(kind: RecordKind) -> Result<(), StoreError> {
    if kind.is_append_only() { Err(StoreError::AppendOnly(kind.word())) } else { Ok(()) }
}

/// Refuses what no store takes.
fn check_length(what: &'static str, bytes: usize, bytes_max: usize) -> Result<(), StoreError> {
    if bytes > bytes_max { Err(StoreError::TooLong { what, bytes, bytes_max }) } else { Ok(()) }
}

/// The entries from the front that fit into `bytes_max` bytes, but at least one. They end before a damaged one; it is an error only
/// when it is the first.
fn take_bytes<E>(entries: impl Iterator<Item = Result<(Seq, Entry), E>>, bytes_max: usize) -> Result<Vec<(Seq, Entry)>, E> {
    let mut taken = Vec::new();
    let mut bytes = 0;
    for entry in entries {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) if taken.is_empty() => return Err(error),
            Err(_) => break,
        };
        bytes += entry.1.bytes.len();
        if bytes > bytes_max && !taken.is_empty() {
            break;
        }
        taken.push(entry);
    }
    Ok(taken)
}
