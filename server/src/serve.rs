//! The running server: everything that it needs from outside is handed in, so that tests hand in something else.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::admin::Admin;
use crate::config::{PublicUrl, TrustedProxy};
use crate::control;
use crate::gate::Gate;
use crate::links::Links;
use crate::live::Registry;
use crate::router::router;
use crate::state::AppState;
use crate::store::Store;

/// How long stopping may take.
const STOP_MAX: Duration = Duration::from_secs(5);

/// What a server is made of.
pub struct AppParts<F> {
    /// Where it listens.
    pub listener: TcpListener,
    /// Where it keeps everything.
    pub store: Arc<dyn Store>,
    /// Where commands reach it.
    pub control: Option<control::Listener>,
    /// The address that people use, when it is not the listener's.
    pub public_url: Option<PublicUrl>,
    /// The proxies that are believed when they name a client's address.
    pub trusted_proxies: Vec<TrustedProxy>,
    /// Ends when the server should stop.
    pub shutdown: F,
}

/// Serves until `shutdown`: then it takes no more connections, tells everybody, stores what was taken in and returns, within 5 seconds.
///
/// # Errors
/// When the listener fails.
pub async fn serve<F: Future<Output = ()>>(parts: AppParts<F>) -> io::Result<()> {
    let AppParts { listener, store, control, public_url, trusted_proxies, shutdown } = parts;
    let base_url: Arc<str> = base_url(public_url.as_ref(), listener.local_addr()?).into();
    let (sockets, mut open_sockets) = mpsc::channel(1);
    let registry = Registry::new(Arc::clone(&store));
    let links = Links::new(Arc::clone(&store), Some(Arc::clone(&registry)));
    let mut desks = JoinSet::new();
    if let Some(control) = control {
        let admin = Admin { store: Arc::clone(&store), links: links.clone(), base_url: Arc::clone(&base_url) };
        desks.spawn(control.serve(admin));
    }
    let gate = Arc::new(Gate::new(trusted_proxies));
    let state = AppState { registry: Arc::clone(&registry), links, store, public_url, base_url, gate, sockets };
    let (stop, stopped) = oneshot::channel::<()>();
    let listener = listener.tap_io(|stream| {
        // A frame that follows another must not wait for the peer's delayed acknowledgement, some 40 ms.
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays slow");
        }
    });
    let server =
        axum::serve(listener, router(state).into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(async move {
            let _ = stopped.await;
        });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        ended = &mut server => return ended.map_err(io::Error::other)?,
        () = shutdown => {}
    }
    desks.shutdown().await;
    drop(stop);
    let finish = async {
        registry.stop().await;
        // Every socket holds a sender, and so does the router until its last connection is closed.
        while open_sockets.recv().await.is_some() {}
    };
    if tokio::time::timeout(STOP_MAX, finish).await.is_err() {
        tracing::warn!("some connections did not end in time and were cut");
    }
    server.abort();
    Ok(())
}

/// What links begin with: the public URL, or the address of this machine on its network.
#[must_use]
pub fn base_url(public_url: Option<&PublicUrl>, address: SocketAddr) -> String {
    if let Some(url) = public_url {
        return url.to_string();
    }
    let ip = if address.ip().is_unspecified() { local_ip_address::local_ip().ok() } else { Some(address.ip()) };
    let host = match ip {
        Some(ip) if ip.is_loopback() => "localhost".to_owned(),
        Some(IpAddr::V4(ip)) => ip.to_string(),
        Some(IpAddr::V6(ip)) => format!("[{ip}]"),
        None => "localhost".to_owned(),
    };
    format!("http://{host}:{}", address.port())
}
