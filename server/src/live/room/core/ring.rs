//! The newest entries of the log, in memory, so that whoever is nearly up to date costs no read.

use std::collections::VecDeque;

use automerge::ChangeHash;
use hamutuk_shared::id::Seq;
use hamutuk_shared::sync::frame::SessionId;

use crate::store::Entry;

/// How many bytes of entries are kept.
const RING_BYTES_MAX: usize = 4 * 1024 * 1024;

/// An entry and the sessions that pushed it, which get an ack in its place.
#[derive(Debug, Clone)]
pub(super) struct Recent {
    pub(super) entry: Entry,
    pub(super) origins: Vec<SessionId>,
}

/// Entries without a gap, up to the log's head.
#[derive(Debug)]
pub(super) struct Ring {
    /// The entry before the first that is held.
    before: Seq,
    bytes: usize,
    entries: VecDeque<Recent>,
    entries_max: usize,
}

impl Ring {
    /// An empty ring at the head of the log, to hold so many entries.
    pub(super) fn at(head: Seq, entries_max: usize) -> Self {
        Self { before: head, bytes: 0, entries: VecDeque::new(), entries_max }
    }

    /// The last entry of the log.
    pub(super) fn head(&self) -> Seq {
        self.before.plus(self.entries.len() as u64)
    }

    pub(super) fn push(&mut self, recent: Recent) {
        self.bytes += recent.entry.bytes.len();
        self.entries.push_back(recent);
    }

    /// Forgets what is too old. Called once what was pushed is sent.
    pub(super) fn trim(&mut self) {
        while self.entries.len() > self.entries_max || self.bytes > RING_BYTES_MAX {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.entry.bytes.len();
            self.before = self.before.plus(1);
        }
    }

    /// Whether every entry after `position` is held.
    pub(super) fn covers(&self, position: Seq) -> bool {
        position >= self.before && position <= self.head()
    }

    /// The entries after `position`, which the ring covers.
    pub(super) fn after(&self, position: Seq) -> impl Iterator<Item = (Seq, &Recent)> {
        let skip = usize::try_from(position.since(self.before)).unwrap_or(usize::MAX);
        let before = self.before;
        self.entries.iter().enumerate().skip(skip).map(move |(index, recent)| (before.plus(index as u64 + 1), recent))
    }

    /// The hash of an entry, if it is held.
    pub(super) fn hash_at(&self, seq: Seq) -> Option<ChangeHash> {
        let index = seq.0.checked_sub(self.before.0)?.checked_sub(1)?;
        Some(self.entries.get(usize::try_from(index).ok()?)?.entry.hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ring_forgets_the_oldest_and_keeps_count() {
        let mut ring = Ring::at(Seq(5), 1_000);
        assert!(ring.covers(Seq(5)) && !ring.covers(Seq(4)) && !ring.covers(Seq(6)));
        for number in 0..1_200_u32 {
            let mut hash = [0; 32];
            hash[..4].copy_from_slice(&number.to_le_bytes());
            ring.push(Recent { entry: Entry { hash: ChangeHash(hash), bytes: vec![0; 8].into() }, origins: vec![] });
            ring.trim();
        }
        assert_eq!(ring.head(), Seq(1_205));
        assert!(ring.covers(Seq(205)) && !ring.covers(Seq(204)));
        let numbers: Vec<Seq> = ring.after(Seq(1_202)).map(|(seq, _)| seq).collect();
        assert_eq!(numbers, [Seq(1_203), Seq(1_204), Seq(1_205)]);
        assert_eq!(ring.hash_at(Seq(1_205)).map(|hash| hash.0[..2].to_vec()), Some(1_199_u16.to_le_bytes().to_vec()));
        assert_eq!((ring.hash_at(Seq(205)), ring.hash_at(Seq(1_206))), (None, None));
    }
}
