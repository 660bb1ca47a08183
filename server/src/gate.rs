//! How often one client address may ask: for anything, with a wrong token, and for a socket.
//!
//! Nobody may keep the server busy alone, or guess; and a whole workshop, which has one address, must get in at once. So what is bounded
//! is generous, except wrong tokens. Those are counted by the answer: a right token is let in whatever else comes from its address, and
//! nobody can lock a workshop out by guessing in its name.

mod address;
mod rate;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hamutuk_shared::limits;

use self::rate::{Rate, Rates};
use crate::config::TrustedProxy;
use crate::error::ApiError;

pub use address::Visitor;

/// After how many seconds somebody should try again who has too many sockets. One that was left behind is given up in that time.
const SOCKETS_AGAIN_S: u32 = limits::SILENCE_MAX.as_secs() as u32;

/// How often what may be done from one address.
#[derive(Debug, Clone, Copy)]
struct Limits {
    requests: Rate,
    wrong_tokens: Rate,
    openings: Rate,
    sockets_max: usize,
}

impl Default for Limits {
    /// As in [`limits`].
    fn default() -> Self {
        Self {
            requests: Rate::per_second(limits::REQUESTS_PER_ADDRESS_PER_SECOND, limits::REQUESTS_PER_ADDRESS_BURST),
            wrong_tokens: Rate::per_minute(limits::WRONG_TOKENS_PER_ADDRESS_PER_MINUTE),
            openings: Rate::per_second(limits::SOCKET_OPENINGS_PER_ADDRESS_PER_SECOND, limits::SOCKET_OPENINGS_PER_ADDRESS_BURST),
            sockets_max: limits::SOCKETS_PER_ADDRESS_MAX,
        }
    }
}

/// What has come from every address.
pub struct Gate {
    proxies: Vec<TrustedProxy>,
    requests: Rates,
    wrong_tokens: Rates,
    openings: Rates,
    sockets_max: usize,
    /// How many sockets an address has open. Who has none is not in it.
    sockets: Mutex<HashMap<Visitor, usize>>,
}

impl Default for Gate {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl Gate {
    /// Nothing has come yet.
    #[must_use]
    pub fn new(proxies: Vec<TrustedProxy>) -> Self {
        Self::with(proxies, Limits::default())
    }

    fn with(proxies: Vec<TrustedProxy>, limits: Limits) -> Self {
        let Limits { requests, wrong_tokens, openings, sockets_max } = limits;
        let (requests, wrong_tokens, openings) = (Rates::new(requests), Rates::new(wrong_tokens), Rates::new(openings));
        Self { proxies, requests, wrong_tokens, openings, sockets_max, sockets: Mutex::default() }
    }

    /// Lets a socket through. It counts as open until what this gives is dropped.
    pub(crate) fn socket(self: &Arc<Self>, visitor: Visitor) -> Result<Passage, ApiError> {
        self.openings.take(visitor)?;
        let mut sockets = self.sockets();
        let open = sockets.get(&visitor).copied().unwrap_or_default();
        if open >= self.sockets_max {
            return Err(ApiError::TooOften { again_s: SOCKETS_AGAIN_S });
        }
        sockets.insert(visitor, open + 1);
        drop(sockets);
        Ok(Passage { gate: Arc::clone(self), visitor })
    }

    fn visitor(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> Visitor {
        // Only what does not come over a network, as in a test, has no address.
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Visitor::of(address::of_client(peer, headers, &self.proxies))
    }

    fn sockets(&self) -> MutexGuard<'_, HashMap<Visitor, usize>> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A socket that is open.
pub(crate) struct Passage {
    gate: Arc<Gate>,
    visitor: Visitor,
}

impl Drop for Passage {
    fn drop(&mut self) {
        let mut sockets = self.gate.sockets();
        if let Some(open) = sockets.get_mut(&self.visitor) {
            *open -= 1;
            if *open == 0 {
                sockets.remove(&self.visitor);
            }
        }
    }
}

/// Around every request: refuses it when too many came, and tells the handlers who asks.
pub(crate) async fn keep(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let visitor = gate.visitor(peer, request.headers());
    if let Err(error) = gate.requests.take(visitor) {
        return error.into_response();
    }
    request.extensions_mut().insert(visitor);
    let response = next.run(request).await;
    let is_guess = response.extensions().get() == Some(&ApiError::LinkWrong);
    match if is_guess { gate.wrong_tokens.take(visitor) } else { Ok(()) } {
        Ok(()) => response,
        Err(error) => error.into_response(),
    }
}
