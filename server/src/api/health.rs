//! `GET /healthz`: the process answers. `GET /readyz`: and so does its store.

use axum::extract::State;

use crate::error::ApiError;
use crate::state::AppState;
use crate::store::RecordKind;

pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

pub(super) async fn readyz(State(state): State<AppState>) -> Result<&'static str, ApiError> {
    state.store.record(RecordKind::Plan, b"ready?").await?;
    Ok("ready\n")
}
