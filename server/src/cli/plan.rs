//! `hamutuk plan new` and `hamutuk plan list`.

use anyhow::Context as _;
use clap::Subcommand;
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::template;

use super::{ContentLanguage, DataArgs, date, open, open_existing};
use crate::records::{self, PlanRecord};
use crate::{links, plans};

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
    let known = || template::names().collect::<Vec<_>>().join(", ");
    let found = template::find(&args.template);
    let template = found.with_context(|| format!("there is no template {:?}; there is: {}", args.template, known()))?;
    let store = open(&args.data.data).await?;
    let plan = plans::create(&store, &template, &args.template, args.language.into()).await?;
    say!("{}\n  plan {}", plan.title, plan.id);
    for role in [Role::Facilitator, Role::Editor] {
        let token = links::create(&store, plan.id, role, "").await?;
        say!("  {:<12} {}", role.as_str(), links::url(&args.links.base_url(), plan.id, &token));
    }
    say!("The links are not shown again. `hamutuk link new` makes others.");
    Ok(())
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let store = open_existing(&args.data.data).await?;
    let plans: Vec<PlanRecord> = records::list(&store, b"").await?;
    if plans.is_empty() {
        say!("there are no plans in {}", args.data.data.display());
    }
    for plan in plans {
        say!("{}  {}  {}", plan.id, date(plan.created_ms), plan.title);
    }
    Ok(())
}
