//! A copy of everything in one file, and the way back. The file holds what is stored, not how: it outlives the engine.

mod file;
mod restore;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use hamutuk_shared::id::{PlanId, Seq};
use serde_bytes::ByteBuf;

pub use self::restore::restore;

use self::file::{BackupWriter, Section};
use super::sled::tables::{Tables, damaged};
use super::sled::{Purpose, SledSettings, SledStore, snapshot};
use super::{RecordKind, StoreError, audit_gap, disk, split_audit_key};

/// How much a backup holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Plans.
    pub plans: u64,
    /// Changes in their logs.
    pub changes: u64,
    /// Snapshots of them.
    pub snapshots: u64,
    /// Links, people and the like.
    pub records: u64,
}

/// Why a backup could not be made or restored. Each text is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The data could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),

    /// There is a file of that name.
    #[error("{} is there already and is not overwritten: choose another name", .0.display())]
    Exists(PathBuf),

    /// The directory holds something.
    #[error("{} is not empty: restore into a new or an empty directory", .0.display())]
    NotEmpty(PathBuf),

    /// The file is not a backup.
    #[error("{} is not a Hamutuk backup: choose a file that `hamutuk backup` wrote", .0.display())]
    NotABackup(PathBuf),

    /// The backup is cut off or changed.
    #[error("the backup {} is damaged ({what}): use another copy of it, or an older backup", file.display())]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong.
        what: String,
    },

    /// What was restored does not pass the check.
    #[error("what was restored is damaged ({0}): delete the new directory and use an older backup")]
    Unsound(String),
}

/// Writes all that a data directory holds into a new file; no server may have the directory open. Until it is whole the file is named
/// `FILE.part`.
///
/// # Errors
/// When the file exists, or something cannot be read or written. Nothing damaged is copied: it is named instead.
pub async fn backup(data: &Path, file: &Path) -> Result<Counts, BackupError> {
    refuse_existing(file)?;
    let store = SledStore::open_for(Purpose::Inspect, data, &SledSettings::default())?;
    let target = file.to_owned();
    store.read_with(move |tables| Ok(write_file(tables, &target))).await?
}

fn write_file(tables: &Tables, file: &Path) -> Result<Counts, BackupError> {
    let part = disk::part_of(file);
    let written = write_part(tables, &part).and_then(|counts| {
        // Renaming would replace a file that somebody put there meanwhile.
        refuse_existing(file)?;
        fs::rename(&part, file).map_err(|error| StoreError::writing(file, error))?;
        disk::sync_dir(disk::parent(file)).map_err(|error| StoreError::writing(file, error))?;
        Ok(counts)
    });
    if written.is_err() {
        // The error that matters is the first.
        let _ = fs::remove_file(&part);
    }
    written
}

fn refuse_existing(file: &Path) -> Result<(), BackupError> {
    if file.symlink_metadata().is_ok() { Err(BackupError::Exists(file.to_owned())) } else { Ok(()) }
}

fn write_part(tables: &Tables, part: &Path) -> Result<Counts, BackupError> {
    let failed = |error| StoreError::writing(part, error);
    let mut writer = BackupWriter::new(File::create(part).map_err(failed)?).map_err(failed)?;
    let mut write = |section| writer.write(&section).map_err(failed);
    let mut audited = None;
    for item in tables.records(None, b"") {
        let (kind, key, value) = item?.map_err(damaged)?;
        if let Some(entry) = (kind == RecordKind::Audit).then(|| split_audit_key(&key)).flatten()
            && let Some(missing) = audit_gap(audited.replace(entry), entry)
        {
            return Err(StoreError::corrupt(missing, "they are missing").into());
        }
        write(Section::Record { kind: kind.tag(), key: ByteBuf::from(key), value: ByteBuf::from(value) })?;
    }
    for plan in tables.plans()? {
        write_plan(tables, plan, &mut write)?;
    }
    Ok(writer.finish().map_err(failed)?)
}

fn write_plan(tables: &Tables, plan: PlanId, write: &mut impl FnMut(Section) -> Result<(), StoreError>) -> Result<(), BackupError> {
    let range = tables.range(plan)?;
    let snapshot = snapshot::read(tables, plan)?.transpose().map_err(damaged)?;
    let covered = snapshot.as_ref().map_or(Seq::START, |snapshot| snapshot.seq);
    if range.first > covered.plus(1) {
        return Err(StoreError::corrupt(format!("the log of plan {plan}"), "its first changes are missing").into());
    }
    write(Section::Plan { plan, first: range.first })?;
    if let Some(snapshot) = snapshot {
        write(Section::Snapshot { seq: snapshot.seq, bytes: ByteBuf::from(snapshot.bytes.to_vec()) })?;
    }
    for entry in tables.sound_entries(plan, Seq::START) {
        let (seq, entry) = entry?;
        write(Section::Change { seq, hash: entry.hash.0, bytes: ByteBuf::from(entry.bytes.to_vec()) })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
