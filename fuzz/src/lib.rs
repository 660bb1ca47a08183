//! What the targets share. Each makes its first inputs itself, from real frames and changes: so they never grow old.

mod chunk;
mod harness;
mod plan;
mod room;
mod seeds;

pub use chunk::Chunk;
pub use harness::{attempt, prepare};
pub use plan::{LIMITED, Start};
pub use room::Bench;
pub use seeds::{changes, client_frames, pushed, server_frames};
