//! `hamutuk link new`, `list` and `revoke`.

use clap::{Subcommand, ValueEnum};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;

use super::{DataArgs, carry_out, date, unexpected};
use crate::admin::{self, Order, Outcome};
use crate::config::PublicUrl;
use crate::serve::base_url;
use crate::store::sled::Purpose;

/// Make links to plans, list and revoke them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a link to a plan. It is shown this one time.
    New(NewArgs),
    /// List the links, without their tokens, which nobody keeps.
    List(ListArgs),
    /// Revoke a link: it opens nothing any more, and whoever came by it is shut out.
    Revoke(RevokeArgs),
}

/// What links begin with.
#[derive(Debug, Clone, clap::Args)]
pub struct BaseArgs {
    /// The address under which people reach the server; without it, what the running server says, or this machine's on its network.
    #[arg(long, env = "HAMUTUK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// Where the server listens, for its port, while it does not run.
    #[arg(long, env = "HAMUTUK_LISTEN", value_name = "ADDRESS", default_value = super::serve::LISTEN)]
    listen: std::net::SocketAddr,
}

impl BaseArgs {
    pub(super) fn base_url(&self) -> String {
        base_url(self.public_url.as_ref(), self.listen)
    }

    pub(super) fn public_url(&self) -> Option<PublicUrl> {
        self.public_url.clone()
    }
}

/// What a link allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinkRole {
    /// Everything.
    Facilitator,
    /// Writing into the sections that are open.
    Editor,
    /// Commenting, suggesting and voting.
    Commenter,
    /// Reading.
    Viewer,
    /// Standing for another server: handing on what anybody wrote.
    Replica,
}

impl From<LinkRole> for Role {
    fn from(role: LinkRole) -> Self {
        match role {
            LinkRole::Facilitator => Self::Facilitator,
            LinkRole::Editor => Self::Editor,
            LinkRole::Commenter => Self::Commenter,
            LinkRole::Viewer => Self::Viewer,
            LinkRole::Replica => Self::Replica,
        }
    }
}

/// Make a link.
#[derive(Debug, Clone, clap::Args)]
pub struct NewArgs {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    base: BaseArgs,
    /// What whoever opens it may do.
    #[arg(long, value_enum)]
    role: LinkRole,
    /// Which plan, as `hamutuk plan list` shows it. Not needed if there is only one.
    #[arg(long, value_name = "ID")]
    plan: Option<PlanId>,
    /// What you call the link, such as the group that it is for.
    #[arg(long, value_name = "TEXT", default_value = "")]
    label: String,
}

/// List the links.
#[derive(Debug, Clone, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    data: DataArgs,
}

/// Revoke a link.
#[derive(Debug, Clone, clap::Args)]
pub struct RevokeArgs {
    #[command(flatten)]
    data: DataArgs,
    /// How the link's hash begins, as `hamutuk link list` shows it.
    #[arg(value_name = "HASH-PREFIX")]
    hash: String,
}

/// Does it.
///
/// # Errors
/// When there is no such plan or link, or the data cannot be opened or written.
pub async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::New(args) => new(args).await,
        Command::List(args) => list(args).await,
        Command::Revoke(args) => revoke(args).await,
    }
}

async fn new(args: NewArgs) -> anyhow::Result<()> {
    let order = Order::NewLink { plan: args.plan, role: args.role.into(), label: args.label, public_url: args.base.public_url() };
    let outcome = carry_out(Purpose::Inspect, &args.data.data, args.base.base_url(), order).await?;
    let Outcome::LinkMade { url } = outcome else { return Err(unexpected()) };
    say!("{url}");
    Ok(())
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let outcome = carry_out(Purpose::Inspect, &args.data.data, String::new(), Order::ListLinks).await?;
    let Outcome::Links(links) = outcome else { return Err(unexpected()) };
    if links.is_empty() {
        say!("there are no links in {}", args.data.data.display());
    }
    for link in links {
        let state = link.revoked_ms.map_or_else(String::new, |ms| format!("  revoked {}", date(ms)));
        let (hash, role, made) = (admin::short(&link.hash), link.role.as_str(), date(link.created_ms));
        say!("{hash}  plan {}  {role:<11}  {made}  {}{state}", link.plan, link.label);
    }
    Ok(())
}

async fn revoke(args: RevokeArgs) -> anyhow::Result<()> {
    let outcome = carry_out(Purpose::Inspect, &args.data.data, String::new(), Order::RevokeLink { hash: args.hash }).await?;
    let Outcome::Revoked { hash, before } = outcome else { return Err(unexpected()) };
    let state = if before { "was revoked already" } else { "is revoked" };
    say!("{hash} {state}");
    Ok(())
}
