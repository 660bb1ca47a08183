//! What a replica asks of its host.

use automerge::{Change, ChangeHash};

use crate::access::Refusal;
use crate::id::ParticipantId;
use crate::plan::{Edit, PlanChange};
use crate::sync::frame::{ClientFrame, Goodbye, Presence, SessionId};
use crate::sync::peer::{Position, ProtocolError};

/// A change as the device stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// Its hash.
    pub hash: ChangeHash,
    /// Its chunk.
    pub bytes: Vec<u8>,
}

impl From<&Change> for StoredChange {
    fn from(change: &Change) -> Self {
        Self { hash: change.hash(), bytes: change.raw_bytes().to_vec() }
    }
}

/// What the host does.
#[derive(Debug)]
pub enum Effect {
    /// Write all of this to the device in one transaction, then call [`Replica::stored`](super::Replica::stored) with the hashes.
    Store {
        /// Changes of ours and of others.
        changes: Vec<StoredChange>,
        /// A saved document that came instead of single changes.
        snapshot: Option<Vec<u8>>,
        /// How far the server's log is known once all of this is stored; none: leave what is stored.
        position: Option<Position>,
    },
    /// Keep these changes of ours aside, out of the document: the server refused them or what they build on.
    SetAside {
        /// The changes, no longer to be loaded.
        changes: Vec<ChangeHash>,
        /// What of them could not be made anew, in the person's terms, each with its reason.
        refused: Vec<RefusedEdit>,
        /// Why the first of them was refused.
        refusal: Refusal,
    },
    /// Send a frame.
    Send(ClientFrame),
    /// Show that the plan changed.
    Changed(Vec<PlanChange>),
    /// Another person is here.
    Presence {
        /// Their connection.
        session: SessionId,
        /// They.
        participant: ParticipantId,
        /// Where.
        presence: Presence,
    },
    /// Another person's connection ended.
    Left(SessionId),
    /// Everything that the server has is here, so that it is known what it lacks of what the person wrote in a former name: call
    /// [`Replica::rejoin`](super::Replica::rejoin) with a fresh tab id.
    Rejoin,
    /// The server refused a change: call [`Replica::rebase`](super::Replica::rebase) with a fresh tab id.
    Rebase {
        /// The refused change.
        hash: ChangeHash,
        /// Why.
        refusal: Refusal,
    },
    /// The server said why it ends the connection.
    Goodbye(Goodbye),
    /// Close the connection and make a new one: the server did not keep to the protocol.
    Reconnect(ProtocolError),
}

/// An edit that the server refused, and that could not be made anew.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedEdit {
    /// What it would have changed.
    pub edit: Edit,
    /// Why it may not.
    pub refusal: Refusal,
    /// Who wrote it: the person, or a [companion](super::Replica::set_companions).
    pub writer: ParticipantId,
}
