//! Who came by which link.

use std::collections::{BTreeSet, HashMap};

use hamutuk_shared::id::{ParticipantId, PlanId};

use super::{LinkError, Links, Place};
use crate::records::{self, LinkRecord, ParticipantRecord};
use crate::store::StoreError;

/// The people of a plan by the link that they have now: those who came by one and later opened another count for that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People(HashMap<[u8; 32], Vec<ParticipantRecord>>);

impl People {
    /// Those of a link, in the order in which they came by it.
    #[must_use]
    pub fn of(&self, link: &LinkRecord) -> &[ParticipantRecord] {
        self.0.get(&link.hash).map_or(&[], Vec::as_slice)
    }
}

impl Links {
    /// Who came by which link of a plan.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn people(&self, plan: PlanId) -> Result<People, StoreError> {
        let mut people = People::default();
        for person in records::list::<ParticipantRecord>(&*self.store, plan.as_bytes()).await? {
            people.0.entry(person.link).or_default().push(person);
        }
        people.0.values_mut().for_each(|people| people.sort_by_key(|person| (person.came_ms(), person.id)));
        Ok(people)
    }

    /// A place for somebody who is about to come by a link; none if it has no limit. Keep it until they are stored. Who has come by the
    /// link before does not need one.
    ///
    /// # Errors
    /// [`LinkError::Full`], or when it cannot be told.
    pub async fn place(&self, link: &LinkRecord, participant: ParticipantId) -> Result<Option<Place>, LinkError> {
        let Some(people_max) = link.people_max else { return Ok(None) };
        let (place, mut people) = self.places.take(link.hash, participant);
        people.extend(self.ids_of(link).await?);
        people.remove(&participant);
        if people.len() >= people_max as usize { Err(LinkError::Full) } else { Ok(Some(place)) }
    }

    /// Whether nobody more may come by a link.
    ///
    /// # Errors
    /// When it cannot be told.
    pub async fn is_full(&self, link: &LinkRecord) -> Result<bool, StoreError> {
        let Some(people_max) = link.people_max else { return Ok(false) };
        Ok(self.ids_of(link).await?.len() >= people_max as usize)
    }

    async fn ids_of(&self, link: &LinkRecord) -> Result<BTreeSet<ParticipantId>, StoreError> {
        let people: Vec<ParticipantRecord> = records::list(&*self.store, link.plan.as_bytes()).await?;
        Ok(people.into_iter().filter(|person| person.link == link.hash).map(|person| person.id).collect())
    }
}
