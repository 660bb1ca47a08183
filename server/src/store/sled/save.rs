//! Writing a snapshot, and dropping what it makes superfluous, in steps. Each step is part of one commit, so that people's changes do
//! not wait for a long document, and never so long that sled could reuse space before its move is synced.
//!
//! In order: the pieces, the manifest, then the older generations go, then the entries. A crash between any two steps leaves a plan
//! that reads as before or as after.

use hamutuk_shared::id::{PlanId, Seq};

use super::commit::{Answer, Commit};
use super::tables::{Tables, engine_error};
use super::{key, snapshot};
use crate::store::{Snapshot, StoreError};

const STEP_BYTES: usize = 128 * 1024;
const STEP_KEYS: usize = 512;

/// A snapshot on its way.
pub(super) struct Save {
    plan: PlanId,
    snapshot: Snapshot,
    drop_through: Seq,
    answer: Answer,
    /// The beginning of the keys of the generation that is written, or of the newest one when there is nothing to write.
    name: Vec<u8>,
    phase: Phase,
}

#[derive(Clone, Copy)]
enum Phase {
    Begin,
    Write { piece: u32 },
    DropGenerations,
    DropEntries,
}

impl Save {
    pub(super) fn new(plan: PlanId, snapshot: Snapshot, drop_through: Seq, answer: Answer) -> Self {
        Self { plan, snapshot, drop_through, answer, name: Vec::new(), phase: Phase::Begin }
    }

    /// Puts the next step into a commit; gives the work back unless that was the last.
    pub(super) fn step(mut self, tables: &Tables, commit: &mut Commit) -> Option<Self> {
        let next = match self.phase {
            Phase::Begin => self.begin(tables, commit).map(Some),
            Phase::Write { piece } => Ok(Some(self.write(piece, commit))),
            Phase::DropGenerations => self.drop_generations(tables, commit),
            Phase::DropEntries => self.drop_entries(tables, commit),
        };
        match next {
            Ok(Some(phase)) => {
                self.phase = phase;
                Some(self)
            }
            Ok(None) => {
                commit.answer(self.answer);
                None
            }
            Err(error) => {
                (self.answer)(Err(error));
                None
            }
        }
    }

    pub(super) fn refuse(self, error: &StoreError) {
        (self.answer)(Err(error.clone()));
    }

    /// Looks at what is stored: a snapshot before this one in the queue may have changed it.
    fn begin(&mut self, tables: &Tables, commit: &mut Commit) -> Result<Phase, StoreError> {
        let newest = snapshot::newest(tables, self.plan)?.filter(|newest| newest.seq > self.snapshot.seq);
        let covered = newest.map_or(self.snapshot.seq, |newest| newest.seq);
        self.drop_through = self.drop_through.min(covered);
        if let Some(newest) = newest {
            self.name = key::numbered(self.plan, newest.generation);
            return Ok(Phase::DropGenerations);
        }
        self.name = key::numbered(self.plan, snapshot::next_generation(tables, self.plan)?);
        Ok(self.write(0, commit))
    }

    fn write(&self, mut piece: u32, commit: &mut Commit) -> Phase {
        let batch = commit.snapshots.get_or_insert_default();
        let mut bytes = 0;
        while bytes < STEP_BYTES {
            match snapshot::put_piece(batch, &self.name, &self.snapshot.bytes, piece) {
                Some(length) => bytes += length,
                None => {
                    // The last pieces and the manifest are in one batch, so a short snapshot costs one commit.
                    snapshot::put_manifest(batch, &self.name, &self.snapshot);
                    return Phase::DropGenerations;
                }
            }
            piece += 1;
        }
        commit.bytes += bytes;
        Phase::Write { piece }
    }

    fn drop_generations(&self, tables: &Tables, commit: &mut Commit) -> Result<Option<Phase>, StoreError> {
        let old = tables.snapshots.range(key::numbered(self.plan, 0)..self.name.clone());
        let mut keys = 0;
        for key in old.keys().take(STEP_KEYS) {
            let key = key.map_err(|error| engine_error("dropping a snapshot", error))?;
            commit.snapshots.get_or_insert_default().remove(key);
            keys += 1;
        }
        Ok(Some(if keys == STEP_KEYS { Phase::DropGenerations } else { Phase::DropEntries }))
    }

    fn drop_entries(&self, tables: &Tables, commit: &mut Commit) -> Result<Option<Phase>, StoreError> {
        let from = key::numbered(self.plan, 0);
        let end = key::numbered(self.plan, self.drop_through.0 + 1);
        let mut last = Vec::new();
        for (count, key) in tables.log.range(from..end).keys().enumerate() {
            let key = key.map_err(|error| engine_error("dropping changes", error))?;
            let name = key::split_piece(&key).map_or(&key[..], |(name, _)| name);
            // A step ends between two entries, never within one: half an entry would look like damage after a crash.
            if count >= STEP_KEYS && name != last {
                return Ok(Some(Phase::DropEntries));
            }
            last = name.to_vec();
            commit.log.get_or_insert_default().remove(key);
        }
        Ok(None)
    }
}
