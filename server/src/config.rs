//! What is configured from outside, checked once when the program starts.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// The address under which people reach the server, when it is not the one that it listens on: behind a proxy, say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicUrl(String);

/// The text is not the URL of a server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("give http:// or https://, a host and perhaps a port, and nothing after it, such as https://plan.example.org")]
pub struct ParsePublicUrlError;

impl PublicUrl {
    /// Scheme, host and port, as a browser names the origin of a page.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.0
    }

    /// Whether the browser's connection is encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PublicUrl {
    type Err = ParsePublicUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: axum::http::Uri = text.trim().parse().map_err(|_| ParsePublicUrlError)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(ParsePublicUrlError) };
        let default_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(ParsePublicUrlError),
        };
        if uri.path() != "/" || uri.query().is_some() || authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(ParsePublicUrlError);
        }
        let host = authority.host().to_ascii_lowercase();
        // A browser leaves the usual port out of an origin.
        Ok(Self(match authority.port_u16() {
            Some(port) if port != default_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        }))
    }
}

impl From<PublicUrl> for String {
    fn from(PublicUrl(url): PublicUrl) -> Self {
        url
    }
}

impl TryFrom<String> for PublicUrl {
    type Error = ParsePublicUrlError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// A proxy before the server, or a network of them, whose word for a client's address is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustedProxy(IpNet);

/// The text is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("give the proxy's address or network, such as 127.0.0.1 or 10.0.0.0/8")]
pub struct ParseTrustedProxyError;

impl TrustedProxy {
    /// Whether it is the one at this address.
    #[must_use]
    pub fn is_at(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

impl FromStr for TrustedProxy {
    type Err = ParseTrustedProxyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let address = || text.parse().map(|address: IpAddr| IpNet::from(address.to_canonical()));
        text.parse().or_else(|_| address()).map(Self).map_err(|_| ParseTrustedProxyError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_network() {
        for (text, address, expected) in [
            ("127.0.0.1", "127.0.0.1", Some(true)),
            ("127.0.0.1", "127.0.0.2", Some(false)),
            (" 10.0.0.0/8 ", "10.1.2.3", Some(true)),
            ("10.0.0.0/8", "11.1.2.3", Some(false)),
            ("10.0.0.0/8", "::ffff:10.1.2.3", Some(true)),
            ("::1", "::1", Some(true)),
            ("fd00::/8", "fd12::1", Some(true)),
            ("fd00::/8", "10.1.2.3", Some(false)),
            ("", "::1", None),
            ("proxy.example.org", "::1", None),
            ("10.0.0.0/33", "::1", None),
        ] {
            let proxy = text.parse::<TrustedProxy>().ok();
            assert_eq!(proxy.map(|proxy| proxy.is_at(address.parse().unwrap())), expected, "{text} {address}");
        }
    }

    #[test]
    fn a_public_url_is_an_origin() {
        for (text, expected) in [
            ("https://plan.example.org", Some("https://plan.example.org")),
            ("https://Plan.example.org/", Some("https://plan.example.org")),
            ("https://plan.example.org:443", Some("https://plan.example.org")),
            ("http://10.0.0.2:8080", Some("http://10.0.0.2:8080")),
            ("plan.example.org", None),
            ("ftp://plan.example.org", None),
            ("https://plan.example.org/plans", None),
            ("https://me@plan.example.org", None),
            ("https://plan.example.org/?a=b", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<PublicUrl>().ok().as_ref().map(PublicUrl::origin), expected, "{text}");
        }
    }
}
