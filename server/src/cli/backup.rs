//! `hamutuk backup FILE`: everything into one file.

use std::path::PathBuf;

use crate::store::backup::backup;

/// Copy all that is stored into one new file.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The file to write. It must not be there yet.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The directory that holds the plans. Stop the server first.
    #[arg(long, env = "HAMUTUK_DATA", value_name = "DIR", default_value = "hamutuk-data")]
    pub data: PathBuf,
}

/// Writes the file and prints what is in it.
///
/// # Errors
/// When the file is there already, or something cannot be read or written.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let counts = backup(&args.data, &args.file).await?;
    say!(
        "{} holds {} plans with {} changes and {} snapshots, and {} records",
        args.file.display(),
        counts.plans,
        counts.changes,
        counts.snapshots,
        counts.records
    );
    say!("keep it on another machine; whoever has it can read every plan");
    Ok(())
}
