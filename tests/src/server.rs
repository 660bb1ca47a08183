//! A server in the test's own process: the real one, on a port of its own.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use hamutuk_server::config::PublicUrl;
use hamutuk_server::store::{MemoryStore, Store};
use hamutuk_server::{AppParts, links, plans, serve};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;
use hamutuk_shared::plan::{Language, template};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::door::{Door, Joined};

/// The template of the plan that the tests write in.
const TEMPLATE: &str = "nap1325-2025";

/// A running server. It stops when it is dropped.
pub struct TestServer {
    store: Arc<dyn Store>,
    door: Door,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<std::io::Result<()>>,
}

impl TestServer {
    /// A server with one plan, in memory.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn start() -> Result<Self> {
        Self::with_store(Arc::new(MemoryStore::new())).await
    }

    /// A server with one new plan in a store.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn with_store(store: Arc<dyn Store>) -> Result<Self> {
        let keys = make_plan(&*store).await?;
        Self::serve(store, keys, None).await
    }

    /// A server with one plan, in memory, behind a public URL.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn behind(public_url: PublicUrl) -> Result<Self> {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let keys = make_plan(&*store).await?;
        Self::serve(store, keys, Some(public_url)).await
    }

    /// A server of a store that has the plan of `door` already, on another port.
    ///
    /// # Errors
    /// When it cannot be started.
    pub async fn resume(store: Arc<dyn Store>, door: &Door) -> Result<Self> {
        let keys = PlanKeys { plan: door.plan, facilitator: door.facilitator.clone(), editor: door.editor.clone() };
        Self::serve(store, keys, None).await
    }

    async fn serve(store: Arc<dyn Store>, keys: PlanKeys, public_url: Option<PublicUrl>) -> Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move {
            // Dropping the sender stops the server, too.
            let _ = stopped.await;
        };
        let task = tokio::spawn(serve(AppParts {
            listener,
            store: Arc::clone(&store),
            control: None,
            public_url,
            trusted_proxies: Vec::new(),
            shutdown,
        }));
        Ok(Self { store, door: keys.at(address), stop: Some(stop), task })
    }

    /// How to get in.
    #[must_use]
    pub const fn door(&self) -> &Door {
        &self.door
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> PlanId {
        self.door.plan
    }

    /// Where everything is kept.
    #[must_use]
    pub fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// Joins with the link of a role.
    ///
    /// # Errors
    /// When the server does not let them in.
    pub async fn join(&self, role: Role, name: &str) -> Result<Joined> {
        self.door.join(role, name).await
    }

    /// Asks the server to stop. It goes on until [`TestServer::stopped`].
    pub fn stop(&mut self) {
        drop(self.stop.take());
    }

    /// Stops the server and waits until it has.
    ///
    /// # Errors
    /// When it failed.
    pub async fn stopped(mut self) -> Result<()> {
        self.stop();
        Ok(self.task.await.context("the server panicked")??)
    }
}

/// A new plan and what opens it.
#[derive(Debug, Clone)]
pub struct PlanKeys {
    /// The plan.
    pub plan: PlanId,
    /// The facilitator's token.
    pub facilitator: String,
    /// The editors' token.
    pub editor: String,
}

impl PlanKeys {
    /// How to get in, at an address.
    #[must_use]
    pub fn at(self, address: SocketAddr) -> Door {
        let Self { plan, facilitator, editor } = self;
        Door { address, plan, facilitator, editor }
    }
}

/// Makes a plan in a store.
///
/// # Errors
/// When the store fails.
pub async fn make_plan(store: &dyn Store) -> Result<PlanKeys> {
    let template = template::find(TEMPLATE).context("the template is part of the program")?;
    let plan = plans::create(store, &template, TEMPLATE, Language::En).await?.id;
    let facilitator = links::create(store, plan, Role::Facilitator, "").await?.reveal();
    let editor = links::create(store, plan, Role::Editor, "").await?.reveal();
    Ok(PlanKeys { plan, facilitator, editor })
}
