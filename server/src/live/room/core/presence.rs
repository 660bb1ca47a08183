//! Who is where. Never stored, told to those who are live, and the first thing to be left out when somebody is slow.

use std::time::Duration;

use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{self, Presence, ServerFrame, SessionId};

use super::{Care, RoomCore};

impl RoomCore {
    /// Remembers where a session is and tells the others, unless it moves too fast: then [`RoomCore::tick`] tells them.
    pub(super) fn presence(&mut self, session: SessionId, presence: Presence, now: Duration) {
        let is_longer = |text: &Option<String>, bytes_max| text.as_ref().is_some_and(|text| text.len() > bytes_max);
        if is_longer(&presence.path, limits::PATH_BYTES_MAX) || is_longer(&presence.view, limits::VIEW_BYTES_MAX) {
            return;
        }
        let Some(state) = self.sessions.get_mut(&session) else { return };
        state.presence = Some(presence);
        state.presence_due = true;
        self.tell_presence(session, now);
    }

    /// Tells what was held back.
    pub(super) fn tell_due_presences(&mut self, now: Duration) {
        let due: Vec<SessionId> = self.sessions.iter().filter(|(_, state)| state.presence_due).map(|(session, _)| *session).collect();
        for session in due {
            self.tell_presence(session, now);
        }
    }

    fn tell_presence(&mut self, session: SessionId, now: Duration) {
        let Some(state) = self.sessions.get_mut(&session) else { return };
        if !state.presences.take(now) {
            return;
        }
        state.presence_due = false;
        let Some(frame) = state.presence.clone().map(|presence| presence_frame(session, &state.grant, presence)) else { return };
        self.send_to_others(session, &frame, Care::Droppable);
    }

    /// Tells somebody who has just become live where the others are.
    pub(super) fn tell_presences_to(&mut self, session: SessionId) {
        let others: Vec<ServerFrame> = self
            .sessions
            .iter()
            .filter(|(other, _)| **other != session)
            .filter_map(|(other, state)| Some(presence_frame(*other, &state.grant, state.presence.clone()?)))
            .collect();
        for frame in others {
            self.send(session, &frame, Care::Droppable);
        }
    }

    /// Sends a frame, encoded once, to every live session but one.
    pub(super) fn send_to_others(&mut self, session: SessionId, frame: &ServerFrame, care: Care) {
        let bytes: std::sync::Arc<[u8]> = frame::encode(frame).into();
        let live: Vec<SessionId> =
            self.sessions.iter().filter(|(other, state)| **other != session && state.is_live()).map(|(other, _)| *other).collect();
        for other in live {
            self.send_bytes(other, bytes.clone(), care);
        }
    }
}

/// The plenary follows facilitators only, whatever anybody says of themselves.
fn presence_frame(session: SessionId, grant: &Grant, presence: Presence) -> ServerFrame {
    let leads = presence.leads && grant.role == Role::Facilitator;
    ServerFrame::Presence { session, participant: grant.participant, presence: Presence { leads, ..presence } }
}
