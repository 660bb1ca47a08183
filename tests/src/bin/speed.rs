//! The client's speed in Chromium: `cargo xtask bench browser`. See [`hamutuk_tests::speed`].

use clap::Parser;
use hamutuk_tests::speed::{Settings, run};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let report = run(&Settings::parse()).await?;
    println!("{report}");
    report.save()?;
    Ok(())
}
