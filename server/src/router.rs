//! All routes, and what holds for every answer.

mod headers;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::get;
use tokio::time::Instant;

use crate::live::socket;
use crate::state::AppState;
use crate::{api, assets, gate};

/// The whole application.
pub fn router(state: AppState) -> Router {
    let headers = headers::Headers::new(state.public_url.as_ref());
    Router::new()
        .merge(api::router())
        .route("/live/{plan}", get(socket::live))
        .fallback_service(assets::router::<()>())
        .layer(middleware::from_fn_with_state(Arc::clone(&state.gate), gate::keep))
        // Around the gate: what it refuses has the headers too.
        .layer(middleware::from_fn_with_state(headers, headers::harden))
        .layer(middleware::from_fn(trace))
        .with_state(state)
}

/// Logs method, path, status and time. Never a query, a body or a header: tokens and content are in those.
async fn trace(request: Request, next: Next) -> Response {
    let (method, path, began) = (request.method().clone(), request.uri().path().to_owned(), Instant::now());
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros());
    tracing::debug!(%method, path, status, micros, "answered");
    response
}
