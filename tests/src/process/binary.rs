//! Where the real `hamutuk` is.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result, anyhow, ensure};

/// The binary under test: `HAMUTUK_BIN`, or what cargo builds now in the profile of the running test. One that stands in the target
/// directory by chance may be older than the sources.
///
/// # Errors
/// When it cannot be built.
pub fn binary() -> Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    if let Some(named) = std::env::var_os("HAMUTUK_BIN") {
        let named = PathBuf::from(named);
        ensure!(named.is_file(), "HAMUTUK_BIN names {}, which is not a file", named.display());
        return Ok(named);
    }
    let built = BUILT.get_or_init(|| build().map_err(|error| format!("{error:#}")));
    built.clone().map_err(|error| anyhow!(error))
}

fn build() -> Result<PathBuf> {
    let profile_dir = profile_dir()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--locked", "-p", "hamutuk-server", "--bin", "hamutuk"]);
    command.current_dir(env!("CARGO_MANIFEST_DIR")).arg("--target-dir").arg(target_dir()?);
    if profile_dir.ends_with("release") {
        command.arg("--release");
    }
    ensure!(command.status()?.success(), "hamutuk does not compile");
    let built = profile_dir.join(format!("hamutuk{}", std::env::consts::EXE_SUFFIX));
    ensure!(built.is_file(), "cargo did not build {}", built.display());
    Ok(built)
}

/// The directory that cargo builds into.
///
/// # Errors
/// When the running program is not in it.
pub fn target_dir() -> Result<PathBuf> {
    Ok(profile_dir()?.parent().context("the profile's directory is in the target directory")?.to_owned())
}

/// `target/debug` or `target/release`, where the running test was built.
fn profile_dir() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let dir = own.parent().context("a program is in a directory")?;
    let dir = if dir.ends_with("deps") { dir.parent().context("deps is in a directory")? } else { dir };
    Ok(Path::to_owned(dir))
}
