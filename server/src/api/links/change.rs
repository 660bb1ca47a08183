//! `PATCH /api/plans/{plan}/links/{link}`: a facilitator changes what a link is called or allows, to how many, and until when.

use axum::Json;
use axum::extract::State;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use serde::{Deserialize, Deserializer};

use super::{Named, Seen};
use crate::api::body::Body;
use crate::error::ApiError;
use crate::links::Change;
use crate::state::AppState;

/// What is not named stays as it is; null takes a limit away.
#[derive(Deserialize)]
pub(in crate::api) struct Ask {
    #[serde(default)]
    label: Option<String>,
    #[serde(default)]
    role: Option<Role>,
    #[serde(default, deserialize_with = "named")]
    sections: Option<Option<Vec<SectionId>>>,
    #[serde(default, deserialize_with = "named")]
    expires_ms: Option<Option<u64>>,
    #[serde(default, deserialize_with = "named")]
    people_max: Option<Option<u32>>,
}

pub(in crate::api) async fn change(
    State(state): State<AppState>,
    Named(link, by): Named,
    Body(ask): Body<Ask>,
) -> Result<Json<Seen>, ApiError> {
    let Ask { label, role, sections, expires_ms, people_max } = ask;
    let change = Change { label, role, scope: sections.map(super::scope), expires_ms, people_max };
    let link = state.links.change(link.hash, change, Some(by)).await?;
    let people = state.links.people(link.plan).await?;
    Ok(Json(Seen::of(&link, people.of(&link))))
}

/// What is there, also null.
#[expect(clippy::option_option, reason = "a limit that is not named is not one that is taken away")]
fn named<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
