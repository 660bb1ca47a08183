//! The `hamutuk` binary.

use std::process::ExitCode;

use clap::Parser;
use hamutuk_server::cli::{Cli, one_line, run};
use hamutuk_server::telemetry;

fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("hamutuk: cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hamutuk: {}", one_line(&error));
            ExitCode::FAILURE
        }
    }
}
