//! Opening the data directory. It holds `lock` (who holds its lock has the data), `format` (one line: the version of everything
//! beside it, so that an older program never takes newer data for an empty directory), `watermark` and sled's own files.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ::sled::Db;

use super::tables::{Tables, engine_error};
use super::watermark::Watermark;
use super::{FORMAT, SledSettings};
use crate::store::{StoreError, disk};

/// How long to wait for sled's own lock when we hold ours: a last read, or one of sled's threads, may let go of it a little late.
const CLOSING_MAX: Duration = Duration::from_secs(5);

const FORMAT_WORD: &str = "hamutuk-data";
const RESTORING_WORD: &str = "restoring";

/// What the data is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To work with; made if it is not there.
    Serve,
    /// To look at or copy; it must be there.
    Inspect,
    /// To fill from a backup. It does not open for anything else until [`Lock::finish_restore`].
    Restore,
}

pub(super) struct Opened {
    pub(super) tables: Tables,
    pub(super) sync: File,
    pub(super) watermark: Watermark,
    pub(super) lock: Lock,
}

/// The data is ours as long as this lives.
pub(super) struct Lock {
    dir: PathBuf,
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file would do, but for a child process that was just forked and still has a copy of the handle. If it fails, the
        // lock goes with the process.
        let _ = self.file.unlock();
    }
}

impl Lock {
    pub(super) fn finish_restore(&self) -> Result<(), StoreError> {
        write_format(&self.dir, &format!("{FORMAT_WORD} {FORMAT}\n"))
    }
}

pub(super) fn open(purpose: Purpose, dir: &Path, settings: &SledSettings) -> Result<Opened, StoreError> {
    if purpose == Purpose::Inspect && !dir.join("format").exists() {
        return Err(StoreError::Missing(dir.to_owned()));
    }
    disk::create_dir(dir).map_err(|error| StoreError::writing(dir, error))?;
    let lock = take_lock(dir)?;
    check_format(purpose, dir)?;
    let db = open_engine(dir, settings)?;
    let tables = Tables::open(db).map_err(|error| engine_error("opening the database", error))?;
    let watermark = Watermark::open(dir, &tables.meta)?;
    let sync = sync_all(dir, &tables)?;
    Ok(Opened { tables, sync, watermark, lock })
}

fn take_lock(dir: &Path) -> Result<Lock, StoreError> {
    let path = dir.join("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|error| StoreError::writing(dir, error))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { dir: dir.to_owned(), file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(dir.to_owned())),
        Err(TryLockError::Error(error)) => Err(StoreError::io(format!("locking {}", path.display()), error)),
    }
}

fn check_format(purpose: Purpose, dir: &Path) -> Result<(), StoreError> {
    let path = dir.join("format");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if dir.join("db").exists() {
                return Err(StoreError::corrupt(path.display().to_string(), "it is missing, so the data has no version"));
            }
            let restoring = if purpose == Purpose::Restore { format!(" {RESTORING_WORD}") } else { String::new() };
            return write_format(dir, &format!("{FORMAT_WORD} {FORMAT}{restoring}\n"));
        }
        Err(error) => return Err(StoreError::io(format!("reading {}", path.display()), error)),
    };
    let mut words = text.split_whitespace();
    let version = (words.next() == Some(FORMAT_WORD)).then(|| words.next()?.parse::<u32>().ok()).flatten();
    match version {
        None | Some(0) => Err(StoreError::corrupt(path.display().to_string(), "it does not name a version")),
        Some(found) if found > FORMAT => Err(StoreError::NewerVersion { found, supported: FORMAT }),
        Some(_) if words.next() == Some(RESTORING_WORD) => Err(StoreError::Unfinished(dir.to_owned())),
        Some(_) => Ok(()),
    }
}

fn write_format(dir: &Path, text: &str) -> Result<(), StoreError> {
    disk::replace(&dir.join("format"), text.as_bytes()).map_err(|error| StoreError::writing(dir, error))
}

fn open_engine(dir: &Path, settings: &SledSettings) -> Result<Db, StoreError> {
    let give_up = Instant::now() + CLOSING_MAX;
    loop {
        // No thread of sled's own that flushes: the writer does, and knows when. (`mode` is read nowhere in this version of sled, and
        // compression is not compiled in: Automerge has compressed what is worth it.)
        let config = ::sled::Config::new().path(dir).cache_capacity(settings.cache_bytes).flush_every_ms(None);
        // sled asserts much of what it finds in its file, and a damaged one is no reason to fall over.
        let opened = catch_unwind(AssertUnwindSafe(|| config.open()))
            .map_err(|_| StoreError::corrupt("the database file", "recovery stopped at something that cannot be"))?;
        match opened {
            Err(::sled::Error::Io(error)) if is_lock(&error) && Instant::now() < give_up => {
                std::thread::sleep(Duration::from_millis(5));
            }
            Err(::sled::Error::Io(error)) if is_lock(&error) => return Err(StoreError::InUse(dir.to_owned())),
            Err(::sled::Error::Io(error)) => return Err(StoreError::writing(dir, error)),
            opened => return opened.map_err(|error| engine_error("opening the database", error)),
        }
    }
}

/// sled says it in words only.
fn is_lock(error: &io::Error) -> bool {
    error.to_string().contains("could not acquire lock")
}

/// Makes what opening wrote durable, names included, and gives the handle for the syncs to come.
fn sync_all(dir: &Path, tables: &Tables) -> Result<File, StoreError> {
    let synced = || -> io::Result<File> {
        let data = OpenOptions::new().read(true).write(true).open(dir.join("db"))?;
        OpenOptions::new().write(true).open(dir.join("conf"))?.sync_all()?;
        data.sync_all()?;
        disk::sync_dir(&dir.join("blobs"))?;
        disk::sync_dir(dir)?;
        Ok(data)
    };
    tables.db.flush().map_err(|error| engine_error("opening the database", error))?;
    synced().map_err(|error| StoreError::io(format!("syncing {}", dir.display()), error))
}
