//! `GET /live/{plan}`: a person's WebSocket, between the browser and the room.
//!
//! A browser cannot read why an upgrade failed. So whoever passes the Origin check is let in, and told in a frame why they have to go.

mod reader;
mod writer;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Extension, Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use hamutuk_shared::sync::frame::Goodbye;
use hamutuk_shared::{limits, version};
use tokio::sync::Notify;

use crate::api::identity::{self, Asker, Identity};
use crate::error::ApiError;
use crate::gate::Visitor;
use crate::grants;
use crate::origin;
use crate::state::AppState;

use super::room::Seat;

/// How long a socket may take to write its last frames.
const FAREWELL_MAX: Duration = Duration::from_secs(2);

/// How much is read at a time. Every socket holds so much memory, and what people type is far less; the library's 128 KiB would be
/// nine tenths of what a connection costs.
const READ_BUFFER_BYTES: usize = 4 * 1024;

/// Upgrades a request to a socket in a plan's room.
///
/// # Errors
/// When the request comes from a page of another site, or from an address with too many sockets.
pub async fn live(
    State(state): State<AppState>,
    Extension(visitor): Extension<Visitor>,
    Path(plan): Path<String>,
    headers: HeaderMap,
    asker: Result<Asker, ApiError>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    origin::check(&headers, state.public_url.as_ref())?;
    let passage = state.gate.socket(visitor)?;
    let speaks = upgrade.requested_protocols().any(|offer| offer.as_bytes() == version::SUBPROTOCOL.as_bytes());
    let upgrade = upgrade.max_message_size(limits::FRAME_BYTES_MAX).max_frame_size(limits::FRAME_BYTES_MAX);
    let mut upgrade = upgrade.read_buffer_size(READ_BUFFER_BYTES);
    let place = if speaks {
        upgrade = upgrade.protocols([version::SUBPROTOCOL]);
        take_seat(&state, &plan, asker).await
    } else {
        // A page of another version drops a socket that does not pick what it offers, before it can be told to reload.
        let offer = upgrade.requested_protocols().next().cloned();
        if let Some(offer) = offer {
            upgrade.set_selected_protocol(offer);
        }
        Err(Goodbye::Version)
    };
    let open = state.sockets.clone();
    Ok(upgrade
        .on_upgrade(async move |socket| {
            match place {
                Ok(seat) => run(socket, seat).await,
                Err(goodbye) => dismiss(socket, goodbye).await,
            }
            drop((passage, open));
        })
        .into_response())
}

async fn take_seat(state: &AppState, plan: &str, asker: Result<Asker, ApiError>) -> Result<Seat, Goodbye> {
    let asker = asker.map_err(goodbye)?;
    let plan = plan.parse().map_err(|_| Goodbye::PlanNotFound)?;
    let Identity { grant, until_ms, participant } = identity::of(&*state.store, plan, &asker).await.map_err(goodbye)?;
    let companions = identity::companions(&*state.store, plan, &asker, participant.id).await;
    let companions = companions.map_err(|error| goodbye(error.into()))?;
    let may_have_changed = !companions.is_empty();
    let seat = state.registry.join(plan, grant.clone(), until_ms, companions).await.map_err(|error| error.goodbye())?;
    // The link may have changed since it was looked up, and everybody in the room been told before this seat was in it.
    let now = grants::of(&*state.store, plan, participant.id).await.map_err(|error| goodbye(error.into()))?;
    if may_have_changed || (&now.grant, now.until_ms) != (&grant, until_ms) {
        state.registry.refresh(plan).await;
    }
    Ok(seat)
}

/// How a socket is told.
fn goodbye(error: ApiError) -> Goodbye {
    match error {
        ApiError::Trouble => Goodbye::Trouble,
        ApiError::PlanNotFound => Goodbye::PlanNotFound,
        ApiError::LinkRevoked => Goodbye::Revoked,
        ApiError::LinkExpired => Goodbye::Expired,
        _ => Goodbye::NotJoined,
    }
}

async fn dismiss(socket: WebSocket, goodbye: Goodbye) {
    let (mut sink, _stream) = socket.split();
    writer::farewell(&mut sink, goodbye).await;
}

async fn run(socket: WebSocket, mut seat: Seat) {
    let (mut sink, mut stream) = socket.split();
    let silence = Notify::new();
    let (session, room, inbox_kib) = (seat.session, seat.room.clone(), Arc::clone(&seat.inbox_kib));
    let reader = reader::Reader { session, room: &room, inbox_kib: &inbox_kib, silence: &silence };
    let ended = tokio::select! {
        ended = reader.run(&mut stream) => ended,
        () = writer::Writer { session, room: &room, silence: &silence }.run(&mut sink, &mut seat.frames, &mut seat.goodbye) => None,
    };
    // The room does not wait for the last words.
    drop(seat);
    if let Some(goodbye) = ended {
        writer::farewell(&mut sink, goodbye).await;
    }
}
