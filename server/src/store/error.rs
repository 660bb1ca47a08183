//! What can go wrong in a store. Each text is one line that says what to do.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hamutuk_shared::id::Seq;

/// Why a store could not do what it was asked.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// Another process (or another handle in this one) has the data.
    #[error("{} is in use by another Hamutuk: stop the server first, or choose another directory with --data", .0.display())]
    InUse(PathBuf),

    /// The data directory cannot be written.
    #[error("cannot write to {}: check that the path is a directory and that you may write to it, or choose another with --data", .0.display())]
    NotWritable(PathBuf),

    /// There is no data where it was expected.
    #[error("there is no Hamutuk data in {}: check --data", .0.display())]
    Missing(PathBuf),

    /// A restore into this directory did not finish.
    #[error("a restore into {} did not finish: delete that directory and restore again", .0.display())]
    Unfinished(PathBuf),

    /// The data was written by a newer Hamutuk.
    #[error("the data has version {found} and this Hamutuk knows versions up to {supported}: install the newer Hamutuk that wrote it")]
    NewerVersion {
        /// The version of the data.
        found: u32,
        /// The newest version that this program reads.
        supported: u32,
    },

    /// Something stored is not what was written.
    #[error("{key} is damaged ({what}): run `hamutuk verify` for all that is damaged, then restore the last backup into a new directory")]
    Corrupt {
        /// What is wrong with it.
        what: String,
        /// What is damaged, described for a person.
        key: String,
    },

    /// The disk is full. The store writes no more until it is opened again.
    #[error("the disk is full: free some space, then start Hamutuk again")]
    Full,

    /// The system refused to read or write. After a failed write the store writes no more until it is opened again.
    #[error("{doing} failed: {source}; check the disk, then start Hamutuk again")]
    Io {
        /// What was being done.
        doing: String,
        /// What the system said.
        source: Arc<io::Error>,
    },

    /// A value is longer than any store takes.
    #[error("a {what} of {bytes} bytes is too long: at most {bytes_max} bytes can be stored")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        bytes_max: usize,
    },

    /// A snapshot claims to cover changes that the log never had.
    #[error("a snapshot up to change {seq} is ahead of its log, which ends at {head}: save the document again")]
    Ahead {
        /// What the snapshot claims to cover.
        seq: Seq,
        /// Where the log ends.
        head: Seq,
    },

    /// What is only ever appended to was to be written at a place of the caller's choosing.
    #[error("a record of kind {0} is appended, never written over: this is a fault in Hamutuk, please report it")]
    AppendOnly(&'static str),

    /// The store was closed, or its writer has died; the log of the program says why.
    #[error("the store is closed: start Hamutuk again")]
    Closed,
}

impl StoreError {
    /// The error of something that the system refused.
    pub(crate) fn io(doing: impl Into<String>, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            _ => Self::Io { doing: doing.into(), source: Arc::new(source) },
        }
    }

    /// The error of making or opening for writing something at `path`.
    pub(crate) fn writing(path: &Path, source: io::Error) -> Self {
        use io::ErrorKind as Kind;
        match source.kind() {
            Kind::PermissionDenied
            | Kind::NotADirectory
            | Kind::IsADirectory
            | Kind::AlreadyExists
            | Kind::NotFound
            | Kind::ReadOnlyFilesystem => Self::NotWritable(path.to_owned()),
            _ => Self::io(format!("writing {}", path.display()), source),
        }
    }

    pub(crate) fn corrupt(key: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into(), key: key.into() }
    }
}
