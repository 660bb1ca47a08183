//! The one error of the HTTP interface: a status, and `{code, message}` as JSON.
//!
//! The client shows words of its own for a code, in the person's language; the message is for whoever reads the answer by hand. What
//! went wrong inside is logged where it is found and never sent.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::grants::GrantError;
use crate::links::LinkError;
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
    /// The link's time is over.
    #[error("the time of this link is over")]
    LinkExpired,
    /// As many people as may have come by the link.
    #[error("as many people as this link is for have joined by it")]
    LinkFull,
    /// There is no such plan.
    #[error("there is no such plan here")]
    PlanNotFound,
    /// There is no such link.
    #[error("there is no such link in this plan")]
    LinkNotFound,
    /// Nobody could facilitate the plan any more.
    #[error("that is the last link for facilitators: make another, without an end, first")]
    LastFacilitatorLink,
    /// There are enough links.
    #[error("a plan has at most {} links", hamutuk_shared::limits::LINKS_PER_PLAN_MAX)]
    TooManyLinks,
    /// A link cannot end then.
    #[error("the end of a link lies in the future")]
    ExpiryWrong,
    /// A link cannot be for so many people.
    #[error("a link can be for between 1 and {} people", hamutuk_shared::limits::LINK_PEOPLE_MAX)]
    PeopleMaxWrong,
    /// A link cannot be for these sections.
    #[error("a link for sections is for editors, and names sections of the plan")]
    SectionsWrong,
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
            Self::LinkExpired => "link_expired",
            Self::LinkFull => "link_full",
            Self::LinkNotFound => "link_not_found",
            Self::LastFacilitatorLink => "last_facilitator_link",
            Self::TooManyLinks => "too_many_links",
            Self::ExpiryWrong => "expiry_wrong",
            Self::PeopleMaxWrong => "people_max_wrong",
            Self::SectionsWrong => "sections_wrong",
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
            Self::LinkRevoked | Self::LinkExpired => StatusCode::GONE,
            Self::LinkFull | Self::LastFacilitatorLink | Self::TooManyLinks => StatusCode::CONFLICT,
            Self::PlanNotFound | Self::LinkNotFound => StatusCode::NOT_FOUND,
            Self::NameMissing | Self::NameTooLong | Self::ExpiryWrong | Self::PeopleMaxWrong | Self::SectionsWrong => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
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
            GrantError::LinkExpired => Self::LinkExpired,
            GrantError::Store(error) => error.into(),
        }
    }
}

impl From<LinkError> for ApiError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::NotFound => Self::LinkNotFound,
            LinkError::LastFacilitator => Self::LastFacilitatorLink,
            LinkError::TooMany => Self::TooManyLinks,
            LinkError::LabelTooLong => Self::NameTooLong,
            LinkError::Expiry => Self::ExpiryWrong,
            LinkError::PeopleMax => Self::PeopleMaxWrong,
            LinkError::NoSection | LinkError::ScopeOfRole => Self::SectionsWrong,
            LinkError::Full => Self::LinkFull,
            LinkError::Store(error) => error.into(),
            LinkError::Random(error) => error.into(),
            LinkError::Plan(error) => error.into(),
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
