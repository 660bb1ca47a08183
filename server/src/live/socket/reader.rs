//! From the socket to the room.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message as WsMessage, WebSocket};
use futures_util::StreamExt;
use futures_util::stream::SplitStream;
use hamutuk_shared::limits::{PING_AFTER, SILENCE_MAX};
use hamutuk_shared::sync::frame::{self, ClientFrame, FrameError, Goodbye, SessionId};
use tokio::sync::{Notify, Semaphore, mpsc};

use crate::live::room::Message;

pub(super) struct Reader<'a> {
    pub(super) session: SessionId,
    pub(super) room: &'a mpsc::Sender<Message>,
    /// How many KiB of frames may still wait for the room.
    pub(super) inbox_kib: &'a Arc<Semaphore>,
    /// Tells the writer to ask whether anybody is there.
    pub(super) silence: &'a Notify,
}

impl Reader<'_> {
    /// Reads until the socket ends (none), or must end for a reason that the client should know.
    pub(super) async fn run(self, stream: &mut SplitStream<WebSocket>) -> Option<Goodbye> {
        let mut silent = Duration::ZERO;
        loop {
            let wait = if silent.is_zero() { PING_AFTER } else { SILENCE_MAX.saturating_sub(silent) };
            let Ok(next) = tokio::time::timeout(wait, stream.next()).await else {
                silent += wait;
                if silent >= SILENCE_MAX {
                    return None;
                }
                self.silence.notify_one();
                continue;
            };
            silent = Duration::ZERO;
            match next? {
                Ok(WsMessage::Binary(bytes)) => match frame::decode::<ClientFrame>(&bytes) {
                    Ok(frame) => self.hand_over(frame, bytes.len()).await?,
                    Err(FrameError::Version(_)) => return Some(Goodbye::Version),
                    Err(FrameError::TooLong | FrameError::Malformed) => return Some(Goodbye::Malformed),
                },
                Ok(WsMessage::Ping(_) | WsMessage::Pong(_)) => {}
                Ok(WsMessage::Close(_)) => return None,
                // Too long, or not what the protocol of WebSockets allows.
                Ok(WsMessage::Text(_)) | Err(_) => return Some(Goodbye::Malformed),
            }
        }
    }
    /// Gives the room a frame, once it has room for it. None when the room is gone.
    async fn hand_over(&self, frame: ClientFrame, bytes: usize) -> Option<()> {
        let kib = u32::try_from(bytes.div_ceil(1024)).ok()?;
        let weight = Arc::clone(self.inbox_kib).acquire_many_owned(kib).await.ok()?;
        self.room.send(Message::Frame { session: self.session, frame, weight }).await.ok()
    }
}
