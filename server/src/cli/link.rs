//! `hamutuk link new`, `list` and `revoke`.

use anyhow::{Context as _, bail};
use clap::{Subcommand, ValueEnum};
use data_encoding::HEXLOWER;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;

use super::{DataArgs, date, open_existing};
use crate::config::PublicUrl;
use crate::links;
use crate::records::{self, LinkRecord, PlanRecord};
use crate::secret;
use crate::serve::base_url;
use crate::store::Store;

/// How much of a link's hash is shown; enough to name one.
const PREFIX_DIGITS: usize = 12;

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
    /// The address under which people reach the server; without it, this machine's on its network.
    #[arg(long, env = "HAMUTUK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// Where the server listens, for its port.
    #[arg(long, env = "HAMUTUK_LISTEN", value_name = "ADDRESS", default_value = super::serve::LISTEN)]
    listen: std::net::SocketAddr,
}

impl BaseArgs {
    pub(super) fn base_url(&self) -> String {
        base_url(self.public_url.as_ref(), self.listen)
    }
}

/// What a link allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinkRole {
    /// Everything.
    Facilitator,
    /// Writing into the sections.
    Editor,
}

impl From<LinkRole> for Role {
    fn from(role: LinkRole) -> Self {
        match role {
            LinkRole::Facilitator => Self::Facilitator,
            LinkRole::Editor => Self::Editor,
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
    let store = open_existing(&args.data.data).await?;
    let plan = choose(&store, args.plan).await?;
    let token = links::create(&store, plan, args.role.into(), &args.label).await?;
    say!("{}", links::url(&args.base.base_url(), plan, &token));
    Ok(())
}

async fn choose(store: &dyn Store, wanted: Option<PlanId>) -> anyhow::Result<PlanId> {
    if let Some(wanted) = wanted {
        let found: Option<PlanRecord> = records::load(store, wanted.as_bytes()).await?;
        return Ok(found.with_context(|| format!("there is no plan {wanted}: see `hamutuk plan list`"))?.id);
    }
    let plans: Vec<PlanRecord> = records::list(store, b"").await?;
    match plans.as_slice() {
        [plan] => Ok(plan.id),
        [] => bail!("there is no plan yet: make one with `hamutuk plan new`"),
        _ => bail!("there are several plans: choose one with --plan; see `hamutuk plan list`"),
    }
}

async fn list(args: ListArgs) -> anyhow::Result<()> {
    let store = open_existing(&args.data.data).await?;
    let links: Vec<LinkRecord> = records::list(&store, b"").await?;
    if links.is_empty() {
        say!("there are no links in {}", args.data.data.display());
    }
    for link in links {
        let hash = HEXLOWER.encode(&link.hash);
        let state = link.revoked_ms.map_or_else(String::new, |ms| format!("  revoked {}", date(ms)));
        let (role, made) = (link.role.as_str(), date(link.created_ms));
        say!("{}  plan {}  {role:<11}  {made}  {}{state}", &hash[..PREFIX_DIGITS], link.plan, link.label);
    }
    Ok(())
}

async fn revoke(args: RevokeArgs) -> anyhow::Result<()> {
    let store = open_existing(&args.data.data).await?;
    let wanted = args.hash.to_ascii_lowercase();
    let links: Vec<LinkRecord> = records::list(&store, b"").await?;
    let mut matching = links.into_iter().filter(|link| !wanted.is_empty() && HEXLOWER.encode(&link.hash).starts_with(&wanted));
    let link = matching.next().with_context(|| format!("no link begins with {:?}: see `hamutuk link list`", args.hash))?;
    if matching.next().is_some() {
        bail!("several links begin with {:?}: give more of it", args.hash);
    }
    let shown = HEXLOWER.encode(&link.hash[..PREFIX_DIGITS / 2]);
    if link.revoked_ms.is_some() {
        say!("{shown} was revoked already");
        return Ok(());
    }
    records::save(&store, &LinkRecord { revoked_ms: Some(secret::now_ms()), ..link }).await?;
    say!("{shown} is revoked");
    Ok(())
}
