//! Changes that are taken in and not durable yet.
//!
//! One batch is on its way to the store; what is pushed meanwhile waits and becomes the next. So the slower the disk, the larger the
//! batches: group commit without a timer.

use std::collections::HashMap;
use std::sync::Arc;

use automerge::ChangeHash;
use hamutuk_shared::id::OrganisationId;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::SessionId;

use crate::audit::Occurrence;
use crate::store::Entry;

/// How many bytes of changes may wait. The limit on their number alone would allow gigabytes.
const QUEUE_BYTES_MAX: usize = 32 * 1024 * 1024;

/// Who waits for a change to become durable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// A session that pushed it.
    Session(SessionId),
    /// The room itself, for a plan of an older version.
    Migration,
    /// A request to introduce a person, and the organisation to answer with.
    Introduction(u64, Option<OrganisationId>),
}

/// The batch that the store is writing.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) entries: Vec<Entry>,
    /// The document's heads with the batch.
    pub(super) heads: Vec<ChangeHash>,
    /// The document with the batch, if a snapshot is due.
    pub(super) saved: Option<Arc<[u8]>>,
}

#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Vec<Entry>,
    /// What of the waiting changes is put on record with them.
    occurrences: Vec<Occurrence>,
    bytes: usize,
    origins: HashMap<ChangeHash, Vec<Origin>>,
    in_flight: Option<Batch>,
}

impl Queue {
    /// Whether nothing is taken in that is not durable.
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.in_flight.is_none()
    }

    /// Whether so much waits that nothing more may be taken in.
    pub(super) fn is_full(&self) -> bool {
        self.origins.len() >= limits::ROOM_QUEUE_CHANGES_MAX || self.bytes >= QUEUE_BYTES_MAX
    }

    pub(super) fn is_in_flight(&self) -> bool {
        self.in_flight.is_some()
    }

    pub(super) fn push(&mut self, entry: Entry, origin: Origin) {
        self.bytes += entry.bytes.len();
        self.origins.entry(entry.hash).or_default().push(origin);
        self.waiting.push(entry);
    }

    /// What is to be put on record before the waiting changes are durable.
    pub(super) fn put_on_record(&mut self, occurrences: Vec<Occurrence>) {
        self.occurrences.extend(occurrences);
    }

    /// Adds somebody who waits for a change, and says whether they are new to it. None if the change is not here: it is durable.
    pub(super) fn join(&mut self, hash: &ChangeHash, origin: Origin) -> Option<bool> {
        let origins = self.origins.get_mut(hash)?;
        let is_new = !origins.contains(&origin);
        if is_new {
            origins.push(origin);
        }
        Some(is_new)
    }

    /// The newest change that is not durable yet.
    pub(super) fn newest(&self) -> Option<ChangeHash> {
        let waiting = self.waiting.last();
        waiting.or_else(|| self.in_flight.as_ref()?.entries.last()).map(|entry| entry.hash)
    }

    /// What waits, in order.
    pub(super) fn waiting(&self) -> &[Entry] {
        &self.waiting
    }

    /// Makes a batch of all that waits, which must not be called while one is in flight. What is put on record with it comes along.
    pub(super) fn start(&mut self, heads: Vec<ChangeHash>, saved: Option<Arc<[u8]>>) -> (Vec<Entry>, Vec<Occurrence>) {
        debug_assert!(self.in_flight.is_none(), "one batch at a time");
        let entries = std::mem::take(&mut self.waiting);
        self.in_flight = Some(Batch { entries: entries.clone(), heads, saved });
        (entries, std::mem::take(&mut self.occurrences))
    }

    /// Takes out the batch that the store has answered.
    pub(super) fn finish(&mut self) -> Option<Batch> {
        let batch = self.in_flight.take()?;
        self.bytes -= batch.entries.iter().map(|entry| entry.bytes.len()).sum::<usize>();
        Some(batch)
    }

    /// Takes out who waited for a change.
    pub(super) fn origins_of(&mut self, hash: &ChangeHash) -> Vec<Origin> {
        self.origins.remove(hash).unwrap_or_default()
    }

    /// Gives all up, and says who waited.
    pub(super) fn clear(&mut self) -> Vec<Origin> {
        let origins = std::mem::take(&mut self.origins).into_values().flatten().collect();
        *self = Self::default();
        origins
    }
}
