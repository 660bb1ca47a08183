//! The client: compiled by Trunk, finished by [`dist`], weighed by [`size`].

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::command::{self, announce, output, program};
use crate::{dist, fingerprint, size, split, system, tools, workspace};

/// Compiles the standard library with the client, for size. Cargo calls that unstable; `rust-toolchain.toml` names the one version of
/// it that is used here. Measured together with the flags below: a first visit of 678 KB becomes one of 604 KB.
const SMALL: [(&str, &str); 3] =
    [("RUSTC_BOOTSTRAP", "1"), ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"), ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")];

/// These come instead of those in `.cargo/config.toml`. A panic is a bare trap, without the message that nobody would read, and
/// `{:?}` prints nothing.
const RUST_FLAGS: [&str; 8] = [
    "--cfg",
    "erase_components",
    "--cfg",
    "hamutuk_split",
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zfmt-debug=none",
    split::RUST_FLAG,
];

/// Builds the client into `target/dist`, unless it is there already.
///
/// # Errors
/// When a tool is missing or fails, or when the client is too large.
pub(crate) fn build() -> Result<()> {
    // Two at once would write the same files, and embed a mixture of both. It is released when this returns.
    fs::create_dir_all(workspace::made("")).context("cannot make target")?;
    let lock = fs::File::create(workspace::made("client.lock")).context("cannot write target/client.lock")?;
    lock.lock().context("cannot wait for another build of the client")?;
    let tools = tools::ensure()?;
    let wasm_opt = system::wasm_opt();
    let dist = workspace::made("dist");
    let stamp = workspace::made("dist.fingerprint");
    let optimiser = wasm_opt.as_deref().and_then(version).unwrap_or_default();
    let current = fingerprint::of_client(&optimiser)?;
    if dist.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|built| built == current) {
        announce("The client is up to date");
        return size::report(&dist, wasm_opt.is_some());
    }

    announce("Compiling the client for WebAssembly, optimised for size: minutes the first time, a minute after a change");
    let mut trunk = program(&tools.trunk, ["build", "--release", "--locked"]);
    let (stand_in, real) = split::stand_in(&tools.wasm_bindgen)?;
    trunk.env("PATH", tools.path(stand_in)?).envs(real).env("TRUNK_SKIP_VERSION_CHECK", "true").env("RUST_BACKTRACE", "0");
    trunk.envs(SMALL).env("CARGO_ENCODED_RUSTFLAGS", RUST_FLAGS.join("\u{1f}"));
    // Not --offline, which Trunk hands on to Cargo: the standard library's own dependencies may not be here yet. Trunk itself finds
    // all its tools on the PATH and downloads none.
    // Trunk takes this variable, which many systems set to 1, for its own option, which takes only true or false.
    trunk.env_remove("NO_COLOR");
    command::run(&mut trunk)?;

    announce("Finishing the client: file names, service worker, brotli at its slowest and smallest");
    dist::assemble(&workspace::made("trunk"), &dist, wasm_opt.as_deref())?;
    size::report(&dist, wasm_opt.is_some())?;
    fs::write(&stamp, current).context("cannot write target/dist.fingerprint")
}

fn version(tool: &Path) -> Option<String> {
    output(&mut program(tool, ["--version"]))
}
