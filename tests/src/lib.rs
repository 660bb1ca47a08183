//! Hamutuk's test harness: what simulation, integration, browser and load tests share.

pub mod browser;
pub mod client;
pub mod door;
pub mod edits;
pub mod load;
pub mod process;
pub mod server;
pub mod simulation;
pub mod socket;
pub mod speed;
pub mod wait;
pub mod writer;
