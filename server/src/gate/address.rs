//! Whose address it is that a request comes from.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, HeaderName};

use crate::config::TrustedProxy;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who is counted as one: an IPv4 address, or the /64 network that a household or a venue gets in IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Visitor(Network);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Network {
    V4(u32),
    V6(u64),
}

impl Visitor {
    /// The one at an address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => Network::V4(address.to_bits()),
            IpAddr::V6(address) => Network::V6(u64::try_from(address.to_bits() >> 64).expect("half of 128 bits")),
        })
    }
}

/// The client's address: the peer's, unless that is a proxy of ours. Then the last one in X-Forwarded-For that is none of ours; what
/// stands before it, anybody may have written.
pub(super) fn of_client(peer: IpAddr, headers: &HeaderMap, proxies: &[TrustedProxy]) -> IpAddr {
    let is_ours = |address: IpAddr| proxies.iter().any(|proxy| proxy.is_at(address));
    let mut client = peer;
    let values = headers.get_all(X_FORWARDED_FOR).iter().map(|value| value.to_str().unwrap_or_default());
    let mut named: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    while is_ours(client) {
        // Where a proxy named nobody, or nothing that can be read, it counts itself.
        let Some(address) = named.pop().and_then(read) else { break };
        client = address;
    }
    client
}

/// Some proxies write the port too.
fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse().ok().map(|address: SocketAddr| address.ip()))
}
