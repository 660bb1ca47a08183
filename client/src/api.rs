//! The server's HTTP interface: what comes before a plan can be opened.

use hamutuk_shared::access::Role;
use hamutuk_shared::id::{OrganisationId, ParticipantId, PlanId};
use leptos::prelude::window;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use crate::device;

/// Why a request failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ApiError {
    /// The server cannot be reached.
    #[error("the server cannot be reached")]
    Network,
    /// The server refused.
    #[error("the server refused: {code} ({status})")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The server's name for the reason.
        code: String,
    },
    /// The answer cannot be read: the server is of another version.
    #[error("the server's answer cannot be read")]
    Unreadable,
}

impl ApiError {
    /// Whether this device has not joined, or is not let in any more.
    pub(crate) fn is_unknown_device(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == "not_joined" || code == "link_revoked")
    }

    /// Whether the server does not have the plan.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Refused { code, .. } if code == "plan_not_found")
    }
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Peek {
    /// The plan's title.
    pub(crate) title: String,
    /// What the link makes of whoever opens it.
    pub(crate) role: Role,
    /// The organisations to pick from.
    #[serde(default)]
    pub(crate) organisations: Vec<String>,
}

/// A link that was just made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct NewLink {
    /// Its address. The server shows it this one time.
    pub(crate) url: String,
}

/// Who somebody is in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Joined {
    /// Their id.
    pub(crate) participant: ParticipantId,
    /// What they may do.
    pub(crate) role: Role,
    /// The plan's title.
    #[serde(default)]
    pub(crate) title: String,
    /// Their organisation, as the plan has it.
    #[serde(default)]
    pub(crate) organisation: Option<OrganisationId>,
}

/// Who this device is in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Me {
    /// Its participant.
    pub(crate) participant: ParticipantId,
    /// What it may do.
    pub(crate) role: Role,
}

#[derive(Serialize)]
struct PeekBody<'a> {
    token: &'a str,
}

#[derive(Serialize)]
struct LinkBody<'a> {
    role: Role,
    label: &'a str,
}

#[derive(Serialize)]
struct JoinBody<'a> {
    token: &'a str,
    name: &'a str,
    organisation: &'a str,
    /// Who this device was in the plan before: it stays the same participant while its cookie is good.
    participant: Option<ParticipantId>,
}

/// What the link with this token leads to.
pub(crate) async fn peek(plan: PlanId, token: &str) -> Result<Peek, ApiError> {
    post(&format!("/api/plans/{plan}/peek"), &PeekBody { token }).await
}

/// Joins a plan. The server sets the cookie that lets this device in from now on.
/// `organisation` is a name; empty for none. One that the plan lacks is added.
pub(crate) async fn join(plan: PlanId, token: &str, name: &str, organisation: &str) -> Result<Joined, ApiError> {
    let participant = device::plan(plan).await.map(|known| known.participant);
    post(&format!("/api/plans/{plan}/join"), &JoinBody { token, name, organisation, participant }).await
}

/// Makes a link for a role; `label` is what the facilitator calls it. Facilitators only.
pub(crate) async fn new_link(plan: PlanId, role: Role, label: &str) -> Result<NewLink, ApiError> {
    post(&format!("/api/plans/{plan}/links"), &LinkBody { role, label }).await
}

/// Who this device is, by its cookie.
pub(crate) async fn me(plan: PlanId) -> Result<Me, ApiError> {
    request(&format!("/api/plans/{plan}/me"), &RequestInit::new()).await
}

async fn post<B: Serialize, A: DeserializeOwned>(address: &str, body: &B) -> Result<A, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    let body = serde_json::to_string(body).map_err(|_| ApiError::Unreadable)?;
    init.set_body(&JsValue::from_str(&body));
    request(address, &init).await
}

#[derive(Default, Deserialize)]
struct Fault {
    #[serde(default)]
    code: String,
}

async fn request<A: DeserializeOwned>(address: &str, init: &RequestInit) -> Result<A, ApiError> {
    let request = Request::new_with_str_and_init(address, init).map_err(|_| ApiError::Network)?;
    // This cannot fail: the name and the value are valid.
    let _ = request.headers().set("content-type", "application/json");
    let response = JsFuture::from(window().fetch_with_request(&request)).await.map_err(|_| ApiError::Network)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::Network)?;
    let text = JsFuture::from(response.text().map_err(|_| ApiError::Network)?).await.map_err(|_| ApiError::Network)?;
    let text = text.as_string().unwrap_or_default();
    if !response.ok() {
        let Fault { code } = serde_json::from_str(&text).unwrap_or_default();
        return Err(ApiError::Refused { status: response.status(), code });
    }
    serde_json::from_str(&text).map_err(|_| ApiError::Unreadable)
}
