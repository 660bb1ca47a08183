//! What people call that which the audit log knows by its id.

use std::collections::BTreeMap;
use std::sync::Arc;

use hamutuk_shared::id::{ParticipantId, PlanId, SectionId, VersionId};

use crate::live::Registry;
use crate::records::{self, ParticipantRecord};
use crate::store::{Store, StoreError};

/// The names of a plan, as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// Of those who joined.
    pub people: BTreeMap<ParticipantId, String>,
    /// The codes of sections.
    pub sections: BTreeMap<SectionId, String>,
    /// Of versions.
    pub versions: BTreeMap<VersionId, String>,
}

impl Names {
    /// The names of a plan. Without rooms, one is opened for that. Where the plan cannot be read, its sections and versions have none:
    /// the log is to be read all the same.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn of(store: &Arc<dyn Store>, registry: Option<&Arc<Registry>>, plan: PlanId) -> Result<Self, StoreError> {
        let people: Vec<ParticipantRecord> = records::list(&**store, plan.as_bytes()).await?;
        let named = match registry {
            Some(registry) => registry.names(plan).await,
            None => {
                let registry = Registry::new(Arc::clone(store));
                let named = registry.names(plan).await;
                registry.stop().await;
                named
            }
        };
        let mut names = named.unwrap_or_default();
        for person in people {
            // The plan's own word comes first: people correct their names there.
            names.people.entry(person.id).or_insert(person.name);
        }
        Ok(names)
    }
}
