//! `POST /api/plans/{plan}/leave`: somebody will not write on this device any more, and whoever uses it next cannot speak for them.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use hamutuk_shared::id::ParticipantId;
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity::{self, Asker};
use crate::error::ApiError;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Ask {
    participant: ParticipantId,
}

#[derive(Serialize)]
pub(super) struct Answer {}

/// Also where the link of the participant opens nothing any more: what is kept of them should go all the more. Whom the browser does not
/// know has left it already.
pub(super) async fn leave(
    State(state): State<AppState>,
    Plan(plan): Plan,
    asker: Asker,
    Body(ask): Body<Ask>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<Answer>), ApiError> {
    let gone = identity::forget(&*state.store, plan, &asker, ask.participant).await?;
    Ok(([(header::SET_COOKIE, gone)], Json(Answer {})))
}
