//! `GET /api/plans/{plan}/links`: all links of a plan, and who came by them.

use axum::Json;
use axum::extract::State;

use super::Seen;
use crate::api::body::Plan;
use crate::api::identity::{self, Asker};
use crate::error::ApiError;
use crate::state::AppState;

pub(in crate::api) async fn list(State(state): State<AppState>, Plan(plan): Plan, asker: Asker) -> Result<Json<Vec<Seen>>, ApiError> {
    identity::facilitator(&*state.store, plan, &asker).await?;
    let people = state.links.people(plan).await?;
    let links = state.links.of_plan(plan).await?;
    Ok(Json(links.iter().map(|link| Seen::of(link, people.of(link))).collect()))
}
