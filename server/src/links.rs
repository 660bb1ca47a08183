//! Links are capabilities: whoever has one may join its plan in its role. The token is in the fragment, which browsers do not send.

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::PlanId;

use crate::audit::{self, Event, LinkTerms};
use crate::records::{self, LinkRecord};
use crate::secret::{self, RandomError, Secret};
use crate::store::{Store, StoreError};

/// Why a link was not made.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// It could not be stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There was nothing to make a token of.
    #[error(transparent)]
    Random(#[from] RandomError),
}

/// Makes a link. Its token is told this one time; only its hash is stored.
///
/// # Errors
/// When it cannot be stored.
pub async fn create(store: &dyn Store, plan: PlanId, role: Role, label: &str) -> Result<Secret, LinkError> {
    let token = Secret::new()?;
    let record = LinkRecord {
        hash: token.hash(),
        plan,
        role,
        scope: Scope::Plan,
        label: label.to_owned(),
        created_ms: secret::now_ms(),
        revoked_ms: None,
        expires_ms: None,
    };
    audit::note(store, plan, None, Event::LinkMade(LinkTerms::of(&record))).await?;
    records::save(store, &record).await?;
    Ok(token)
}

/// The link as people open it.
#[must_use]
pub fn url(base: &str, plan: PlanId, token: &Secret) -> String {
    format!("{base}/p/{plan}#{}", token.reveal())
}
