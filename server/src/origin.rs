//! Which pages may talk to the server: its own. A browser names the page's origin, and sends cookies with whatever any page asks for.

use axum::http::{HeaderMap, header};

use crate::config::PublicUrl;
use crate::error::ApiError;

/// Refuses requests from pages of other sites. A request without an Origin comes from no page.
///
/// # Errors
/// [`ApiError::NotAllowed`].
pub fn check(headers: &HeaderMap, public_url: Option<&PublicUrl>) -> Result<(), ApiError> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else { return Ok(()) };
    let own = origin.to_str().is_ok_and(|origin| is_own(origin, headers, public_url));
    if own && origins.next().is_none() { Ok(()) } else { Err(ApiError::NotAllowed) }
}

fn is_own(origin: &str, headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    if public_url.is_some_and(|url| url.origin().eq_ignore_ascii_case(origin)) {
        return true;
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let asked = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    matches!((asked, host), (Some(asked), Some(host)) if !asked.is_empty() && asked.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_server_itself_pass() {
        let public: PublicUrl = "https://plan.example.org".parse().unwrap();
        for (origin, host, public_url, allowed) in [
            (None, "192.168.1.5:8080", None, true),
            (Some("http://192.168.1.5:8080"), "192.168.1.5:8080", None, true),
            (Some("http://LAPTOP.local:8080"), "laptop.local:8080", None, true),
            (Some("http://192.168.1.5"), "192.168.1.5:8080", None, false),
            (Some("http://evil.example"), "192.168.1.5:8080", None, false),
            (Some("https://plan.example.org"), "127.0.0.1:8080", None, false),
            (Some("https://plan.example.org"), "127.0.0.1:8080", Some(&public), true),
            (Some("https://plan.example.org.evil.example"), "127.0.0.1:8080", Some(&public), false),
            (Some("null"), "null", None, false),
            (Some("http://"), "", None, false),
            (Some("file://laptop"), "laptop", None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, origin.parse().unwrap());
            }
            assert_eq!(check(&headers, public_url).is_ok(), allowed, "{origin:?} {host}");
        }
    }

    #[test]
    fn two_origins_are_none() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a".parse().unwrap());
        headers.append(header::ORIGIN, "http://a".parse().unwrap());
        headers.append(header::ORIGIN, "http://b".parse().unwrap());
        assert!(check(&headers, None).is_err());
    }
}
