//! What waits to be written to a socket: bounded, so that a slow phone costs the others nothing.

use std::sync::Arc;

use hamutuk_shared::limits::SESSION_QUEUE_FRAMES_MAX;
use hamutuk_shared::sync::frame::{Goodbye, SessionId};
use tokio::runtime::Handle;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{Semaphore, mpsc, oneshot};

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

/// The socket's end: its session in the room. Wherever it ends, also before there is a socket, the room is told.
pub(crate) struct Seat {
    pub(crate) session: SessionId,
    pub(crate) room: mpsc::Sender<Message>,
    /// How many KiB of frames may still wait for the room.
    pub(crate) inbox_kib: Arc<Semaphore>,
    pub(crate) frames: mpsc::Receiver<Outgoing>,
    pub(crate) goodbye: oneshot::Receiver<Goodbye>,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Err(TrySendError::Full(leave)) = self.room.try_send(Message::Leave { session: self.session }) else {
            // Told, or gone and needs not be told.
            return;
        };
        let room = self.room.clone();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { drop(room.send(leave).await) });
        }
    }
}

impl Outbox {
    pub(crate) fn new(session: SessionId, room: mpsc::Sender<Message>, inbox_kib: Arc<Semaphore>) -> (Self, Seat) {
        let (frames, frames_out) = mpsc::channel(SESSION_QUEUE_FRAMES_MAX);
        let (goodbye, goodbye_out) = oneshot::channel();
        (Self { frames, goodbye }, Seat { session, room, inbox_kib, frames: frames_out, goodbye: goodbye_out })
    }

    /// Queues a frame. False if it does not fit and matters.
    pub(super) fn send(&self, frame: Arc<[u8]>, care: Care) -> bool {
        if care == Care::Droppable && self.frames.capacity() < SESSION_QUEUE_FRAMES_MAX / 2 {
            return true;
        }
        match self.frames.try_send(Outgoing { frame, report: care == Care::Report }) {
            // The seat of a socket that is gone reports that itself.
            Ok(()) | Err(TrySendError::Closed(_)) => true,
            Err(TrySendError::Full(_)) => care == Care::Droppable,
        }
    }

    pub(super) fn close(self, goodbye: Goodbye) {
        let _ = self.goodbye.send(goodbye);
    }
}
