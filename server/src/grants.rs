//! What somebody who joined may do now. Their link decides, and it is looked up each time: revoking it takes effect at once.

use hamutuk_shared::access::Grant;
use hamutuk_shared::id::{ParticipantId, PlanId};

use crate::records::{self, LinkRecord, ParticipantRecord};
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
    /// It cannot be told.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Somebody who joined a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// As whom they write, and what they may do.
    pub grant: Grant,
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
    if !link.is_valid(secret::now_ms()) || link.plan != plan {
        return Err(GrantError::LinkRevoked);
    }
    Ok(Granted { grant: link.grant(participant.id), participant })
}
