//! `cargo xtask bench`: the core with criterion, the server with the load generator. Not a test: it fails only when it cannot run.

use std::process::ExitCode;

use anyhow::Result;

use crate::command::{self, announce, cargo};
use crate::server::{self, Profile};
use crate::{client, workspace};

/// Measures; `arguments` are the load generator's.
///
/// # Errors
/// When something does not compile or stops before its end.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    client::build()?;
    let hamutuk = server::build(Profile::Release)?;
    if workspace::root().join("shared/benches").is_dir() {
        announce("Measuring the core: some minutes");
        command::run(&mut cargo(["bench", "--locked", "-p", "hamutuk-shared", "--benches"]))?;
    }
    announce("Measuring the server under load");
    let mut load = cargo(["run", "--locked", "--release", "-p", "hamutuk-tests", "--bin", "load", "--"]);
    command::run(load.args(arguments).env("HAMUTUK_BIN", hamutuk))?;
    Ok(ExitCode::SUCCESS)
}
