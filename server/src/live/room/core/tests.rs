//! The core, driven by hand. [`Bench`] stands for the store and the sockets and can hold back either.

mod bench;
mod catch_up;
mod companions;
mod ends;
mod hostile;
mod introduce;
mod presence;
mod push;
mod record;
mod trouble;
