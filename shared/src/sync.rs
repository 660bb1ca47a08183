//! The sync protocol: its frames, and the peer that speaks it without IO.

pub mod chunk;
pub mod frame;
pub mod peer;

pub use frame::{ClientFrame, ServerFrame};
pub use peer::{Link, Peer, Position};
