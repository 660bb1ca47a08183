//! What a room knows and decides, without IO, clock or randomness: events in, [`Effect`]s out.
//!
//! The task around it (`live::room`) reads, writes and sends; the simulator in `tests` does the same on a simulated network. The
//! invariants: what is acked or broadcast is durable; every live session has had every entry up to the head, once and in order; one
//! batch is on its way to the store at a time.

mod append;
mod catch_up;
mod companions;
mod denials;
mod document;
mod effect;
mod ends;
mod introduce;
mod presence;
mod push;
mod queue;
mod rate;
mod record;
mod reload;
mod ring;
mod session;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use std::time::Duration;

use automerge::{Automerge, ChangeHash};
use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{Author, LogId, ParticipantId, Seq, TabId};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{self, ClientFrame, Goodbye, Hash, ServerFrame, SessionId};

use self::denials::Denials;
use self::document::Document;
use self::queue::Queue;
use self::ring::{Recent, Ring};
use self::session::Session;
use crate::audit::Occurrence;
use crate::store::{Entry, Snapshot};

pub use companions::Companion;
pub use effect::{Care, Effect, IntroduceError};
pub use introduce::Introduction;
pub use reload::OpenError;

/// The participant that the server writes as.
pub const SERVER: ParticipantId = ParticipantId::from_bytes([0; ParticipantId::BYTES]);

/// A plan as the store holds it.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The id of its log.
    pub log: LogId,
    /// The newest snapshot.
    pub snapshot: Option<Snapshot>,
    /// Where the log ends.
    pub head: Seq,
    /// The newest entries, without a gap up to the head: at least all after the snapshot, better some [`limits::RING_ENTRIES_MAX`].
    pub entries: Vec<(Seq, Entry)>,
}

/// How much of the past a room keeps at hand, and how often it sums it up.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// A snapshot is due when the log has grown by this many changes.
    pub snapshot_every_changes: u64,
    /// How many changes before the newest snapshot stay in the log.
    pub log_tail_changes: u64,
    /// How many of the newest entries are in memory.
    pub ring_entries_max: usize,
}

impl Default for Retention {
    /// As in [`limits`].
    fn default() -> Self {
        Self {
            snapshot_every_changes: limits::SNAPSHOT_EVERY_CHANGES,
            log_tail_changes: limits::LOG_TAIL_CHANGES,
            ring_entries_max: limits::RING_ENTRIES_MAX,
        }
    }
}

/// An open plan. After every call of a method, take the effects and do them in order.
pub struct RoomCore {
    log: LogId,
    health: Health,
    /// The author of what the server itself writes.
    author: Author,
    ring: Ring,
    durable_heads: Vec<ChangeHash>,
    queue: Queue,
    sessions: BTreeMap<SessionId, Session>,
    /// When the first of their links ends by itself; it may be of somebody who has left.
    next_end_ms: Option<u64>,
    held: Vec<reload::Held>,
    denials: Denials,
    /// The time of what came last, since any fixed moment.
    now: Duration,
    snapshot: Option<SnapshotPoint>,
    snapshot_in_flight: Option<SnapshotPoint>,
    /// The snapshot that somebody is being sent, for the next who needs it.
    snapshot_bytes: Option<(Seq, Weak<[u8]>)>,
    /// The server stops, and nothing more is taken in.
    is_stopping: bool,
    retention: Retention,
    /// The server's clock, as it was last told.
    now_ms: i64,
    effects: Vec<Effect>,
}

/// Whether the document can be used.
enum Health {
    Sound(Box<Document>),
    /// Automerge panicked in it. It is read again when the batch that is on its way is durable.
    Broken(String),
    /// It is being read again.
    Reloading,
    /// The room has ended.
    Ended,
}

/// The last entry that a snapshot covers.
#[derive(Debug, Clone, Copy)]
struct SnapshotPoint {
    seq: Seq,
    hash: Hash,
}

impl RoomCore {
    /// Opens a plan. `tab` is random and new for each opening.
    ///
    /// # Errors
    /// When what the store holds is not a plan's log.
    pub fn open(opening: Opening, tab: TabId) -> Result<Self, OpenError> {
        Self::open_keeping(opening, tab, Retention::default())
    }

    /// As [`RoomCore::open`], with another retention: the simulation keeps so little that it meets what a long workshop does.
    ///
    /// # Errors
    /// When what the store holds is not a plan's log.
    pub fn open_keeping(opening: Opening, tab: TabId, retention: Retention) -> Result<Self, OpenError> {
        opening.check()?;
        let (document, snapshot_heads) = opening.document()?;
        let snapshot = opening.snapshot_point(&snapshot_heads);
        let mut ring = Ring::at(Seq(opening.head.0 - opening.entries.len() as u64), retention.ring_entries_max);
        for (_, entry) in opening.entries {
            ring.push(Recent { entry, origins: Vec::new() });
        }
        ring.trim();
        let mut core = Self {
            log: opening.log,
            durable_heads: document.heads(),
            health: Health::Sound(Box::new(document)),
            author: Author { participant: SERVER, tab },
            ring,
            queue: Queue::default(),
            sessions: BTreeMap::new(),
            next_end_ms: None,
            held: Vec::new(),
            denials: Denials::default(),
            now: Duration::ZERO,
            snapshot,
            snapshot_in_flight: None,
            snapshot_bytes: None,
            is_stopping: false,
            retention,
            now_ms: 0,
            effects: Vec::new(),
        };
        core.migrate()?;
        Ok(core)
    }

    /// What is to be done now, in order.
    #[must_use]
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The log's last durable entry.
    #[must_use]
    pub fn head(&self) -> Seq {
        self.ring.head()
    }

    /// The heads of the document at [`RoomCore::head`].
    #[must_use]
    pub fn durable_heads(&self) -> &[ChangeHash] {
        &self.durable_heads
    }

    /// The document, with what is not durable yet. None while it is being read again.
    #[must_use]
    pub fn document(&self) -> Option<&Automerge> {
        match &self.health {
            Health::Sound(document) => Some(document.doc()),
            Health::Broken(_) | Health::Reloading | Health::Ended => None,
        }
    }

    /// How many sessions there are.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// Whether nobody is here and nothing is on its way to the store, so that the room can be closed.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.sessions.is_empty() && self.is_settled()
    }

    /// Whether nothing is on its way to the store.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_sound = matches!(self.health, Health::Sound(_) | Health::Ended);
        is_sound && self.queue.is_empty() && self.held.is_empty() && self.snapshot_in_flight.is_none()
    }

    /// What the server's clock shows, in milliseconds since 1970. Clients are told, and count down by it.
    pub const fn clock(&mut self, now_ms: i64) {
        self.now_ms = now_ms;
    }

    /// A connection is there. Its id is new in this room.
    pub fn join(&mut self, session: SessionId, grant: Grant) {
        let goodbye = if matches!(self.health, Health::Ended) {
            Some(Goodbye::Trouble)
        } else if self.sessions.len() >= limits::SESSIONS_PER_PLAN_MAX {
            Some(Goodbye::TooManyPeople)
        } else {
            None
        };
        match goodbye {
            Some(goodbye) => self.effects.push(Effect::Close { session, goodbye }),
            None => drop(self.sessions.insert(session, Session::new(grant))),
        }
    }

    /// A frame came. `now` is since any fixed moment.
    pub fn frame(&mut self, session: SessionId, frame: ClientFrame, now: Duration) {
        self.now = self.now.max(now);
        let Some(state) = self.sessions.get_mut(&session) else { return };
        if !state.frames.take(now) {
            return self.close(session, Goodbye::Overflow);
        }
        let is_welcomed = state.is_welcomed();
        match frame {
            ClientFrame::Hello { after } => self.hello(session, after),
            ClientFrame::Ping => self.send(session, &ServerFrame::Pong, Care::Keep),
            ClientFrame::Pong => {}
            ClientFrame::Push { .. } | ClientFrame::Presence(_) if !is_welcomed => self.close(session, Goodbye::Malformed),
            // It comes again, to the next server.
            ClientFrame::Push { .. } if self.is_stopping => {}
            ClientFrame::Push { changes } => self.push(session, changes),
            ClientFrame::Presence(presence) => self.presence(session, presence, now),
        }
    }

    /// A connection is gone.
    pub fn leave(&mut self, session: SessionId) {
        let Some(state) = self.sessions.remove(&session) else { return };
        if state.presence.is_some() {
            self.send_to_others(session, &ServerFrame::Left { session }, Care::Keep);
        }
        for person in state.people() {
            if self.sessions.values().all(|other| other.people().all(|one| one != person)) {
                let denied = self.denials.end(Some(person));
                self.put_on_record(denied);
            }
        }
    }

    /// What a person may do is something else from now on, or nothing any more. It holds for what they have pushed and not yet been
    /// answered, too, unless it is taken in already.
    pub fn regrant(&mut self, participant: ParticipantId, grant: Option<&Grant>) {
        self.regrant_companion(participant, grant);
        let of_them = |state: &Session| state.grant.participant == participant && Some(&state.grant) != grant;
        let sessions: Vec<SessionId> = self.sessions.iter().filter(|(_, state)| of_them(state)).map(|(session, _)| *session).collect();
        for session in sessions {
            let (Some(grant), Some(state)) = (grant, self.sessions.get_mut(&session)) else {
                self.close(session, Goodbye::Revoked);
                continue;
            };
            state.grant = grant.clone();
            // Whom the plenary follows may be somebody else now; the tick tells it.
            state.presence_due |= state.presence.as_ref().is_some_and(|presence| presence.leads);
            if state.is_welcomed() {
                self.send(session, &ServerFrame::Granted(grant.clone()), Care::Keep);
            }
        }
    }

    /// Who is here, each person once, and whoever else writes on their devices.
    #[must_use]
    pub fn participants(&self) -> Vec<ParticipantId> {
        let all: std::collections::BTreeSet<ParticipantId> = self.sessions.values().flat_map(Session::people).collect();
        all.into_iter().collect()
    }

    /// A frame did not fit into the session's queue: it is too slow, and catches up from the log when it comes back.
    pub fn overflowed(&mut self, session: SessionId) {
        self.close(session, Goodbye::Overflow);
    }

    /// Time has passed. To be called about every second.
    pub fn tick(&mut self, now: Duration) {
        self.now = self.now.max(now);
        self.tell_due_presences(now);
        let denied = self.denials.due(now);
        self.put_on_record(denied);
    }

    /// The server stops: nothing more is taken in. What was is still stored and acked, and everybody is told when that is done; wait
    /// until the room [is settled](Self::is_settled).
    pub fn stop(&mut self) {
        self.is_stopping = true;
        let denied = self.denials.end(None);
        self.put_on_record(denied);
        self.close_when_settled();
    }

    /// Says goodbye when the server stops and nobody waits for an ack any more.
    fn close_when_settled(&mut self) {
        if !self.is_stopping || !self.is_settled() {
            return;
        }
        for (session, _) in std::mem::take(&mut self.sessions) {
            self.effects.push(Effect::Close { session, goodbye: Goodbye::Stopping });
        }
    }

    fn close(&mut self, session: SessionId, goodbye: Goodbye) {
        if self.sessions.contains_key(&session) {
            self.effects.push(Effect::Close { session, goodbye });
            self.leave(session);
        }
    }

    fn put_on_record(&mut self, occurrences: Vec<Occurrence>) {
        if !occurrences.is_empty() {
            self.effects.push(Effect::Record { occurrences });
        }
    }

    fn send(&mut self, session: SessionId, frame: &ServerFrame, care: Care) {
        self.send_bytes(session, frame::encode(frame).into(), care);
    }

    fn send_bytes(&mut self, session: SessionId, frame: Arc<[u8]>, care: Care) {
        self.effects.push(Effect::Send { session, frame, care });
    }
}
