//! What every request handler shares.

use std::sync::Arc;

use tokio::sync::mpsc;

use crate::config::PublicUrl;
use crate::gate::Gate;
use crate::links::Links;
use crate::live::Registry;
use crate::store::Store;

/// Cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The open rooms.
    pub registry: Arc<Registry>,
    /// The links that open plans.
    pub links: Links,
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// The address that people use, if it was configured.
    pub public_url: Option<PublicUrl>,
    /// What new links begin with.
    pub base_url: Arc<str>,
    /// How often an address may ask for something.
    pub gate: Arc<Gate>,
    /// Every open socket holds a clone, so that the server can wait until all are closed.
    pub sockets: mpsc::Sender<()>,
}
