//! What the browser keeps in IndexedDB, in memory.

use automerge::ChangeHash;
use hamutuk_shared::id::Seq;
use hamutuk_shared::replica::StoredChange;
use hamutuk_shared::sync::peer::Position;

/// A device. Every write is there at once.
#[derive(Debug, Default)]
pub struct Device {
    snapshots: Vec<Vec<u8>>,
    changes: Vec<StoredChange>,
    aside: Vec<StoredChange>,
    position: Option<Position>,
}

impl Device {
    pub(super) fn write(&mut self, changes: Vec<StoredChange>, snapshot: Option<Vec<u8>>, position: Option<Position>) -> Vec<ChangeHash> {
        let hashes = changes.iter().map(|change| change.hash).collect();
        self.changes.extend(changes);
        self.snapshots.extend(snapshot);
        self.position = position.or(self.position.take());
        hashes
    }

    pub(super) fn set_aside(&mut self, hashes: &[ChangeHash]) {
        let (aside, kept) = std::mem::take(&mut self.changes).into_iter().partition(|change| hashes.contains(&change.hash));
        self.changes = kept;
        self.aside.extend::<Vec<_>>(aside);
    }

    pub(super) fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.snapshots.iter().map(Vec::as_slice).chain(self.changes.iter().map(|change| change.bytes.as_slice()))
    }

    pub(super) fn position(&self) -> Option<Position> {
        self.position.clone()
    }

    /// The last entry of the log that it knows it holds.
    #[must_use]
    pub fn known_seq(&self) -> Seq {
        self.position.as_ref().map_or(Seq::START, |position| position.point.seq)
    }

    /// How many changes were refused and are kept all the same.
    #[must_use]
    pub fn aside(&self) -> usize {
        self.aside.len()
    }
}
