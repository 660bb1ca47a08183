//! The HTTP interface, without a network.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;
use hamutuk_shared::limits;
use hamutuk_shared::plan::{Language, template};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower::ServiceExt;

use crate::live::Registry;
use crate::records::{self, LinkRecord};
use crate::router::router;
use crate::secret::Secret;
use crate::state::AppState;
use crate::store::{MemoryStore, Store};
use crate::{links, plans};

struct Bench {
    store: Arc<dyn Store>,
    router: Router,
    plan: PlanId,
    facilitator: Secret,
    editor: Secret,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Answer {
    fn cookie(&self) -> String {
        let set = self.headers[header::SET_COOKIE].to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    fn code(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }
}

impl Bench {
    async fn new(public_url: Option<&str>) -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let template = template::find("nap1325-2025").unwrap();
        let plan = plans::create(&*store, &template, "nap1325-2025", Language::En).await.unwrap().id;
        let facilitator = links::create(&*store, plan, Role::Facilitator, "").await.unwrap();
        let editor = links::create(&*store, plan, Role::Editor, "").await.unwrap();
        let state = AppState {
            registry: Registry::new(store.clone()),
            store: store.clone(),
            public_url: public_url.map(|url| url.parse().unwrap()),
            base_url: "http://plan.example".into(),
            gate: Arc::default(),
            sockets: mpsc::channel(1).0,
        };
        Self { store, router: router(state), plan, facilitator, editor }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    async fn post(&self, path: &str, cookie: &str, body: Value) -> Answer {
        let request = Request::post(format!("/api/plans/{}/{path}", self.plan)).header(header::CONTENT_TYPE, "application/json");
        self.send(request.header(header::COOKIE, cookie).body(body.to_string().into()).unwrap()).await
    }

    async fn me(&self, header: &str, value: &str) -> Answer {
        self.send(Request::get(format!("/api/plans/{}/me", self.plan)).header(header, value).body(Body::empty()).unwrap()).await
    }

    async fn join(&self, token: &Secret, name: &str) -> Answer {
        self.post("join", "", json!({ "token": token.reveal(), "name": name, "organisation": "JSMP" })).await
    }

    async fn revoke(&self, token: &Secret) {
        let link: LinkRecord = records::load(&*self.store, &token.hash()).await.unwrap().unwrap();
        records::save(&*self.store, &LinkRecord { revoked_ms: Some(1), ..link }).await.unwrap();
    }
}

#[tokio::test]
async fn a_link_becomes_a_person_with_a_cookie() {
    let bench = Bench::new(None).await;
    let peek = bench.post("peek", "", json!({ "token": bench.editor.reveal() })).await;
    assert_eq!((peek.status, &peek.body["role"]), (StatusCode::OK, &json!("editor")));
    assert!(peek.body["organisations"].as_array().unwrap().contains(&json!("JSMP")));

    let joined = bench.join(&bench.editor, "Rosa").await;
    assert_eq!((joined.status, &joined.body["role"], &joined.body["title"]), (StatusCode::OK, &json!("editor"), &peek.body["title"]));
    assert!(joined.body["organisation"].is_string());
    let set = joined.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(set.starts_with(&format!("hamutuk_{}=", bench.plan)));
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"), "{set}");

    let (cookie, secret) = (joined.cookie(), joined.cookie().split_once('=').unwrap().1.to_owned());
    for (header, value) in [("cookie", format!("a=b; {cookie}; c=d")), ("authorization", format!("Bearer {secret}"))] {
        let me = bench.me(header, &value).await;
        assert_eq!((me.status, &me.body["participant"]), (StatusCode::OK, &joined.body["participant"]));
    }
    for (header, value) in
        [("cookie", "a=b"), ("cookie", &format!("hamutuk_{}=AAAAAAAAAAAAAAAAAAAAAA", bench.plan)), ("authorization", "Basic x")]
    {
        assert_eq!(bench.me(header, value).await.code(), (401, "not_joined"));
    }
}

#[tokio::test]
async fn a_cookie_is_secure_where_the_address_is() {
    let bench = Bench::new(Some("https://plan.example")).await;
    let joined = bench.join(&bench.editor, "Rosa").await;
    assert!(joined.headers[header::SET_COOKIE].to_str().unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn who_comes_back_stays_the_same_person() {
    let bench = Bench::new(None).await;
    let first = bench.join(&bench.facilitator, "Rosa").await;
    let me = first.body["participant"].clone();
    let again =
        |participant: Value| json!({ "token": bench.editor.reveal(), "name": "Rosa M", "organisation": "", "participant": participant });
    let same = bench.post("join", &first.cookie(), again(me.clone())).await;
    assert_eq!((&same.body["participant"], &same.body["role"]), (&me, &json!("facilitator")), "opening a weaker link takes nothing away");
    assert_eq!(same.body["organisation"], Value::Null);
    for (cookie, participant) in [(first.cookie(), Value::Null), (String::new(), me.clone()), (first.cookie(), json!("a".repeat(26)))] {
        let other = bench.post("join", &cookie, again(participant)).await;
        assert_eq!((other.status, &other.body["role"]), (StatusCode::OK, &json!("editor")));
        assert_ne!(other.body["participant"], me);
    }
}

#[tokio::test]
async fn each_mistake_has_its_code() {
    let bench = Bench::new(None).await;
    let stranger = Secret::new().unwrap();
    let revoked = links::create(&*bench.store, bench.plan, Role::Editor, "").await.unwrap();
    bench.revoke(&revoked).await;
    let long = "x".repeat(limits::NAME_CHARS_MAX + 1);
    for (token, name, expected) in [
        (stranger.reveal(), "Rosa", (403, "link_wrong")),
        ("short".to_owned(), "Rosa", (403, "link_wrong")),
        (revoked.reveal(), "Rosa", (410, "link_revoked")),
        (bench.editor.reveal(), " ", (422, "name_missing")),
        (bench.editor.reveal(), &*long, (422, "name_too_long")),
    ] {
        let answer = bench.post("join", "", json!({ "token": token, "name": name })).await;
        assert_eq!(answer.code(), expected);
    }
    assert_eq!(bench.post("join", "", json!({ "name": "Rosa" })).await.code(), (400, "malformed"));
    assert_eq!(bench.post("join", "", json!({ "token": "x".repeat(20_000), "name": "" })).await.code(), (413, "too_large"));

    let other = Bench::new(None).await;
    assert_eq!(other.join(&bench.editor, "Rosa").await.code(), (403, "link_wrong"), "a link opens one plan");
    for plan in ["x".to_owned(), "a".repeat(26)] {
        let request = Request::get(format!("/api/plans/{plan}/me")).body(Body::empty()).unwrap();
        assert_eq!(bench.send(request).await.code(), (404, "plan_not_found"));
    }
}

#[tokio::test]
async fn revoking_a_link_shuts_out_who_came_by_it() {
    let bench = Bench::new(None).await;
    let joined = bench.join(&bench.editor, "Rosa").await;
    bench.revoke(&bench.editor).await;
    assert_eq!(bench.me("cookie", &joined.cookie()).await.code(), (410, "link_revoked"));
}

#[tokio::test]
async fn only_a_facilitator_makes_links() {
    let bench = Bench::new(None).await;
    let (facilitator, editor) = (bench.join(&bench.facilitator, "Rosa").await, bench.join(&bench.editor, "Ana").await);
    let ask = json!({ "role": "editor", "label": "Baucau" });
    assert_eq!(bench.post("links", "", ask.clone()).await.code(), (401, "not_joined"));
    assert_eq!(bench.post("links", &editor.cookie(), ask.clone()).await.code(), (403, "not_allowed"));
    let made = bench.post("links", &facilitator.cookie(), ask).await;
    let url = made.body["url"].as_str().unwrap();
    let token = url.strip_prefix(&format!("http://plan.example/p/{}#", bench.plan)).unwrap();
    assert_eq!(bench.join(&Secret::parse(token).unwrap(), "Maria").await.status, StatusCode::OK);
}

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
