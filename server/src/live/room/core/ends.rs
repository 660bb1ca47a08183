//! Links that end by themselves: whoever came by one has to go when its time is over, also without a word from the store.

use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::sync::frame::{Goodbye, SessionId};

use super::RoomCore;
use super::session::Session;

impl RoomCore {
    /// Until when somebody's link lasts, in milliseconds since 1970; none if it has no end.
    pub fn limit(&mut self, participant: ParticipantId, until_ms: Option<u64>) {
        for state in self.sessions.values_mut().filter(|state| state.grant.participant == participant) {
            state.until_ms = until_ms;
        }
        let companions = self.sessions.values_mut().flat_map(|state| &mut state.companions);
        for companion in companions.filter(|companion| companion.grant.participant == participant) {
            companion.until_ms = until_ms;
        }
        self.next_end_ms = self.earliest_end();
    }

    /// When the next link ends by which somebody came who is here, in milliseconds since 1970. [`RoomCore::end_due`] is to be called then.
    #[must_use]
    pub fn next_end_ms(&self) -> Option<u64> {
        self.next_end_ms
    }

    /// Tells everybody to go whose link has ended by now, in milliseconds since 1970.
    pub fn end_due(&mut self, now_ms: u64) {
        if self.next_end_ms.is_none_or(|next| now_ms < next) {
            return;
        }
        let has_ended = |until: Option<u64>| until.is_some_and(|until| until <= now_ms);
        let ended: Vec<SessionId> =
            self.sessions.iter().filter(|(_, state)| has_ended(state.until_ms)).map(|(session, _)| *session).collect();
        for session in ended {
            self.close(session, Goodbye::Expired);
        }
        self.end_companions(now_ms);
        self.next_end_ms = self.earliest_end();
    }

    pub(super) fn earliest_end(&self) -> Option<u64> {
        let ends = |state: &Session| {
            std::iter::once(state.until_ms).chain(state.companions.iter().map(|companion| companion.until_ms)).flatten().min()
        };
        self.sessions.values().filter_map(ends).min()
    }
}
