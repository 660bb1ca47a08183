//! The server, with the client in it.

use std::path::PathBuf;

use anyhow::Result;

use crate::command::{self, announce, cargo};
use crate::workspace;

/// How the server is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    /// As the tests compile it, so that both share what they depend on.
    Dev,
    /// As people run it.
    Release,
}

/// Builds `hamutuk` and returns where it is. The client must have been built.
///
/// # Errors
/// When it does not compile.
pub(crate) fn build(profile: Profile) -> Result<PathBuf> {
    let (directory, option) = match profile {
        Profile::Dev => ("debug", None),
        Profile::Release => ("release", Some("--release")),
    };
    announce(&format!("Compiling the server ({directory}), the client embedded: minutes the first time"));
    command::run(cargo(["build", "--locked", "-p", "hamutuk-server", "--bin", "hamutuk"]).args(option))?;
    Ok(workspace::built(directory, "hamutuk"))
}
