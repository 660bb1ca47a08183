//! `POST /api/plans/{plan}/peek`: what the join page shows. A POST, so that the token stays out of addresses and logs.

use axum::Json;
use axum::extract::State;
use hamutuk_shared::access::Role;
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity::link_of;
use crate::error::ApiError;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Ask {
    token: String,
}

#[derive(Serialize)]
pub(super) struct Answer {
    title: String,
    role: Role,
    /// The names to choose from.
    organisations: Vec<String>,
}

pub(super) async fn peek(State(state): State<AppState>, Plan(plan): Plan, Body(ask): Body<Ask>) -> Result<Json<Answer>, ApiError> {
    let link = link_of(&*state.store, plan, &ask.token).await?;
    let description = state.registry.describe(plan).await?;
    Ok(Json(Answer { title: description.title, role: link.role, organisations: description.organisations }))
}
