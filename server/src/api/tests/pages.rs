//! What pages of other sites can do, and what every answer tells the browser.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::json;

use super::bench::Bench;

#[tokio::test]
async fn other_sites_and_forms_change_nothing() {
    let bench = Bench::new(None).await;
    let body = json!({ "token": bench.editor.reveal() }).to_string();
    for (origin, kind, expected) in [
        ("http://plan.example", "application/json", 200),
        ("http://evil.example", "application/json", 403),
        ("null", "application/json", 403),
        ("http://plan.example", "text/plain", 400),
        ("http://plan.example", "application/x-www-form-urlencoded", 400),
    ] {
        let request = Request::post(format!("/api/plans/{}/peek", bench.plan))
            .header(header::HOST, "plan.example")
            .header(header::ORIGIN, origin)
            .header(header::CONTENT_TYPE, kind)
            .body(body.clone().into())
            .unwrap();
        assert_eq!(bench.send(request).await.status.as_u16(), expected, "{origin} {kind}");
    }
}

#[tokio::test]
async fn every_answer_is_hardened() {
    let bench = Bench::new(None).await;
    for (method, path, expected) in [
        (Method::GET, "/", 200),
        (Method::GET, "/p/abc", 200),
        (Method::GET, "/healthz", 200),
        (Method::GET, "/readyz", 200),
        (Method::GET, "/nothing.js", 404),
        (Method::GET, "/api/plans/x/join", 405),
    ] {
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        let answer = bench.send(request).await;
        assert_eq!(answer.status.as_u16(), expected, "{path}");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval';") && policy.contains("frame-ancestors 'none'"));
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(answer.headers[header::REFERRER_POLICY], "no-referrer");
    }
}
