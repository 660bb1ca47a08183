//! `POST /api/plans/{plan}/peek`: what the join page shows. A POST, so that the token stays out of addresses and logs.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::Localised;
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity::{self, link_of};
use crate::error::ApiError;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Ask {
    token: String,
}

#[derive(Serialize)]
pub(super) struct Answer {
    title: String,
    role: Role,
    /// The names to choose from.
    organisations: Vec<String>,
    /// The groups to choose from.
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    section: SectionId,
    code: String,
    /// What the group calls itself; may be empty.
    group: String,
    /// The name of its section, by language.
    name: Names,
}

#[derive(Serialize)]
struct Names {
    en: String,
    tet: String,
    pt: String,
    id: String,
}

impl From<Localised> for Names {
    fn from(Localised { en, tet, pt, id }: Localised) -> Self {
        Self { en, tet, pt, id }
    }
}

pub(super) async fn peek(
    State(state): State<AppState>,
    Plan(plan): Plan,
    headers: HeaderMap,
    Body(ask): Body<Ask>,
) -> Result<Json<Answer>, ApiError> {
    let link = link_of(&*state.store, plan, &ask.token).await?;
    // Said before somebody fills in the form; who is in already needs no place.
    if state.links.is_full(&link).await? && !identity::of(&*state.store, plan, &headers).await.is_ok_and(|known| known.keeps_to_own(&link))
    {
        return Err(ApiError::LinkFull);
    }
    let description = state.registry.describe(plan).await?;
    let groups = description.groups.into_iter().filter(|group| link.scope.contains(group.section)).map(|group| Group {
        section: group.section,
        code: group.code,
        group: group.name,
        name: group.section_name.into(),
    });
    Ok(Json(Answer { title: description.title, role: link.role, organisations: description.organisations, groups: groups.collect() }))
}
