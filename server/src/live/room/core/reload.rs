//! Opening a plan from what the store holds, the first time and after the document broke.

use automerge::ChangeHash;
use hamutuk_shared::id::Seq;
use hamutuk_shared::sync::frame::{Goodbye, SessionId};
use serde_bytes::ByteBuf;

use super::document::{Broken, Document};
use super::{Effect, Health, Introduction, Opening, RoomCore, SnapshotPoint};

/// What the store holds is not a plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the plan cannot be opened: {0}")]
pub struct OpenError(pub(super) String);

/// What came while there was no document.
pub(super) enum Held {
    Push(SessionId, Vec<ByteBuf>),
    Introduce(Introduction),
}

impl Held {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Push(_, changes) => changes.len(),
            Self::Introduce(_) => 1,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Push(_, changes) => changes.iter().map(|change| change.len()).sum(),
            Self::Introduce(_) => 0,
        }
    }

    pub(super) fn into_request(self) -> Option<u64> {
        match self {
            Self::Push(..) => None,
            Self::Introduce(introduction) => Some(introduction.request),
        }
    }
}

impl Opening {
    pub(super) fn check(&self) -> Result<(), OpenError> {
        let covered = self.snapshot.as_ref().map_or(Seq::START, |snapshot| snapshot.seq);
        let before = self.head.0.checked_sub(self.entries.len() as u64).ok_or_else(|| OpenError("its log is too long".to_owned()))?;
        let is_gapless = self.entries.iter().zip(before + 1..).all(|((seq, _), expected)| seq.0 == expected);
        if is_gapless && Seq(before) <= covered { Ok(()) } else { Err(OpenError("its log has a gap".to_owned())) }
    }

    /// The document, and its heads as of the snapshot.
    pub(super) fn document(&self) -> Result<(Document, Vec<ChangeHash>), OpenError> {
        let snapshot = self.snapshot.as_ref().map(|snapshot| &snapshot.bytes[..]);
        let changes = self.entries.iter().map(|(_, entry)| entry.bytes.clone());
        Document::load(snapshot, changes).map_err(|Broken(what)| OpenError(what))
    }

    /// A restored plan has a snapshot and not the entry at it; there any hash does that is always the same.
    pub(super) fn snapshot_point(&self, snapshot_heads: &[ChangeHash]) -> Option<SnapshotPoint> {
        let seq = self.snapshot.as_ref()?.seq;
        let entry = self.entries.iter().find(|(at, _)| *at == seq).map(|(_, entry)| entry.hash);
        let hash = entry.or_else(|| snapshot_heads.iter().min().copied())?;
        Some(SnapshotPoint { seq, hash: hash.into() })
    }
}

impl RoomCore {
    /// Gives the document up. What is taken in but not sent to the store, and what comes now, waits for the new one.
    pub(super) fn break_document(&mut self, Broken(why): Broken) {
        self.health = Health::Broken(why);
        // With a batch on its way, only its answer tells where the log ends.
        if !self.queue.is_in_flight() {
            self.ask_reload();
        }
    }

    /// Asks for the document again, if it is broken.
    pub(super) fn ask_reload(&mut self) {
        self.health = match std::mem::replace(&mut self.health, Health::Ended) {
            Health::Broken(why) => {
                self.effects.push(Effect::Reload { why });
                Health::Reloading
            }
            other => other,
        };
    }

    /// The answer to [`Effect::Reload`]. An error ends the room.
    pub fn reloaded(&mut self, result: Result<Opening, ()>) {
        if !matches!(self.health, Health::Reloading) {
            return;
        }
        let opened = result.map_err(drop).and_then(|opening| {
            opening.check().map_err(drop)?;
            if opening.head != self.head() { Err(()) } else { opening.document().map_err(drop) }
        });
        let Ok((mut document, _)) = opened else { return self.end(Goodbye::Trouble) };
        let waiting = self.queue.waiting().iter().map(|entry| entry.bytes.clone());
        if document.replay(waiting).is_err() {
            return self.end(Goodbye::Trouble);
        }
        self.health = Health::Sound(Box::new(document));
        self.start_batch();
        for held in std::mem::take(&mut self.held) {
            match held {
                Held::Push(session, changes) => {
                    if self.sessions.contains_key(&session) {
                        self.push(session, changes);
                    }
                }
                Held::Introduce(introduction) => self.introduce(introduction),
            }
        }
        self.close_when_settled();
    }
}
