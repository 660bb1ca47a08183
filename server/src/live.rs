//! Live editing: one room for each open plan, one socket for each person in it.

pub mod registry;
pub mod room;
pub mod socket;

pub use registry::Registry;
pub use room::core::RoomCore;
