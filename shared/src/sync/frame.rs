//! Protocol 1: what goes over the socket. One binary WebSocket message each: the version, then the frame as CBOR.

use minicbor_serde::{Deserializer, Serializer};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::access::{Grant, Refusal};
use crate::id::{LogId, ParticipantId, Seq};
use crate::{limits, version};

/// A change's hash, as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hash(#[serde(with = "serde_bytes")] pub [u8; 32]);

impl From<automerge::ChangeHash> for Hash {
    fn from(hash: automerge::ChangeHash) -> Self {
        Self(hash.0)
    }
}

impl From<Hash> for automerge::ChangeHash {
    fn from(hash: Hash) -> Self {
        Self(hash.0)
    }
}

/// A number for one connection, unique in its room while the room is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub u64);

/// What a client sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// The first frame: where the client's knowledge of the log ends.
    Hello {
        /// The last entry it holds, by log, number and hash; none on a first visit.
        after: Option<LogPoint>,
    },
    /// Changes that the server lacks, each after those that it depends on.
    Push {
        /// Raw change chunks.
        changes: Vec<ByteBuf>,
    },
    /// Where the person is.
    Presence(Presence),
    /// Answered by [`ServerFrame::Pong`].
    Ping,
    /// The answer to [`ServerFrame::Ping`].
    Pong,
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerFrame {
    /// The answer to the hello: how the log stands, and what comes next.
    Welcome(Welcome),
    /// A piece of the snapshot that [`CatchUp::Snapshot`] announced.
    SnapshotPiece {
        /// Where it belongs, in bytes.
        offset: u64,
        /// The piece.
        bytes: ByteBuf,
    },
    /// Entries of the log, without a gap from what the client holds.
    Changes {
        /// The number of the first.
        first: Seq,
        /// Raw change chunks.
        changes: Vec<ByteBuf>,
    },
    /// Changes of this client that are durable now.
    Ack {
        /// The number of the first; the others follow without a gap. None: the log held them already.
        first: Option<Seq>,
        /// Their hashes.
        hashes: Vec<Hash>,
    },
    /// A pushed change depends on changes that the server lacks. It was not taken in.
    Missing {
        /// The pushed change.
        hash: Hash,
    },
    /// A pushed change was refused, and with it every later one that depends on it.
    Denied {
        /// The pushed change.
        hash: Hash,
        /// Why.
        refusal: Refusal,
    },
    /// Where another person is.
    Presence {
        /// Their connection.
        session: SessionId,
        /// They.
        participant: ParticipantId,
        /// Where they are.
        presence: Presence,
    },
    /// What this client may do is something else from now on.
    Granted(Grant),
    /// What the [companions](Welcome::companions) may do is something else from now on. Who is not named may do nothing any more.
    Companions(Vec<Grant>),
    /// A connection ended.
    Left {
        /// Which.
        session: SessionId,
    },
    /// Answered by [`ClientFrame::Pong`].
    Ping,
    /// The answer to [`ClientFrame::Ping`].
    Pong,
    /// The last frame before the server closes the socket.
    Goodbye(Goodbye),
}

/// A place in a log that can be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPoint {
    /// Which log.
    pub log: LogId,
    /// The number of the entry.
    pub seq: Seq,
    /// The hash of the change there.
    pub hash: Hash,
}

/// How the log stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// Which log.
    pub log: LogId,
    /// Its last durable entry.
    pub head: Seq,
    /// The heads of the document at `head`.
    pub heads: Vec<Hash>,
    /// What this client may do.
    pub grant: Grant,
    /// What the others may do who write on the same device: it may send what they wrote, each under their own grant.
    #[serde(default)]
    pub companions: Vec<Grant>,
    /// Its connection.
    pub session: SessionId,
    /// What comes next, until `head` is reached.
    pub catch_up: CatchUp,
    /// The server's clock, in milliseconds since 1970: what a countdown is counted by. 0 from a server that does not tell it.
    #[serde(default)]
    pub now_ms: i64,
}

/// How the client gets to the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CatchUp {
    /// By the entries after the point that the client named.
    Entries,
    /// By a saved document, and the entries after it.
    Snapshot {
        /// The last entry that the snapshot holds.
        seq: Seq,
        /// The hash of the change there.
        hash: Hash,
        /// How long it is.
        bytes_total: u64,
    },
    /// By the entries from the first: the client holds nothing of use, and there is no snapshot yet.
    FromStart,
}

/// Where somebody is. Never stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Presence {
    /// The path of the field that they are in; none when in no field.
    pub path: Option<String>,
    /// The selection in that field, in UTF-16 code units.
    pub selection: Option<(u32, u32)>,
    /// How many changes the device holds that the server lacks.
    #[serde(default)]
    pub waiting: u32,
    /// What is looked at: the query of the address, or what the plenary is to show instead; see [`crate::derive::plenary`].
    #[serde(default)]
    pub view: Option<String>,
    /// Whether the plenary follows this. The server says it of facilitators only.
    #[serde(default)]
    pub leads: bool,
}

/// Why the server ends a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goodbye {
    /// The server is stopping; it will be back.
    Stopping,
    /// The client speaks another protocol version.
    Version,
    /// The link was taken back.
    Revoked,
    /// The time of the link is over.
    Expired,
    /// The server does not know that this client has joined, or has joined as whom it says.
    NotJoined,
    /// There is no such plan.
    PlanNotFound,
    /// The plan has as many sessions as it may.
    TooManyPeople,
    /// The client was too slow, or its frames came too fast; it may come back at once.
    Overflow,
    /// The client sent something that is not a frame.
    Malformed,
    /// The server could not read or write its data. It may come back later.
    Trouble,
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Longer than [`limits::FRAME_BYTES_MAX`].
    #[error("the frame is longer than {} bytes", limits::FRAME_BYTES_MAX)]
    TooLong,
    /// Of another protocol version.
    #[error("the frame is of protocol version {0}, not {version}", version = version::PROTOCOL)]
    Version(u8),
    /// Not the CBOR of a frame.
    #[error("the frame cannot be read")]
    Malformed,
}

/// The bytes of a frame.
#[must_use]
pub fn encode<F: Serialize>(frame: &F) -> Vec<u8> {
    let mut bytes = vec![version::PROTOCOL];
    frame.serialize(&mut Serializer::new(&mut bytes)).expect("writing a frame to memory cannot fail");
    bytes
}

/// The frame of these bytes.
///
/// # Errors
/// When they are too long, of another version, or not exactly one frame.
pub fn decode<F: DeserializeOwned>(bytes: &[u8]) -> Result<F, FrameError> {
    if bytes.len() > limits::FRAME_BYTES_MAX {
        return Err(FrameError::TooLong);
    }
    let (version, body) = bytes.split_first().ok_or(FrameError::Malformed)?;
    if *version != version::PROTOCOL {
        return Err(FrameError::Version(*version));
    }
    let mut body = Deserializer::new(body);
    let frame = F::deserialize(&mut body).map_err(|_| FrameError::Malformed)?;
    let is_whole = body.decoder().position() == bytes.len() - 1;
    if is_whole { Ok(frame) } else { Err(FrameError::Malformed) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_frame_reads_back() {
        let frame = ClientFrame::Push { changes: vec![ByteBuf::from(vec![1, 2, 3]), ByteBuf::new()] };
        assert_eq!(decode(&encode(&frame)), Ok(frame));
        let frame = ServerFrame::Ack { first: Some(Seq(7)), hashes: vec![Hash([9; 32])] };
        assert_eq!(decode(&encode(&frame)), Ok(frame));
    }

    /// What older programs know of a presence.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct OldPresence {
        path: Option<String>,
        selection: Option<(u32, u32)>,
    }

    #[test]
    fn older_and_newer_programs_read_each_others_presence() {
        let path = Some("meta/title".to_owned());
        let old = OldPresence { path: path.clone(), selection: None };
        let read: Presence = decode(&encode(&old)).unwrap();
        assert_eq!(read, Presence { path: path.clone(), ..Presence::default() });
        let new = Presence { path, waiting: 3, view: Some("s=P2".into()), leads: true, ..Presence::default() };
        assert_eq!(decode(&encode(&new)), Ok(old));
    }

    #[test]
    fn what_is_not_a_frame_is_refused_with_its_reason() {
        let good = encode(&ClientFrame::Ping);
        let with_tail = [&good[..], &[0]].concat();
        let other_version = [&[9], &good[1..]].concat();
        for (bytes, error) in [
            (&[][..], FrameError::Malformed),
            (&[1], FrameError::Malformed),
            (&with_tail, FrameError::Malformed),
            (&other_version, FrameError::Version(9)),
            (&vec![1; limits::FRAME_BYTES_MAX + 1], FrameError::TooLong),
        ] {
            assert_eq!(decode::<ClientFrame>(bytes), Err(error));
        }
    }

    proptest! {
        #[test]
        fn random_bytes_never_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Some(first) = bytes.first_mut() {
                *first = version::PROTOCOL;
            }
            let _ = decode::<ClientFrame>(&bytes);
            let _ = decode::<ServerFrame>(&bytes);
        }
    }
}
