//! How it is found out that the end of the data is gone.
//!
//! sled takes a damaged end of its file for a write that a crash cut off, and leaves it out in silence: right after a crash, but also
//! when a copy of the file was cut, a page of it went bad, or a disk lied about a sync. So commits are numbered, the number is part of
//! the commit, and once it is durable it goes into a small file beside the database. That file is not synced and so never ahead of
//! what is durable; but if it is ahead of the database, commits that somebody was told of are gone.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use ::sled::Tree;

use super::seal::{seal, unseal};
use super::tables::{damaged, engine_error};
use crate::store::StoreError;

const COMMITS: &[u8] = b"commits";
const LOST: &[u8] = b"lost";
const FILE: &str = "watermark";

/// The numbers of the commits.
pub(super) struct Watermark {
    file: File,
    commits: u64,
}

impl Watermark {
    /// Compares the database with the file beside it, and writes down what is lost.
    pub(super) fn open(dir: &Path, meta: &Tree) -> Result<Self, StoreError> {
        let path = dir.join(FILE);
        let file = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&path);
        let mut file = file.map_err(|error| StoreError::writing(&path, error))?;
        let seen = read_file(&mut file).map_err(|error| StoreError::io(format!("reading {}", path.display()), error))?;
        let commits = number(meta, COMMITS)?;
        if seen > commits {
            let lost = seen - commits;
            tracing::error!(
                lost,
                "the last commits are gone from the data: its file is cut off or damaged, or the disk lost what it had synced"
            );
            put_number(meta, LOST, number(meta, LOST)?.saturating_add(lost))?;
        }
        Ok(Self { file, commits: commits.max(seen) })
    }

    /// Puts the number of the next commit into the database. Call it after the rest of the commit: then, if the number is there, so is all else.
    pub(super) fn next(&mut self, meta: &Tree) -> Result<(), StoreError> {
        self.commits += 1;
        put_number(meta, COMMITS, self.commits)
    }

    /// Notes that the last commit is durable. Should that fail, less is found out later; nothing is lost.
    pub(super) fn note(&mut self) {
        let commits = self.commits.to_le_bytes();
        let bytes = [&commits[..], &crc32fast::hash(&commits).to_le_bytes()].concat();
        if let Err(error) = self.file.seek(SeekFrom::Start(0)).and_then(|_| self.file.write_all(&bytes)) {
            tracing::debug!(%error, "the watermark could not be written");
        }
    }
}

/// How many commits this data has lost since it was made.
pub(super) fn lost(meta: &Tree) -> Result<u64, StoreError> {
    number(meta, LOST)
}

/// The number in the file; 0 if a loss of power left none.
fn read_file(file: &mut File) -> io::Result<u64> {
    let mut bytes = [0; 12];
    match file.read_exact(&mut bytes) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(0),
        result => result?,
    }
    let (commits, sum) = bytes.split_first_chunk::<8>().unwrap_or((&[0; 8], &[]));
    Ok(if crc32fast::hash(commits).to_le_bytes() == sum { u64::from_le_bytes(*commits) } else { 0 })
}

fn number(meta: &Tree, key: &[u8]) -> Result<u64, StoreError> {
    let Some(value) = meta.get(key).map_err(|error| engine_error("reading the number of commits", error))? else {
        return Ok(0);
    };
    let payload = unseal(key, &value).map_err(|flaw| damaged(("the number of commits".to_owned(), flaw)))?;
    Ok(payload.iter().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

fn put_number(meta: &Tree, key: &[u8], number: u64) -> Result<(), StoreError> {
    let value = seal(key, &number.to_be_bytes());
    meta.insert(key, value).map_err(|error| engine_error("writing the number of commits", error))?;
    Ok(())
}
