//! `hamutuk serve`.

mod announce;
mod browser;
mod signal;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::template;
use tokio::net::{TcpListener, TcpSocket};

use self::announce::{FirstPlan, Ready};
use super::{ContentLanguage, DataArgs, open};
use crate::config::{PublicUrl, TrustedProxy};
use crate::records::{self, PlanRecord};
use crate::serve::{AppParts, base_url, serve};
use crate::store::{SledStore, Store};
use crate::{control, links, plans};

/// Where the server listens unless told otherwise.
pub const LISTEN: &str = "0.0.0.0:8080";

/// How many connections the system keeps while they wait to be taken. A room full of people comes back at once when the network does,
/// and whoever finds the queue full (128, by default) is tried again only a second later.
const LISTEN_BACKLOG: u32 = 1024;

/// What the first plan starts from.
pub const FIRST_TEMPLATE: &str = "nap1325-2025";

/// Serve the plans.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The address and port to listen on; port 0 takes any that is free.
    #[arg(long, env = "HAMUTUK_LISTEN", value_name = "ADDRESS", default_value = LISTEN)]
    listen: SocketAddr,
    #[command(flatten)]
    data: DataArgs,
    /// The address under which people reach the server, if it is not this machine's: behind a proxy, say.
    #[arg(long, env = "HAMUTUK_PUBLIC_URL", value_name = "URL")]
    public_url: Option<PublicUrl>,
    /// The address of a proxy before the server, or a network of them, several with commas between: a client's address is then taken
    /// from what it puts into X-Forwarded-For. Without it, everybody behind the proxy counts as one.
    #[arg(long = "trusted-proxy", env = "HAMUTUK_TRUSTED_PROXY", value_name = "ADDRESS", value_delimiter = ',')]
    trusted_proxies: Vec<TrustedProxy>,
    /// Open the facilitator's link in this machine's browser.
    #[arg(long, env = "HAMUTUK_OPEN")]
    open: bool,
    /// The language of the first plan's content, when there is no plan yet.
    #[arg(long, env = "HAMUTUK_LANGUAGE", value_enum, default_value = "en")]
    language: ContentLanguage,
    /// For scripts: once people can connect, write a JSON object with `port`, and, for a new plan, `plan`, `facilitator_link` and
    /// `editor_link`, to this file.
    #[arg(long, env = "HAMUTUK_READY_FILE", value_name = "PATH")]
    ready_file: Option<PathBuf>,
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// When it cannot listen, or the data cannot be opened.
pub async fn run(args: Args) -> anyhow::Result<()> {
    let shutdown = signal::stopped()?;
    if let Some(path) = &args.ready_file {
        // One from before would say that this server is ready. If it cannot go, writing the new one fails and says so.
        let _ = std::fs::remove_file(path);
    }
    // The port first: whoever starts a second server learns that, and not that the data is in use.
    let listener = listen(args.listen).map_err(|error| cannot_listen(args.listen, &error))?;
    let address = listener.local_addr()?;
    let store = open(&args.data.data).await?;
    let control = listen_for_commands(&args.data.data);
    let base = base_url(args.public_url.as_ref(), address);
    let plans = records::list::<PlanRecord>(&store, b"").await?.len();
    let first = if plans == 0 { Some(first_plan(&store, &base, args.language).await?) } else { None };
    let plan_count = plans.max(1);
    announce::print(&announce::Announcement { base: &base, address, data: &args.data.data, first: first.as_ref(), plan_count });
    if let Some(path) = &args.ready_file {
        let ready = Ready::new(address.port(), first.as_ref());
        ready.write(path).with_context(|| format!("cannot write {}", path.display()))?;
    }
    if args.open {
        browser::open(first.as_ref().map_or(base.as_str(), |first| &first.facilitator_link));
    }
    let store: Arc<dyn Store> = Arc::new(store);
    let Args { public_url, trusted_proxies, .. } = args;
    serve(AppParts { listener, store, control, public_url, trusted_proxies, shutdown }).await.context("the server stopped")?;
    say!("Stopped. Everything that was received is stored.");
    Ok(())
}

fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A server that starts again takes its port back at once. Elsewhere than on Unix this would let two servers share one.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LISTEN_BACKLOG)
}

/// Without it, commands need the server to be stopped.
fn listen_for_commands(data: &Path) -> Option<control::Listener> {
    match control::Listener::bind(data) {
        Ok(listener) => Some(listener),
        Err(error) if error.kind() == std::io::ErrorKind::Unsupported => None,
        Err(error) => {
            tracing::warn!(%error, "no command can reach this server: stop it before you use `hamutuk plan` or `hamutuk link`");
            None
        }
    }
}

async fn first_plan(store: &SledStore, base: &str, language: ContentLanguage) -> anyhow::Result<FirstPlan> {
    let template = template::find(FIRST_TEMPLATE).context("the first plan's template is not part of this program")?;
    let plan = plans::create(store, &template, FIRST_TEMPLATE, language.into()).await?;
    let mut urls = Vec::new();
    for role in [Role::Facilitator, Role::Editor] {
        urls.push(links::url(base, plan.id, &links::create(store, plan.id, role, "").await?));
    }
    let [facilitator_link, editor_link] = <[String; 2]>::try_from(urls).map_err(|_| anyhow!("two links were to be made"))?;
    Ok(FirstPlan { id: plan.id, title: plan.title, facilitator_link, editor_link })
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> anyhow::Error {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::AddrInUse => {
            anyhow!("port {} is taken: stop what uses it, or choose another with --listen, such as --listen 0.0.0.0:8081", address.port())
        }
        ErrorKind::PermissionDenied => {
            anyhow!("port {} needs an administrator: choose one above 1023 with --listen, such as --listen 0.0.0.0:8080", address.port())
        }
        ErrorKind::AddrNotAvailable => anyhow!("this machine has no address {}: try --listen 0.0.0.0:{}", address.ip(), address.port()),
        _ => anyhow!("cannot listen on {address}: {error}"),
    }
}
