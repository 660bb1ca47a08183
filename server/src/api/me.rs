//! `GET /api/plans/{plan}/me`: who the browser is. Asked at the start by one that holds a plan already.

use axum::Json;
use axum::extract::State;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::ParticipantId;
use serde::Serialize;

use super::body::Plan;
use super::identity::{self, Asker};
use crate::error::ApiError;
use crate::state::AppState;

#[derive(Serialize)]
pub(super) struct Answer {
    participant: ParticipantId,
    role: Role,
}

pub(super) async fn me(State(state): State<AppState>, Plan(plan): Plan, asker: Asker) -> Result<Json<Answer>, ApiError> {
    let grant = identity::of(&*state.store, plan, &asker).await?.grant;
    Ok(Json(Answer { participant: grant.participant, role: grant.role }))
}
