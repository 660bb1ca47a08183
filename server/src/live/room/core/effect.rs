//! What the core asks of its surroundings.

use std::sync::Arc;

use hamutuk_shared::id::{OrganisationId, Seq};
use hamutuk_shared::sync::frame::{Goodbye, SessionId};

use crate::audit::Occurrence;
use crate::store::{Entry, Snapshot};

/// One thing to do, in the order in which the core asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Put a frame into a session's queue. If the queue is full, what happens is up to `care`.
    Send {
        /// To whom.
        session: SessionId,
        /// The encoded frame; sessions that get the same share it.
        frame: Arc<[u8]>,
        /// How much it matters.
        care: Care,
    },
    /// Put what they do on record, make these durable, then call `appended`. There is never more than one on its way.
    Append {
        /// In order; numbered from the head on.
        entries: Vec<Entry>,
        /// What of them is put on record; mostly nothing.
        occurrences: Vec<Occurrence>,
    },
    /// Read up to `PUSH_BYTES_MAX` of the log, then call `read_done`.
    Read {
        /// For whom.
        session: SessionId,
        /// From the entry after this one.
        after: Seq,
    },
    /// Read the newest snapshot, then call `snapshot_read`.
    ReadSnapshot {
        /// For whom.
        session: SessionId,
    },
    /// Store the snapshot, then call `snapshot_written`. There is never more than one on its way.
    WriteSnapshot {
        /// The saved document.
        snapshot: Snapshot,
        /// The last entry that is not needed any more.
        drop_through: Seq,
    },
    /// Send what is queued and then the goodbye, and close. The session is gone already: `leave` need not be called.
    Close {
        /// Which.
        session: SessionId,
        /// Why.
        goodbye: Goodbye,
    },
    /// Put something on record that is in no change.
    Record {
        /// What happened.
        occurrences: Vec<Occurrence>,
    },
    /// Answer an `introduce`.
    Introduced {
        /// Which.
        request: u64,
        /// The person's organisation, once all is durable.
        result: Result<Option<OrganisationId>, IntroduceError>,
    },
    /// The document in memory cannot be trusted any more: read the plan again, then call `reloaded`.
    Reload {
        /// What happened, for the server's log.
        why: String,
    },
    /// The room cannot go on. All its sessions are closed; drop the core and open another from the store when somebody comes.
    End,
}

/// How much a frame matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Care {
    /// If it does not fit into the queue, call `overflowed`.
    Keep,
    /// As [`Care::Keep`], and call `written` when the socket has taken it.
    Report,
    /// Leave it out if the queue is half full.
    Droppable,
}

/// Why a person was not introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IntroduceError {
    /// The name is empty.
    #[error("a name is missing")]
    NameMissing,
    /// A name is longer than `NAME_CHARS_MAX`.
    #[error("a name is too long")]
    NameTooLong,
    /// The plan could not be written.
    #[error("the plan could not be written")]
    Trouble,
}
