//! Writes changes as a client would make them, by many authors, into one document: one edit or a few, and the mark that the thing
//! was touched.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use automerge::transaction::CommitOptions;
use automerge::{Automerge, Change};
use hamutuk_shared::id::{Author, ParticipantId, TabId};
use hamutuk_shared::plan::{Edit, Plan, edit, read};
use hamutuk_shared::replica;
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// So many changes are made before the next author has the word, in a tab of their own.
const CHANGES_PER_SITTING: usize = 500;

/// Between two changes, by the clock of the plan's makers.
const CHANGE_EVERY_MS: i64 = 1_000;

/// The document, and who writes in it now.
pub(super) struct Pen {
    doc: Automerge,
    people: Vec<ParticipantId>,
    written: usize,
    now_ms: i64,
}

impl Pen {
    /// Writes on top of what a server sent, as these people in turn.
    pub(super) fn new(chunks: &[u8], people: Vec<ParticipantId>) -> Result<Self> {
        let mut doc = replica::empty_document();
        doc.load_incremental(chunks)?;
        Ok(Self { doc, people, written: 0, now_ms: 1_750_000_000_000 })
    }

    pub(super) fn plan(&self) -> Plan {
        read::plan(&self.doc)
    }

    /// How many changes were written.
    pub(super) const fn written(&self) -> usize {
        self.written
    }

    /// The whole document, saved.
    pub(super) fn save(&mut self) -> Vec<u8> {
        self.doc.save()
    }

    /// Writes edits as one change.
    pub(super) fn write(&mut self, random: &mut ChaCha8Rng, edits: &[Edit]) -> Result<Change> {
        if self.written.is_multiple_of(CHANGES_PER_SITTING) {
            let participant = self.people[self.written / CHANGES_PER_SITTING % self.people.len()];
            self.doc.set_actor(Author { participant, tab: TabId::from_bytes(random.random()) }.actor());
        }
        self.written += 1;
        self.now_ms += CHANGE_EVERY_MS;
        let mut tx = self.doc.transaction();
        for one in edits {
            edit::apply(&mut tx, one).with_context(|| format!("{one:?}"))?;
        }
        let touched: BTreeSet<_> = edits.iter().filter_map(Edit::touches).collect();
        for item in touched {
            edit::touch(&mut tx, item, self.now_ms)?;
        }
        tx.commit_with(CommitOptions::default().with_time(self.now_ms / 1_000)).0.context("the change changes nothing")?;
        self.doc.get_last_local_change().context("a change was made")
    }
}
