//! The audit log of a plan: who joined, which links were made, changed and revoked, which states were set and versions named, and what
//! was denied. For facilitators to read. It holds no content of the plan and no token.
//!
//! An entry is written, durably, before that takes effect which it tells of: so nothing happens without a trace. After a crash at just
//! that moment, an entry may tell of what did not come about. The store gives each the next number and writes over none.

mod event;
mod line;
mod names;

#[cfg(test)]
mod tests;

use hamutuk_shared::id::{ParticipantId, PlanId, Seq};
use hamutuk_shared::limits;
use serde::{Deserialize, Serialize};

pub use event::{Event, LinkTerms, Occurrence, Written};
pub use line::{Line, csv_head};
pub use names::Names;

use crate::records::{self, Record};
use crate::secret;
use crate::store::{RecordKind, Store, StoreError, audit_key, split_audit_key};

/// An entry of a plan's audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Its number, which is in its key alone.
    #[serde(skip)]
    pub seq: Seq,
    /// The plan.
    pub plan: PlanId,
    /// When it happened by the server's clock, in milliseconds since 1970.
    pub at_ms: u64,
    /// Who did it; none when it was ordered on the command line.
    pub actor: Option<ParticipantId>,
    /// What happened.
    pub event: Event,
}

impl Record for AuditRecord {
    const KIND: RecordKind = RecordKind::Audit;

    fn key(&self) -> Vec<u8> {
        audit_key(self.plan, self.seq)
    }
}

impl AuditRecord {
    /// The entry of a key and its bytes.
    pub(crate) fn read(key: &[u8], bytes: &[u8]) -> Result<Self, StoreError> {
        let mut record: Self = records::decode(key, bytes)?;
        record.seq = split_audit_key(key).map(|(_, seq)| seq).unwrap_or_default();
        Ok(record)
    }
}

/// Some entries, and whether there are more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries, in order.
    pub entries: Vec<AuditRecord>,
    /// Whether others come after them.
    pub more: bool,
}

/// Puts on record what somebody does. To be called before it takes effect.
///
/// # Errors
/// When it cannot be made durable. Then it must not be done.
pub async fn note(store: &dyn Store, plan: PlanId, actor: Option<ParticipantId>, event: Event) -> Result<(), StoreError> {
    note_all(store, plan, vec![Occurrence { actor, event }]).await
}

/// As [`note`], for several at once.
///
/// # Errors
/// When they cannot be made durable.
pub async fn note_all(store: &dyn Store, plan: PlanId, occurrences: Vec<Occurrence>) -> Result<(), StoreError> {
    if occurrences.is_empty() {
        return Ok(());
    }
    let at_ms = secret::now_ms();
    let entry = |Occurrence { actor, event }| records::encode(&AuditRecord { seq: Seq::START, plan, at_ms, actor, event });
    store.append_audit(plan, occurrences.into_iter().map(entry).collect()).await.map(drop)
}

/// The entries after `after`.
///
/// # Errors
/// When one cannot be read or is damaged.
pub async fn page(store: &dyn Store, plan: PlanId, after: Seq) -> Result<Page, StoreError> {
    let mut stored = store.audit(plan, after, limits::AUDIT_PAGE_ENTRIES_MAX + 1).await?;
    let more = stored.len() > limits::AUDIT_PAGE_ENTRIES_MAX;
    stored.truncate(limits::AUDIT_PAGE_ENTRIES_MAX);
    let read = |(seq, bytes): (Seq, Vec<u8>)| AuditRecord::read(&audit_key(plan, seq), &bytes);
    Ok(Page { entries: stored.into_iter().map(read).collect::<Result<_, _>>()?, more })
}
