//! The plan, its edits, its permissions, and the replica that syncs it.
//!
//! Nothing here does IO: no clock, no randomness, no DOM, no socket. Time and random bytes are arguments, so that the same code
//! runs in the browser, in the server and in the simulator.

pub mod access;
pub mod derive;
pub mod entry;
pub mod id;
pub mod limits;
pub mod order;
pub mod plan;
pub mod replica;
pub mod sync;
pub mod text;
pub mod undo;
pub mod version;
