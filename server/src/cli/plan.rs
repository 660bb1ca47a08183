//! `hamutuk plan new` and `hamutuk plan list`.

use clap::Subcommand;
use hamutuk_shared::plan::template;

use super::{ContentLanguage, DataArgs, carry_out, unexpected};
use crate::admin::{Order, OrderError, Outcome};
use crate::calendar::date;
use crate::store::sled::Purpose;

/// Make plans, and list them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a plan from a template, with a facilitator's and an editor's link.
    New(NewArgs),
    /// List the plans.
    List(ListArgs),
}

/// Make a plan.
#[derive(Debug, Clone, clap::Args)]
pub struct NewArgs {
    #[command(flatten)]
    data: DataArgs,
    /// What the plan starts from.
    #[arg(long, value_name = "NAME", default_value = super::serve::FIRST_TEMPLATE)]
    template: String,
    /// The language of the plan's content.
    #[arg(long, value_enum, default_value = "en")]
    language: ContentLanguage,
    #[command(flatten)]
    links: super::link::BaseArgs,
}

/// List the plans.
#[derive(Debug, Clone, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    data: DataArgs,
}

/// Does it.
///
/// # Errors
/// When the template is not known, or the data cannot be opened or written.
pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::New(args) => new(args).await,
        Command::List(args) => list(args).await,
    }
}

async fn new(args: NewArgs) -> anyhow::Result<()> {
    if template::find(&args.template).is_none() {
        // Before the data is opened, which would make its directory.
        return Err(OrderError::NoTemplate { name: args.template }.into());
    }
    let order = Order::NewPlan { template: args.template, language: args.language.into(), public_url: args.links.public_url() };
    let outcome = carry_out(Purpose::Serve, &args.data.data, args.links.base_url(), order).await?;
    let Outcome::PlanMade { plan, links } = outcome else { return Err(unexpected()) };
    say!("{}\n  plan {}", plan.title, plan.id);
    for (role, url) in links {
        say!("  {:<12} {url}", role.as_str());
    }
    say!("The links are not shown again. `hamutuk link new` makes others.");
    Ok(())
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let outcome = carry_out(Purpose::Inspect, &args.data.data, String::new(), Order::ListPlans).await?;
    let Outcome::Plans(plans) = outcome else { return Err(unexpected()) };
    if plans.is_empty() {
        say!("there are no plans in {}", args.data.data.display());
    }
    for plan in plans {
        say!("{}  {}  {}", plan.id, date(plan.created_ms), plan.title);
    }
    Ok(())
}
