//! `hamutuk link new`, `list` and `revoke`.

use clap::{Subcommand, ValueEnum};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;

use super::expiry::Expiry;
use super::{DataArgs, carry_out, unexpected};
use crate::admin::{LinkOrder, Listed, Order, Outcome};
use crate::calendar::date;
use crate::config::PublicUrl;
use crate::links::short;
use crate::secret;
use crate::serve::base_url;
use crate::store::sled::Purpose;

/// Make links to plans, list and revoke them.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a link to a plan. It is shown this one time.
    New(NewArgs),
    /// List the links, and how many people have come by each. Not their tokens, which nobody keeps.
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
    /// Writing into the sections that are open, or into those that `--section` names.
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
    /// The only sections that an editor may write into, by their code, such as P1, or their id; several with commas between. Without it,
    /// all.
    #[arg(long = "section", value_name = "CODE", value_delimiter = ',')]
    sections: Vec<String>,
    /// When the link ends by itself, and whoever came by it is shut out: days or hours from now, such as 3d or 12h, or its last day (UTC),
    /// such as 2025-12-31. Without it, never.
    #[arg(long, value_name = "WHEN")]
    expires: Option<Expiry>,
    /// How many people may come by it. Without it, as many as like.
    #[arg(long = "people", value_name = "NUMBER")]
    people_max: Option<u32>,
}

/// List the links: the id, the plan, the role, the sections, how many have come by it and how many may, when it ends or was revoked, when it
/// was made, and what it is called.
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
    /// How the link's id begins, as `hamutuk link list` shows it.
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
    let (base_url, public_url) = (args.base.base_url(), args.base.public_url());
    let NewArgs { data, role, plan, label, sections, expires, people_max, .. } = args;
    let expires_ms = expires.map(|expires| expires.moment_ms(secret::now_ms()));
    let order = LinkOrder { plan, role: role.into(), sections, label, expires_ms, people_max, public_url };
    let outcome = carry_out(Purpose::Inspect, &data.data, base_url, Order::NewLink(order)).await?;
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
        say!("{}", line(&link, secret::now_ms()));
    }
    Ok(())
}

/// A link on one line.
fn line(listed: &Listed, now_ms: u64) -> String {
    let Listed { link, sections, people } = listed;
    let place = if sections.is_empty() { "all".to_owned() } else { sections.join(",") };
    let people = match link.people_max {
        Some(people_max) => format!("{people} of {people_max} joined"),
        None => format!("{people} joined"),
    };
    let end = match (link.revoked_ms, link.expires_ms) {
        (Some(revoked), _) => format!("revoked {}", date(revoked)),
        (None, Some(expires)) if expires <= now_ms => format!("ended {}", date(expires)),
        (None, Some(expires)) => format!("ends {}", date(expires)),
        (None, None) => "no end".to_owned(),
    };
    let (id, role, made) = (short(&link.hash), link.role.as_str(), date(link.created_ms));
    let line = format!("{id}  plan {}  {role:<11}  {place}  {people}  {end}  made {made}  {}", link.plan, link.label);
    line.trim_end().to_owned()
}

async fn revoke(args: RevokeArgs) -> anyhow::Result<()> {
    let outcome = carry_out(Purpose::Inspect, &args.data.data, String::new(), Order::RevokeLink { hash: args.hash }).await?;
    let Outcome::Revoked { hash, before } = outcome else { return Err(unexpected()) };
    let state = if before { "was revoked already" } else { "is revoked" };
    say!("{hash} {state}");
    Ok(())
}
