//! The JSON body of a request that changes something.

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use hamutuk_shared::id::PlanId;
use serde::de::DeserializeOwned;

use crate::error::ApiError;
use crate::origin;
use crate::state::AppState;

/// A JSON body from a page of our own. It must say that it is JSON: what a form of another site can send is not.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<AppState> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, ApiError> {
        origin::check(request.headers(), state.public_url.as_ref())?;
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::BytesRejection(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(ApiError::TooLarge),
            Err(_) => Err(ApiError::Malformed),
        }
    }
}

/// The plan that the path names. One that cannot be a plan is not found.
pub(super) struct Plan(pub(super) PlanId);

impl FromRequestParts<AppState> for Plan {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let Path(plan) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| ApiError::PlanNotFound)?;
        plan.parse().map(Self).map_err(|_| ApiError::PlanNotFound)
    }
}
