//! How a snapshot lies in its tree: pieces of a new generation, then a manifest that makes them count. The newest manifest wins; what
//! has a newer generation but no manifest was left behind by a crash, and the next snapshot clears it away.

use ::sled::Batch;
use hamutuk_shared::id::{PlanId, Seq};

use super::key;
use super::seal::{Flaw, PAYLOAD_BYTES_MAX, seal, unseal};
use super::tables::{Checked, Tables, damaged, engine_error};
use crate::store::{Snapshot, StoreError};

/// The piece that is the manifest: after all others.
const MANIFEST: u32 = u32::MAX;

/// What a snapshot is, without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) generation: u64,
    pub(crate) seq: Seq,
    pub(crate) length: u64,
}

/// The newest whole snapshot of a plan.
pub(crate) fn newest(tables: &Tables, plan: PlanId) -> Result<Option<Manifest>, StoreError> {
    let mut before = key::end_of_plan(plan);
    loop {
        let found = tables.snapshots.get_lt(&before).map_err(|error| engine_error("reading a snapshot", error))?;
        let Some((key, value)) = found.filter(|(key, _)| key.starts_with(plan.as_bytes())) else {
            return Ok(None);
        };
        let flawed = |flaw| damaged((key::describe_snapshot(plan), flaw));
        let (name, piece) = key::split_piece(&key).ok_or_else(|| flawed(Flaw::Key))?;
        let (_, generation) = key::split_numbered(name).map_err(flawed)?;
        if piece == MANIFEST {
            return read_manifest(generation, &key, &value).map(Some).map_err(flawed);
        }
        before = key::piece(name, 0);
    }
}

/// The generation for the next snapshot of a plan.
pub(super) fn next_generation(tables: &Tables, plan: PlanId) -> Result<u64, StoreError> {
    match tables.snapshots.scan_prefix(plan.as_bytes()).keys().next_back() {
        None => Ok(1),
        Some(key) => {
            let key = key.map_err(|error| engine_error("reading a snapshot", error))?;
            let name = key::split_piece(&key).map_or(&key[..], |(name, _)| name);
            let (_, generation) = key::split_numbered(name).map_err(|flaw| damaged((key::describe_snapshot(plan), flaw)))?;
            Ok(generation + 1)
        }
    }
}

/// The newest snapshot, whole or with what is wrong with it.
pub(crate) fn read(tables: &Tables, plan: PlanId) -> Result<Option<Checked<Snapshot>>, StoreError> {
    let Some(manifest) = newest(tables, plan)? else { return Ok(None) };
    let name = key::numbered(plan, manifest.generation);
    let mut bytes = Vec::new();
    for (expected, item) in tables.snapshots.range(key::piece(&name, 0)..key::piece(&name, MANIFEST)).enumerate() {
        let (key, value) = item.map_err(|error| engine_error("reading a snapshot", error))?;
        let payload = match key::split_piece(&key) {
            Some((_, piece)) if piece as usize == expected => unseal(&key, &value),
            _ => Err(Flaw::Gap(u32::try_from(expected).unwrap_or(MANIFEST))),
        };
        match payload {
            Ok(payload) => bytes.extend_from_slice(payload),
            Err(flaw) => return Ok(Some(Err((key::describe_snapshot(plan), flaw)))),
        }
    }
    if bytes.len() as u64 != manifest.length {
        return Ok(Some(Err((key::describe_snapshot(plan), Flaw::Length))));
    }
    Ok(Some(Ok(Snapshot { seq: manifest.seq, bytes: bytes.into() })))
}

/// Puts a piece of a snapshot into a batch; none if there is no such piece.
pub(super) fn put_piece(batch: &mut Batch, name: &[u8], bytes: &[u8], piece: u32) -> Option<usize> {
    let payload = bytes.chunks(PAYLOAD_BYTES_MAX).nth(piece as usize)?;
    let key = key::piece(name, piece);
    let value = seal(&key, payload);
    batch.insert(key, value);
    Some(payload.len())
}

/// Puts the manifest that makes the pieces count into a batch.
pub(super) fn put_manifest(batch: &mut Batch, name: &[u8], snapshot: &Snapshot) {
    let key = key::piece(name, MANIFEST);
    let mut payload = [0; 16];
    payload[..8].copy_from_slice(&snapshot.seq.0.to_be_bytes());
    payload[8..].copy_from_slice(&(snapshot.bytes.len() as u64).to_be_bytes());
    let value = seal(&key, &payload);
    batch.insert(key, value);
}

fn read_manifest(generation: u64, key: &[u8], value: &[u8]) -> Result<Manifest, Flaw> {
    let payload: &[u8; 16] = unseal(key, value)?.try_into().map_err(|_| Flaw::Length)?;
    let number = |at: usize| payload[at..at + 8].iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
    Ok(Manifest { generation, seq: Seq(number(0)), length: number(8) })
}
