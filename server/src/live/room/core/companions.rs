//! Several people who write on one device, one after the other: a shared laptop. Its connection is that of whoever writes now; what the
//! others wrote before comes over it too, and each change is asked about under its own author's grant.

use hamutuk_shared::access::Grant;
use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::sync::frame::{ServerFrame, SessionId};

use super::session::Session;
use super::{Care, RoomCore};

/// Somebody else who writes on the device of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// As whom they write, and what they may do.
    pub grant: Grant,
    /// Until when, in milliseconds since 1970, if their link ends by itself.
    pub until_ms: Option<u64>,
}

impl RoomCore {
    /// These write on the device of a connection too. To be called before its first frame is handed in.
    pub fn accompany(&mut self, session: SessionId, companions: Vec<Companion>) {
        if let Some(state) = self.sessions.get_mut(&session) {
            state.companions = companions;
        }
        self.next_end_ms = self.earliest_end();
    }

    /// What a companion may do is something else from now on, or nothing any more.
    pub(super) fn regrant_companion(&mut self, participant: ParticipantId, grant: Option<&Grant>) {
        self.change_companions(
            |companion| match grant {
                Some(grant) if companion.grant.participant == participant => companion.grant = grant.clone(),
                _ => {}
            },
            |companion| grant.is_some() || companion.grant.participant != participant,
        );
    }

    /// Nothing more is taken in of companions whose link has ended by now, in milliseconds since 1970.
    pub(super) fn end_companions(&mut self, now_ms: u64) {
        self.change_companions(|_| {}, |companion| companion.until_ms.is_none_or(|until| now_ms < until));
    }

    /// Changes companions and lets some of them go, and tells the devices where that made a difference.
    fn change_companions(&mut self, change: impl Fn(&mut Companion), stays: impl Fn(&Companion) -> bool) {
        let mut told = Vec::new();
        for (session, state) in &mut self.sessions {
            let before = state.companions.clone();
            state.companions.iter_mut().for_each(&change);
            state.companions.retain(&stays);
            if state.companions != before && state.is_welcomed() {
                told.push((*session, ServerFrame::Companions(state.companion_grants())));
            }
        }
        for (session, frame) in told {
            self.send(session, &frame, Care::Keep);
        }
    }
}

impl Session {
    /// What the companions may do.
    pub(super) fn companion_grants(&self) -> Vec<Grant> {
        self.companions.iter().map(|companion| companion.grant.clone()).collect()
    }

    /// Under which grant a change of this author is asked about: a companion's own, or else that of the connection.
    pub(super) fn grant_of(&self, author: Option<ParticipantId>) -> &Grant {
        // Who may send what anybody wrote may send a companion's, too.
        if self.grant.hands_on {
            return &self.grant;
        }
        let companion = self.companions.iter().find(|companion| Some(companion.grant.participant) == author);
        companion.map_or(&self.grant, |companion| &companion.grant)
    }

    /// Whoever writes on its device.
    pub(super) fn people(&self) -> impl Iterator<Item = ParticipantId> {
        std::iter::once(self.grant.participant).chain(self.companions.iter().map(|companion| companion.grant.participant))
    }
}
