//! The one error of the HTTP interface: a status, and `{code, message}` as JSON.
//!
//! The client shows words of its own for a code, in the person's language; the message is for whoever reads the answer by hand. What
//! went wrong inside is logged where it is found and never sent.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::grants::GrantError;
use crate::live::registry::{LoadErrorKind, RegistryError};
use crate::live::room::core::IntroduceError;
use crate::secret::RandomError;
use crate::store::StoreError;

/// Why a request is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The token opens nothing.
    #[error("this link is not complete, or opens nothing")]
    LinkWrong,
    /// The link was revoked.
    #[error("this link was revoked")]
    LinkRevoked,
    /// There is no such plan.
    #[error("there is no such plan here")]
    PlanNotFound,
    /// A name is empty.
    #[error("a name is missing")]
    NameMissing,
    /// A name is too long.
    #[error("a name is longer than {} characters", hamutuk_shared::limits::NAME_CHARS_MAX)]
    NameTooLong,
    /// No valid cookie.
    #[error("join the plan with a link first")]
    NotJoined,
    /// The role, or the page that asks, may not do this.
    #[error("that is not allowed")]
    NotAllowed,
    /// The body is too long.
    #[error("the request is too large")]
    TooLarge,
    /// The body is not what it should be.
    #[error("the request cannot be read")]
    Malformed,
    /// Too much came from this address.
    #[error("too many requests came from your network; try again in {again_s} s")]
    TooOften {
        /// After how many seconds it may work again.
        again_s: u32,
    },
    /// The server could not do it. It may work later.
    #[error("the server could not do that; try again")]
    Trouble,
}

/// The body of an error.
#[derive(Serialize)]
struct Body {
    code: &'static str,
    message: String,
}

impl ApiError {
    /// What the client knows it by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::LinkWrong => "link_wrong",
            Self::LinkRevoked => "link_revoked",
            Self::PlanNotFound => "plan_not_found",
            Self::NameMissing => "name_missing",
            Self::NameTooLong => "name_too_long",
            Self::NotJoined => "not_joined",
            Self::NotAllowed => "not_allowed",
            Self::TooLarge => "too_large",
            Self::Malformed => "malformed",
            Self::TooOften { .. } => "too_often",
            Self::Trouble => "trouble",
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::LinkWrong | Self::NotAllowed => StatusCode::FORBIDDEN,
            Self::LinkRevoked => StatusCode::GONE,
            Self::PlanNotFound => StatusCode::NOT_FOUND,
            Self::NameMissing | Self::NameTooLong => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotJoined => StatusCode::UNAUTHORIZED,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Trouble => StatusCode::SERVICE_UNAVAILABLE,
        }
    }
}

impl IntoResponse for ApiError {
    /// The error goes along as an extension, for the gate, which counts wrong tokens.
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(Body { code: self.code(), message: self.to_string() })).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Self::TooOften { again_s } = self {
            response.headers_mut().insert(header::RETRY_AFTER, again_s.into());
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::Trouble
    }
}

impl From<RandomError> for ApiError {
    fn from(error: RandomError) -> Self {
        tracing::error!(%error, "no random bytes");
        Self::Trouble
    }
}

impl From<GrantError> for ApiError {
    fn from(error: GrantError) -> Self {
        match error {
            GrantError::NotJoined => Self::NotJoined,
            GrantError::LinkRevoked => Self::LinkRevoked,
            GrantError::Store(error) => error.into(),
        }
    }
}

impl From<RegistryError> for ApiError {
    /// The room has logged it.
    fn from(error: RegistryError) -> Self {
        match error {
            RegistryError::Load(LoadErrorKind::NotFound) => Self::PlanNotFound,
            RegistryError::Introduce(IntroduceError::NameMissing) => Self::NameMissing,
            RegistryError::Introduce(IntroduceError::NameTooLong) => Self::NameTooLong,
            RegistryError::Load(LoadErrorKind::Trouble)
            | RegistryError::Introduce(IntroduceError::Trouble)
            | RegistryError::Stopping
            | RegistryError::Gone => Self::Trouble,
        }
    }
}
