//! The HTTP interface, one verb a file. Everything live goes over the socket instead.

mod audit;
mod body;
mod health;
pub mod identity;
mod join;
mod leave;
mod links;
mod me;
mod peek;

#[cfg(test)]
mod tests;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, patch, post};

use crate::state::AppState;

/// The longest JSON body.
const BODY_BYTES_MAX: usize = 16 * 1024;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new()
        .route("/api/plans/{plan}/peek", post(peek::peek))
        .route("/api/plans/{plan}/join", post(join::join))
        .route("/api/plans/{plan}/leave", post(leave::leave))
        .route("/api/plans/{plan}/me", get(me::me))
        .route("/api/plans/{plan}/links", get(links::list).post(links::create))
        .route("/api/plans/{plan}/links/{link}", patch(links::change).delete(links::revoke))
        .route("/api/plans/{plan}/audit", get(audit::list))
        .route("/api/plans/{plan}/audit.csv", get(audit::csv))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}
