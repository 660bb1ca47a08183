//! `POST /api/plans/{plan}/peek`: what the join page shows. A POST, so that the token stays out of addresses and logs.

use axum::Json;
use axum::extract::State;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::Localised;
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity::{self, Asker, link_of};
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
    /// Whether whoever asks came by this link already.
    own: bool,
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
    asker: Asker,
    Body(ask): Body<Ask>,
) -> Result<Json<Answer>, ApiError> {
    let link = link_of(&*state.store, plan, &ask.token).await?;
    let known = identity::of(&*state.store, plan, &asker).await.ok();
    // Said before somebody fills in the form; who is in already needs no place.
    if state.links.is_full(&link).await? && !known.as_ref().is_some_and(|known| known.keeps_to_own(&link)) {
        return Err(ApiError::LinkFull);
    }
    let own = known.is_some_and(|known| known.participant.link == link.hash);
    let description = state.registry.describe(plan).await?;
    let groups = description.groups.into_iter().filter(|group| link.scope.contains(group.section)).map(|group| Group {
        section: group.section,
        code: group.code,
        group: group.name,
        name: group.section_name.into(),
    });
    let (title, organisations) = (description.title, description.organisations);
    Ok(Json(Answer { title, role: link.role, own, organisations, groups: groups.collect() }))
}
