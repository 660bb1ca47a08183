//! What waits to be written to a socket: bounded, so that a slow phone costs the others nothing.

use std::sync::Arc;

use hamutuk_shared::limits::SESSION_QUEUE_FRAMES_MAX;
use hamutuk_shared::sync::frame::{Goodbye, SessionId};
use tokio::sync::{mpsc, oneshot};

use super::Message;
use super::core::Care;

/// A frame on its way to a socket.
pub(crate) struct Outgoing {
    pub(crate) frame: Arc<[u8]>,
    /// Whether the room wants to know when it is written.
    pub(crate) report: bool,
}

/// The room's end.
pub(crate) struct Outbox {
    frames: mpsc::Sender<Outgoing>,
    goodbye: oneshot::Sender<Goodbye>,
}

/// The socket's end: its session in the room.
pub(crate) struct Seat {
    pub(crate) session: SessionId,
    pub(crate) room: mpsc::Sender<Message>,
    pub(crate) frames: mpsc::Receiver<Outgoing>,
    pub(crate) goodbye: oneshot::Receiver<Goodbye>,
}

impl Outbox {
    pub(crate) fn new(session: SessionId, room: mpsc::Sender<Message>) -> (Self, Seat) {
        let (frames, frames_out) = mpsc::channel(SESSION_QUEUE_FRAMES_MAX);
        let (goodbye, goodbye_out) = oneshot::channel();
        (Self { frames, goodbye }, Seat { session, room, frames: frames_out, goodbye: goodbye_out })
    }

    /// Queues a frame. False if it does not fit and matters.
    pub(super) fn send(&self, frame: Arc<[u8]>, care: Care) -> bool {
        if care == Care::Droppable && self.frames.capacity() < SESSION_QUEUE_FRAMES_MAX / 2 {
            return true;
        }
        match self.frames.try_send(Outgoing { frame, report: care == Care::Report }) {
            // A socket that is gone reports that itself.
            Ok(()) | Err(mpsc::error::TrySendError::Closed(_)) => true,
            Err(mpsc::error::TrySendError::Full(_)) => care == Care::Droppable,
        }
    }

    pub(super) fn close(self, goodbye: Goodbye) {
        let _ = self.goodbye.send(goodbye);
    }
}
