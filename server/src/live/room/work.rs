//! What a core asks of the store, and what the store answers.

use std::sync::Arc;

use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{ParticipantId, PlanId, Seq};
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::SessionId;

use super::core::{Effect, Opening, RoomCore};
use super::load;
use crate::audit;
use crate::grants::{self, GrantError};
use crate::store::{Entry, Snapshot, Store, StoreError};

/// What somebody may do now, and until when; none if their link opens nothing any more.
type Regranted = (ParticipantId, Option<(Grant, Option<u64>)>);

/// What the store answered.
pub(super) enum Answer {
    Appended(Result<Seq, ()>),
    Read(SessionId, Result<Vec<(Seq, Entry)>, ()>),
    Snapshot(SessionId, Result<Option<Snapshot>, ()>),
    SnapshotWritten(Result<(), ()>),
    Reloaded(Result<Opening, ()>),
    /// What each of these people may do now.
    Regranted(Vec<Regranted>),
}

impl Answer {
    pub(super) fn tell(self, core: &mut RoomCore) {
        match self {
            Self::Appended(result) => core.appended(result),
            Self::Read(session, result) => core.read_done(session, result),
            Self::Snapshot(session, result) => core.snapshot_read(session, result),
            Self::SnapshotWritten(result) => core.snapshot_written(result),
            Self::Reloaded(result) => core.reloaded(result),
            Self::Regranted(people) => {
                for (person, now) in people {
                    core.regrant(person, now.as_ref().map(|(grant, _)| grant));
                    core.limit(person, now.and_then(|(_, until_ms)| until_ms));
                }
            }
        }
    }
}

/// Does an effect that is for the store. None: it is not.
pub(super) async fn carry_out(store: Arc<dyn Store>, plan: PlanId, effect: Effect) -> Option<Answer> {
    Some(match effect {
        Effect::Append { entries, occurrences } => {
            // First: an entry of the audit log may tell of what did not come about, but nothing comes about without one.
            let noted = audit::note_all(&*store, plan, occurrences).await;
            let appended = match noted {
                Ok(()) => store.append(plan, entries).await,
                Err(error) => Err(error),
            };
            Answer::Appended(logged(plan, "appending", appended))
        }
        Effect::Record { occurrences } => {
            // Nobody waits for it.
            let _ = logged(plan, "putting on record", audit::note_all(&*store, plan, occurrences).await);
            return None;
        }
        Effect::Read { session, after } => {
            Answer::Read(session, logged(plan, "reading", store.read(plan, after, limits::PUSH_BYTES_MAX).await))
        }
        Effect::ReadSnapshot { session } => Answer::Snapshot(session, logged(plan, "reading the snapshot", store.snapshot(plan).await)),
        Effect::WriteSnapshot { snapshot, drop_through } => {
            let result = store.put_snapshot(plan, snapshot, drop_through).await;
            Answer::SnapshotWritten(logged(plan, "writing the snapshot", result))
        }
        Effect::Reload { why } => {
            tracing::error!(%plan, why, "the document broke; it is read again");
            let opening = load(&*store, plan).await;
            Answer::Reloaded(opening.map_err(|error| tracing::error!(%plan, %error, "the plan cannot be read again")))
        }
        Effect::Send { .. } | Effect::Close { .. } | Effect::Introduced { .. } | Effect::End => return None,
    })
}

/// Looks up everybody's link. Who cannot be looked up stays: a store that fails lets nobody write either.
pub(super) async fn look_up(store: Arc<dyn Store>, plan: PlanId, people: Vec<ParticipantId>) -> Answer {
    let mut now = Vec::new();
    for participant in people {
        match grants::of(&*store, plan, participant).await {
            Ok(granted) => now.push((participant, Some((granted.grant, granted.until_ms)))),
            Err(GrantError::NotJoined | GrantError::LinkRevoked | GrantError::LinkExpired) => now.push((participant, None)),
            Err(GrantError::Store(error)) => tracing::error!(%plan, %participant, %error, "a link cannot be looked up"),
        }
    }
    Answer::Regranted(now)
}

/// What went wrong goes to the log, once; the core needs to know only that it did.
fn logged<T>(plan: PlanId, doing: &str, result: Result<T, StoreError>) -> Result<T, ()> {
    result.map_err(|error| tracing::error!(%plan, doing, %error, "the store failed"))
}
