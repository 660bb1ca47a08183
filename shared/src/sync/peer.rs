//! One side of the protocol: a replica that pulls to the log's head and then pushes what the log lacks.
//!
//! It holds no document and does no IO. Its owner ([`crate::replica::Replica`]) feeds it frames and does the [`Step`]s it answers.
//! The browser, the simulator and (later) a server that follows another one use the same peer.

use std::collections::{BTreeSet, VecDeque};

use automerge::{Change, ChangeHash};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::frame::{CatchUp, ClientFrame, Goodbye, Hash, LogPoint, Presence, ServerFrame, SessionId, Welcome};
use crate::access::{Grant, Refusal};
use crate::id::{ParticipantId, Seq};
use crate::limits;

/// How far a replica knows the server's log. It is stored together with the changes that it speaks of, so it never claims too much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The last entry of the log that the replica holds.
    pub point: LogPoint,
    /// The heads of the log's document at that entry.
    pub heads: Vec<Hash>,
}

/// How the connection stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Link {
    /// There is none.
    #[default]
    Offline,
    /// The hello is sent.
    Greeting,
    /// Pulling what is missing.
    CatchingUp {
        /// How much came, in bytes of the snapshot or entries of the log.
        received: u64,
        /// How much there is.
        total: u64,
    },
    /// Everything that the server had is here.
    Live,
}

/// What the owner does after a frame.
#[derive(Debug)]
pub enum Step {
    /// Load a saved document into the replica's.
    Load(Vec<u8>),
    /// Apply changes from the log; they reach up to the peer's position.
    Apply(Vec<Change>),
    /// These changes of ours are durable at the server.
    Acked(Vec<ChangeHash>),
    /// The replica holds everything that the server had: say with [`Peer::push`] what the server lacks.
    CaughtUp {
        /// The heads of the server's document.
        heads: Vec<ChangeHash>,
    },
    /// Send a frame.
    Send(ClientFrame),
    /// The server refused a change of ours.
    Denied {
        /// Which.
        hash: ChangeHash,
        /// Why.
        refusal: Refusal,
    },
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
    /// The server ends the connection.
    Goodbye(Goodbye),
}

/// The server did not keep to the protocol. The connection must be closed and made anew.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    /// A frame came that has no meaning now.
    #[error("the server sent a frame out of turn")]
    OutOfTurn,
    /// Entries of the log are missing between two frames.
    #[error("the server left out entries of the log after {0}")]
    Gap(Seq),
    /// A change cannot be read.
    #[error("the server sent a change that cannot be read")]
    BadChange,
}

/// A change of ours that the server may lack.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its hash.
    pub hash: ChangeHash,
    /// What it builds on.
    pub deps: Vec<ChangeHash>,
    /// Its chunk.
    pub bytes: Vec<u8>,
}

impl From<&Change> for Outgoing {
    fn from(change: &Change) -> Self {
        Self { hash: change.hash(), deps: change.deps().to_vec(), bytes: change.raw_bytes().to_vec() }
    }
}

/// The state of one side.
#[derive(Debug, Default)]
pub struct Peer {
    link: Link,
    point: Option<LogPoint>,
    /// The heads of the server's document at `point`; none while a snapshot's heads are not known.
    heads: Option<BTreeSet<ChangeHash>>,
    welcome: Option<Welcome>,
    snapshot: Vec<u8>,
    outbox: VecDeque<Outgoing>,
    /// How many at the front of the outbox are on their way.
    pushed: usize,
    /// A push was answered `Missing`: nothing more is pushed until one of these arrives.
    awaiting: BTreeSet<ChangeHash>,
    /// The first refusal of a pushed change. Nothing more is pushed, and the owner is told once every push is answered: what was
    /// pushed before it may still be acked.
    refused: Option<(ChangeHash, Refusal)>,
    /// Pushed changes that were answered, but not taken in.
    answered: BTreeSet<ChangeHash>,
}

impl Peer {
    /// A peer that knows the log up to `position`.
    #[must_use]
    pub fn new(position: Option<Position>) -> Self {
        let heads = position.as_ref().map(|position| position.heads.iter().map(|hash| (*hash).into()).collect());
        Self { point: position.map(|position| position.point), heads: heads.or_else(|| Some(BTreeSet::new())), ..Self::default() }
    }

    /// How the connection stands.
    #[must_use]
    pub const fn link(&self) -> Link {
        self.link
    }

    /// What the server allows; none before its first welcome.
    #[must_use]
    pub fn grant(&self) -> Option<&Grant> {
        self.welcome.as_ref().map(|welcome| &welcome.grant)
    }

    /// What the server allows to the others who write on this device.
    #[must_use]
    pub fn companions(&self) -> &[Grant] {
        self.welcome.as_ref().map_or(&[], |welcome| &welcome.companions)
    }

    /// The number of our connection.
    #[must_use]
    pub fn session(&self) -> Option<SessionId> {
        self.welcome.as_ref().map(|welcome| welcome.session)
    }

    /// Whether nothing is pushed because the server lacks changes of somebody else, on which ours build.
    #[must_use]
    pub fn awaits_others(&self) -> bool {
        !self.awaiting.is_empty()
    }

    /// How many changes wait for their ack.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.outbox.len()
    }

    /// The last entry of the log that came.
    #[must_use]
    pub const fn point(&self) -> Option<LogPoint> {
        self.point
    }

    /// What is known of the log, to be stored with the changes; none while it is not fully known.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        let heads = self.heads.as_ref()?;
        Some(Position { point: self.point?, heads: heads.iter().copied().map(Hash::from).collect() })
    }

    /// The heads of what the server is known to hold.
    #[must_use]
    pub fn server_heads(&self) -> Vec<ChangeHash> {
        self.heads.iter().flatten().copied().collect()
    }

    /// A connection is open: the hello to send.
    pub fn connected(&mut self) -> ClientFrame {
        self.disconnected();
        self.link = Link::Greeting;
        ClientFrame::Hello { after: self.point }
    }

    /// The connection is gone.
    pub fn disconnected(&mut self) {
        self.link = Link::Offline;
        self.snapshot = Vec::new();
        self.forget_answers();
    }

    /// What came of the log cannot be used: the next connection asks for all of it.
    pub fn forget_log(&mut self) {
        self.disconnected();
        self.point = None;
        self.heads = Some(BTreeSet::new());
    }

    fn forget_answers(&mut self) {
        self.pushed = 0;
        self.awaiting.clear();
        self.refused = None;
        self.answered.clear();
    }

    /// Adds changes that the server may lack, in an order in which each comes after those that it builds on, and pushes what fits.
    pub fn push(&mut self, changes: impl IntoIterator<Item = Outgoing>) -> Vec<Step> {
        for change in changes {
            if !self.outbox.iter().any(|known| known.hash == change.hash) {
                self.outbox.push_back(change);
            }
        }
        self.pump()
    }

    /// Forgets every change that waits: they were refused, or will be made anew.
    pub fn clear_outbox(&mut self) {
        self.outbox.clear();
        self.forget_answers();
    }

    /// The heads of the snapshot that was just loaded, where the owner's document held nothing else.
    pub fn snapshot_heads(&mut self, heads: Vec<ChangeHash>) {
        self.heads = Some(heads.into_iter().collect());
    }

    /// Takes in a frame.
    ///
    /// # Errors
    /// When the server does not keep to the protocol.
    pub fn receive(&mut self, frame: ServerFrame) -> Result<Vec<Step>, ProtocolError> {
        match frame {
            ServerFrame::Welcome(welcome) => self.welcomed(welcome),
            ServerFrame::SnapshotPiece { offset, bytes } => self.snapshot_piece(offset, &bytes),
            ServerFrame::Changes { first, changes } => self.changes(first, changes),
            ServerFrame::Ack { first, hashes } => self.acked(first, &hashes),
            ServerFrame::Missing { hash } => Ok(self.missing(hash.into())),
            ServerFrame::Denied { hash, refusal } => Ok(self.denied(hash.into(), refusal)),
            ServerFrame::Presence { session, participant, presence } => Ok(vec![Step::Presence { session, participant, presence }]),
            ServerFrame::Granted(grant) => {
                if let Some(welcome) = &mut self.welcome {
                    welcome.grant = grant;
                }
                Ok(Vec::new())
            }
            ServerFrame::Companions(companions) => {
                if let Some(welcome) = &mut self.welcome {
                    welcome.companions = companions;
                }
                Ok(Vec::new())
            }
            ServerFrame::Left { session } => Ok(vec![Step::Left(session)]),
            ServerFrame::Ping => Ok(vec![Step::Send(ClientFrame::Pong)]),
            ServerFrame::Pong => Ok(Vec::new()),
            ServerFrame::Goodbye(reason) => Ok(vec![Step::Goodbye(reason)]),
        }
    }

    fn welcomed(&mut self, welcome: Welcome) -> Result<Vec<Step>, ProtocolError> {
        if self.link != Link::Greeting {
            return Err(ProtocolError::OutOfTurn);
        }
        let received = match welcome.catch_up {
            CatchUp::Entries => self.point.ok_or(ProtocolError::OutOfTurn)?.seq,
            CatchUp::FromStart => {
                self.point = None;
                self.heads = Some(BTreeSet::new());
                Seq::START
            }
            CatchUp::Snapshot { .. } => {
                self.point = None;
                self.heads = None;
                Seq::START
            }
        };
        self.link = match welcome.catch_up {
            CatchUp::Snapshot { bytes_total, .. } => Link::CatchingUp { received: 0, total: bytes_total },
            _ => Link::CatchingUp { received: 0, total: welcome.head.since(received) },
        };
        self.welcome = Some(welcome);
        Ok(self.check_caught_up())
    }

    fn snapshot_piece(&mut self, offset: u64, bytes: &[u8]) -> Result<Vec<Step>, ProtocolError> {
        let Some(Welcome { catch_up: CatchUp::Snapshot { seq, hash, bytes_total }, log, head, .. }) = self.welcome else {
            return Err(ProtocolError::OutOfTurn);
        };
        if offset != self.snapshot.len() as u64 || offset + bytes.len() as u64 > bytes_total || self.point.is_some() {
            return Err(ProtocolError::OutOfTurn);
        }
        self.snapshot.extend_from_slice(bytes);
        let received = self.snapshot.len() as u64;
        self.link = Link::CatchingUp { received, total: bytes_total };
        if received < bytes_total {
            return Ok(Vec::new());
        }
        self.point = Some(LogPoint { log, seq, hash });
        self.link = Link::CatchingUp { received: 0, total: head.since(seq) };
        let mut steps = vec![Step::Load(std::mem::take(&mut self.snapshot))];
        steps.extend(self.check_caught_up());
        Ok(steps)
    }

    fn changes(&mut self, first: Seq, chunks: Vec<ByteBuf>) -> Result<Vec<Step>, ProtocolError> {
        let changes: Result<Vec<Change>, _> = chunks.into_iter().map(|chunk| Change::from_bytes(chunk.into_vec())).collect();
        let changes = changes.map_err(|_| ProtocolError::BadChange)?;
        let mut ours = Vec::new();
        let mut awaited = false;
        for (seq, change) in (first.0..).zip(&changes) {
            self.advance(Seq(seq), change.hash(), change.deps())?;
            awaited |= self.awaiting.contains(&change.hash());
            if self.forget(change.hash()) {
                ours.push(change.hash());
            }
        }
        let mut steps = vec![Step::Apply(changes)];
        if !ours.is_empty() {
            steps.push(Step::Acked(ours));
        }
        steps.extend(self.check_caught_up());
        if awaited && self.refused.is_none() {
            self.forget_answers();
            steps.extend(self.pump());
        }
        steps.extend(self.settle_refusal());
        Ok(steps)
    }

    fn acked(&mut self, first: Option<Seq>, hashes: &[Hash]) -> Result<Vec<Step>, ProtocolError> {
        let hashes: Vec<ChangeHash> = hashes.iter().map(|hash| (*hash).into()).collect();
        for (offset, hash) in (0..).zip(&hashes) {
            if let Some(first) = first {
                let deps = self.outbox.iter().find(|change| change.hash == *hash).map(|change| change.deps.clone());
                self.advance(first.plus(offset), *hash, &deps.unwrap_or_default())?;
            }
            self.forget(*hash);
        }
        let mut steps = vec![Step::Acked(hashes)];
        steps.extend(self.pump());
        steps.extend(self.settle_refusal());
        Ok(steps)
    }

    fn missing(&mut self, hash: ChangeHash) -> Vec<Step> {
        if let Some(change) = self.outbox.iter().find(|change| change.hash == hash) {
            self.awaiting.extend(change.deps.iter().copied());
            self.answered.insert(hash);
        }
        self.settle_refusal()
    }

    fn denied(&mut self, hash: ChangeHash, refusal: Refusal) -> Vec<Step> {
        if self.outbox.iter().take(self.pushed).any(|change| change.hash == hash) {
            self.answered.insert(hash);
            self.refused.get_or_insert((hash, refusal));
        }
        self.settle_refusal()
    }

    /// Tells the owner of a refusal once nothing that was pushed is still unanswered.
    fn settle_refusal(&mut self) -> Vec<Step> {
        let is_settled = self.outbox.iter().take(self.pushed).all(|change| self.answered.contains(&change.hash));
        match self.refused.take_if(|_| is_settled) {
            Some((hash, refusal)) => vec![Step::Denied { hash, refusal }],
            None => Vec::new(),
        }
    }

    /// The log's entry `seq` is the change `hash`.
    fn advance(&mut self, seq: Seq, hash: ChangeHash, deps: &[ChangeHash]) -> Result<(), ProtocolError> {
        let log = self.welcome.as_ref().ok_or(ProtocolError::OutOfTurn)?.log;
        let last = self.point.map_or(Seq::START, |point| point.seq);
        if matches!(self.link, Link::Offline | Link::Greeting) {
            return Err(ProtocolError::OutOfTurn);
        }
        if seq != last.plus(1) {
            return Err(ProtocolError::Gap(last));
        }
        self.point = Some(LogPoint { log, seq, hash: hash.into() });
        match &mut self.heads {
            Some(heads) => {
                for dep in deps {
                    heads.remove(dep);
                }
                heads.insert(hash);
            }
            // On top of a snapshot nothing could be counted. Here it begins: what follows in the same frame is counted already.
            None => self.heads = self.welcome.as_ref().filter(|welcome| welcome.head == seq).map(heads_of),
        }
        Ok(())
    }

    fn check_caught_up(&mut self) -> Vec<Step> {
        let (Link::CatchingUp { total, .. }, Some(welcome)) = (self.link, &self.welcome) else {
            return Vec::new();
        };
        let is_snapshot_due = matches!(welcome.catch_up, CatchUp::Snapshot { .. }) && self.point.is_none();
        let left = welcome.head.since(self.point.map_or(Seq::START, |point| point.seq));
        if is_snapshot_due {
            return Vec::new();
        }
        if left > 0 {
            self.link = Link::CatchingUp { received: total.saturating_sub(left), total };
            return Vec::new();
        }
        self.link = Link::Live;
        if self.heads.is_none() {
            // The snapshot alone reached up to the head.
            self.heads = Some(heads_of(welcome));
        }
        vec![Step::CaughtUp { heads: self.server_heads() }]
    }

    /// Takes a change out of the outbox; whether it was there.
    fn forget(&mut self, hash: ChangeHash) -> bool {
        let Some(at) = self.outbox.iter().position(|change| change.hash == hash) else {
            return false;
        };
        self.outbox.remove(at);
        if at < self.pushed {
            self.pushed -= 1;
        }
        true
    }

    /// Pushes what may go now.
    fn pump(&mut self) -> Vec<Step> {
        let mut steps = Vec::new();
        if self.link != Link::Live || !self.awaiting.is_empty() || self.refused.is_some() {
            return steps;
        }
        while self.pushed < self.outbox.len() && self.pushed < limits::PUSH_IN_FLIGHT_CHANGES_MAX {
            let mut changes = Vec::new();
            let mut bytes = 0;
            let room = limits::PUSH_CHANGES_MAX.min(limits::PUSH_IN_FLIGHT_CHANGES_MAX - self.pushed);
            for change in self.outbox.iter().skip(self.pushed).take(room) {
                if !changes.is_empty() && bytes + change.bytes.len() > limits::PUSH_BYTES_MAX {
                    break;
                }
                bytes += change.bytes.len();
                changes.push(ByteBuf::from(change.bytes.clone()));
            }
            self.pushed += changes.len();
            steps.push(Step::Send(ClientFrame::Push { changes }));
        }
        steps
    }
}

/// The heads of the log as it stood when it welcomed us.
fn heads_of(welcome: &Welcome) -> BTreeSet<ChangeHash> {
    welcome.heads.iter().map(|hash| (*hash).into()).collect()
}

#[cfg(test)]
mod tests;
