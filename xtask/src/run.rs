//! `cargo xtask run`: from a clone to a server in one command.

use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::client;
use crate::command::{announce, shown};
use crate::server::{self, Profile};

/// Builds both halves and becomes the server.
///
/// # Errors
/// When something cannot be built or started.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    client::build()?;
    let hamutuk = server::build(Profile::Release)?;
    announce(&format!("Serving with {}, which is one file: copy it where you like", hamutuk.display()));
    // In the directory of the caller, so that a relative data directory is what they mean.
    let mut serve = Command::new(hamutuk);
    serve.arg("serve").args(arguments);
    replace(serve)
}

/// Becomes the program, so that signals and the exit code are its own.
#[cfg(unix)]
fn replace(mut command: Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(error).with_context(|| format!("cannot start {}", shown(&command)))
}

#[cfg(not(unix))]
fn replace(mut command: Command) -> Result<ExitCode> {
    let status = command.status().with_context(|| format!("cannot start {}", shown(&command)))?;
    Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
}
