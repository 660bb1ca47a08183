//! The commands of this repository: `cargo xtask run | test | fuzz | bench`.
//!
//! Each starts from a fresh clone: it gets the tools that are missing, says what it does and why that may take long, and does
//! nothing twice. Everything that it makes is under `target/`.

mod bench;
mod browser;
mod client;
mod command;
mod dist;
mod fingerprint;
mod fuzz;
mod lean;
mod report;
mod run;
mod server;
mod size;
mod split;
mod style;
mod system;
mod test;
mod tools;
mod words;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
cargo xtask run [-- ARGS]    build the client and the server in release, then: hamutuk serve ARGS
cargo xtask test             check and test everything, as the continuous integration does
cargo xtask test --only STEP one step of it (`cargo xtask test --list` names them)
cargo xtask fuzz TARGET [SECONDS]
                             try random input on what reads from a socket, for ten minutes or as long as you say
cargo xtask bench [-- ARGS]  measure the core, then the server with the load generator (ARGS)
cargo xtask bench browser [ARGS]
                             measure the client in Chromium, with a large plan (--help names the ARGS)";

fn main() -> ExitCode {
    if split::is_called() {
        return split::bind();
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["run", "--", rest @ ..] | ["run", rest @ ..] => run::run(rest),
        ["test"] => test::all(),
        ["test", "--only", step] => test::only(step),
        ["test", "--list"] => {
            test::list();
            Ok(ExitCode::SUCCESS)
        }
        ["fuzz", rest @ ..] => fuzz::run(rest),
        ["bench", "--", rest @ ..] | ["bench", rest @ ..] => bench::run(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("no such command: {}\n{USAGE}", other.join(" ")),
    }
}
