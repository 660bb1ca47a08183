//! A store in memory, for tests and for the simulator, which needs to say when a write is durable and what a crash takes away.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use hamutuk_shared::id::{PlanId, Seq};
use tokio::sync::oneshot;

use super::{
    Entry, KEY_BYTES_MAX, LogRange, RecordKind, Snapshot, Store, StoreError, VALUE_BYTES_MAX, audit_key, check_kind, check_length,
    split_audit_key, take_bytes,
};

/// A store in memory. A clone is another handle on the same.
///
/// Made by [`MemoryStore::manual`], it answers a write only when [`MemoryStore::commit`] is called, and [`MemoryStore::crash`] takes
/// away what was not committed; then the same store stands for the disk that the next start finds.
#[derive(Clone, Default)]
pub struct MemoryStore {
    manual: bool,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    disk: Disk,
    waiting: Vec<Write>,
    fault: Option<StoreError>,
}

#[derive(Default)]
struct Disk {
    plans: HashMap<PlanId, Log>,
    records: BTreeMap<(u8, Vec<u8>), Vec<u8>>,
}

#[derive(Default)]
struct Log {
    entries: BTreeMap<Seq, Entry>,
    head: Seq,
    snapshot: Option<Snapshot>,
}

/// A write that is not durable yet.
struct Write {
    change: Change,
    reply: oneshot::Sender<Result<Seq, StoreError>>,
}

enum Change {
    Append(PlanId, Vec<Entry>),
    Snapshot(PlanId, Snapshot, Seq),
    Record(RecordKind, Vec<u8>, Vec<u8>),
    Audit(PlanId, Vec<Vec<u8>>),
}

impl MemoryStore {
    /// A store whose writes are durable at once.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A store whose writes wait for [`MemoryStore::commit`].
    #[must_use]
    pub fn manual() -> Self {
        Self { manual: true, ..Self::default() }
    }

    /// Makes everything that waits durable, in the order in which it came, and answers. Returns how many writes that were.
    pub fn commit(&self) -> usize {
        let mut state = self.lock();
        let waiting = std::mem::take(&mut state.waiting);
        let count = waiting.len();
        for write in waiting {
            let result = state.write(write.change);
            // Who asked may have gone away.
            let _ = write.reply.send(result);
        }
        count
    }

    /// How many writes wait to become durable.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.lock().waiting.len()
    }

    /// Loses what is not durable, as a loss of power does; who waits for it gets [`StoreError::Closed`]. Returns how many were lost.
    pub fn crash(&self) -> usize {
        std::mem::take(&mut self.lock().waiting).len()
    }

    /// From now on every write fails so; none: they work again.
    pub fn fail_writes(&self, error: Option<StoreError>) {
        self.lock().fault = error;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn write(&self, change: Change) -> Result<Seq, StoreError> {
        let answer = {
            let mut state = self.lock();
            if !self.manual {
                return state.write(change);
            }
            let (reply, answer) = oneshot::channel();
            state.waiting.push(Write { change, reply });
            answer
        };
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

impl State {
    fn write(&mut self, change: Change) -> Result<Seq, StoreError> {
        if let Some(error) = &self.fault {
            return Err(error.clone());
        }
        match change {
            Change::Append(plan, entries) => {
                let log = self.disk.plans.entry(plan).or_default();
                for entry in entries {
                    log.head = log.head.plus(1);
                    log.entries.insert(log.head, entry);
                }
                Ok(log.head)
            }
            Change::Snapshot(plan, snapshot, drop_through) => {
                let log = self.disk.plans.entry(plan).or_default();
                log.put_snapshot(snapshot, drop_through).map(|()| log.head)
            }
            Change::Record(kind, key, value) => {
                self.disk.records.insert((kind.tag(), key), value);
                Ok(Seq::START)
            }
            Change::Audit(plan, entries) => {
                let mut last = self.disk.audit(plan, Seq::START).next_back().map_or(Seq::START, |(seq, _)| seq);
                for entry in entries {
                    last = last.plus(1);
                    self.disk.records.insert((RecordKind::Audit.tag(), audit_key(plan, last)), entry);
                }
                Ok(last)
            }
        }
    }
}

impl Disk {
    fn audit(&self, plan: PlanId, after: Seq) -> impl DoubleEndedIterator<Item = (Seq, &Vec<u8>)> {
        let key = |seq| (RecordKind::Audit.tag(), audit_key(plan, seq));
        let entries = self.records.range((Bound::Excluded(key(after)), Bound::Included(key(Seq(u64::MAX)))));
        entries.filter_map(|((_, key), value)| Some((split_audit_key(key)?.1, value)))
    }
}

impl Log {
    fn put_snapshot(&mut self, snapshot: Snapshot, drop_through: Seq) -> Result<(), StoreError> {
        if snapshot.seq > self.head && self.head > Seq::START {
            return Err(StoreError::Ahead { seq: snapshot.seq, head: self.head });
        }
        self.head = self.head.max(snapshot.seq);
        let stored = self.snapshot.take().filter(|stored| stored.seq > snapshot.seq);
        let newest = self.snapshot.insert(stored.unwrap_or(snapshot));
        let drop_through = drop_through.min(newest.seq);
        self.entries.retain(|seq, _| *seq > drop_through);
        Ok(())
    }
}

#[async_trait]
impl Store for MemoryStore {
    async fn append(&self, plan: PlanId, entries: Vec<Entry>) -> Result<Seq, StoreError> {
        for entry in &entries {
            check_length("change", entry.bytes.len(), VALUE_BYTES_MAX)?;
        }
        self.write(Change::Append(plan, entries)).await
    }

    async fn read(&self, plan: PlanId, after: Seq, bytes_max: usize) -> Result<Vec<(Seq, Entry)>, StoreError> {
        let state = self.lock();
        let Some(log) = state.disk.plans.get(&plan) else { return Ok(Vec::new()) };
        let after = log.entries.range(after.plus(1)..);
        take_bytes(after.map(|(seq, entry)| Ok((*seq, entry.clone()))), bytes_max)
    }

    async fn range(&self, plan: PlanId) -> Result<LogRange, StoreError> {
        let state = self.lock();
        let Some(log) = state.disk.plans.get(&plan) else {
            return Ok(LogRange { first: Seq(1), head: Seq::START });
        };
        let first = log.entries.keys().next().copied().unwrap_or(log.head.plus(1));
        Ok(LogRange { first, head: log.head })
    }

    async fn snapshot(&self, plan: PlanId) -> Result<Option<Snapshot>, StoreError> {
        Ok(self.lock().disk.plans.get(&plan).and_then(|log| log.snapshot.clone()))
    }

    async fn put_snapshot(&self, plan: PlanId, snapshot: Snapshot, drop_through: Seq) -> Result<(), StoreError> {
        self.write(Change::Snapshot(plan, snapshot, drop_through)).await.map(|_| ())
    }

    async fn put_record(&self, kind: RecordKind, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        check_kind(kind)?;
        check_length("key", key.len(), KEY_BYTES_MAX)?;
        check_length("record", value.len(), VALUE_BYTES_MAX)?;
        self.write(Change::Record(kind, key.to_vec(), value.to_vec())).await.map(|_| ())
    }

    async fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(self.lock().disk.records.get(&(kind.tag(), key.to_vec())).cloned())
    }

    async fn records(&self, kind: RecordKind, key_prefix: &[u8]) -> Result<Vec<(Vec<u8>, Vec<u8>)>, StoreError> {
        let state = self.lock();
        let from = state.disk.records.range((kind.tag(), key_prefix.to_vec())..);
        let matching = from.take_while(|((tag, key), _)| *tag == kind.tag() && key.starts_with(key_prefix));
        Ok(matching.map(|((_, key), value)| (key.clone(), value.clone())).collect())
    }

    async fn append_audit(&self, plan: PlanId, entries: Vec<Vec<u8>>) -> Result<Seq, StoreError> {
        for entry in &entries {
            check_length("audit entry", entry.len(), VALUE_BYTES_MAX)?;
        }
        self.write(Change::Audit(plan, entries)).await
    }

    async fn audit(&self, plan: PlanId, after: Seq, count_max: usize) -> Result<Vec<(Seq, Vec<u8>)>, StoreError> {
        let state = self.lock();
        Ok(state.disk.audit(plan, after).take(count_max).map(|(seq, value)| (seq, value.clone())).collect())
    }
}
