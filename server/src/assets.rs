//! The built client, embedded, so that `hamutuk` is one file.
//!
//! The build stores each text beside its brotli form (`app.js`, `app.js.br`): nothing is compressed while serving. Files whose name
//! holds a hash of their content are cached for ever; the page, the service worker and the manifest are asked for again each time,
//! and mostly answered `304 Not Modified`.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::{EmbeddedFile, RustEmbed};

const INDEX: &str = "index.html";
const BROTLI_SUFFIX: &str = ".br";
/// How many hexadecimal digits the build puts into a name; fewer, down to the minimum, where the hash begins with zeros.
const HASH_DIGITS: usize = 16;
const HASH_DIGITS_MIN: usize = 8;
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");

#[derive(RustEmbed)]
#[folder = "$HAMUTUK_DIST"]
struct Dist;

/// Serves the client: merge it into the routes, or give it as their fallback.
///
/// `GET` and `HEAD` only. `/` and `/p/…` are pages of the client and answer `index.html`; any other unknown path is not found.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().fallback(async |request: Request| respond(request.method(), request.uri().path(), request.headers()))
}

fn respond(method: &Method, path: &str, headers: &HeaderMap) -> Response {
    let Some(name) = file_name(path) else {
        return (StatusCode::NOT_FOUND, "not found\n").into_response();
    };
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")], "method not allowed\n").into_response();
    }
    let brotli = if accepts_brotli(headers) { Dist::get(&format!("{name}{BROTLI_SUFFIX}")) } else { None };
    let encoded = brotli.is_some();
    match brotli.or_else(|| Dist::get(name)) {
        Some(file) => answer(method, headers, name, file, encoded),
        None => (StatusCode::NOT_FOUND, "not found\n").into_response(),
    }
}

/// The file that a path names, if it names one.
fn file_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let last = name.rsplit('/').next().unwrap_or(name);
    let is_page = name.is_empty() || (name.starts_with("p/") && !last.contains('.'));
    if is_page {
        return Some(INDEX);
    }
    let exists = !name.ends_with(BROTLI_SUFFIX) && Dist::get(name).is_some();
    exists.then_some(name)
}

fn answer(method: &Method, asked: &HeaderMap, name: &str, file: EmbeddedFile, encoded: bool) -> Response {
    let etag = etag(&file, encoded);
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, if is_hashed(name) { IMMUTABLE } else { REVALIDATE });
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    let unchanged = is_current(asked, &etag);
    headers.insert(header::ETAG, etag);
    if unchanged {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, content_type(name));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.data.len()));
    if encoded {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
    }
    let body = if method == Method::HEAD { Body::empty() } else { Body::from(file.data) };
    (headers, body).into_response()
}

/// Strong, of the bytes that are sent: the two encodings of a file have two tags.
fn etag(file: &EmbeddedFile, encoded: bool) -> HeaderValue {
    let hash = data_encoding::HEXLOWER.encode(&file.metadata.sha256_hash()[..HASH_DIGITS / 2]);
    let tag = if encoded { format!("\"{hash}-br\"") } else { format!("\"{hash}\"") };
    HeaderValue::from_str(&tag).expect("hexadecimal digits are a valid header value")
}

/// Whether the asker holds these bytes (RFC 9110, 13.1.2; comparison is weak).
fn is_current(asked: &HeaderMap, etag: &HeaderValue) -> bool {
    let wanted = etag.as_bytes();
    asked.get_all(header::IF_NONE_MATCH).iter().any(|value| {
        value.as_bytes().split(|&byte| byte == b',').map(<[u8]>::trim_ascii).any(|tag| {
            let tag = tag.strip_prefix(b"W/").unwrap_or(tag);
            tag == b"*" || tag == wanted
        })
    })
}

/// Whether brotli is named in `accept-encoding`, and not with a quality of zero.
fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(
        |entry| {
            let mut parts = entry.split(';').map(str::trim);
            let is_brotli = parts.next().is_some_and(|coding| coding.eq_ignore_ascii_case("br"));
            let quality = parts.find_map(|parameter| parameter.strip_prefix("q=")).map_or(Ok(1.0), str::parse::<f32>);
            is_brotli && quality.is_ok_and(|quality| quality > 0.0)
        },
    )
}

/// Whether the name has the form that the build gives to hashed files: `main-97d5b04527149959.css`, `app-…_bg.wasm`.
fn is_hashed(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    let stem = last.split('.').next().unwrap_or(last);
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        (HASH_DIGITS_MIN..=HASH_DIGITS).contains(&hash.len())
            && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    })
}

fn content_type(name: &str) -> HeaderValue {
    let guess = mime_guess::from_path(name).first_raw();
    HeaderValue::from_static(match guess {
        // Sources are UTF-8, which the guess does not say.
        Some("text/html") => "text/html; charset=utf-8",
        Some("text/css") => "text/css; charset=utf-8",
        Some("text/javascript" | "application/javascript") => "text/javascript; charset=utf-8",
        Some(other) => other,
        None => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests;
