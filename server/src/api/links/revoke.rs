//! `DELETE /api/plans/{plan}/links/{link}`: a facilitator revokes a link. Doing it again is no mistake.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use super::Named;
use crate::error::ApiError;
use crate::origin;
use crate::state::AppState;

pub(in crate::api) async fn revoke(
    State(state): State<AppState>,
    Named(link, by): Named,
    headers: HeaderMap,
) -> Result<StatusCode, ApiError> {
    origin::check(&headers, state.public_url.as_ref())?;
    state.links.revoke(link.hash, Some(by)).await?;
    Ok(StatusCode::NO_CONTENT)
}
