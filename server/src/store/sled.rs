//! The embedded store, on sled 0.34.7, with what sled leaves undone.
//!
//! - Its `flush` is `sync_file_range` on Linux, which leaves the bytes in the disk's cache. One thread commits for all plans and syncs
//!   sled's file through a handle of our own before it answers.
//! - Values that do not fit its log go into files that it never syncs. Ours are cut into pieces of 4 KiB.
//! - It does not sync the names of the files that it makes. We do, when the store is opened.
//! - In recovery it passes over a damaged page in silence. Every value carries a checksum, numbers have no gaps, and `verify` looks.
//!
//! Every read goes to a thread that may block (`spawn_blocking`): a page that is not in the cache is a read from the disk, and five
//! hundred people who catch up at once must not hold up those who type. It costs some 20 µs, little beside a frame on the wire.

mod commit;
mod in_flight;
mod key;
mod open;
mod piece;
mod save;
mod seal;
pub(crate) mod snapshot;
mod steady;
pub(crate) mod tables;
mod watermark;
mod writer;

#[cfg(test)]
pub(crate) mod raw;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use async_trait::async_trait;
use hamutuk_shared::id::{PlanId, Seq};
use tokio::sync::{mpsc, oneshot};

use self::commit::Disk;
use self::in_flight::InFlight;
use self::open::Lock;
pub(crate) use self::open::Purpose;
use self::steady::steady;
use self::tables::{Tables, damaged};
use self::writer::{Job, QUEUE_JOBS_MAX, Reply, Writer};
use super::{
    Entry, KEY_BYTES_MAX, LogRange, RecordKind, Snapshot, Store, StoreError, VALUE_BYTES_MAX, check_kind, check_length, take_bytes,
};

/// The version of the data directory, which this program writes.
pub const FORMAT: u32 = 1;

/// What can be chosen about the store.
#[derive(Debug, Clone)]
pub struct SledSettings {
    /// How much memory sled may use to keep pages. What people write in now is in the rooms; this is for those who come back.
    pub cache_bytes: u64,
}

impl Default for SledSettings {
    fn default() -> Self {
        Self { cache_bytes: 64 * 1024 * 1024 }
    }
}

/// The embedded store. Dropping it finishes what waits, and lets go of the directory.
pub struct SledStore {
    // The order matters: no more jobs, then the thread ends, then the database closes, then the lock goes.
    jobs: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    tables: Tables,
    in_flight: Arc<InFlight>,
    lock: Lock,
}

impl SledStore {
    /// Opens the data in a directory, which is made if it is not there. Costs a read of sled's page table and of what was written since
    /// it was last opened, whatever plans are stored.
    ///
    /// # Errors
    /// [`StoreError::InUse`], [`StoreError::NotWritable`], [`StoreError::NewerVersion`], [`StoreError::Corrupt`] and what the disk says.
    pub fn open(dir: &Path, settings: &SledSettings) -> Result<Self, StoreError> {
        Self::open_for(Purpose::Serve, dir, settings)
    }

    pub(crate) fn open_for(purpose: Purpose, dir: &Path, settings: &SledSettings) -> Result<Self, StoreError> {
        let open::Opened { tables, sync, watermark, lock } = open::open(purpose, dir, settings)?;
        let in_flight = Arc::new(InFlight::default());
        let (jobs, queue) = mpsc::channel(QUEUE_JOBS_MAX);
        let writer = Writer::new(tables.clone(), Disk { sync, watermark }, Arc::clone(&in_flight));
        let thread = std::thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || writer.run(queue))
            .map_err(|error| StoreError::io("starting the store's thread", error))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), tables, in_flight, lock })
    }

    /// Says that a restore into this directory is complete, so that it opens from now on.
    pub(crate) fn finish_restore(&self) -> Result<(), StoreError> {
        self.lock.finish_restore()
    }

    /// How many commits that were durable are gone from this data since it was made: more than none only when the end of its file was cut
    /// off or damaged, or the disk lost what it had synced.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn lost_commits(&self) -> Result<u64, StoreError> {
        self.read_with(|tables| watermark::lost(&tables.meta)).await
    }

    /// Every plan that has a log or a snapshot.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn plans(&self) -> Result<Vec<PlanId>, StoreError> {
        self.read_with(Tables::plans).await
    }

    /// Runs something that may wait for the disk. A panic in it (sled asserts what it reads) is damage, not the end of the server.
    pub(crate) async fn read_with<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Tables) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let tables = self.tables.clone();
        match tokio::task::spawn_blocking(move || read(&tables)).await {
            Ok(result) => result,
            Err(error) if error.is_panic() => Err(StoreError::corrupt("the database", "reading it stopped at a page that cannot be")),
            Err(_) => Err(StoreError::Closed),
        }
    }

    async fn ask<T>(&self, job: impl FnOnce(Reply<T>) -> Job) -> Result<T, StoreError> {
        let (reply, answer) = oneshot::channel();
        let jobs = self.jobs.as_ref().ok_or(StoreError::Closed)?;
        jobs.send(job(reply)).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

impl Drop for SledStore {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's thread had panicked");
        }
    }
}

#[async_trait]
impl Store for SledStore {
    async fn append(&self, plan: PlanId, entries: Vec<Entry>) -> Result<Seq, StoreError> {
        for entry in &entries {
            check_length("change", entry.bytes.len(), VALUE_BYTES_MAX)?;
        }
        self.ask(|reply| Job::Append { plan, entries, reply }).await
    }

    async fn read(&self, plan: PlanId, after: Seq, bytes_max: usize) -> Result<Vec<(Seq, Entry)>, StoreError> {
        let read = move |tables: &Tables| {
            let first = || tables.range(plan).map(|range| range.first);
            steady(first, || take_bytes(tables.sound_entries(plan, after), bytes_max))
        };
        let mut entries = self.read_with(read).await?;
        if let Some(durable) = self.in_flight.durable_head(plan) {
            entries.retain(|(seq, _)| *seq <= durable);
        }
        Ok(entries)
    }

    async fn range(&self, plan: PlanId) -> Result<LogRange, StoreError> {
        let LogRange { first, head } = self.read_with(move |tables| tables.range(plan)).await?;
        let head = self.in_flight.durable_head(plan).map_or(head, |durable| durable.min(head));
        Ok(LogRange { first: first.min(head.plus(1)), head })
    }

    async fn snapshot(&self, plan: PlanId) -> Result<Option<Snapshot>, StoreError> {
        let read = move |tables: &Tables| {
            let newest = || snapshot::newest(tables, plan);
            steady(newest, || snapshot::read(tables, plan)?.transpose().map_err(damaged))
        };
        self.read_with(read).await
    }

    async fn put_snapshot(&self, plan: PlanId, snapshot: Snapshot, drop_through: Seq) -> Result<(), StoreError> {
        check_length("snapshot", snapshot.bytes.len(), u32::MAX as usize)?;
        self.ask(|reply| Job::PutSnapshot { plan, snapshot, drop_through, reply }).await
    }

    async fn put_record(&self, kind: RecordKind, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        check_kind(kind)?;
        check_length("key", key.len(), KEY_BYTES_MAX)?;
        check_length("record", value.len(), VALUE_BYTES_MAX)?;
        let (key, value) = (key.to_vec(), value.to_vec());
        self.ask(|reply| Job::PutRecord { kind, key, value, reply }).await
    }

    async fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let key = key.to_vec();
        self.read_with(move |tables| steady(|| tables.record_stamp(kind, &key), || tables.record(kind, &key))).await
    }

    async fn records(&self, kind: RecordKind, key_prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let prefix = key_prefix.to_vec();
        self.read_with(move |tables| {
            let stamp = || tables.record_stamp(kind, &prefix);
            let pair = |(_, key, value)| (key, value);
            steady(stamp, || tables.records(Some(kind), &prefix).map(|item| item?.map(pair).map_err(damaged)).collect())
        })
        .await
    }

    async fn append_audit(&self, plan: PlanId, entries: Vec<Vec<u8>>) -> Result<Seq, StoreError> {
        for entry in &entries {
            check_length("audit entry", entry.len(), VALUE_BYTES_MAX)?;
        }
        self.ask(|reply| Job::AppendAudit { plan, entries, reply }).await
    }

    async fn audit(&self, plan: PlanId, after: Seq, count_max: usize) -> Result<Vec<(Seq, Vec<u8>)>, StoreError> {
        let read = move |tables: &Tables| {
            let entries = tables.audit(plan, after).take(count_max);
            entries.map(|item| item?.map_err(damaged)).collect()
        };
        self.read_with(read).await
    }
}
