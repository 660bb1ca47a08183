//! Who is just coming in by a link that is for so many people: the last place is given once.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hamutuk_shared::id::ParticipantId;

/// Those who have been let in and are not stored yet, by link, in the order in which they came.
#[derive(Default)]
pub(super) struct Places(Mutex<HashMap<[u8; 32], Vec<ParticipantId>>>);

/// A place for somebody, until they are stored and so counted, or do not come after all.
#[must_use = "the place is free again when it is dropped"]
pub struct Place {
    places: Arc<Places>,
    link: [u8; 32],
    participant: ParticipantId,
}

impl Places {
    /// A place, if one is free; and who took one before. Whoever comes later sees this one taken, so of two who want the last place it is
    /// the first who gets it. Ask the store who is stored only after this: somebody else may be stored, and give up their place, meanwhile.
    pub(super) fn take(self: &Arc<Self>, link: [u8; 32], participant: ParticipantId) -> (Place, BTreeSet<ParticipantId>) {
        let mut places = self.lock();
        let taken = places.entry(link).or_default();
        let before = taken.iter().copied().collect();
        taken.push(participant);
        (Place { places: Arc::clone(self), link, participant }, before)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Vec<ParticipantId>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.places.lock();
        let Some(taken) = places.get_mut(&self.link) else { return };
        // Somebody may be coming in from two tabs at once, and each has a place.
        if let Some(at) = taken.iter().rposition(|one| *one == self.participant) {
            taken.remove(at);
        }
        if taken.is_empty() {
            places.remove(&self.link);
        }
    }
}
