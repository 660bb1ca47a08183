//! One group commit: what several callers asked for, made durable together.

use std::collections::HashMap;
use std::fs::File;

use ::sled::Batch;
use hamutuk_shared::id::{PlanId, Seq};

use super::in_flight::InFlight;
use super::tables::{Tables, engine_error};
use super::watermark::Watermark;
use super::{key, piece};
use crate::store::{Entry, RecordKind, StoreError};

/// Says how it went to who waits.
pub(super) type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// What makes written bytes durable.
pub(super) struct Disk {
    /// Our own handle on sled's `db` file, for the sync that sled does not do.
    pub(super) sync: File,
    pub(super) watermark: Watermark,
}

impl Disk {
    fn make_durable(&mut self, tables: &Tables) -> Result<(), StoreError> {
        self.watermark.next(&tables.meta)?;
        tables.db.flush().map_err(|error| engine_error("writing the database", error))?;
        // sled's flush hands the bytes to the disk's cache (sync_file_range) but does not say fsync. This does.
        self.sync.sync_data().map_err(|error| StoreError::io("syncing the database", error))?;
        self.watermark.note();
        Ok(())
    }
}

/// What the next commit will write. Each tree has one batch, and sled applies a batch whole or not at all, also over a crash; whatever
/// must be whole lies in one tree.
#[derive(Default)]
pub(super) struct Commit {
    pub(super) log: Option<Batch>,
    pub(super) snapshots: Option<Batch>,
    records: Option<Batch>,
    /// How many pieces the records in this commit have; a later write in the same commit must clear what an earlier one put.
    record_pieces: HashMap<Vec<u8>, u32>,
    /// Where the logs that grow ended before.
    heads_before: HashMap<PlanId, Seq>,
    answers: Vec<Answer>,
    pub(super) bytes: usize,
}

impl Commit {
    pub(super) fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.log.is_none() && self.snapshots.is_none() && self.records.is_none()
    }

    pub(super) fn answer(&mut self, answer: Answer) {
        self.answers.push(answer);
    }

    /// Adds entries after `head`.
    pub(super) fn append(&mut self, plan: PlanId, head: Seq, entries: &[Entry]) {
        if entries.is_empty() {
            return;
        }
        self.heads_before.entry(plan).or_insert(head);
        let batch = self.log.get_or_insert_default();
        for (number, entry) in (head.0 + 1..).zip(entries) {
            piece::put(batch, &key::numbered(plan, number), &[entry.hash.as_ref(), &entry.bytes]);
            self.bytes += entry.bytes.len();
        }
    }

    /// Writes a record over the one before, which may have had more pieces.
    pub(super) fn put_record(&mut self, tables: &Tables, kind: RecordKind, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let name = key::record(kind, key);
        let stored = tables.records.scan_prefix(&name).keys().try_fold(0, |count, key| key.map(|_| count + 1));
        let stored: u32 = stored.map_err(|error| engine_error("reading a record", error))?;
        let staged = self.record_pieces.get(&name).copied().unwrap_or(0);
        let batch = self.records.get_or_insert_default();
        let pieces = piece::put(batch, &name, &[value]);
        for surplus in pieces..stored.max(staged) {
            batch.remove(key::piece(&name, surplus));
        }
        self.bytes += value.len();
        self.record_pieces.insert(name, pieces);
        Ok(())
    }

    /// Makes it all durable and answers everybody. After an error nobody knows what is on the disk: the store must write no more.
    pub(super) fn run(self, tables: &Tables, disk: &mut Disk, in_flight: &InFlight) -> Result<(), StoreError> {
        let plans: Vec<PlanId> = self.heads_before.keys().copied().collect();
        in_flight.begin(self.heads_before);
        let written = write([(&tables.log, self.log), (&tables.snapshots, self.snapshots), (&tables.records, self.records)])
            .map_err(|error| engine_error("writing the database", error))
            .and_then(|()| disk.make_durable(tables));
        if written.is_ok() {
            in_flight.end(&plans);
        }
        for answer in self.answers {
            answer(written.clone());
        }
        written
    }

    /// Answers everybody with an error, without writing.
    pub(super) fn refuse(self, error: &StoreError) {
        for answer in self.answers {
            answer(Err(error.clone()));
        }
    }
}

fn write(batches: [(&::sled::Tree, Option<Batch>); 3]) -> ::sled::Result<()> {
    for (tree, batch) in batches {
        if let Some(batch) = batch {
            tree.apply_batch(batch)?;
        }
    }
    Ok(())
}
