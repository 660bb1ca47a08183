//! The one thread that writes. It takes whatever waits in its queue, from all plans, makes it durable with one sync, and answers.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use hamutuk_shared::id::{PlanId, Seq};
use tokio::sync::{mpsc, oneshot};

use super::commit::{Commit, Disk};
use super::in_flight::InFlight;
use super::save::Save;
use super::tables::Tables;
use crate::store::{Entry, RecordKind, Snapshot, StoreError, audit_key};

/// How many jobs may wait. Whoever comes later waits to be let in.
pub(super) const QUEUE_JOBS_MAX: usize = 256;

/// When a commit holds so much it is not gathered further. So little is written between two syncs that sled, which reuses a segment
/// (512 KiB) only after the next one has begun, never overwrites bytes whose move is not synced.
const COMMIT_BYTES_MAX: usize = 128 * 1024;

/// How many heads are remembered; beyond it they are read again.
const HEADS_MAX: usize = 100_000;

/// Where an answer goes.
pub(super) type Reply<T> = oneshot::Sender<Result<T, StoreError>>;

/// What a caller asks for.
pub(super) enum Job {
    Append { plan: PlanId, entries: Vec<Entry>, reply: Reply<Seq> },
    PutRecord { kind: RecordKind, key: Vec<u8>, value: Vec<u8>, reply: Reply<()> },
    PutSnapshot { plan: PlanId, snapshot: Snapshot, drop_through: Seq, reply: Reply<()> },
    AppendAudit { plan: PlanId, entries: Vec<Vec<u8>>, reply: Reply<Seq> },
}

/// The state of the writing thread.
pub(super) struct Writer {
    tables: Tables,
    disk: Disk,
    in_flight: Arc<InFlight>,
    heads: HashMap<PlanId, Seq>,
    /// The last numbers of audit logs.
    audits: HashMap<PlanId, Seq>,
    saves: VecDeque<Save>,
    /// Why it writes no more. After a failed write or sync nobody knows what is on the disk, and trying again could hide a loss.
    failed: Option<StoreError>,
}

impl Writer {
    pub(super) fn new(tables: Tables, disk: Disk, in_flight: Arc<InFlight>) -> Self {
        Self { tables, disk, in_flight, heads: HashMap::new(), audits: HashMap::new(), saves: VecDeque::new(), failed: None }
    }

    /// Works until all senders are gone and all is done.
    pub(super) fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        loop {
            let mut commit = Commit::default();
            if self.saves.is_empty() {
                match jobs.blocking_recv() {
                    Some(job) => self.stage(job, &mut commit),
                    None => return,
                }
            }
            while commit.bytes < COMMIT_BYTES_MAX
                && let Ok(job) = jobs.try_recv()
            {
                self.stage(job, &mut commit);
            }
            if let Some(save) = self.saves.pop_front()
                && let Some(save) = save.step(&self.tables, &mut commit)
            {
                self.saves.push_front(save);
            }
            self.commit(commit);
            // A restored plan's head stands here alone until its first snapshot is written.
            if self.saves.is_empty() && self.heads.len() > HEADS_MAX {
                self.heads.clear();
            }
            if self.audits.len() > HEADS_MAX {
                self.audits.clear();
            }
        }
    }

    fn commit(&mut self, commit: Commit) {
        if commit.is_empty() {
            return;
        }
        if let Some(error) = &self.failed {
            return commit.refuse(error);
        }
        if let Err(error) = commit.run(&self.tables, &mut self.disk, &self.in_flight) {
            tracing::error!(%error, "the store writes no more");
            for save in self.saves.drain(..) {
                save.refuse(&error);
            }
            self.failed = Some(error);
        }
    }

    fn stage(&mut self, job: Job, commit: &mut Commit) {
        match job {
            Job::Append { plan, entries, reply } => match self.stage_append(plan, &entries, commit) {
                Ok(head) => commit.answer(Box::new(move |written| send(reply, written.map(|()| head)))),
                Err(error) => send(reply, Err(error)),
            },
            Job::PutRecord { kind, key, value, reply } => match self.stage_record(kind, &key, &value, commit) {
                Ok(()) => commit.answer(Box::new(move |written| send(reply, written))),
                Err(error) => send(reply, Err(error)),
            },
            Job::AppendAudit { plan, entries, reply } => match self.stage_audit(plan, &entries, commit) {
                Ok(last) => commit.answer(Box::new(move |written| send(reply, written.map(|()| last)))),
                Err(error) => send(reply, Err(error)),
            },
            Job::PutSnapshot { plan, snapshot, drop_through, reply } => match self.check_save(plan, snapshot.seq) {
                Ok(()) => {
                    let answer = Box::new(move |written| send(reply, written));
                    self.saves.push_back(Save::new(plan, snapshot, drop_through, answer));
                }
                Err(error) => send(reply, Err(error)),
            },
        }
    }

    fn stage_append(&mut self, plan: PlanId, entries: &[Entry], commit: &mut Commit) -> Result<Seq, StoreError> {
        self.check()?;
        let before = self.head(plan)?;
        let head = before.plus(entries.len() as u64);
        commit.append(plan, before, entries);
        self.heads.insert(plan, head);
        Ok(head)
    }

    fn stage_record(&mut self, kind: RecordKind, key: &[u8], value: &[u8], commit: &mut Commit) -> Result<(), StoreError> {
        self.check()?;
        commit.put_record(&self.tables, kind, key, value)
    }

    /// Each entry gets the next number: nobody else chooses one, so none is ever written over.
    fn stage_audit(&mut self, plan: PlanId, entries: &[Vec<u8>], commit: &mut Commit) -> Result<Seq, StoreError> {
        self.check()?;
        let mut last = match self.audits.get(&plan) {
            Some(last) => *last,
            None => self.tables.audit_head(plan)?,
        };
        for entry in entries {
            last = last.plus(1);
            commit.put_record(&self.tables, RecordKind::Audit, &audit_key(plan, last), entry)?;
        }
        self.audits.insert(plan, last);
        Ok(last)
    }

    /// Checks a snapshot against the log as it was accepted, also into the commit that is being gathered.
    fn check_save(&mut self, plan: PlanId, seq: Seq) -> Result<(), StoreError> {
        self.check()?;
        let head = self.head(plan)?;
        if seq > head && head > Seq::START {
            return Err(StoreError::Ahead { seq, head });
        }
        self.heads.insert(plan, head.max(seq));
        Ok(())
    }

    fn head(&self, plan: PlanId) -> Result<Seq, StoreError> {
        match self.heads.get(&plan) {
            Some(head) => Ok(*head),
            None => self.tables.head(plan),
        }
    }

    fn check(&self) -> Result<(), StoreError> {
        self.failed.clone().map_or(Ok(()), Err)
    }
}

fn send<T>(reply: Reply<T>, answer: Result<T, StoreError>) {
    // Who asked may have gone away; what they asked for is done all the same.
    let _ = reply.send(answer);
}
