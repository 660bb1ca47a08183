//! The trees and how they are read. Few trees with prefixed keys: sled keeps all trees of a database in one page.
//!
//! All of it may wait for the disk; [`super::SledStore`] calls it from threads that may.

use ::sled::{Db, Tree};
use automerge::ChangeHash;
use hamutuk_shared::id::{PlanId, Seq};

use super::piece::{Gathered, gather};
use super::seal::Flaw;
use super::{key, snapshot};
use crate::store::{Entry, LogRange, RecordKind, StoreError, audit_key, split_audit_key};

/// sled's trees. A clone is another handle on the same.
#[derive(Clone)]
pub(crate) struct Tables {
    pub(super) db: Db,
    /// `plan ‖ seq ‖ piece` → a piece of `hash ‖ change`.
    pub(super) log: Tree,
    /// `plan ‖ generation ‖ piece` → a piece of a saved document; see [`super::snapshot`].
    pub(super) snapshots: Tree,
    /// `kind ‖ key ‖ piece` → a piece of a record.
    pub(super) records: Tree,
    /// The number of the last commit, and how many were lost; see [`super::watermark`].
    pub(super) meta: Tree,
}

/// What reading one stored thing gave: its name for a person stands beside the flaw.
pub(crate) type Checked<T> = Result<T, (String, Flaw)>;

/// A record as it is stored: kind, key and value.
pub(crate) type StoredRecord = (RecordKind, Vec<u8>, Vec<u8>);

impl Tables {
    pub(super) fn open(db: Db) -> ::sled::Result<Self> {
        Ok(Self {
            log: db.open_tree("log")?,
            snapshots: db.open_tree("snapshots")?,
            records: db.open_tree("records")?,
            meta: db.open_tree("meta")?,
            db,
        })
    }

    /// The number of the last change, held or only in the snapshot.
    pub(crate) fn head(&self, plan: PlanId) -> Result<Seq, StoreError> {
        let logged = self.edge(self.log.scan_prefix(plan.as_bytes()).keys().next_back(), plan)?;
        let saved = snapshot::newest(self, plan)?.map(|manifest| manifest.seq);
        Ok(logged.max(saved).unwrap_or(Seq::START))
    }

    pub(crate) fn range(&self, plan: PlanId) -> Result<LogRange, StoreError> {
        // The head first: the log may grow and lose its front in between, and a front behind the head is the safer mistake.
        let head = self.head(plan)?;
        let first = self.edge(self.log.scan_prefix(plan.as_bytes()).keys().next(), plan)?;
        Ok(LogRange { first: first.unwrap_or(head.plus(1)), head })
    }

    fn edge(&self, key: Option<::sled::Result<::sled::IVec>>, plan: PlanId) -> Result<Option<Seq>, StoreError> {
        let Some(key) = key else { return Ok(None) };
        let key = key.map_err(|error| engine_error("reading a log", error))?;
        let name = key::split_piece(&key).map_or(&key[..], |(name, _)| name);
        let (_, number) =
            key::split_numbered(name).map_err(|flaw| StoreError::corrupt(format!("the log of plan {plan}"), flaw.to_string()))?;
        Ok(Some(Seq(number)))
    }

    /// The entries after `after`, each whole or with what is wrong with it.
    pub(crate) fn entries(&self, plan: PlanId, after: Seq) -> impl Iterator<Item = Result<(Seq, Checked<Entry>), StoreError>> + use<> {
        let from = key::numbered(plan, after.0.saturating_add(1));
        let pieces = self.log.range(from..key::end_of_plan(plan));
        gather(pieces).map(|item| match item {
            Ok(gathered) => entry_of(gathered),
            Err(error) => Err(engine_error("reading a log", error)),
        })
    }

    /// The entries after `after`, with an error for what is damaged or missing between them.
    pub(crate) fn sound_entries(&self, plan: PlanId, after: Seq) -> impl Iterator<Item = Result<(Seq, Entry), StoreError>> + use<> {
        // When something before is still held, nothing after it was dropped, and the first must be the next.
        let front = key::numbered(plan, 0)..key::numbered(plan, after.0.saturating_add(1));
        let mut last = self.log.range(front).next().map(|_| after);
        self.entries(plan, after).map(move |item| {
            let (seq, entry) = item?;
            let entry = entry.map_err(damaged)?;
            if let Some(last) = last.replace(seq)
                && seq != last.plus(1)
            {
                return Err(StoreError::corrupt(key::describe_change(plan, last.plus(1)), "it is missing"));
            }
            Ok((seq, entry))
        })
    }

    /// What changes with every batch of records that may be torn to a reader.
    pub(super) fn record_stamp(&self, kind: RecordKind, key_prefix: &[u8]) -> Result<u32, StoreError> {
        let mut hasher = crc32fast::Hasher::new();
        for item in self.records.scan_prefix(key::record_prefix(kind, key_prefix)) {
            let (key, value) = item.map_err(|error| engine_error("reading a record", error))?;
            hasher.update(&key);
            hasher.update(&value[..value.len().min(16)]);
        }
        Ok(hasher.finalize())
    }

    pub(crate) fn record(&self, kind: RecordKind, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        match gather(self.records.scan_prefix(key::record(kind, key))).next() {
            Some(item) => Ok(Some(record_of(item)?.map_err(damaged)?.2)),
            None => Ok(None),
        }
    }

    /// The records of a kind (none: of all) whose keys begin so, each whole or with what is wrong with it.
    pub(crate) fn records(
        &self,
        kind: Option<RecordKind>,
        key_prefix: &[u8],
    ) -> impl Iterator<Item = Result<Checked<StoredRecord>, StoreError>> + use<> {
        let prefix = kind.map_or_else(Vec::new, |kind| key::record_prefix(kind, key_prefix));
        gather(self.records.scan_prefix(prefix)).map(record_of)
    }

    /// The entries of a plan's audit log after `after`, each whole or with what is wrong with it.
    pub(crate) fn audit(&self, plan: PlanId, after: Seq) -> impl Iterator<Item = Result<Checked<(Seq, Vec<u8>)>, StoreError>> + use<> {
        let from = key::record_prefix(RecordKind::Audit, &audit_key(plan, Seq(after.0.saturating_add(1))));
        // Keys of the next plan sort above; no key of this one has more bytes than a number.
        let of_plan = key::record_prefix(RecordKind::Audit, plan.as_bytes());
        let pieces = self.records.range(from..).take_while(move |item| item.as_ref().map_or(true, |(key, _)| key.starts_with(&of_plan)));
        gather(pieces).map(|item| {
            Ok(record_of(item)?.and_then(|(_, key, value)| match split_audit_key(&key) {
                Some((_, seq)) => Ok((seq, value)),
                None => Err((key::describe_record(&key::record(RecordKind::Audit, &key)), Flaw::Key)),
            }))
        })
    }

    /// The number of the last entry of a plan's audit log.
    pub(super) fn audit_head(&self, plan: PlanId) -> Result<Seq, StoreError> {
        let prefix = key::record_prefix(RecordKind::Audit, plan.as_bytes());
        let Some(key) = self.records.scan_prefix(prefix).keys().next_back() else { return Ok(Seq::START) };
        let key = key.map_err(|error| engine_error("reading an audit log", error))?;
        let record = key::split_piece(&key).ok_or(Flaw::Key).and_then(|(name, _)| key::split_record(name));
        let entry = record.and_then(|(_, key)| split_audit_key(&key).ok_or(Flaw::Key));
        entry.map(|(_, seq)| seq).map_err(|flaw| StoreError::corrupt(format!("the audit log of plan {plan}"), flaw.to_string()))
    }

    /// Every plan that has a log or a snapshot. Costs a step for each plan, whatever it holds.
    pub(crate) fn plans(&self) -> Result<Vec<PlanId>, StoreError> {
        let mut plans = Vec::new();
        for tree in [&self.log, &self.snapshots] {
            let mut cursor = Vec::new();
            while let Some((key, _)) = tree.get_gt(&cursor).map_err(|error| engine_error("listing plans", error))? {
                let Some((plan, _)) = key.split_first_chunk() else {
                    return Err(StoreError::corrupt("the list of plans", Flaw::Key.to_string()));
                };
                let plan = PlanId::from_bytes(*plan);
                plans.push(plan);
                cursor = key::end_of_plan(plan);
            }
        }
        plans.sort_unstable();
        plans.dedup();
        Ok(plans)
    }
}

fn entry_of(gathered: Gathered) -> Result<(Seq, Checked<Entry>), StoreError> {
    let (plan, number) = key::split_numbered(&gathered.name).map_err(|flaw| StoreError::corrupt("a log", flaw.to_string()))?;
    let entry = gathered.value.and_then(|value| {
        let (hash, bytes) = value.split_first_chunk::<32>().ok_or(Flaw::Short)?;
        Ok(Entry { hash: ChangeHash(*hash), bytes: bytes.into() })
    });
    Ok((Seq(number), entry.map_err(|flaw| (key::describe_change(plan, Seq(number)), flaw))))
}

fn record_of(item: ::sled::Result<Gathered>) -> Result<Checked<StoredRecord>, StoreError> {
    let Gathered { name, value } = item.map_err(|error| engine_error("reading a record", error))?;
    let whole = key::split_record(&name).and_then(|(kind, key)| Ok((kind, key, value?)));
    Ok(whole.map_err(|flaw| (key::describe_record(&name), flaw)))
}

/// The error of a damaged thing.
pub(crate) fn damaged((key, flaw): (String, Flaw)) -> StoreError {
    StoreError::corrupt(key, flaw.to_string())
}

/// sled's error as ours.
pub(super) fn engine_error(doing: &str, error: ::sled::Error) -> StoreError {
    match error {
        ::sled::Error::Io(source) => StoreError::io(doing, source),
        ::sled::Error::Corruption { at, .. } => {
            let place = at.map_or_else(|| "at an unknown place".to_owned(), |at| format!("at {at}"));
            StoreError::corrupt("the database file", format!("its pages do not match their checksums {place}, while {doing}"))
        }
        other => StoreError::corrupt("the database", format!("{other}, while {doing}")),
    }
}
