//! From the room to the socket.

use axum::body::Bytes;
use axum::extract::ws::{Message as WsMessage, WebSocket};
use futures_util::SinkExt;
use futures_util::stream::SplitSink;
use hamutuk_shared::limits::SILENCE_MAX;
use hamutuk_shared::sync::frame::{self, Goodbye, ServerFrame, SessionId};
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::timeout;

use super::FAREWELL_MAX;
use crate::live::room::{Message, Outgoing};

/// How many frames go into the socket before it is flushed.
const FLUSH_FRAMES_MAX: usize = 64;

type Sink = SplitSink<WebSocket, WsMessage>;

pub(super) struct Writer<'a> {
    pub(super) session: SessionId,
    pub(super) room: &'a mpsc::Sender<Message>,
    pub(super) silence: &'a Notify,
}

impl Writer<'_> {
    /// Writes what the room sends, until the socket takes no more or the room says goodbye.
    pub(super) async fn run(self, sink: &mut Sink, frames: &mut mpsc::Receiver<Outgoing>, goodbye: &mut oneshot::Receiver<Goodbye>) {
        let mut ready = Vec::with_capacity(FLUSH_FRAMES_MAX);
        loop {
            tokio::select! {
                biased;
                said = &mut *goodbye => return self.end(sink, frames, said.unwrap_or(Goodbye::Trouble)).await,
                count = frames.recv_many(&mut ready, FLUSH_FRAMES_MAX) => {
                    if count == 0 {
                        // The room has let go of the session; its goodbye comes, or it is gone.
                        let said = (&mut *goodbye).await.unwrap_or(Goodbye::Trouble);
                        return farewell(sink, said).await;
                    }
                    let written = tokio::select! {
                        written = self.write(sink, &mut ready) => written,
                        // In the middle of a frame, what is queued behind it may not follow.
                        said = &mut *goodbye => return farewell(sink, said.unwrap_or(Goodbye::Trouble)).await,
                    };
                    if !written {
                        return;
                    }
                }
                () = self.silence.notified() => {
                    let ping = WsMessage::Binary(frame::encode(&ServerFrame::Ping).into());
                    if !matches!(timeout(SILENCE_MAX, sink.send(ping)).await, Ok(Ok(()))) {
                        return;
                    }
                }
            }
        }
    }

    /// Writes frames with one flush. False if the socket takes no more.
    async fn write(&self, sink: &mut Sink, ready: &mut Vec<Outgoing>) -> bool {
        let reported = ready.iter().any(|outgoing| outgoing.report);
        let written = timeout(SILENCE_MAX, async {
            for Outgoing { frame, .. } in ready.drain(..) {
                sink.feed(WsMessage::Binary(Bytes::from_owner(frame))).await?;
            }
            sink.flush().await
        })
        .await;
        if !matches!(written, Ok(Ok(()))) {
            return false;
        }
        !reported || self.room.send(Message::Written { session: self.session }).await.is_ok()
    }

    async fn end(&self, sink: &mut Sink, frames: &mut mpsc::Receiver<Outgoing>, goodbye: Goodbye) {
        // Whoever was too slow does not get the rest now.
        if goodbye != Goodbye::Overflow {
            let _ = timeout(FAREWELL_MAX, async {
                while let Ok(Outgoing { frame, .. }) = frames.try_recv() {
                    sink.feed(WsMessage::Binary(Bytes::from_owner(frame))).await?;
                }
                sink.flush().await
            })
            .await;
        }
        farewell(sink, goodbye).await;
    }
}

/// Says why, and closes.
pub(super) async fn farewell(sink: &mut Sink, goodbye: Goodbye) {
    let _ = timeout(FAREWELL_MAX, async {
        sink.send(WsMessage::Binary(frame::encode(&ServerFrame::Goodbye(goodbye)).into())).await?;
        sink.close().await
    })
    .await;
}
