//! Hamutuk's server: it keeps plans, and relays what people write to each other once it is durable.
//!
//! [`serve`](serve::serve) is the whole of it. [`live`] holds the rooms, [`store`] what is durable, [`api`] the little HTTP that there
//! is, [`assets`] the client, and [`cli`] the commands of the binary.

pub mod admin;
pub mod api;
pub mod assets;
pub mod audit;
mod calendar;
pub mod cli;
pub mod config;
pub mod control;
pub mod error;
pub mod gate;
pub mod grants;
pub mod links;
pub mod live;
pub mod origin;
pub mod plans;
pub mod qr;
pub mod records;
pub mod router;
pub mod secret;
pub mod serve;
pub mod state;
pub mod store;
pub mod telemetry;

pub use serve::{AppParts, serve};
