//! Links are capabilities: whoever has one may join its plan in its role. The token is in the fragment, which browsers do not send.
//!
//! Here they are made, changed and revoked, whoever asks for it: a facilitator on the page, or the administrator on the command line.

mod error;
mod keep;
mod people;
mod places;
mod terms;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{ParticipantId, PlanId, SectionId};
use hamutuk_shared::limits;
use tokio::sync::Mutex;

pub use error::LinkError;
pub use people::People;
pub use places::Place;
pub use terms::{Change, NewLink};

use self::places::Places;
use crate::audit::{self, Event, LinkTerms, Occurrence};
use crate::live::Registry;
use crate::records::{self, LinkRecord};
use crate::secret::{self, Secret};
use crate::store::{Store, StoreError};

/// How much of a link's hash is shown; enough to name one.
const ID_DIGITS: usize = 12;

/// The links of all plans. Cheap to clone.
#[derive(Clone)]
pub struct Links {
    store: Arc<dyn Store>,
    /// The open rooms, in a server.
    registry: Option<Arc<Registry>>,
    /// Links change one at a time: what was asked before still holds when it is stored.
    turn: Arc<Mutex<()>>,
    places: Arc<Places>,
}

impl Links {
    /// The links in a store. A server hands in its rooms, whose people are told what changes for them.
    #[must_use]
    pub fn new(store: Arc<dyn Store>, registry: Option<Arc<Registry>>) -> Self {
        Self { store, registry, turn: Arc::default(), places: Arc::default() }
    }

    /// The open rooms, in a server.
    pub(crate) const fn registry(&self) -> Option<&Arc<Registry>> {
        self.registry.as_ref()
    }

    /// Makes a link. Its token is told this one time; only its hash is stored.
    ///
    /// # Errors
    /// When it cannot be as it should be, or cannot be stored.
    pub async fn make(&self, plan: PlanId, new: NewLink) -> Result<(LinkRecord, Secret), LinkError> {
        let token = Secret::new()?;
        let link = new.record(plan, &token);
        terms::check(None, &link, link.created_ms)?;
        self.check_sections(&link).await?;
        let _turn = self.turn.lock().await;
        if self.of_plan(plan).await?.len() >= limits::LINKS_PER_PLAN_MAX {
            return Err(LinkError::TooMany);
        }
        audit::note(&*self.store, plan, link.created_by, Event::LinkMade(LinkTerms::of(&link))).await?;
        records::save(&*self.store, &link).await?;
        Ok((link, token))
    }

    /// Changes a link, as ordered by somebody, or on the command line. Whoever came by it and is there is told at once what they may do now.
    ///
    /// # Errors
    /// When it is not there, may not become what it should, or cannot be stored.
    pub async fn change(&self, hash: [u8; 32], change: Change, by: Option<ParticipantId>) -> Result<LinkRecord, LinkError> {
        let _turn = self.turn.lock().await;
        let before: LinkRecord = records::load(&*self.store, &hash).await?.ok_or(LinkError::NotFound)?;
        let after = change.of(before.clone());
        terms::check(Some(&before), &after, secret::now_ms())?;
        if after.scope != before.scope {
            self.check_sections(&after).await?;
        }
        let event = Event::LinkChanged { was: LinkTerms::of(&before), now: LinkTerms::of(&after) };
        self.replace(&after, Occurrence { actor: by, event }).await?;
        Ok(after)
    }

    /// Revokes a link: whoever came by it and is there is told to go. Answers with the link, and whether it was revoked before.
    ///
    /// # Errors
    /// When it is not there, is the last for facilitators, or cannot be stored.
    pub async fn revoke(&self, hash: [u8; 32], by: Option<ParticipantId>) -> Result<(LinkRecord, bool), LinkError> {
        let _turn = self.turn.lock().await;
        let before: LinkRecord = records::load(&*self.store, &hash).await?.ok_or(LinkError::NotFound)?;
        if before.revoked_ms.is_some() {
            return Ok((before, true));
        }
        let after = LinkRecord { revoked_ms: Some(secret::now_ms()), ..before };
        let event = Event::LinkRevoked(LinkTerms::of(&after));
        self.replace(&after, Occurrence { actor: by, event }).await?;
        Ok((after, false))
    }

    /// The links of a plan, the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn of_plan(&self, plan: PlanId) -> Result<Vec<LinkRecord>, StoreError> {
        Ok(self.all().await?.remove(&plan).unwrap_or_default())
    }

    /// The links of all plans, those of each the oldest first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn all(&self) -> Result<BTreeMap<PlanId, Vec<LinkRecord>>, StoreError> {
        let mut all = BTreeMap::<PlanId, Vec<LinkRecord>>::new();
        for link in records::list::<LinkRecord>(&*self.store, b"").await? {
            all.entry(link.plan).or_default().push(link);
        }
        all.values_mut().for_each(|links| links.sort_by_key(|link| (link.created_ms, link.hash)));
        Ok(all)
    }

    /// The link of a plan that people know by this id.
    ///
    /// # Errors
    /// When it is not there, or cannot be read.
    pub async fn find(&self, plan: PlanId, id: &str) -> Result<LinkRecord, LinkError> {
        self.of_plan(plan).await?.into_iter().find(|link| short(&link.hash) == id).ok_or(LinkError::NotFound)
    }

    /// The codes of a plan's sections, in order.
    ///
    /// # Errors
    /// When the plan cannot be read.
    pub async fn sections(&self, plan: PlanId) -> Result<Vec<(SectionId, String)>, LinkError> {
        if let Some(registry) = &self.registry {
            return Ok(registry.describe(plan).await?.sections);
        }
        let registry = Registry::new(Arc::clone(&self.store));
        let described = registry.describe(plan).await;
        registry.stop().await;
        Ok(described?.sections)
    }

    async fn check_sections(&self, link: &LinkRecord) -> Result<(), LinkError> {
        let Scope::Sections(named) = &link.scope else { return Ok(()) };
        let known = self.sections(link.plan).await?;
        let is_known = |section: &SectionId| known.iter().any(|(known, _)| known == section);
        if named.iter().all(is_known) { Ok(()) } else { Err(LinkError::NoSection) }
    }

    /// Stores what a link has become, and tells the room of its plan.
    async fn replace(&self, after: &LinkRecord, occurrence: Occurrence) -> Result<(), LinkError> {
        if keep::is_last_lost(&self.of_plan(after.plan).await?, after, secret::now_ms()) {
            return Err(LinkError::LastFacilitator);
        }
        audit::note_all(&*self.store, after.plan, vec![occurrence]).await?;
        records::save(&*self.store, after).await?;
        if let Some(registry) = &self.registry {
            registry.refresh(after.plan).await;
        }
        Ok(())
    }
}

/// Makes a link for the whole plan that never ends, as a new plan needs. Its token is told this one time.
///
/// # Errors
/// When it cannot be stored.
pub async fn create(store: &dyn Store, plan: PlanId, role: Role, label: &str) -> Result<Secret, LinkError> {
    let token = Secret::new()?;
    let new = NewLink { label: label.to_owned(), ..NewLink::of(role) };
    let link = new.record(plan, &token);
    audit::note(store, plan, None, Event::LinkMade(LinkTerms::of(&link))).await?;
    records::save(store, &link).await?;
    Ok(token)
}

/// The link as people open it.
#[must_use]
pub fn url(base: &str, plan: PlanId, token: &Secret) -> String {
    format!("{base}/p/{plan}#{}", token.reveal())
}

/// A link's hash as people are shown it: its id, which opens nothing.
#[must_use]
pub fn short(hash: &[u8; 32]) -> String {
    HEXLOWER.encode(&hash[..ID_DIGITS / 2])
}
