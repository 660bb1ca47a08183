//! `hamutuk audit PLAN`: what happened in a plan.

use std::io::Write as _;

use hamutuk_shared::id::{PlanId, Seq};

use super::{DataArgs, carry_out, unexpected};
use crate::admin::{Order, Outcome};
use crate::audit::csv_head;
use crate::store::sled::Purpose;

/// Show the audit log of a plan: who joined, what links were made and revoked, what was denied.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// Which plan, as `hamutuk plan list` shows it. Not needed if there is only one.
    #[arg(value_name = "PLAN")]
    plan: Option<PlanId>,
    #[command(flatten)]
    data: DataArgs,
    /// As a table in CSV, for a file: `hamutuk audit --csv > audit.csv`.
    #[arg(long)]
    csv: bool,
}

/// Prints it.
///
/// # Errors
/// When there is no such plan, or the log cannot be read.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    if args.csv {
        // Where nobody reads any more, that is no failure; so below.
        let _ = out.write_all(csv_head().as_bytes());
    }
    let mut next = Some(Seq::START);
    while let Some(after) = next {
        let order = Order::Audit { plan: args.plan, after };
        let outcome = carry_out(Purpose::Inspect, &args.data.data, String::new(), order).await?;
        let Outcome::Audit { lines, after } = outcome else { return Err(unexpected()) };
        for line in &lines {
            let _ = if args.csv { out.write_all(line.csv().as_bytes()) } else { writeln!(out, "{}", line.text()) };
        }
        next = after;
    }
    Ok(())
}
