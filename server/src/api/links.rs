//! `POST /api/plans/{plan}/links`: a facilitator makes a link, and sees it this one time.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use hamutuk_shared::access::Role;
use hamutuk_shared::limits;
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity;
use crate::error::ApiError;
use crate::links::{self, LinkError};
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Ask {
    role: Role,
    /// What the facilitator calls it, such as the group that it is for.
    #[serde(default)]
    label: String,
}

#[derive(Serialize)]
pub(super) struct Answer {
    url: String,
    role: Role,
}

pub(super) async fn create(
    State(state): State<AppState>,
    Plan(plan): Plan,
    headers: HeaderMap,
    Body(ask): Body<Ask>,
) -> Result<Json<Answer>, ApiError> {
    if identity::of(&*state.store, plan, &headers).await?.grant.role != Role::Facilitator {
        return Err(ApiError::NotAllowed);
    }
    if ask.label.chars().count() > limits::NAME_CHARS_MAX {
        return Err(ApiError::NameTooLong);
    }
    let token = links::create(&*state.store, plan, ask.role, ask.label.trim()).await.map_err(|error| match error {
        LinkError::Store(error) => ApiError::from(error),
        LinkError::Random(error) => ApiError::from(error),
    })?;
    Ok(Json(Answer { url: links::url(&state.base_url, plan, &token), role: ask.role }))
}
