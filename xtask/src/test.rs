//! `cargo xtask test`: everything that must hold, in an order that fails early. The same command runs everywhere.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::command::{self, announce, cargo};
use crate::report::{self, Count, Outcome, Report};
use crate::server::{self, Profile};
use crate::tools::{self, WASM};
use crate::{browser, client, fuzz, system};

/// A step counts what it ran. It gets what it needs itself, so that it also works alone.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Count) -> Result<()>,
}

const STEPS: [Step; 10] = [
    Step { name: "format", what: "Is everything formatted?", run: format },
    Step { name: "tools", what: "The wasm32 target, Trunk and wasm-bindgen", run: get_tools },
    Step { name: "client", what: "The client, in release, under its size limit", run: build_client },
    Step { name: "clippy", what: "Lints, with warnings denied", run: clippy },
    Step { name: "clippy-client", what: "Lints of the client, for WebAssembly", run: clippy_client },
    Step { name: "server", what: "The server, with the client embedded, for the tests to start", run: build_server },
    Step { name: "test", what: "Unit, property, simulation, integration and doc tests", run: test },
    Step { name: "fuzz", what: "What comes over a socket, by random inputs for a minute", run: fuzz::step },
    Step { name: "test-client", what: "The client's own tests, in headless Chromium", run: test_client },
    Step { name: "browser", what: "People at work: browsers against the real server", run: test_browser },
];

/// Runs all steps up to the first that fails.
///
/// # Errors
/// Never: what fails is in the report, and in the exit code.
pub(crate) fn all() -> Result<ExitCode> {
    Ok(steps(&STEPS))
}

/// Runs one step.
///
/// # Errors
/// When there is none of that name.
pub(crate) fn only(name: &str) -> Result<ExitCode> {
    let step = STEPS.iter().find(|step| step.name == name);
    let step = step.with_context(|| format!("no step is called {name}; `cargo xtask test --list` names them"))?;
    Ok(steps(std::slice::from_ref(step)))
}

/// Prints the names of the steps and what they do.
pub(crate) fn list() {
    for Step { name, what, .. } in &STEPS {
        println!("{name:<14} {what}");
    }
}

fn steps(steps: &[Step]) -> ExitCode {
    let mut outcomes = Vec::new();
    let mut has_failed = false;
    for step in steps {
        if has_failed {
            outcomes.push(Outcome { step: step.name, time: None, count: Count::default() });
            continue;
        }
        let outcome = run(step);
        has_failed = outcome.count.failed > 0;
        outcomes.push(outcome);
    }
    let report = Report(outcomes);
    println!("\n{report}");
    if report.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run(step: &Step) -> Outcome {
    println!();
    announce(&format!("[{}] {}", step.name, step.what));
    let start = Instant::now();
    let mut count = Count::default();
    if let Err(error) = (step.run)(&mut count) {
        eprintln!("error: {error:#}");
        // What does not even compile counts no failed test.
        count.failed = count.failed.max(1);
    }
    Outcome { step: step.name, time: Some(start.elapsed()), count }
}

fn format(count: &mut Count) -> Result<()> {
    command::run(&mut cargo(["fmt", "--all", "--check"]))?;
    command::run(&mut cargo(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]))?;
    *count = Count::ONE;
    Ok(())
}

fn get_tools(count: &mut Count) -> Result<()> {
    tools::ensure()?;
    *count = Count::ONE;
    Ok(())
}

fn build_client(count: &mut Count) -> Result<()> {
    client::build()?;
    *count = Count::ONE;
    Ok(())
}

fn clippy(count: &mut Count) -> Result<()> {
    let arguments = ["clippy", "--locked", "--workspace", "--exclude", "hamutuk-client", "--all-targets", "--", "-D", "warnings"];
    command::run(&mut cargo(arguments))?;
    *count = Count::ONE;
    Ok(())
}

fn clippy_client(count: &mut Count) -> Result<()> {
    let arguments = ["clippy", "--locked", "-p", "hamutuk-client", "--target", WASM, "--all-targets", "--", "-D", "warnings"];
    command::run(&mut cargo(arguments))?;
    *count = Count::ONE;
    Ok(())
}

fn build_server(count: &mut Count) -> Result<()> {
    client::build()?;
    server::build(Profile::Dev)?;
    *count = Count::ONE;
    Ok(())
}

fn test(count: &mut Count) -> Result<()> {
    system::require("strace", "strace", "to see that no ack leaves before the sync")?;
    let hamutuk = server::build(Profile::Dev)?;
    let mut tests = cargo(["test", "--locked", "--workspace", "--exclude", "hamutuk-client", "--no-fail-fast"]);
    report::tests(tests.env("HAMUTUK_BIN", hamutuk), count)
}

fn test_client(count: &mut Count) -> Result<()> {
    let tools = tools::ensure()?;
    let browser = browser::ensure()?;
    let mut tests = cargo(["test", "--locked", "-p", "hamutuk-client", "--target", WASM]);
    browser.set(&mut tests);
    // Its driver's options are in client/webdriver.json.
    tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", tools.wasm_bindgen.join("wasm-bindgen-test-runner"));
    report::tests(&mut tests, count)
}

fn test_browser(count: &mut Count) -> Result<()> {
    let browser = browser::ensure()?;
    client::build()?;
    let hamutuk = server::build(Profile::Dev)?;
    let mut tests = cargo(["test", "--locked", "-p", "hamutuk-tests", "--test", "browser"]);
    browser.set(&mut tests);
    report::tests(tests.env("HAMUTUK_BIN", hamutuk), count)
}
