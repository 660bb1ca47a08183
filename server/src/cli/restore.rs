//! `hamutuk restore FILE`: from a backup into a new directory.

use std::path::PathBuf;

use crate::store::backup::restore;

/// Fill a new or empty directory from a backup.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The file that `hamutuk backup` wrote.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The directory to fill. It must be new or empty.
    #[arg(long, env = "HAMUTUK_DATA", value_name = "DIR", default_value = "hamutuk-data")]
    pub data: PathBuf,
}

/// Restores, verifies and prints what came back.
///
/// # Errors
/// When the directory holds something, the backup is damaged, or something cannot be written.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let counts = restore(&args.file, &args.data).await?;
    say!(
        "{} plans with {} changes and {} snapshots, and {} records are in {} and verified",
        counts.plans,
        counts.changes,
        counts.snapshots,
        counts.records,
        args.data.display()
    );
    say!("what people wrote after the backup comes back from their devices when they connect");
    Ok(())
}
