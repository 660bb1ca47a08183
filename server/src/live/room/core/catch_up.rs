//! From the hello to live: a cursor on the log that pieces of it are read for, as fast as the socket takes them.

use std::sync::Arc;

use hamutuk_shared::id::Seq;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{CatchUp, Goodbye, Hash, LogPoint, ServerFrame, SessionId, Welcome};
use serde_bytes::ByteBuf;

use super::session::{Awaits, CatchingUp, Rest, Stage};
use super::{Care, Effect, RoomCore, SnapshotPoint};
use crate::store::{Entry, Snapshot};

impl RoomCore {
    pub(super) fn hello(&mut self, session: SessionId, after: Option<LogPoint>) {
        let Some(state) = self.sessions.get_mut(&session) else { return };
        if !matches!(state.stage, Stage::AwaitingHello) {
            return self.close(session, Goodbye::Malformed);
        }
        let point = after.filter(|point| point.log == self.log && point.seq > Seq::START && point.seq <= self.head());
        match point.map(|point| (point, self.known_hash_at(point.seq))) {
            None => self.start_over(session),
            Some((point, Some(hash))) if hash == point.hash => self.welcome(session, point.seq, None, CatchUp::Entries),
            Some((_, Some(_))) => self.start_over(session),
            Some((point, None)) => {
                self.set_stage(session, Stage::Checking(point));
                self.effects.push(Effect::Read { session, after: Seq(point.seq.0 - 1) });
            }
        }
    }

    /// The answer to [`Effect::Read`]. An error ends the session; it may come back.
    pub fn read_done(&mut self, session: SessionId, result: Result<Vec<(Seq, Entry)>, ()>) {
        let Some(state) = self.sessions.get_mut(&session) else { return };
        let Ok(mut entries) = result else { return self.close(session, Goodbye::Trouble) };
        // The store may already hold what is not acked yet; that comes with its ack.
        let head = self.ring.head();
        entries.retain(|(seq, _)| *seq <= head);
        match &state.stage {
            Stage::Checking(point) => {
                let point = *point;
                let holds = entries.first().is_some_and(|(seq, entry)| *seq == point.seq && Hash::from(entry.hash) == point.hash);
                if !holds {
                    return self.start_over(session);
                }
                entries.remove(0);
                let frame = self.welcome_frame(session, CatchUp::Entries);
                self.send(session, &frame, Care::Keep);
                self.catch_up_from(session, point.seq, None);
                if entries.is_empty() { self.step(session) } else { self.send_piece(session, entries) }
            }
            Stage::CatchingUp(cursor) if cursor.awaits == Awaits::Store => self.send_piece(session, entries),
            _ => {}
        }
    }

    /// The answer to [`Effect::ReadSnapshot`]. No snapshot, or an error, ends the session; it may come back.
    pub fn snapshot_read(&mut self, session: SessionId, result: Result<Option<Snapshot>, ()>) {
        let Some(state) = self.sessions.get(&session) else { return };
        if !matches!(state.stage, Stage::AwaitingSnapshot) {
            return;
        }
        let Ok(Some(snapshot)) = result else { return self.close(session, Goodbye::Trouble) };
        let known = [self.snapshot, self.snapshot_in_flight].into_iter().flatten().find(|point| point.seq == snapshot.seq);
        let Some(point) = known else { return self.close(session, Goodbye::Trouble) };
        self.snapshot_bytes = Some((point.seq, Arc::downgrade(&snapshot.bytes)));
        self.welcome_with_snapshot(session, point, snapshot.bytes);
    }

    /// The socket has taken a frame that was sent with [`Care::Report`].
    pub fn written(&mut self, session: SessionId) {
        if let Some(Stage::CatchingUp(cursor)) = self.sessions.get(&session).map(|state| &state.stage)
            && cursor.awaits == Awaits::Socket
        {
            self.step(session);
        }
    }

    fn start_over(&mut self, session: SessionId) {
        let Some(point) = self.snapshot else { return self.welcome(session, Seq::START, None, CatchUp::FromStart) };
        let shared = self.snapshot_bytes.as_ref().filter(|(seq, _)| *seq == point.seq).and_then(|(_, bytes)| bytes.upgrade());
        if let Some(bytes) = shared {
            return self.welcome_with_snapshot(session, point, bytes);
        }
        self.set_stage(session, Stage::AwaitingSnapshot);
        self.effects.push(Effect::ReadSnapshot { session });
    }

    fn welcome_with_snapshot(&mut self, session: SessionId, point: SnapshotPoint, bytes: Arc<[u8]>) {
        let catch_up = CatchUp::Snapshot { seq: point.seq, hash: point.hash, bytes_total: bytes.len() as u64 };
        self.welcome(session, point.seq, Some(Rest { bytes, offset: 0 }), catch_up);
    }

    fn welcome(&mut self, session: SessionId, position: Seq, snapshot: Option<Rest>, catch_up: CatchUp) {
        let frame = self.welcome_frame(session, catch_up);
        self.send(session, &frame, Care::Keep);
        self.catch_up_from(session, position, snapshot);
        self.step(session);
    }

    fn welcome_frame(&self, session: SessionId, catch_up: CatchUp) -> ServerFrame {
        let state = &self.sessions[&session];
        let (grant, companions) = (state.grant.clone(), state.companion_grants());
        let heads = self.durable_heads.iter().copied().map(Hash::from).collect();
        let (log, head, now_ms) = (self.log, self.head(), self.now_ms);
        ServerFrame::Welcome(Welcome { log, head, heads, grant, companions, session, catch_up, now_ms })
    }

    fn catch_up_from(&mut self, session: SessionId, position: Seq, snapshot: Option<Rest>) {
        self.set_stage(session, Stage::CatchingUp(CatchingUp { position, snapshot, awaits: Awaits::Socket }));
    }

    /// Does the next thing for a session that catches up: a piece of the snapshot, a read, or the last entries and live.
    fn step(&mut self, session: SessionId) {
        let Some(Stage::CatchingUp(cursor)) = self.sessions.get_mut(&session).map(|state| &mut state.stage) else { return };
        if let Some(rest) = &mut cursor.snapshot {
            let end = rest.bytes.len().min(rest.offset + limits::SNAPSHOT_PIECE_BYTES_MAX);
            let frame = ServerFrame::SnapshotPiece { offset: rest.offset as u64, bytes: ByteBuf::from(&rest.bytes[rest.offset..end]) };
            rest.offset = end;
            if end == rest.bytes.len() {
                cursor.snapshot = None;
            }
            cursor.awaits = Awaits::Socket;
            return self.send(session, &frame, Care::Report);
        }
        let position = cursor.position;
        if self.ring.covers(position) {
            self.deliver(session, position);
            self.set_stage(session, Stage::Live);
            return self.tell_presences_to(session);
        }
        cursor.awaits = Awaits::Store;
        self.effects.push(Effect::Read { session, after: position });
    }

    fn send_piece(&mut self, session: SessionId, entries: Vec<(Seq, Entry)>) {
        let Some(Stage::CatchingUp(cursor)) = self.sessions.get_mut(&session).map(|state| &mut state.stage) else { return };
        let first = cursor.position.plus(1);
        let is_gapless = entries.iter().zip(first.0..).all(|((seq, _), expected)| seq.0 == expected);
        if entries.is_empty() || !is_gapless {
            // What it needs was dropped from the log while it read; there is a snapshot for it now.
            return self.close(session, Goodbye::Overflow);
        }
        cursor.position = cursor.position.plus(entries.len() as u64);
        cursor.awaits = Awaits::Socket;
        let changes = entries.into_iter().map(|(_, entry)| ByteBuf::from(entry.bytes.to_vec())).collect();
        self.send(session, &ServerFrame::Changes { first, changes }, Care::Report);
    }

    /// The hash of an entry, if it can be told without a read.
    fn known_hash_at(&self, seq: Seq) -> Option<Hash> {
        let at_snapshot = self.snapshot.filter(|point| point.seq == seq).map(|point| point.hash);
        self.ring.hash_at(seq).map(Hash::from).or(at_snapshot)
    }

    fn set_stage(&mut self, session: SessionId, stage: Stage) {
        if let Some(state) = self.sessions.get_mut(&session) {
            state.stage = stage;
        }
    }
}
