//! Fuzzing of what comes over a socket: the targets in `fuzz/`, with libFuzzer, which the ordinary compiler can do.
//!
//! cargo-fuzz would do the same and has to be compiled first. What it adds is a sanitizer of memory, which needs a nightly compiler and
//! finds faults of unsafe code; of that there is none here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::{self, announce, cargo, output, program};
use crate::report::Count;
use crate::workspace;

const MANIFEST: &str = "fuzz/Cargo.toml";
const TARGETS: [&str; 3] = ["frames", "changes", "room"];

/// How long each target runs as a step of the tests.
const STEP: Duration = Duration::from_secs(20);

/// How long it runs when nothing else is said.
const USUAL_SECONDS: u64 = 600;

/// libFuzzer's instrumentation.
const FLAGS: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The longest input, and the longest time and most memory that one may take. A room opens its plan anew for some.
const BOUNDS: [&str; 3] = ["-max_len=16384", "-timeout=20", "-rss_limit_mb=2048"];

/// A bounded run of every target, from its first inputs on.
///
/// # Errors
/// When a target does not compile, or an input makes it fail.
pub(crate) fn step(count: &mut Count) -> Result<()> {
    let programs = build()?;
    for target in TARGETS {
        let place = place(target);
        if place.join("corpus").is_dir() {
            fs::remove_dir_all(place.join("corpus"))?;
        }
        run_target(&programs.join(target), &place, STEP)?;
        count.passed += 1;
    }
    Ok(())
}

/// `cargo xtask fuzz TARGET [SECONDS]`: goes on from what earlier runs have found.
///
/// # Errors
/// When there is no such target, or an input makes it fail.
pub(crate) fn run(arguments: &[&str]) -> Result<ExitCode> {
    let (target, seconds) = match arguments {
        [target] => (*target, USUAL_SECONDS),
        [target, seconds] => (*target, seconds.parse().context("the second word is a number of seconds")?),
        _ => bail!("cargo xtask fuzz TARGET [SECONDS]; the targets are {}", TARGETS.join(", ")),
    };
    if !TARGETS.contains(&target) {
        bail!("no target is called {target}; there are {}", TARGETS.join(", "));
    }
    let programs = build()?;
    run_target(&programs.join(target), &place(target), Duration::from_secs(seconds))?;
    Ok(ExitCode::SUCCESS)
}

/// Where a target keeps its inputs.
fn place(target: &str) -> PathBuf {
    workspace::made("fuzz").join(target)
}

/// Builds the targets, and answers where they are.
fn build() -> Result<PathBuf> {
    announce("Compiling the targets of the fuzzer, with all that they need instrumented: minutes the first time");
    let version = output(&mut program("rustc", ["-vV"])).context("rustc does not say its version")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc does not say its host")?;
    // With a target named, what is compiled for the build itself is not instrumented.
    let mut build = cargo(["build", "--locked", "--manifest-path", MANIFEST, "--bins", "--target", host]);
    build.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}")).env("CARGO_TARGET_DIR", workspace::target());
    command::run(&mut build)?;
    Ok(workspace::target().join(host).join("debug"))
}

fn run_target(program: &Path, place: &Path, time: Duration) -> Result<()> {
    let corpus = place.join("corpus");
    fs::create_dir_all(&corpus).with_context(|| format!("cannot make {}", corpus.display()))?;
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    announce(&format!("Fuzzing {name} for {} s", time.as_secs()));
    command::run(Command::new(program).env("HAMUTUK_FUZZ_SEEDS", &corpus))?;
    let mut fuzz = Command::new(program);
    fuzz.arg(&corpus).arg(format!("-max_total_time={}", time.as_secs())).args(BOUNDS).args(["-verbosity=0", "-print_final_stats=1"]);
    fuzz.arg(format!("-artifact_prefix={}/", place.display()));
    let advice = || format!("the input is in {}: mend what it shows, and keep it as a unit test", place.display());
    command::run(&mut fuzz).with_context(advice)
}
