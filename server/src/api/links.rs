//! The links of a plan, for its facilitators: list, make, change and revoke them.

mod change;
mod create;
mod list;
mod revoke;

use axum::extract::FromRequestParts;
use axum::extract::Path;
use axum::http::request::Parts;
use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{ParticipantId, PlanId, SectionId};
use serde::Serialize;

use super::identity::{self, Asker};
use crate::error::ApiError;
use crate::links;
use crate::records::{LinkRecord, ParticipantRecord};
use crate::state::AppState;

pub(super) use change::change;
pub(super) use create::create;
pub(super) use list::list;
pub(super) use revoke::revoke;

/// A link as facilitators see it: everything but what would open it.
#[derive(Serialize)]
pub(super) struct Seen {
    id: String,
    label: String,
    role: Role,
    /// The only ones that it is for; null for the whole plan.
    sections: Option<Vec<SectionId>>,
    created_ms: u64,
    created_by: Option<ParticipantId>,
    expires_ms: Option<u64>,
    people_max: Option<u32>,
    revoked_ms: Option<u64>,
    people: Vec<Came>,
}

/// Somebody who came by it.
#[derive(Serialize)]
struct Came {
    participant: ParticipantId,
    joined_ms: u64,
}

impl Seen {
    fn of(link: &LinkRecord, people: &[ParticipantRecord]) -> Self {
        let sections = match &link.scope {
            Scope::Plan => None,
            Scope::Sections(sections) => Some(sections.iter().copied().collect()),
        };
        let people = people.iter().map(|person| Came { participant: person.id, joined_ms: person.came_ms() });
        Self {
            id: links::short(&link.hash),
            label: link.label.clone(),
            role: link.role,
            sections,
            created_ms: link.created_ms,
            created_by: link.created_by,
            expires_ms: link.expires_ms,
            people_max: link.people_max,
            revoked_ms: link.revoked_ms,
            people: people.collect(),
        }
    }
}

/// A link that the path names, of a plan whose facilitator asks.
pub(super) struct Named(LinkRecord, ParticipantId);

impl FromRequestParts<AppState> for Named {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, ApiError> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((plan, id)) = path.map_err(|_| ApiError::LinkNotFound)?;
        let plan: PlanId = plan.parse().map_err(|_| ApiError::PlanNotFound)?;
        let asker = Asker::from_request_parts(parts, state).await?;
        let facilitator = identity::facilitator(&*state.store, plan, &asker).await?;
        Ok(Self(state.links.find(plan, &id).await?, facilitator))
    }
}

/// The sections that a request names; none for the whole plan.
fn scope(sections: Option<Vec<SectionId>>) -> Scope {
    sections.map_or(Scope::Plan, |sections| Scope::Sections(sections.into_iter().collect()))
}
