//! The load generator: `cargo run --release -p hamutuk-tests --bin load`. See [`hamutuk_tests::load`].

use clap::Parser;
use hamutuk_tests::load::{Settings, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let report = run(&Settings::parse()).await?;
    println!("{report}");
    Ok(())
}
