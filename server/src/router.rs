//! All routes, and what holds for every answer.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use tokio::time::Instant;

use crate::live::socket;
use crate::state::AppState;
use crate::{api, assets, gate};

/// Nothing from elsewhere runs, loads or frames the page. WebAssembly needs its own permission to compile.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    connect-src 'self' ws: wss:; img-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const SECURITY_HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_SECURITY_POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// The whole application.
pub fn router(state: AppState) -> Router {
    Router::new()
        .merge(api::router())
        .route("/live/{plan}", get(socket::live))
        .fallback_service(assets::router::<()>())
        .layer(middleware::from_fn_with_state(Arc::clone(&state.gate), gate::keep))
        // Around the gate: what it refuses has the headers too.
        .layer(middleware::from_fn(harden))
        .layer(middleware::from_fn(trace))
        .with_state(state)
}

async fn harden(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    for (name, value) in SECURITY_HEADERS {
        response.headers_mut().insert(name, value);
    }
    if is_api {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Logs method, path, status and time. Never a query, a body or a header: tokens and content are in those.
async fn trace(request: Request, next: Next) -> Response {
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::debug!(%method, path, status, micros, "answered");
    response
}
