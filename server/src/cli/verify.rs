//! `hamutuk verify`: is everything that is stored whole?

use std::path::PathBuf;

use anyhow::bail;

use crate::store::verify::verify;

/// Check all that is stored, and name what is damaged.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The directory that holds the plans. Stop the server first.
    #[arg(long, env = "HAMUTUK_DATA", value_name = "DIR", default_value = "hamutuk-data")]
    pub data: PathBuf,
}

/// Prints what was found.
///
/// # Errors
/// When the data cannot be opened, or something in it is damaged.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let report = verify(&args.data).await?;
    for plan in &report.plans {
        let snapshot = plan.snapshot.map_or_else(|| "no snapshot".to_owned(), |seq| format!("a snapshot up to {seq}"));
        say!("plan {}: {} changes up to {}, {snapshot}", plan.plan, plan.changes, plan.head);
    }
    say!("{} plans and {} records looked at", report.plans.len(), report.records);
    if report.problems.is_empty() {
        say!("all is well");
        return Ok(());
    }
    for problem in &report.problems {
        say!("DAMAGED: {problem}");
    }
    bail!("{} things are damaged; they are named above", report.problems.len())
}
