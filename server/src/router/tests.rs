//! The headers of all kinds of answers.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::limits::WRONG_TOKENS_PER_ADDRESS_PER_MINUTE;
use hamutuk_shared::plan::{Language, template};
use serde_json::json;
use tokio::sync::mpsc;
use tower::ServiceExt;

use super::*;
use crate::links::Links;
use crate::live::Registry;
use crate::store::{MemoryStore, Store};
use crate::{links, plans};

const EXPECTED: [(&str, &str); 8] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'"),
    ("permissions-policy", "camera=()"),
];

async fn site(public_url: Option<&str>) -> (Router, String) {
    let (router, plan, _) = site_with_link(public_url).await;
    (router, plan)
}

async fn site_with_link(public_url: Option<&str>) -> (Router, String, String) {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let plan = plans::create(&*store, &template::find("nap1325-2025").unwrap(), "nap1325-2025", Language::En).await.unwrap().id;
    let token = links::create(&*store, plan, Role::Editor, "").await.unwrap().reveal();
    let registry = Registry::new(Arc::clone(&store));
    let state = AppState {
        links: Links::new(Arc::clone(&store), Some(Arc::clone(&registry))),
        registry,
        store,
        public_url: public_url.map(|url| url.parse().unwrap()),
        base_url: "http://plan.example".into(),
        gate: Arc::default(),
        sockets: mpsc::channel(1).0,
    };
    (router(state), plan.to_string(), token)
}

fn check(answer: &HeaderMap, what: &str) {
    for (name, value) in EXPECTED {
        let values: Vec<_> = answer.get_all(name).iter().map(|value| value.to_str().unwrap()).collect();
        assert!(matches!(values[..], [one] if one.contains(value)), "{what}: {name}: {values:?}");
    }
    let policy = answer["content-security-policy"].to_str().unwrap();
    for source in ["*", "http:", "https:", "ws:", "wss:", "data:", "'unsafe-inline'", "'unsafe-eval'", "blob:"] {
        assert!(!policy.split([' ', ';']).any(|word| word == source), "{what}: {source} in {policy}");
    }
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_not_to_do() {
    let (router, plan) = site(None).await;
    let api = |verb: &str| format!("/api/plans/{plan}/{verb}");
    let wrong = json!({ "token": "AAAAAAAAAAAAAAAAAAAAAA", "name": "Ana" }).to_string();
    let socket = format!("/live/{plan}");
    for (method, path, body, status) in [
        (Method::GET, "/", "", 200),
        (Method::HEAD, "/", "", 200),
        (Method::GET, "/p/whatever", "", 200),
        (Method::GET, "/nothing.js", "", 404),
        (Method::POST, "/", "", 405),
        (Method::GET, "/healthz", "", 200),
        (Method::GET, "/readyz", "", 200),
        (Method::GET, &api("me"), "", 401),
        (Method::GET, "/api/plans/none/me", "", 404),
        (Method::GET, "/api/nothing", "", 404),
        (Method::GET, &api("join"), "", 405),
        (Method::POST, &api("join"), "{", 400),
        (Method::POST, &api("join"), &wrong, 403),
        (Method::POST, &api("peek"), &"a".repeat(20_000), 413),
        // Not an upgrade.
        (Method::GET, &socket, "", 400),
    ] {
        let request = Request::builder().method(&method).uri(path).header(header::CONTENT_TYPE, "application/json");
        let answer = router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap();
        let what = format!("{method} {path}");
        assert_eq!(answer.status().as_u16(), status, "{what}");
        check(answer.headers(), &what);
        assert!(!answer.headers().contains_key(header::STRICT_TRANSPORT_SECURITY), "{what}: over plain http");
        let is_stored = answer.headers().get(header::CACHE_CONTROL).is_none_or(|value| value != "no-store");
        assert!(!path.starts_with("/api/") || !is_stored, "{what} must not be stored");
    }
}

#[tokio::test]
async fn a_body_that_does_not_say_how_long_it_is_is_cut_too() {
    let (router, plan) = site(None).await;
    let endless = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("a".repeat(1_000)));
    let request = Request::post(format!("/api/plans/{plan}/join")).header(header::CONTENT_TYPE, "application/json");
    let answer = router.oneshot(request.body(Body::from_stream(endless)).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn an_answer_that_did_not_change_has_them_too() {
    let (router, _) = site(None).await;
    let get = || Request::get("/");
    let page = router.clone().oneshot(get().body(Body::empty()).unwrap()).await.unwrap();
    let tag = page.headers()[header::ETAG].clone();
    let again = router.oneshot(get().header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    check(again.headers(), "304");
}

#[tokio::test]
async fn only_https_is_kept_to_https() {
    for (public_url, expected) in
        [(None, None), (Some("http://10.0.0.2:8080"), None), (Some("https://plan.example.org"), Some("max-age=31536000"))]
    {
        let (router, _) = site(public_url).await;
        for path in ["/", "/nothing.js", "/api/plans/none/me"] {
            let answer = router.clone().oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap();
            let found = answer.headers().get(header::STRICT_TRANSPORT_SECURITY).map(|value| value.to_str().unwrap());
            assert_eq!(found, expected, "{public_url:?} {path}");
        }
    }
}

#[tokio::test]
async fn whoever_guesses_is_stopped_and_a_right_token_still_works() {
    let (router, plan, right) = site_with_link(None).await;
    let ask = |verb: &str, token: &str| {
        let body = json!({ "token": token, "name": "Ana" }).to_string();
        let request = Request::post(format!("/api/plans/{plan}/{verb}")).header(header::CONTENT_TYPE, "application/json");
        router.clone().oneshot(request.body(Body::from(body)).unwrap())
    };
    let mut statuses = Vec::new();
    for _ in 0..WRONG_TOKENS_PER_ADDRESS_PER_MINUTE + 10 {
        let answer = ask("join", "AAAAAAAAAAAAAAAAAAAAAA").await.unwrap();
        statuses.push(answer.status().as_u16());
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            check(answer.headers(), "429");
            assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
            let wait: u32 = answer.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
            assert!((1..=60).contains(&wait), "{wait}");
        }
    }
    let (first, last) = statuses.split_at(WRONG_TOKENS_PER_ADDRESS_PER_MINUTE as usize);
    assert!(first.iter().all(|status| *status == 403), "{first:?}");
    assert!(last.iter().filter(|status| **status == 429).count() >= 8, "{last:?}");
    for verb in ["peek", "join"] {
        assert_eq!(ask(verb, &right).await.unwrap().status(), StatusCode::OK, "{verb}");
    }
}
