//! Reads what a room needs of a plan: the newest snapshot, and the end of the log.

use hamutuk_shared::id::{PlanId, Seq};
use hamutuk_shared::limits;

use super::core::{OpenError, Opening};
use crate::records::{self, PlanRecord};
use crate::store::{Store, StoreError};

/// How many bytes of the log are read at a time.
const READ_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Why a plan cannot be opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoadError {
    /// The store has no such plan.
    #[error("there is no such plan")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the store holds is not a plan.
    #[error(transparent)]
    Open(#[from] OpenError),
}

/// What the store holds of a plan.
///
/// # Errors
/// When there is no such plan, or it cannot be read.
pub(crate) async fn load(store: &dyn Store, plan: PlanId) -> Result<Opening, LoadError> {
    let record: PlanRecord = records::load(store, plan.as_bytes()).await?.ok_or(LoadError::NotFound)?;
    let snapshot = store.snapshot(plan).await?;
    let range = store.range(plan).await?;
    let covered = snapshot.as_ref().map_or(Seq::START, |snapshot| snapshot.seq);
    let recent = range.head.0.saturating_sub(limits::RING_ENTRIES_MAX as u64);
    let mut position = Seq(covered.0.min(recent).max(range.first.0.saturating_sub(1)));
    let mut entries = Vec::new();
    while position < range.head {
        let read = store.read(plan, position, READ_BYTES_MAX).await?;
        let Some((last, _)) = read.last() else { break };
        position = *last;
        entries.extend(read.into_iter().filter(|(seq, _)| *seq <= range.head));
    }
    Ok(Opening { log: record.log, snapshot, head: range.head, entries })
}
