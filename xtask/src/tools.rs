//! The tools that build the client: the wasm32 target, the standard library's sources, Trunk, and wasm-bindgen of the version in `Cargo.lock`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs};

use anyhow::{Context, Result};

use crate::command::{self, announce, output, program};
use crate::workspace;

/// The target that the client is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
const TRUNK_VERSION: &str = "0.21.14";

/// Where the tools are.
pub(crate) struct Tools {
    /// Trunk itself.
    pub(crate) trunk: PathBuf,
    /// The directory of `wasm-bindgen` and `wasm-bindgen-test-runner`.
    pub(crate) wasm_bindgen: PathBuf,
}

impl Tools {
    /// A `PATH` with `first` before all, then the right wasm-bindgen.
    pub(crate) fn path(&self, first: PathBuf) -> Result<OsString> {
        let old = env::var_os("PATH").unwrap_or_default();
        let directories = [first, self.wasm_bindgen.clone()].into_iter().chain(env::split_paths(&old));
        env::join_paths(directories).context("the path of this checkout cannot be part of PATH")
    }
}

/// Gets what is missing.
///
/// # Errors
/// When something cannot be installed.
pub(crate) fn ensure() -> Result<Tools> {
    let sysroot = output(&mut program("rustc", ["--print", "sysroot"])).context("rustc does not run: is Rust installed?")?;
    let rustlib = Path::new(&sysroot).join("lib/rustlib");
    ensure_target(&rustlib)?;
    ensure_sources(&rustlib)?;
    let trunk = ensure_tool("trunk", "trunk", TRUNK_VERSION, &["--no-default-features", "--features", "rustls"])?;
    let version = workspace::locked_version("wasm-bindgen")?;
    let wasm_bindgen = ensure_tool("wasm-bindgen", "wasm-bindgen-cli", &version, &[])?;
    let wasm_bindgen = wasm_bindgen.parent().context("wasm-bindgen is in no directory")?.to_owned();
    Ok(Tools { trunk, wasm_bindgen })
}

fn ensure_target(rustlib: &Path) -> Result<()> {
    if rustlib.join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    announce("Adding Rust's wasm32 target: the client runs in WebAssembly (a download of some 20 MB)");
    command::run(&mut program("rustup", ["target", "add", WASM]))
}

fn ensure_sources(rustlib: &Path) -> Result<()> {
    if rustlib.join("src/rust/library/std").is_dir() {
        return Ok(());
    }
    announce("Adding the sources of Rust's standard library: the client compiles its own, small one (a download of some 3 MB)");
    command::run(&mut program("rustup", ["component", "add", "rust-src"]))
}

/// The path of a tool of exactly this version: from the `PATH`, from an earlier run, or compiled now.
fn ensure_tool(name: &str, package: &str, version: &str, options: &[&str]) -> Result<PathBuf> {
    let ours = workspace::made("tools/bin").join(name);
    let present = command::find(name).into_iter().chain([ours.clone()]).find(|path| has_version(path, version));
    if let Some(path) = present {
        return Ok(path);
    }
    announce(&format!("Compiling {package} {version} into target/tools: some minutes, once (the version must match exactly)"));
    let scratch = workspace::made("tools-build");
    let root = workspace::made("tools");
    let mut install = command::cargo(["install", package, "--version", version, "--locked", "--force", "--root"]);
    install.arg(root).args(options).env("CARGO_TARGET_DIR", &scratch);
    // It runs for a second or two: the time goes into compiling it.
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0");
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    command::run(&mut install)?;
    fs::remove_dir_all(&scratch).context("cannot remove target/tools-build")?;
    Ok(ours)
}

/// Whether `PATH --version` answers `name version`.
fn has_version(path: &Path, version: &str) -> bool {
    let answer = output(&mut program(path, ["--version"]));
    answer.is_some_and(|answer| answer.split_whitespace().nth(1) == Some(version))
}
