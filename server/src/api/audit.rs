//! `GET /api/plans/{plan}/audit?after=` and `…/audit.csv`: what happened in a plan, for its facilitators.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use futures_util::stream;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{ParticipantId, PlanId, Seq};
use serde::{Deserialize, Serialize};

use super::body::Plan;
use super::identity::{self, Asker};
use crate::audit::{self, AuditRecord, Event, Line, Names, csv_head};
use crate::error::ApiError;
use crate::state::AppState;
use crate::store::Store;

#[derive(Deserialize)]
pub(super) struct Ask {
    /// The last entry that is known.
    #[serde(default)]
    after: u64,
}

#[derive(Serialize)]
pub(super) struct Answer {
    events: Vec<Told>,
    /// Whether to ask again, after the last of these.
    more: bool,
}

#[derive(Serialize)]
struct Told {
    seq: u64,
    at_ms: u64,
    actor: Option<ParticipantId>,
    #[serde(flatten)]
    event: Event,
}

pub(super) async fn list(
    State(state): State<AppState>,
    Plan(plan): Plan,
    asker: Asker,
    ask: Result<Query<Ask>, axum::extract::rejection::QueryRejection>,
) -> Result<impl IntoResponse, ApiError> {
    check(&state, plan, &asker).await?;
    let Query(Ask { after }) = ask.map_err(|_| ApiError::Malformed)?;
    let audit::Page { entries, more } = audit::page(&*state.store, plan, Seq(after)).await?;
    let told = |AuditRecord { seq, at_ms, actor, event, .. }| Told { seq: seq.0, at_ms, actor, event };
    let answer = Answer { events: entries.into_iter().map(told).collect(), more };
    Ok(([(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))], Json(answer)))
}

pub(super) async fn csv(State(state): State<AppState>, Plan(plan): Plan, asker: Asker) -> Result<impl IntoResponse, ApiError> {
    check(&state, plan, &asker).await?;
    let names = Names::of(&state.store, Some(&state.registry), plan).await?;
    let file = format!("attachment; filename=\"hamutuk-audit-{plan}.csv\"");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_str(&file).expect("an id is letters and digits")),
    ];
    let rest = Rest { store: Arc::clone(&state.store), plan, names, at: At::Head };
    Ok((headers, Body::from_stream(stream::unfold(rest, piece))))
}

async fn check(state: &AppState, plan: PlanId, asker: &Asker) -> Result<(), ApiError> {
    match identity::of(&*state.store, plan, asker).await?.grant.role {
        Role::Facilitator => Ok(()),
        _ => Err(ApiError::NotAllowed),
    }
}

/// What of the file is not sent yet: a page at a time, however long the log is.
struct Rest {
    store: Arc<dyn Store>,
    plan: PlanId,
    names: Names,
    at: At,
}

enum At {
    Head,
    After(Seq),
    End,
}

async fn piece(mut rest: Rest) -> Option<(Result<Bytes, Infallible>, Rest)> {
    let after = match rest.at {
        At::Head => {
            rest.at = At::After(Seq::START);
            return Some((Ok(csv_head().into()), rest));
        }
        At::After(after) => after,
        At::End => return None,
    };
    let lines = match audit::page(&*rest.store, rest.plan, after).await {
        Ok(page) => {
            let last = page.entries.last().map(|entry| entry.seq);
            rest.at = last.filter(|_| page.more).map_or(At::End, At::After);
            page.entries.iter().map(|entry| Line::of(entry, &rest.names).csv()).collect::<String>()
        }
        Err(error) => {
            // The status is sent. Whoever reads the file must not take it for the whole.
            tracing::error!(plan = %rest.plan, %error, "the audit log cannot be read");
            rest.at = At::End;
            "\"THE LOG CANNOT BE READ ON FROM HERE\"\r\n".to_owned()
        }
    };
    Some((Ok(lines.into()), rest))
}
