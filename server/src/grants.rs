//! What somebody who joined may do now. Their link decides, and it is looked up each time: revoking it takes effect at once.

use std::time::Duration;

use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::id::{ParticipantId, PlanId};

use crate::records::{self, LinkRecord, LinkState, ParticipantRecord, PlanRecord};
use crate::secret;
use crate::store::{Store, StoreError};

/// Why somebody may do nothing.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// They never joined.
    #[error("nobody of this id has joined")]
    NotJoined,
    /// The link that they came by opens nothing any more.
    #[error("the link was revoked")]
    LinkRevoked,
    /// The time of the link that they came by is over.
    #[error("the time of the link is over")]
    LinkExpired,
    /// It cannot be told.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who joined a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// As whom they write, and what they may do.
    pub grant: Grant,
    /// Until when, in milliseconds since 1970, if their link ends by itself.
    pub until_ms: Option<u64>,
    /// What is known of them.
    pub participant: ParticipantRecord,
}

/// What a participant may do in a plan.
///
/// # Errors
/// When they may do nothing, or the store fails.
pub async fn of(store: &dyn Store, plan: PlanId, participant: ParticipantId) -> Result<Granted, GrantError> {
    let key = ParticipantRecord::key_of(plan, participant);
    let participant: ParticipantRecord = records::load(store, &key).await?.ok_or(GrantError::NotJoined)?;
    let link: LinkRecord = records::load(store, &participant.link).await?.ok_or(GrantError::LinkRevoked)?;
    match link.state(secret::now_ms()) {
        LinkState::Valid if link.plan == plan => {}
        LinkState::Valid | LinkState::Revoked => return Err(GrantError::LinkRevoked),
        LinkState::Expired => return Err(GrantError::LinkExpired),
    }
    let mut grant = link.grant(participant.id);
    grant.hands_on |= grant.role == Role::Facilitator && is_being_mended(store, plan).await?;
    Ok(Granted { grant, until_ms: link.expires_ms, participant })
}

/// For how long a facilitator gives back what others wrote and a restored server has lost.
const MENDING: Duration = Duration::from_secs(30 * 24 * 60 * 60);

async fn is_being_mended(store: &dyn Store, plan: PlanId) -> Result<bool, StoreError> {
    let plan: Option<PlanRecord> = records::load(store, plan.as_bytes()).await?;
    let restored = plan.and_then(|plan| plan.restored_ms);
    Ok(restored.is_some_and(|restored| u128::from(secret::now_ms().saturating_sub(restored)) < MENDING.as_millis()))
}
