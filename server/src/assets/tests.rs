//! These hold with and without a built client: what they need to know of the files they read from the embedded ones.

use axum::http::request::Builder;
use tower::ServiceExt;

use super::*;

async fn ask(request: Builder) -> Response {
    let request = request.body(Body::empty()).expect("a valid request");
    router::<()>().oneshot(request).await.expect("infallible")
}

async fn get(path: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers.iter().fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    ask(request).await
}

fn header_of<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().expect("ASCII"))
}

async fn body_of(response: Response) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec()
}

#[tokio::test]
async fn pages_of_the_client_are_its_index() {
    let index = Dist::get(INDEX).expect("an index").data;
    for path in ["/", "/p/abc", "/p/abc/sections/def", "/?language=tet"] {
        let response = get(path, &[]).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header_of(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header_of(&response, "cache-control"), "no-cache");
        assert_eq!(header_of(&response, "content-encoding"), "");
        assert_eq!(body_of(response).await, *index, "{path}");
    }
}

#[tokio::test]
async fn other_paths_are_not_found() {
    for path in ["/nothing", "/p", "/p/a.js", "/api/plans", "/index.html.br", "/../Cargo.toml", "/%2e%2e/secret", "//"] {
        assert_eq!(get(path, &[]).await.status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn only_reading_is_allowed() {
    assert_eq!(ask(Request::post("/")).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    let head = ask(Request::head("/")).await;
    assert_eq!(head.status(), StatusCode::OK);
    assert_ne!(header_of(&head, "content-length"), "0");
    assert!(body_of(head).await.is_empty());
}

#[tokio::test]
async fn who_has_the_bytes_does_not_get_them_again() {
    let etag = header_of(&get("/", &[]).await, "etag").to_owned();
    for asked in [etag.clone(), format!("W/{etag}"), format!("\"other\", {etag}"), "*".to_owned()] {
        let response = get("/", &[("if-none-match", &asked)]).await;
        assert_eq!(response.status(), StatusCode::NOT_MODIFIED, "{asked}");
        assert_eq!(header_of(&response, "etag"), etag);
        assert!(body_of(response).await.is_empty());
    }
    assert_eq!(get("/", &[("if-none-match", "\"other\"")]).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn every_file_is_served_as_stored() {
    for name in Dist::iter().filter(|name| !name.ends_with(BROTLI_SUFFIX)) {
        let path = format!("/{name}");
        let plain = get(&path, &[]).await;
        assert_eq!(plain.status(), StatusCode::OK, "{name}");
        assert_eq!(header_of(&plain, "cache-control").contains("immutable"), is_hashed(&name), "{name}");
        assert_ne!(header_of(&plain, "content-type"), "application/octet-stream", "{name}");
        let plain_etag = header_of(&plain, "etag").to_owned();
        assert_eq!(body_of(plain).await, *Dist::get(&name).expect("listed").data, "{name}");

        let Some(compressed) = Dist::get(&format!("{name}{BROTLI_SUFFIX}")) else { continue };
        let response = get(&path, &[("accept-encoding", "gzip, br")]).await;
        assert_eq!(header_of(&response, "content-encoding"), "br", "{name}");
        assert_ne!(header_of(&response, "etag"), plain_etag, "{name}");
        assert_eq!(body_of(response).await, *compressed.data, "{name}");
    }
}

#[test]
fn brotli_is_sent_to_who_asks_for_it() {
    for (asked, expected) in [("br", true), ("gzip, BR;q=0.5", true), ("gzip", false), ("br;q=0", false), ("", false), ("brx", false)] {
        let headers = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(asked))]);
        assert_eq!(accepts_brotli(&headers), expected, "{asked}");
    }
    assert!(!accepts_brotli(&HeaderMap::new()));
}

#[test]
fn hashed_names_are_told_from_others() {
    for (name, expected) in [
        ("main-97d5b04527149959.css", true),
        ("hamutuk-client-21035f60ee0a02cf_bg.wasm", true),
        ("snippets/inline-21035f60ee0a02cf.js", true),
        ("index.html", false),
        ("sw.js", false),
        ("app-icon.svg", false),
        ("main-97D5B04527149959.css", false),
        // A hash that begins with zeros is written without them.
        ("main-97d5b045271499.css", true),
        ("main-97d5b04.css", false),
    ] {
        assert_eq!(is_hashed(name), expected, "{name}");
    }
}
