//! What a session pushes: checked, taken into the document, and queued for the store.

use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::Author;
use hamutuk_shared::limits;
use hamutuk_shared::sync::chunk;
use hamutuk_shared::sync::frame::{Goodbye, Hash, ServerFrame, SessionId};
use serde_bytes::ByteBuf;

use super::denials::Denial;
use super::document::{Broken, Rejection};
use super::queue::Origin;
use super::reload::Held;
use super::{Care, Health, RoomCore};
use crate::store::Entry;

/// What became of one pushed change.
enum Outcome {
    /// It waits for the store.
    Queued,
    /// The log holds it already.
    Durable(Hash),
    Missing(Hash),
    Denied(Hash, Denial),
    /// It builds on one that was denied, which is on record.
    DeniedWithAnother(Hash),
    /// The session must go.
    Close(Goodbye),
    /// The session must go, and the document with it.
    Broke(Broken),
}

impl RoomCore {
    pub(super) fn push(&mut self, session: SessionId, changes: Vec<ByteBuf>) {
        if changes.len() > limits::PUSH_CHANGES_MAX {
            return self.close(session, Goodbye::Malformed);
        }
        if !matches!(self.health, Health::Sound(_)) {
            return self.hold(session, changes);
        }
        let mut durable = Vec::new();
        for bytes in changes {
            match self.take_in(session, &bytes) {
                Outcome::Queued => {}
                Outcome::Durable(hash) => durable.push(hash),
                Outcome::Missing(hash) => self.send(session, &ServerFrame::Missing { hash }, Care::Keep),
                Outcome::Denied(hash, denial) => self.deny(session, hash, denial),
                Outcome::DeniedWithAnother(hash) => self.tell_denied(session, hash, Refusal::BuildsOnRefused),
                Outcome::Close(goodbye) => {
                    self.close(session, goodbye);
                    break;
                }
                Outcome::Broke(broken) => {
                    self.close(session, Goodbye::Malformed);
                    return self.break_document(broken);
                }
            }
        }
        if !durable.is_empty() {
            self.send(session, &ServerFrame::Ack { first: None, hashes: durable }, Care::Keep);
        }
        self.start_batch();
    }

    fn take_in(&mut self, session: SessionId, bytes: &[u8]) -> Outcome {
        let Health::Sound(document) = &mut self.health else { return Outcome::Close(Goodbye::Trouble) };
        let Some(state) = self.sessions.get_mut(&session) else { return Outcome::Close(Goodbye::Trouble) };
        // What cannot be read has no hash to answer with, and no replica of ours makes such a thing.
        let Ok(change) = chunk::read(bytes) else { return Outcome::Close(Goodbye::Malformed) };
        let (hash, origin) = (change.hash(), Origin::Session(session));
        if document.holds(&hash) {
            match self.queue.join(&hash, origin) {
                None => return Outcome::Durable(hash.into()),
                Some(is_new) => state.unacked += usize::from(is_new),
            }
            return Outcome::Queued;
        }
        if state.refused.contains(&hash) || change.deps().iter().any(|dependency| state.refused.contains(dependency)) {
            return Outcome::DeniedWithAnother(hash.into());
        }
        if self.queue.is_full() || state.unacked >= limits::PUSH_IN_FLIGHT_CHANGES_MAX {
            return Outcome::Close(Goodbye::Overflow);
        }
        let entry = Entry { hash, bytes: bytes.into() };
        let author = Author::of(change.actor_id()).map(|author| author.participant);
        let grant = state.grant_of(author);
        match document.take_in(&change, grant) {
            Ok(occurrences) => {
                state.unacked += 1;
                self.queue.push(entry, origin);
                self.queue.put_on_record(occurrences);
                Outcome::Queued
            }
            Err(Rejection::Missing) => Outcome::Missing(hash.into()),
            Err(Rejection::Refused(refusal)) => {
                let (participant, place) = (grant.participant, document.place_of(&change, grant));
                Outcome::Denied(hash.into(), Denial { participant, refusal, place })
            }
            Err(Rejection::Broke(broken)) => Outcome::Broke(broken),
        }
    }

    fn deny(&mut self, session: SessionId, hash: Hash, denial: Denial) {
        self.tell_denied(session, hash, denial.refusal);
        let told = self.denials.note(denial, self.now);
        self.put_on_record(told.into_iter().collect());
    }

    fn tell_denied(&mut self, session: SessionId, hash: Hash, refusal: Refusal) {
        if let Some(state) = self.sessions.get_mut(&session) {
            state.refused.insert(hash.into());
        }
        self.send(session, &ServerFrame::Denied { hash, refusal }, Care::Keep);
    }

    /// Keeps a push until the document is there again.
    fn hold(&mut self, session: SessionId, changes: Vec<ByteBuf>) {
        let held: usize = self.held.iter().map(Held::len).sum();
        let bytes: usize = self.held.iter().map(Held::bytes).sum::<usize>() + changes.iter().map(|change| change.len()).sum::<usize>();
        if held + changes.len() > limits::PUSH_IN_FLIGHT_CHANGES_MAX || bytes > limits::ROOM_HELD_BYTES_MAX {
            return self.close(session, Goodbye::Overflow);
        }
        self.held.push(Held::Push(session, changes));
    }
}
