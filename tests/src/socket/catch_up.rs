//! From the hello to the head, without a replica.

use anyhow::{Context as _, Result, bail};
use hamutuk_shared::id::Seq;
use hamutuk_shared::sync::frame::{CatchUp, ClientFrame, LogPoint, ServerFrame, Welcome};

use super::Socket;

/// What came between the hello and the head.
#[derive(Debug, Clone)]
pub struct CaughtUp {
    /// The answer to the hello.
    pub welcome: Welcome,
    /// A saved document and single changes, in order.
    pub chunks: Vec<u8>,
    /// How many bytes of frames that were.
    pub bytes: u64,
}

impl Socket {
    /// Says hello and takes in everything up to the head that the server named.
    ///
    /// # Errors
    /// When the connection ends, or the server says something else.
    pub async fn catch_up(&mut self, after: Option<LogPoint>) -> Result<CaughtUp> {
        self.send(&ClientFrame::Hello { after }).await?;
        let ServerFrame::Welcome(welcome) = self.next().await?.context("no welcome")? else { bail!("something else than a welcome") };
        let (mut seq, mut snapshot_bytes) = match welcome.catch_up {
            CatchUp::Entries => (after.map_or(Seq::START, |point| point.seq), 0),
            CatchUp::FromStart => (Seq::START, 0),
            CatchUp::Snapshot { seq, bytes_total, .. } => (seq, bytes_total),
        };
        let (mut chunks, mut bytes) = (Vec::new(), 0);
        while seq < welcome.head || snapshot_bytes > 0 {
            let frame = self.next_bytes().await.context("the connection ended before the head")?;
            bytes += frame.len() as u64;
            match hamutuk_shared::sync::frame::decode(&frame)? {
                ServerFrame::SnapshotPiece { bytes, .. } => {
                    snapshot_bytes -= bytes.len() as u64;
                    chunks.extend(bytes.into_vec());
                }
                ServerFrame::Changes { first, changes } => {
                    seq = first.plus(changes.len() as u64 - 1);
                    chunks.extend(changes.into_iter().flat_map(serde_bytes::ByteBuf::into_vec));
                }
                ServerFrame::Goodbye(goodbye) => bail!("the server said goodbye: {goodbye:?}"),
                _ => {}
            }
        }
        Ok(CaughtUp { welcome, chunks, bytes })
    }
}
