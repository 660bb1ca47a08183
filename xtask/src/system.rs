//! Programs of the operating system: used when present, installed with apt where we may.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::command::{self, announce, output, program};

/// wasm-opt, which makes the client a little smaller and faster; without it the client works as well.
pub(crate) fn wasm_opt() -> Option<PathBuf> {
    let found = command::find("wasm-opt").or_else(|| {
        install("binaryen", "for wasm-opt, which shrinks the client").ok()?;
        command::find("wasm-opt")
    });
    if found.is_none() {
        announce("wasm-opt (Debian package binaryen) is not here: building a slightly larger client without it");
    }
    found
}

/// The program of that name, of that Debian package.
///
/// # Errors
/// When it is neither here nor can be installed.
pub(crate) fn require(name: &str, package: &str, why: &str) -> Result<PathBuf> {
    if let Some(found) = command::find(name) {
        return Ok(found);
    }
    install(package, why)?;
    match command::find(name) {
        Some(found) => Ok(found),
        None => bail!("the package {package} brought no {name}"),
    }
}

fn install(package: &str, why: &str) -> Result<()> {
    let is_root = output(&mut program("id", ["-u"])).as_deref() == Some("0");
    if !is_root || command::find("apt-get").is_none() {
        bail!("{package} is missing ({why}): please install it, on Debian with: sudo apt-get install {package}");
    }
    announce(&format!("Installing {package} with apt, {why}"));
    let apt = |arguments: &[&str]| command::run(program("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update", "-qq"])?;
    apt(&["install", "-qq", "-y", "--no-install-recommends", package])
}
