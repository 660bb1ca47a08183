//! `cargo xtask bench`: the core with criterion, the server with the load generator; `bench browser`: the client in Chromium. Not a
//! test: it fails only when it cannot run.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::command::{self, announce, cargo};
use crate::server::{self, Profile};
use crate::{browser, client, workspace};

/// Measures; `arguments` are the load generator's, or after `browser` those of the client's benchmark.
///
/// # Errors
/// When something does not compile or stops before its end.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    let chromium = match arguments {
        ["browser", ..] => Some(browser::ensure()?),
        _ => None,
    };
    client::build()?;
    let hamutuk = server::build(Profile::Release)?;
    match (arguments, chromium) {
        (["browser", rest @ ..], Some(chromium)) => {
            announce("Measuring the client in Chromium: some minutes");
            let mut speed = measurer("speed", rest, &hamutuk);
            chromium.set(&mut speed);
            command::run(&mut speed)?;
        }
        _ => {
            if workspace::root().join("shared/benches").is_dir() {
                announce("Measuring the core: some minutes");
                command::run(&mut cargo(["bench", "--locked", "-p", "hamutuk-shared", "--benches"]))?;
            }
            announce("Measuring the server under load");
            command::run(&mut measurer("load", arguments, &hamutuk))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A program of the harness that measures a server.
fn measurer(name: &str, arguments: &[&str], hamutuk: &Path) -> std::process::Command {
    let mut program = cargo(["run", "--locked", "--release", "-p", "hamutuk-tests", "--bin", name, "--"]);
    program.args(arguments).env("HAMUTUK_BIN", hamutuk);
    program
}
