//! The backup file: a line with its name and version, then sections in CBOR, each with its checksum, then an end that counts them and
//! holds the SHA-256 of all before it. A file without its end is cut off.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use hamutuk_shared::id::{PlanId, Seq};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;
use sha2::{Digest, Sha256};

use super::{BackupError, Counts};
use crate::store::StoreError;

const MAGIC: &str = "HAMUTUK-BACKUP";
const VERSION: u32 = 1;
/// The first line is short; a file without a line end near its beginning is something else.
const LINE_BYTES_MAX: usize = 64;

/// One thing in a backup. A plan is followed by its snapshot, if it has one, and then by its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Section {
    Record {
        kind: u8,
        key: ByteBuf,
        value: ByteBuf,
    },
    Plan {
        plan: PlanId,
        first: Seq,
    },
    Snapshot {
        seq: Seq,
        bytes: ByteBuf,
    },
    Change {
        seq: Seq,
        #[serde(with = "serde_bytes")]
        hash: [u8; 32],
        bytes: ByteBuf,
    },
    End {
        counts: Counts,
        #[serde(with = "serde_bytes")]
        sha256: [u8; 32],
    },
}

/// A section as it lies in the file.
#[derive(Serialize, Deserialize)]
struct Frame(ByteBuf, u32);

impl Counts {
    fn count(&mut self, section: &Section) {
        match section {
            Section::Record { .. } => self.records += 1,
            Section::Plan { .. } => self.plans += 1,
            Section::Snapshot { .. } => self.snapshots += 1,
            Section::Change { .. } => self.changes += 1,
            Section::End { .. } => {}
        }
    }
}

/// Writes a backup file.
pub(super) struct BackupWriter {
    file: BufWriter<File>,
    hasher: Sha256,
    counts: Counts,
}

impl BackupWriter {
    pub(super) fn new(file: File) -> io::Result<Self> {
        let mut writer = Self { file: BufWriter::new(file), hasher: Sha256::new(), counts: Counts::default() };
        writer.put(format!("{MAGIC} {VERSION}\n").as_bytes())?;
        Ok(writer)
    }

    pub(super) fn write(&mut self, section: &Section) -> io::Result<()> {
        self.counts.count(section);
        let body = to_cbor(section)?;
        let sum = crc32fast::hash(&body);
        let frame = to_cbor(&Frame(ByteBuf::from(body), sum))?;
        self.put(&frame)
    }

    /// Writes the end and makes the file durable.
    pub(super) fn finish(mut self) -> io::Result<Counts> {
        let counts = self.counts;
        let sha256 = self.hasher.clone().finalize().into();
        self.write(&Section::End { counts, sha256 })?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(counts)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.hasher.update(bytes);
        self.file.write_all(bytes)
    }
}

fn to_cbor<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

/// Reads a backup file, and finds out if a byte of it is missing or changed.
pub(super) struct BackupReader {
    path: PathBuf,
    file: HashingReader,
    counts: Counts,
}

struct HashingReader {
    file: BufReader<File>,
    hasher: Sha256,
}

impl Read for HashingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.hasher.update(&buffer[..count]);
        Ok(count)
    }
}

impl BackupReader {
    pub(super) fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(|error| StoreError::io(format!("opening {}", path.display()), error))?;
        let file = HashingReader { file: BufReader::new(file), hasher: Sha256::new() };
        let mut reader = Self { path: path.to_owned(), file, counts: Counts::default() };
        let version = reader.first_line().ok_or_else(|| BackupError::NotABackup(path.to_owned()))?;
        if version > VERSION {
            return Err(StoreError::NewerVersion { found: version, supported: VERSION }.into());
        }
        Ok(reader)
    }

    /// The next section; none after the end, when the whole file was what was written.
    pub(super) fn next(&mut self) -> Result<Option<Section>, BackupError> {
        let hashed: [u8; 32] = self.file.hasher.clone().finalize().into();
        let section = self.read_frame().map_err(|what| self.damaged(what))?;
        self.counts.count(&section);
        let Section::End { counts, sha256 } = section else { return Ok(Some(section)) };
        if sha256 != hashed || counts != self.counts {
            return Err(self.damaged("its end does not match what is before it"));
        }
        match self.file.read(&mut [0]) {
            Ok(0) => Ok(None),
            _ => Err(self.damaged("there is something after its end")),
        }
    }

    /// Reads on to the end.
    pub(super) fn finish(mut self) -> Result<Counts, BackupError> {
        while self.next()?.is_some() {}
        Ok(self.counts)
    }

    pub(super) fn damaged(&self, what: impl Into<String>) -> BackupError {
        BackupError::Damaged { file: self.path.clone(), what: what.into() }
    }

    fn first_line(&mut self) -> Option<u32> {
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') && line.len() < LINE_BYTES_MAX {
            let mut byte = [0];
            self.file.read_exact(&mut byte).ok()?;
            line.extend(byte);
        }
        let line = str::from_utf8(&line).ok()?.strip_suffix('\n')?;
        line.strip_prefix(MAGIC)?.trim().parse().ok()
    }

    fn read_frame(&mut self) -> Result<Section, &'static str> {
        const CUT: &str = "it is cut off, or not readable from some place on";
        let Frame(body, sum) = ciborium::from_reader(&mut self.file).map_err(|_| CUT)?;
        if crc32fast::hash(&body) != sum {
            return Err("the checksum of a section does not match");
        }
        ciborium::from_reader(&body[..]).map_err(|_| "a section has an unknown form")
    }
}
