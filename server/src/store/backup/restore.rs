//! From a backup file into a new data directory.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use automerge::ChangeHash;
use hamutuk_shared::id::{PlanId, Seq};

use super::file::{BackupReader, Section};
use super::{BackupError, Counts};
use crate::audit::{self, Event};
use crate::records::{self, PlanRecord};
use crate::secret;
use crate::store::sled::{Purpose, SledSettings, SledStore};
use crate::store::{Entry, RecordKind, Snapshot, Store, StoreError, split_audit_key, verify};

const GAP: &str = "entries of an audit log are missing";

/// How many bytes of changes go into one append.
const APPEND_BYTES: usize = 128 * 1024;

/// Fills a new or empty directory from a backup. The file is read to its end before anything is written, and what was written is
/// verified; until then the directory does not open for anything else.
///
/// # Errors
/// When the directory holds something, the file is damaged, or something cannot be written.
pub async fn restore(file: &Path, data: &Path) -> Result<Counts, BackupError> {
    // Reading the file blocks this task; a command does nothing else meanwhile.
    refuse_full(data)?;
    let counts = BackupReader::open(file)?.finish()?;
    let store = SledStore::open_for(Purpose::Restore, data, &SledSettings::default())?;
    let mut reader = BackupReader::open(file)?;
    let mut plan: Option<PlanInHand> = None;
    while let Some(section) = reader.next()? {
        plan = match (section, plan) {
            (Section::Record { kind, key, value }, None) => {
                let kind = RecordKind::of_tag(kind).ok_or_else(|| reader.damaged("it holds a record of an unknown kind"))?;
                match kind {
                    RecordKind::Audit => audit(&store, &key, value.into_vec()).await?.then_some(()).ok_or_else(|| reader.damaged(GAP))?,
                    _ => store.put_record(kind, &key, &value).await?,
                }
                None
            }
            (Section::Plan { plan: id, first }, before) => {
                finish(before, &store).await?;
                Some(PlanInHand::new(id, first))
            }
            (Section::Snapshot { seq, bytes }, Some(mut plan)) => {
                plan.snapshot = Some(Snapshot { seq, bytes: bytes.into_vec().into() });
                Some(plan)
            }
            (Section::Change { seq, hash, bytes }, Some(mut plan)) if seq == plan.next => {
                plan.add(&store, Entry { hash: ChangeHash(hash), bytes: bytes.into_vec().into() }).await?;
                Some(plan)
            }
            _ => return Err(reader.damaged("its sections are out of order")),
        };
    }
    finish(plan, &store).await?;
    check(&store, counts).await?;
    mark(&store).await?;
    store.finish_restore()?;
    Ok(counts)
}

fn refuse_full(data: &Path) -> Result<(), BackupError> {
    match fs::read_dir(data).map(Iterator::count) {
        Ok(0) => Ok(()),
        Ok(_) => Err(BackupError::NotEmpty(data.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(StoreError::writing(data, error).into()),
    }
}

async fn check(store: &SledStore, counts: Counts) -> Result<(), BackupError> {
    let report = verify::check(store).await?;
    if let Some(problem) = report.problems.first() {
        return Err(BackupError::Unsound(problem.to_string()));
    }
    let restored = Counts {
        plans: report.plans.len() as u64,
        changes: report.plans.iter().map(|plan| plan.changes as u64).sum(),
        snapshots: report.plans.iter().filter(|plan| plan.snapshot.is_some()).count() as u64,
        records: report.records as u64,
    };
    if restored == counts { Ok(()) } else { Err(BackupError::Unsound("not everything arrived".to_owned())) }
}

/// Appends an entry of an audit log. False if the number that it gets is not the one it had: the backup lacks some before it.
async fn audit(store: &SledStore, key: &[u8], value: Vec<u8>) -> Result<bool, StoreError> {
    let Some((plan, seq)) = split_audit_key(key) else { return Ok(false) };
    Ok(store.append_audit(plan, vec![value]).await? == seq)
}

async fn finish(plan: Option<PlanInHand>, store: &SledStore) -> Result<(), StoreError> {
    match plan {
        Some(plan) => plan.finish(store).await,
        None => Ok(()),
    }
}

/// Notes in each plan that it was restored: what the backup lacks may come back from a facilitator's device, whoever wrote it.
async fn mark(store: &SledStore) -> Result<(), StoreError> {
    let plans: Vec<PlanRecord> = records::list(store, b"").await?;
    for plan in plans {
        audit::note(store, plan.id, None, Event::Restored {}).await?;
        records::save(store, &PlanRecord { restored_ms: Some(secret::now_ms()), ..plan }).await?;
    }
    Ok(())
}

/// The plan whose changes are coming.
struct PlanInHand {
    plan: PlanId,
    first: Seq,
    next: Seq,
    snapshot: Option<Snapshot>,
    begun: bool,
    waiting: Vec<Entry>,
    waiting_bytes: usize,
}

impl PlanInHand {
    fn new(plan: PlanId, first: Seq) -> Self {
        Self { plan, first, next: first, snapshot: None, begun: false, waiting: Vec::new(), waiting_bytes: 0 }
    }

    async fn add(&mut self, store: &SledStore, entry: Entry) -> Result<(), StoreError> {
        self.next = self.next.plus(1);
        self.waiting_bytes += entry.bytes.len();
        self.waiting.push(entry);
        if self.waiting_bytes >= APPEND_BYTES { self.append(store).await } else { Ok(()) }
    }

    async fn append(&mut self, store: &SledStore) -> Result<(), StoreError> {
        self.begin(store).await?;
        self.waiting_bytes = 0;
        store.append(self.plan, std::mem::take(&mut self.waiting)).await.map(|_| ())
    }

    /// Sets the number before the first change. The snapshot covers what was before it, and more.
    async fn begin(&mut self, store: &SledStore) -> Result<(), StoreError> {
        let before = Seq(self.first.0.saturating_sub(1));
        if !std::mem::replace(&mut self.begun, true)
            && before > Seq::START
            && let Some(snapshot) = &self.snapshot
        {
            let snapshot = Snapshot { seq: before, bytes: Arc::clone(&snapshot.bytes) };
            store.put_snapshot(self.plan, snapshot, Seq::START).await?;
        }
        Ok(())
    }

    async fn finish(mut self, store: &SledStore) -> Result<(), StoreError> {
        self.append(store).await?;
        match self.snapshot {
            Some(snapshot) => store.put_snapshot(self.plan, snapshot, Seq::START).await,
            None => Ok(()),
        }
    }
}
