//! Whole workshops in memory: several replicas, one room, a network that delays and drops, devices and a store that forget what was
//! not made durable. Everything random comes from one seed, so a failing run can be played again.
//!
//! The code under test is the real one: [`hamutuk_shared::replica::Replica`] and [`hamutuk_server::live::room::core::RoomCore`]. Only
//! the network, the disks and the people are simulated.

mod device;
mod person;
mod server;
mod shadow;
mod world;

pub use world::{Report, Rules, World};
