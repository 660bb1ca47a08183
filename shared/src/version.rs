//! The versions that every byte outside the process carries.

/// The version of the frames on the wire, the first byte of each.
pub const PROTOCOL: u8 = 1;

/// The WebSocket subprotocol that client and server agree on; it names [`PROTOCOL`].
pub const SUBPROTOCOL: &str = "hamutuk.v1";

/// The version of the document's shape: `schema` at its root.
pub const SCHEMA: u64 = 3;
