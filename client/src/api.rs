//! The server's HTTP interface: what comes before a plan can be opened.

use std::str::FromStr;

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{OrganisationId, ParticipantId, PlanId, SectionId};
use hamutuk_shared::plan::{Choice, Language, Localised};
use js_sys::{Array, JSON, Object, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use crate::device::{self, Companion};

/// A plan, and as whom this device asks about it: several people may have joined with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Speaker {
    /// Which plan.
    pub(crate) plan: PlanId,
    /// Who; none: whoever joined last with this browser, as far as the server knows.
    pub(crate) participant: Option<ParticipantId>,
}

impl Speaker {
    /// Nobody in particular.
    pub(crate) const fn unknown(plan: PlanId) -> Self {
        Self { plan, participant: None }
    }

    /// Whoever writes in this plan on this device now.
    pub(crate) async fn now(plan: PlanId) -> Self {
        Self { plan, participant: device::plan(plan).await.map(|known| known.participant) }
    }

    /// The address of something of the plan, such as `links`, perhaps with a query.
    pub(crate) fn address(self, of: &str) -> String {
        self.signed(format!("/api/plans/{}/{of}", self.plan))
    }

    /// The path of the plan's socket.
    pub(crate) fn socket(self) -> String {
        self.signed(format!("/live/{}", self.plan))
    }

    fn signed(self, address: String) -> String {
        let mark = if address.contains('?') { '&' } else { '?' };
        match self.participant {
            Some(participant) => format!("{address}{mark}as={participant}"),
            None => address,
        }
    }
}

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
        matches!(self, Self::Refused { code, .. } if matches!(code.as_str(), "not_joined" | "link_revoked" | "link_expired"))
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
    /// Whether whoever asks came by this link already.
    pub(crate) is_own: bool,
    /// The organisations to pick from.
    pub(crate) organisations: Vec<String>,
    /// The groups to pick from.
    pub(crate) groups: Vec<Group>,
}

/// A group that somebody may sit in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its section.
    pub(crate) section: SectionId,
    /// The code of that.
    pub(crate) code: String,
    /// What it calls itself; may be empty.
    pub(crate) name: String,
    /// The name of its section.
    pub(crate) section_name: Localised,
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

impl Joined {
    /// What the device remembers of them.
    pub(crate) fn as_companion(&self, who: &Who) -> Companion {
        let Who { name, organisation, group } = who.clone();
        // The server says where they may write when the plan opens.
        Companion { participant: self.participant, role: self.role, scope: Scope::default(), name, organisation, group }
    }
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
pub(crate) async fn peek(speaker: Speaker, token: &str) -> Result<Peek, ApiError> {
    let answer = post(&speaker.address("peek"), &[("token", Some(token))]).await?;
    Ok(Peek {
        title: answer.need("title")?,
        role: answer.role()?,
        is_own: answer.field("own").and_then(|own| own.as_bool()).unwrap_or_default(),
        organisations: answer.all("organisations").iter().filter_map(|name| name.0.as_string()).collect(),
        groups: answer.all("groups").iter().filter_map(group).collect(),
    })
}

fn group(answer: &Answer) -> Option<Group> {
    let mut section_name = Localised::default();
    if let Some(names) = answer.field("name").map(Answer) {
        for language in Language::ALL {
            *section_name.get_mut(*language) = names.text(language.as_str()).unwrap_or_default();
        }
    }
    Some(Group {
        section: answer.need("section").ok()?,
        code: answer.text("code")?,
        name: answer.text("group").unwrap_or_default(),
        section_name,
    })
}

/// Who somebody says that they are when they join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Who {
    /// Their name.
    pub(crate) name: String,
    /// The name of their organisation; empty for none. One that the plan lacks is added.
    pub(crate) organisation: String,
    /// The section whose group they sit in; empty for none.
    pub(crate) group: String,
}

/// Joins a plan. The server sets the cookie that lets this device in from now on. Without a token, the speaker lets somebody else
/// join by the link that they came by. Who was here before, and is `known`, stays the same participant while their cookie is good.
pub(crate) async fn join(speaker: Speaker, token: Option<&str>, who: &Who, known: Option<ParticipantId>) -> Result<Joined, ApiError> {
    let known = known.map(|known| known.to_string());
    let body = [
        ("token", token),
        ("name", Some(who.name.as_str())),
        ("organisation", Some(&who.organisation)),
        ("group", Some(who.group.as_str()).filter(|group| !group.is_empty())),
        ("participant", known.as_deref()),
    ];
    let answer = post(&speaker.address("join"), &body).await?;
    Ok(Joined {
        participant: answer.need("participant")?,
        role: answer.role()?,
        title: answer.text("title").unwrap_or_default(),
        organisation: answer.need("organisation").ok(),
    })
}

/// Somebody will not write on this device any more: the server takes their cookie back.
pub(crate) async fn leave(speaker: Speaker, participant: ParticipantId) -> Result<(), ApiError> {
    post(&speaker.address("leave"), &[("participant", Some(&participant.to_string()))]).await.map(drop)
}

/// Who this device is, by its cookie.
pub(crate) async fn me(speaker: Speaker) -> Result<Me, ApiError> {
    let answer = Answer(call("GET", &speaker.address("me"), None).await?);
    Ok(Me { participant: answer.need("participant")?, role: answer.role()? })
}

async fn post(address: &str, body: &[(&str, Option<&str>)]) -> Result<Answer, ApiError> {
    let object = Object::new();
    for (name, value) in body {
        // This cannot fail: it is a plain object.
        let _ = Reflect::set(&object, &(*name).into(), &value.map_or(JsValue::NULL, JsValue::from_str));
    }
    Ok(Answer(call("POST", address, Some(&object)).await?))
}

/// Asks the server for something. What it answers, as the browser reads it; nothing where it answers nothing.
pub(crate) async fn call(method: &str, address: &str, body: Option<&Object>) -> Result<JsValue, ApiError> {
    let init = RequestInit::new();
    init.set_method(method);
    if let Some(body) = body {
        let body = JSON::stringify(body).map_err(|_| ApiError::Unreadable)?;
        init.set_body(&body);
    }
    let request = Request::new_with_str_and_init(address, &init).map_err(|_| ApiError::Network)?;
    // This cannot fail: the name and the value are valid.
    let _ = request.headers().set("content-type", "application/json");
    let response = JsFuture::from(window().fetch_with_request(&request)).await.map_err(|_| ApiError::Network)?;
    let response: Response = response.dyn_into().map_err(|_| ApiError::Network)?;
    let text = JsFuture::from(response.text().map_err(|_| ApiError::Network)?).await.map_err(|_| ApiError::Network)?;
    let text = text.as_string().unwrap_or_default();
    if response.ok() && text.is_empty() {
        return Ok(JsValue::NULL);
    }
    let answer = JSON::parse(&text);
    if !response.ok() {
        let code = answer.ok().and_then(|answer| Answer(answer).text("code")).unwrap_or_default();
        return Err(ApiError::Refused { status: response.status(), code });
    }
    answer.map_err(|_| ApiError::Unreadable)
}

/// What the server answered. The browser has read it, which saves a second reader of JSON in the program.
pub(crate) struct Answer(pub(crate) JsValue);

impl Answer {
    /// A field; none where it is null, too.
    pub(crate) fn field(&self, name: &str) -> Option<JsValue> {
        Reflect::get(&self.0, &name.into()).ok().filter(|value| !value.is_null() && !value.is_undefined())
    }

    /// What is in a list; nothing where there is none.
    pub(crate) fn all(&self, name: &str) -> Vec<Self> {
        let all = self.field(name).and_then(|all| all.dyn_into::<Array>().ok());
        all.iter().flat_map(Array::iter).map(Self).collect()
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.as_string()
    }

    /// Something that is written as a text, and must be there.
    pub(crate) fn need<T: FromStr>(&self, name: &str) -> Result<T, ApiError> {
        self.text(name).and_then(|text| text.parse().ok()).ok_or(ApiError::Unreadable)
    }

    /// A role, which must be there.
    pub(crate) fn role(&self) -> Result<Role, ApiError> {
        self.text("role").and_then(|role| Role::parse(&role)).ok_or(ApiError::Unreadable)
    }
}
