//! From taken in to durable, and out to everybody.

use std::collections::HashSet;
use std::sync::Arc;

use hamutuk_shared::id::Seq;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{self, Goodbye, Hash, ServerFrame, SessionId};
use serde_bytes::ByteBuf;

use super::queue::{Batch, Origin};
use super::ring::Recent;
use super::{Care, Effect, Health, IntroduceError, RoomCore, SnapshotPoint};
use crate::store::Snapshot;

impl RoomCore {
    /// Sends the waiting changes to the store, if it is free.
    pub(super) fn start_batch(&mut self) {
        let Health::Sound(document) = &mut self.health else { return };
        let count = self.queue.waiting().len() as u64;
        if count == 0 || self.queue.is_in_flight() {
            return;
        }
        // Now the document holds what is durable and this batch, and nothing else: the only moment to save it.
        let since = self.ring.head().plus(count).since(self.snapshot.map_or(Seq::START, |point| point.seq));
        let is_due = since >= self.retention.snapshot_every_changes && self.snapshot_in_flight.is_none();
        let saved = match is_due.then(|| document.save()).transpose() {
            Ok(saved) => saved,
            Err(broken) => return self.break_document(broken),
        };
        let heads = document.heads();
        let (entries, occurrences) = self.queue.start(heads, saved);
        self.effects.push(Effect::Append { entries, occurrences });
    }

    /// The answer to [`Effect::Append`]: the number of the last entry. An error ends the room, because whether the entries are in the
    /// log is unknown; whoever pushed them has no ack and pushes them again.
    pub fn appended(&mut self, result: Result<Seq, ()>) {
        let Some(batch) = self.queue.finish() else { return };
        let expected = self.head().plus(batch.entries.len() as u64);
        if result != Ok(expected) {
            return self.end(Goodbye::Trouble);
        }
        self.durable_heads.clone_from(&batch.heads);
        self.broadcast(batch);
        self.ask_reload();
        self.start_batch();
        self.close_when_settled();
    }

    /// The answer to [`Effect::WriteSnapshot`]. After an error it is tried again when the log has grown some more.
    pub fn snapshot_written(&mut self, result: Result<(), ()>) {
        let written = self.snapshot_in_flight.take();
        if result.is_ok() {
            self.snapshot = written.or(self.snapshot);
        }
        self.close_when_settled();
    }

    fn broadcast(&mut self, batch: Batch) {
        let before = self.head();
        let mut introduced = Vec::new();
        let mut authors = HashSet::new();
        let last_hash = batch.entries.last().map(|entry| entry.hash);
        for entry in batch.entries {
            let mut origins = Vec::new();
            for origin in self.queue.origins_of(&entry.hash) {
                match origin {
                    Origin::Session(session) => origins.push(session),
                    Origin::Introduction(request, organisation) => introduced.push((request, organisation)),
                    Origin::Migration => {}
                }
            }
            for session in &origins {
                if let Some(state) = self.sessions.get_mut(session) {
                    state.unacked = state.unacked.saturating_sub(1);
                }
            }
            authors.extend(origins.iter().copied());
            self.ring.push(Recent { entry, origins });
        }
        self.deliver_to_live(before, &authors);
        self.ring.trim();
        for (request, organisation) in introduced {
            self.effects.push(Effect::Introduced { request, result: Ok(organisation) });
        }
        if let (Some(bytes), Some(hash)) = (batch.saved, last_hash) {
            self.write_snapshot(hash.into(), bytes);
        }
    }

    fn deliver_to_live(&mut self, before: Seq, authors: &HashSet<SessionId>) {
        let live: Vec<SessionId> = self.sessions.iter().filter(|(_, state)| state.is_live()).map(|(session, _)| *session).collect();
        let mut shared: Option<Vec<Arc<[u8]>>> = None;
        for session in live {
            if authors.contains(&session) {
                self.deliver(session, before);
                continue;
            }
            let frames = shared.get_or_insert_with(|| self.frames_after(before, None)).clone();
            for frame in frames {
                self.send_bytes(session, frame, Care::Keep);
            }
        }
    }

    /// Sends a session what the ring holds after `position`: acks for its own changes, the changes of the others.
    pub(super) fn deliver(&mut self, session: SessionId, position: Seq) {
        for frame in self.frames_after(position, Some(session)) {
            self.send_bytes(session, frame, Care::Keep);
        }
    }

    fn frames_after(&self, position: Seq, session: Option<SessionId>) -> Vec<Arc<[u8]>> {
        let mut runs: Vec<Run> = Vec::new();
        for (seq, recent) in self.ring.after(position) {
            let is_own = session.is_some_and(|session| recent.origins.contains(&session));
            let bytes = recent.entry.bytes.len();
            match runs.last_mut() {
                Some(run) if run.is_own == is_own && run.has_room(bytes) => run.add(recent),
                _ => {
                    let mut run = Run { first: seq, is_own, bytes: 0, entries: Vec::new() };
                    run.add(recent);
                    runs.push(run);
                }
            }
        }
        runs.iter().map(|run| frame::encode(&run.frame()).into()).collect()
    }

    fn write_snapshot(&mut self, hash: Hash, bytes: Arc<[u8]>) {
        let seq = self.head();
        self.snapshot_in_flight = Some(SnapshotPoint { seq, hash });
        // The entry at the snapshot stays, so that a client that stands there can be recognised.
        let drop_through = Seq(seq.0.saturating_sub(self.retention.log_tail_changes.max(1)));
        self.effects.push(Effect::WriteSnapshot { snapshot: Snapshot { seq, bytes }, drop_through });
    }

    /// Closes everything.
    pub(super) fn end(&mut self, goodbye: Goodbye) {
        for session in self.sessions.keys().copied().collect::<Vec<_>>() {
            self.sessions.remove(&session);
            self.effects.push(Effect::Close { session, goodbye });
        }
        let waiting = self.queue.clear().into_iter().filter_map(|origin| match origin {
            Origin::Introduction(request, _) => Some(request),
            Origin::Session(_) | Origin::Migration => None,
        });
        let held = std::mem::take(&mut self.held).into_iter().filter_map(super::reload::Held::into_request);
        let requests: HashSet<u64> = waiting.chain(held).collect();
        for request in requests {
            self.effects.push(Effect::Introduced { request, result: Err(IntroduceError::Trouble) });
        }
        let denied = self.denials.end(None);
        self.put_on_record(denied);
        self.health = Health::Ended;
        self.effects.push(Effect::End);
    }
}

/// Entries that go into one frame.
struct Run<'a> {
    first: Seq,
    is_own: bool,
    bytes: usize,
    entries: Vec<&'a Recent>,
}

impl<'a> Run<'a> {
    fn has_room(&self, bytes: usize) -> bool {
        self.entries.len() < limits::PUSH_CHANGES_MAX && (self.is_own || self.bytes + bytes <= limits::PUSH_BYTES_MAX)
    }

    fn add(&mut self, recent: &'a Recent) {
        self.bytes += recent.entry.bytes.len();
        self.entries.push(recent);
    }

    fn frame(&self) -> ServerFrame {
        if self.is_own {
            let hashes = self.entries.iter().map(|recent| recent.entry.hash.into()).collect();
            return ServerFrame::Ack { first: Some(self.first), hashes };
        }
        let changes = self.entries.iter().map(|recent| ByteBuf::from(recent.entry.bytes.to_vec())).collect();
        ServerFrame::Changes { first: self.first, changes }
    }
}
