//! The server's HTTP interface: what comes before a plan can be opened.

use std::str::FromStr;

use hamutuk_shared::access::Role;
use hamutuk_shared::id::{OrganisationId, ParticipantId, PlanId};
use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::window;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Peek {
    /// The plan's title.
    pub(crate) title: String,
    /// What the link makes of whoever opens it.
    pub(crate) role: Role,
    /// The organisations to pick from.
    pub(crate) organisations: Vec<String>,
}

/// A link that was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewLink {
    /// Its address. The server shows it this one time.
    pub(crate) url: String,
}

/// Who somebody is in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Their id.
    pub(crate) participant: ParticipantId,
    /// What they may do.
    pub(crate) role: Role,
    /// The plan's title.
    pub(crate) title: String,
    /// Their organisation, as the plan has it.
    pub(crate) organisation: Option<OrganisationId>,
}

/// Who this device is in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Me {
    /// Its participant.
    pub(crate) participant: ParticipantId,
    /// What it may do.
    pub(crate) role: Role,
}

/// What the link with this token leads to.
pub(crate) async fn peek(plan: PlanId, token: &str) -> Result<Peek, ApiError> {
    let answer = post(&format!("/api/plans/{plan}/peek"), &[("token", Some(token))]).await?;
    let organisations = answer.field("organisations").and_then(|all| all.dyn_into::<Array>().ok());
    Ok(Peek {
        title: answer.need("title")?,
        role: answer.role()?,
        organisations: organisations.iter().flat_map(Array::iter).filter_map(|name| name.as_string()).collect(),
    })
}

/// Joins a plan. The server sets the cookie that lets this device in from now on.
/// `organisation` is a name; empty for none. One that the plan lacks is added.
pub(crate) async fn join(plan: PlanId, token: &str, name: &str, organisation: &str) -> Result<Joined, ApiError> {
    // Who this device was in the plan before: it stays the same participant while its cookie is good.
    let participant = device::plan(plan).await.map(|known| known.participant.to_string());
    let body =
        [("token", Some(token)), ("name", Some(name)), ("organisation", Some(organisation)), ("participant", participant.as_deref())];
    let answer = post(&format!("/api/plans/{plan}/join"), &body).await?;
    Ok(Joined {
        participant: answer.need("participant")?,
        role: answer.role()?,
        title: answer.text("title").unwrap_or_default(),
        organisation: answer.need("organisation").ok(),
    })
}

/// Makes a link for a role; `label` is what the facilitator calls it. Facilitators only.
pub(crate) async fn new_link(plan: PlanId, role: Role, label: &str) -> Result<NewLink, ApiError> {
    let answer = post(&format!("/api/plans/{plan}/links"), &[("role", Some(role.as_str())), ("label", Some(label))]).await?;
    Ok(NewLink { url: answer.need("url")? })
}

/// Who this device is, by its cookie.
pub(crate) async fn me(plan: PlanId) -> Result<Me, ApiError> {
    let answer = request(&format!("/api/plans/{plan}/me"), &RequestInit::new()).await?;
    Ok(Me { participant: answer.need("participant")?, role: answer.role()? })
}

async fn post(address: &str, body: &[(&str, Option<&str>)]) -> Result<Answer, ApiError> {
    let init = RequestInit::new();
    init.set_method("POST");
    let object = Object::new();
    for (name, value) in body {
        // This cannot fail: it is a plain object.
        let _ = Reflect::set(&object, &(*name).into(), &value.map_or(JsValue::NULL, JsValue::from_str));
    }
    let body = JSON::stringify(&object).map_err(|_| ApiError::Unreadable)?;
    init.set_body(&body);
    request(address, &init).await
}

async fn request(address: &str, init: &RequestInit) -> Result<Answer, ApiError> {
    let request = Request::new_with_str_and_init(address, init).map_err(|_| ApiError::Network)?;
    // This cannot fail: the name and the value are valid.
    let _ = request.headers().set("content-type", "application/json");
    let response = JsFuture::from(window().fetch_with_request(&request)).await.map_err(|_| ApiError::Network)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::Network)?;
    let text = JsFuture::from(response.text().map_err(|_| ApiError::Network)?).await.map_err(|_| ApiError::Network)?;
    let answer = JSON::parse(&text.as_string().unwrap_or_default()).map(Answer);
    if !response.ok() {
        let code = answer.ok().and_then(|answer| answer.text("code")).unwrap_or_default();
        return Err(ApiError::Refused { status: response.status(), code });
    }
    answer.map_err(|_| ApiError::Unreadable)
}

/// What the server answered. The browser has read it, which saves a second reader of JSON in the program.
struct Answer(JsValue);

impl Answer {
    fn field(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.as_string()
    }

    fn need<T: FromStr>(&self, name: &str) -> Result<T, ApiError> {
        self.text(name).and_then(|text| text.parse().ok()).ok_or(ApiError::Unreadable)
    }

    fn role(&self) -> Result<Role, ApiError> {
        self.text("role").and_then(|role| Role::parse(&role)).ok_or(ApiError::Unreadable)
    }
}
