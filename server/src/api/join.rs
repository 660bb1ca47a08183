//! `POST /api/plans/{plan}/join`: a link, a name, an organisation and a group become a participant with a cookie.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{OrganisationId, ParticipantId, PlanId, SectionId};
use serde::{Deserialize, Serialize};

use super::body::{Body, Plan};
use super::identity::{self, Asker, Identity, give_cookie, link_of};
use crate::audit::{self, Event};
use crate::error::ApiError;
use crate::links::short;
use crate::records::{self, LinkRecord, ParticipantRecord};
use crate::secret;
use crate::state::AppState;

#[derive(Deserialize)]
pub(super) struct Ask {
    /// The token of a link. None: whoever asks hands their device to somebody else, who comes by the same link.
    #[serde(default)]
    token: Option<String>,
    name: String,
    /// Its name or acronym; empty for none.
    #[serde(default)]
    organisation: String,
    /// The section whose group they are in. What the plan does not have is none: whoever joins is not kept out by it.
    #[serde(default)]
    group: Option<String>,
    /// Who the browser was before, if it was here. Kept while its cookie is valid, because its changes are written in that name.
    #[serde(default)]
    participant: Option<ParticipantId>,
}

#[derive(Serialize)]
pub(super) struct Answer {
    participant: ParticipantId,
    role: Role,
    title: String,
    organisation: Option<OrganisationId>,
}

pub(super) async fn join(
    State(state): State<AppState>,
    Plan(plan): Plan,
    asker: Asker,
    Body(ask): Body<Ask>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<Answer>), ApiError> {
    let link = match &ask.token {
        Some(token) => link_of(&*state.store, plan, token).await?,
        None => own_link(&state, plan, &asker).await?,
    };
    let known = known(&state, plan, &asker, ask.participant).await?;
    let id = match &known {
        Some(known) => known.grant.participant,
        None => ParticipantId::from_bytes(secret::random()?),
    };
    let own = known.as_ref().filter(|known| known.keeps_to_own(&link));
    let _place = if own.is_none() { state.links.place(&link, id).await? } else { None };
    let (role, way) = own.map_or_else(|| (link.role, Way::by(&link)), |own| (own.grant.role, Way::of(&own.participant)));
    let group = ask.group.and_then(|group| group.parse::<SectionId>().ok()).filter(|group| link.scope.contains(*group));
    let organisation = state.registry.introduce(plan, id, [&ask.name, &ask.organisation], group).await?;
    if let Some(event) = event(&way, role, known.as_ref()) {
        audit::note(&*state.store, plan, Some(id), event).await?;
    }
    let before = known.map(|known| known.participant);
    let record = ParticipantRecord {
        id,
        plan,
        link: way.link,
        name: ask.name.trim().to_owned(),
        organisation: organisation.map(|id| id.to_string()).unwrap_or_default(),
        joined_ms: before.as_ref().map_or(way.came_ms, |before| before.joined_ms),
        came_ms: Some(way.came_ms),
    };
    admit(&state, before.as_ref(), &record).await?;
    let cookie = give_cookie(&*state.store, plan, id, state.public_url.as_ref()).await?;
    let title = state.registry.describe(plan).await?.title;
    Ok(([(header::SET_COOKIE, cookie)], Json(Answer { participant: id, role, title, organisation })))
}

/// What is put on record of it: nothing, if somebody comes back as they were.
fn event(way: &Way, now: Role, known: Option<&Identity>) -> Option<Event> {
    let link = short(&way.link);
    match known.map(|known| (known.grant.role, known.participant.link)) {
        Some((_, before)) if before == way.link => None,
        Some((was, _)) if was != now => Some(Event::RoleChanged { link, was, now }),
        _ => Some(Event::Joined { link, role: now }),
    }
}

/// By which link somebody is here, and since when.
struct Way {
    link: [u8; 32],
    came_ms: u64,
}

impl Way {
    fn by(link: &LinkRecord) -> Self {
        Self { link: link.hash, came_ms: secret::now_ms() }
    }

    /// A facilitator who opens the editors' link stays a facilitator, and so on down.
    fn of(person: &ParticipantRecord) -> Self {
        Self { link: person.link, came_ms: person.came_ms() }
    }
}

/// Notes that somebody joined, or came back: as they were `before`, and as they are now. What their other tabs may do follows.
async fn admit(state: &AppState, before: Option<&ParticipantRecord>, now: &ParticipantRecord) -> Result<(), ApiError> {
    records::save(&*state.store, now).await?;
    if before.is_some_and(|before| before.link != now.link) {
        state.registry.refresh(now.plan).await;
    }
    Ok(())
}

/// Who the browser is already, if it says so and its cookie agrees.
async fn known(state: &AppState, plan: PlanId, asker: &Asker, claimed: Option<ParticipantId>) -> Result<Option<Identity>, ApiError> {
    let Some(claimed) = claimed else { return Ok(None) };
    match identity::of(&*state.store, plan, &asker.claiming(claimed)).await {
        Ok(identity) => Ok(Some(identity)),
        Err(ApiError::NotJoined | ApiError::LinkRevoked | ApiError::LinkExpired) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The link of whoever asks, for somebody else at the same device. A facilitator's is not handed on so easily: who gets the laptop to
/// write a sentence is no facilitator.
async fn own_link(state: &AppState, plan: PlanId, asker: &Asker) -> Result<LinkRecord, ApiError> {
    let Identity { grant, participant, .. } = identity::of(&*state.store, plan, asker).await?;
    if grant.role == Role::Facilitator {
        return Err(ApiError::NotAllowed);
    }
    records::load(&*state.store, &participant.link).await?.ok_or(ApiError::LinkRevoked)
}
