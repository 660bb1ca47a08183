//! A server without a network, with one plan, and what a browser would send it.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;
use hamutuk_shared::plan::{Language, template};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower::ServiceExt;

use crate::links::Links;
use crate::live::Registry;
use crate::records::{self, LinkRecord};
use crate::router::router;
use crate::secret::Secret;
use crate::state::AppState;
use crate::store::{MemoryStore, Store};
use crate::{links, plans};

pub(super) struct Bench {
    pub(super) store: Arc<dyn Store>,
    pub(super) router: Router,
    pub(super) plan: PlanId,
    pub(super) facilitator: Secret,
    pub(super) editor: Secret,
}

pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn cookie(&self) -> String {
        let set = self.headers[header::SET_COOKIE].to_str().unwrap();
        set.split(';').next().unwrap().to_owned()
    }

    pub(super) fn code(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }
}

impl Bench {
    pub(super) async fn new(public_url: Option<&str>) -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let template = template::find("nap1325-2025").unwrap();
        let plan = plans::create(&*store, &template, "nap1325-2025", Language::En).await.unwrap().id;
        let facilitator = links::create(&*store, plan, Role::Facilitator, "").await.unwrap();
        let editor = links::create(&*store, plan, Role::Editor, "").await.unwrap();
        let registry = Registry::new(store.clone());
        let state = AppState {
            links: Links::new(store.clone(), Some(registry.clone())),
            registry,
            store: store.clone(),
            public_url: public_url.map(|url| url.parse().unwrap()),
            base_url: "http://plan.example".into(),
            gate: Arc::default(),
            sockets: mpsc::channel(1).0,
        };
        Self { store, router: router(state), plan, facilitator, editor }
    }

    pub(super) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
        Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default() }
    }

    pub(super) async fn post(&self, path: &str, cookie: &str, body: Value) -> Answer {
        self.ask(Method::POST, path, cookie, body).await
    }

    pub(super) async fn ask(&self, method: Method, path: &str, cookie: &str, body: Value) -> Answer {
        let request = Request::builder().method(method).uri(format!("/api/plans/{}/{path}", self.plan));
        let request = request.header(header::CONTENT_TYPE, "application/json").header(header::COOKIE, cookie);
        self.send(request.body(body.to_string().into()).unwrap()).await
    }

    /// Makes a link, and answers with its id and its token.
    pub(super) async fn make(&self, cookie: &str, ask: Value) -> (String, Secret) {
        let made = self.post("links", cookie, ask).await;
        assert_eq!(made.status, StatusCode::OK, "{}", made.body);
        let (_, token) = made.body["url"].as_str().unwrap().split_once('#').unwrap();
        (made.body["id"].as_str().unwrap().to_owned(), Secret::parse(token).unwrap())
    }

    /// A link as facilitators see it.
    pub(super) async fn link(&self, cookie: &str, id: &str) -> Value {
        let listed = self.ask(Method::GET, "links", cookie, Value::Null).await;
        assert_eq!(listed.status, StatusCode::OK, "{}", listed.body);
        listed.body.as_array().unwrap().iter().find(|link| link["id"] == id).unwrap().clone()
    }

    /// The ids of the plan's sections.
    pub(super) async fn sections(&self) -> Vec<String> {
        let links = Links::new(self.store.clone(), None);
        links.sections(self.plan).await.unwrap().into_iter().map(|(id, _)| id.to_string()).collect()
    }

    pub(super) async fn me(&self, header: &str, value: &str) -> Answer {
        self.send(Request::get(format!("/api/plans/{}/me", self.plan)).header(header, value).body(Body::empty()).unwrap()).await
    }

    pub(super) async fn join(&self, token: &Secret, name: &str) -> Answer {
        self.post("join", "", json!({ "token": token.reveal(), "name": name, "organisation": "JSMP" })).await
    }

    pub(super) async fn revoke(&self, token: &Secret) {
        let link: LinkRecord = records::load(&*self.store, &token.hash()).await.unwrap().unwrap();
        records::save(&*self.store, &LinkRecord { revoked_ms: Some(1), ..link }).await.unwrap();
    }
}
