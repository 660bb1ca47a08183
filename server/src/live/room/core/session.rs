//! One connection, as the room knows it.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use automerge::ChangeHash;
use hamutuk_shared::access::Grant;
use hamutuk_shared::id::Seq;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{LogPoint, Presence};
use std::time::Duration;

use super::companions::Companion;
use super::rate::Bucket;

/// How many refused changes are remembered, to refuse what builds on them. What builds on a forgotten one is answered as missing.
const REFUSED_MAX: usize = 1_024;

/// How far a session is.
#[derive(Debug)]
pub(super) enum Stage {
    /// Nothing came yet.
    AwaitingHello,
    /// The store is asked whether the log holds the point that the client named.
    Checking(LogPoint),
    /// The store is asked for the snapshot.
    AwaitingSnapshot,
    /// It was welcomed and has not got everything yet.
    CatchingUp(CatchingUp),
    /// It has everything up to the head, and gets what comes as it comes.
    Live,
}

/// Where a session that catches up is.
#[derive(Debug)]
pub(super) struct CatchingUp {
    /// The last entry that was sent, or that the snapshot covers.
    pub(super) position: Seq,
    /// What is left of the snapshot.
    pub(super) snapshot: Option<Rest>,
    /// What must happen before the next piece.
    pub(super) awaits: Awaits,
}

/// The rest of a snapshot: everything from `offset` on.
#[derive(Debug)]
pub(super) struct Rest {
    pub(super) bytes: Arc<[u8]>,
    pub(super) offset: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaits {
    /// The store reads.
    Store,
    /// The socket writes: a slow phone is read for as fast as it takes.
    Socket,
}

#[derive(Debug)]
pub(super) struct Session {
    pub(super) grant: Grant,
    /// Until when, in milliseconds since 1970, if the link ends by itself.
    pub(super) until_ms: Option<u64>,
    /// Who else writes on its device.
    pub(super) companions: Vec<Companion>,
    pub(super) stage: Stage,
    pub(super) refused: Refused,
    /// How many of its changes are not durable yet.
    pub(super) unacked: usize,
    pub(super) frames: Bucket,
    pub(super) presence: Option<Presence>,
    pub(super) presences: Bucket,
    /// Whether others have not been told of the newest presence, because it came too fast.
    pub(super) presence_due: bool,
}

impl Session {
    pub(super) fn new(grant: Grant) -> Self {
        Self {
            grant,
            until_ms: None,
            companions: Vec::new(),
            stage: Stage::AwaitingHello,
            refused: Refused::default(),
            unacked: 0,
            frames: Bucket::new(limits::FRAMES_PER_SECOND_MAX, limits::FRAME_RATE_WINDOW),
            presence: None,
            presences: Bucket::new(limits::PRESENCE_PER_SECOND_MAX, Duration::from_secs(1)),
            presence_due: false,
        }
    }

    pub(super) fn is_live(&self) -> bool {
        matches!(self.stage, Stage::Live)
    }

    pub(super) fn is_welcomed(&self) -> bool {
        matches!(self.stage, Stage::CatchingUp(_) | Stage::Live)
    }
}

/// The newest refused changes.
#[derive(Debug, Default)]
pub(super) struct Refused {
    hashes: HashSet<ChangeHash>,
    order: VecDeque<ChangeHash>,
}

impl Refused {
    pub(super) fn insert(&mut self, hash: ChangeHash) {
        if self.hashes.insert(hash) {
            self.order.push_back(hash);
        }
        if self.order.len() > REFUSED_MAX
            && let Some(oldest) = self.order.pop_front()
        {
            self.hashes.remove(&oldest);
        }
    }

    pub(super) fn contains(&self, hash: &ChangeHash) -> bool {
        self.hashes.contains(hash)
    }
}
