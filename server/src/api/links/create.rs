//! `POST /api/plans/{plan}/links`: a facilitator makes a link, and sees it this one time.

use axum::Json;
use axum::extract::State;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use serde::{Deserialize, Serialize};

use crate::api::body::{Body, Plan};
use crate::api::identity::{self, Asker};
use crate::error::ApiError;
use crate::links::{self, NewLink};
use crate::qr::{self, Drawing};
use crate::state::AppState;

#[derive(Deserialize)]
pub(in crate::api) struct Ask {
    role: Role,
    /// What the facilitator calls it, such as the group that it is for.
    #[serde(default)]
    label: String,
    #[serde(default)]
    sections: Option<Vec<SectionId>>,
    #[serde(default)]
    expires_ms: Option<u64>,
    #[serde(default)]
    people_max: Option<u32>,
}

#[derive(Serialize)]
pub(in crate::api) struct Answer {
    id: String,
    url: String,
    /// None if the server's address is too long for one.
    qr: Option<Drawing>,
}

pub(in crate::api) async fn create(
    State(state): State<AppState>,
    Plan(plan): Plan,
    asker: Asker,
    Body(ask): Body<Ask>,
) -> Result<Json<Answer>, ApiError> {
    let facilitator = identity::facilitator(&*state.store, plan, &asker).await?;
    let Ask { role, label, sections, expires_ms, people_max } = ask;
    let new = NewLink { role, scope: super::scope(sections), label, expires_ms, people_max, created_by: Some(facilitator) };
    let (link, token) = state.links.make(plan, new).await?;
    let url = links::url(&state.base_url, plan, &token);
    Ok(Json(Answer { id: links::short(&link.hash), qr: qr::drawing(&url), url }))
}
