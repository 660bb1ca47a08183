//! A client that costs little: it decodes frames and holds no document.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use automerge::Change;
use hamutuk_shared::access::Role;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame};
use serde_bytes::ByteBuf;
use tokio::time::timeout;

use crate::door::{Door, Joined};
use crate::socket::{CaughtUp, Opening, Socket};
use crate::wait::PATIENCE;

/// Somebody in a plan.
pub(crate) struct Person {
    pub(crate) joined: Joined,
    pub(crate) socket: Socket,
}

impl Person {
    /// Joins, connects and catches up.
    pub(crate) async fn enter(door: &Door, name: &str) -> Result<(Self, CaughtUp)> {
        Self::enter_again(door.join(Role::Editor, name).await?).await
    }

    /// Connects and catches up, in another tab.
    pub(crate) async fn enter_again(joined: Joined) -> Result<(Self, CaughtUp)> {
        let mut socket = Opening::of(&joined)?.open().await?;
        let caught_up = socket.catch_up(None).await?;
        Ok((Self { joined, socket }, caught_up))
    }

    /// The next frame that is about changes. Pings are answered.
    pub(crate) async fn next(&mut self) -> Result<ServerFrame> {
        loop {
            match self.socket.next().await?.context("the server closed the connection")? {
                ServerFrame::Ping => self.socket.send(&ClientFrame::Pong).await?,
                ServerFrame::Goodbye(goodbye) => bail!("the server said goodbye: {goodbye:?}"),
                ServerFrame::Missing { .. } | ServerFrame::Denied { .. } => bail!("a change was not taken in"),
                frame @ (ServerFrame::Changes { .. } | ServerFrame::Ack { .. }) => return Ok(frame),
                _ => {}
            }
        }
    }

    /// Pushes changes as fast as the protocol allows, a frame of `per_push` at a time, and waits until all are acked.
    pub(crate) async fn push_all(&mut self, changes: &[Change], per_push: usize) -> Result<Duration> {
        let began = Instant::now();
        let (mut pushed, mut acked) = (0, 0);
        while acked < changes.len() {
            while pushed < changes.len() && pushed - acked + per_push <= limits::PUSH_IN_FLIGHT_CHANGES_MAX {
                let end = changes.len().min(pushed + per_push);
                let push = changes[pushed..end].iter().map(|change| ByteBuf::from(change.raw_bytes())).collect();
                self.socket.send(&ClientFrame::Push { changes: push }).await?;
                pushed = end;
            }
            if let ServerFrame::Ack { hashes, .. } = timeout(PATIENCE, self.next()).await.context("no ack came")?? {
                acked += hashes.len();
            }
        }
        Ok(began.elapsed())
    }
}
