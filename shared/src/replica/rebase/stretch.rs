//! What is made anew after a refusal, by whom: several people may have written on one device, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{AutoCommit, AutomergeError, Change, ChangeHash, ReadDoc};

use crate::id::{Author, ParticipantId};
use crate::plan::dispute::OFFLINE;
use crate::plan::{Edit, Field, difference, read};
use crate::replica::Replica;
use crate::text::Splice;

/// What one person wrote before somebody else did, of what the server has not got.
pub(super) struct Stretch {
    pub(super) writer: ParticipantId,
    /// Something of it was made offline. It stays that, although it is made anew on a live connection.
    pub(super) is_offline: bool,
    pub(super) edits: Vec<Edit>,
    /// Of each text that was there before: what was typed into it.
    pub(super) typed: BTreeMap<Field, Typed>,
}

/// What was typed into a text, key by key. The difference of two texts is one splice from the first letter that differs to the last,
/// and would write anew what others wrote in between.
pub(super) struct Typed {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) splices: Vec<Splice>,
}

impl Replica {
    /// What leads from the server's document, with these heads, to this one, divided by who wrote it. `changes` is all that the server
    /// lacks, each after those that it builds on.
    pub(super) fn stretches(
        &mut self,
        server: &AutoCommit,
        changes: &[Change],
        heads: &[ChangeHash],
    ) -> Result<Vec<Stretch>, AutomergeError> {
        let mut stretches = Vec::new();
        let (mut before, mut before_heads) = (None::<AutoCommit>, heads.to_vec());
        let runs: Vec<&[Change]> = changes.chunk_by(|a, b| self.writer(a) == self.writer(b)).collect();
        for (index, run) in runs.iter().enumerate() {
            let heads = heads_after(&before_heads, run);
            let after = if index + 1 == runs.len() { None } else { Some(self.doc.fork_at(&heads)?) };
            let (from, to) = (before.as_ref().unwrap_or(server), after.as_ref().unwrap_or(&self.doc));
            let edits = difference::edits(from, to);
            let texts = texts(&edits, from, to);
            let typed = texts.into_iter().map(|(field, [before, after])| {
                let splices = self.splices_between(field, &before_heads, &heads);
                (field, Typed { before, after, splices })
            });
            let typed = typed.collect();
            let is_offline = run.iter().any(|change| self.is_of_this_device(change) && change.message() == Some(OFFLINE));
            let writer = run.first().map_or(self.author.participant, |change| self.writer(change));
            stretches.push(Stretch { writer, is_offline, edits, typed });
            (before, before_heads) = (after, heads);
        }
        Ok(stretches)
    }

    /// In whose name a change is made anew: a companion's, or the person's own.
    fn writer(&self, change: &Change) -> ParticipantId {
        let author = Author::of(change.actor_id()).map(|author| author.participant);
        author.filter(|participant| self.companions.contains_key(participant)).unwrap_or(self.author.participant)
    }
}

/// The heads of a document with these heads once the changes, each after those that it builds on, are in it.
fn heads_after(heads: &[ChangeHash], changes: &[Change]) -> Vec<ChangeHash> {
    let mut heads: BTreeSet<ChangeHash> = heads.iter().copied().collect();
    for change in changes {
        for dependency in change.deps() {
            heads.remove(dependency);
        }
        heads.insert(change.hash());
    }
    heads.into_iter().collect()
}

/// The words before and after of each text that is edited and was there before.
fn texts(edits: &[Edit], from: &impl ReadDoc, to: &impl ReadDoc) -> Vec<(Field, [String; 2])> {
    let of = |edit: &Edit| match edit {
        Edit::Text { field, .. } => Some((*field, [read::text(from, *field)?, read::text(to, *field)?])),
        _ => None,
    };
    edits.iter().filter_map(of).collect()
}
