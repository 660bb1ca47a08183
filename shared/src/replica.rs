//! A replica of a plan: the document, and the peer that keeps it level with the server's log. Sans IO.
//!
//! Its host (the browser's session, or the simulator) gives it edits, frames and news of the device's storage, and carries out the
//! [`Effect`]s that it answers. A change is sent only after the host has said with [`Replica::stored`] that the device holds it.

mod dispute;
mod edit;
mod effect;
mod load;
mod rebase;
mod receive;
mod status;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::CommitOptions;
use automerge::{AutoCommit, Automerge, AutomergeError, ChangeHash, LoadOptions, TextEncoding};

use crate::access::{Grant, States};
use crate::id::{Author, ParticipantId};
use crate::plan::dispute::OFFLINE;
use crate::plan::edit::Value;
use crate::plan::{Field, Item, Plan, Register, Room, read};
use crate::sync::peer::{Outgoing, Peer, Position};
use crate::text::{Splice, patch};
use crate::undo::Steps;
pub use effect::{Effect, RefusedEdit, StoredChange};
use load::Loaded;
pub use status::Status;
pub use undo::GroupError;

/// The document on the device cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It cannot be read.
    #[error("what is stored on this device cannot be read")]
    Damaged(#[from] AutomergeError),
    /// A newer version of Hamutuk wrote it.
    #[error("a newer version of Hamutuk wrote this plan")]
    Newer,
}

/// A replica.
#[derive(Debug)]
pub struct Replica {
    doc: AutoCommit,
    author: Author,
    /// What the person may do, as far as this replica knows.
    grant: Grant,
    /// Who else writes on this device, and what they may do as far as this replica knows; none: nothing.
    companions: BTreeMap<ParticipantId, Option<Grant>>,
    /// The states of the sections, as the document has them.
    states: States,
    peer: Peer,
    /// Changes of ours that the device has not confirmed, in the order in which they were made.
    unstored: BTreeMap<u64, Outgoing>,
    next_unstored: u64,
    /// The last change that this replica made.
    made_last: Option<ChangeHash>,
    /// Things edited in the open transaction; see [`crate::plan::edit::touch`].
    touched: BTreeSet<Item>,
    is_typing: bool,
    /// What the person did in this tab, to be undone.
    steps: Steps,
    /// Effects of a commit whose occasion, an edit that did not fit, answered an error. They go with the next ones.
    owed: Vec<Effect>,
    /// The change that the server refused last.
    refused: Option<ChangeHash>,
    /// The changes that a rebase made. If one of them is refused too, nothing is made anew again.
    rebased: Vec<ChangeHash>,
    /// As whom the person wrote what they have not sent, before they joined anew.
    former: Option<ParticipantId>,
    damaged: usize,
}

/// An empty document as every replica and the server must make it: text counted in UTF-16 code units.
#[must_use]
pub fn empty_document() -> Automerge {
    Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit)
}

/// A saved document, loaded as every replica and the server must load it.
///
/// # Errors
/// When the bytes are not a saved document.
pub fn load_document(bytes: &[u8]) -> Result<Automerge, AutomergeError> {
    Automerge::load_with_options(bytes, LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit))
}

impl Replica {
    /// A replica of what the device holds: saved documents and single changes in any order, and how far they reach in the log.
    ///
    /// # Errors
    /// When what is stored cannot be read, or is newer than this program.
    pub fn load<'a>(
        author: Author,
        grant: Grant,
        chunks: impl IntoIterator<Item = &'a [u8]>,
        position: Option<Position>,
    ) -> Result<Self, LoadError> {
        let chunks: Vec<&[u8]> = chunks.into_iter().collect();
        let Loaded { mut doc, damaged } = load::chunks(&chunks, position.as_ref())?;
        // Where a part is missing, the position claims too much: the log comes anew.
        let position = position.filter(|_| damaged == 0);
        doc.set_actor(author.actor());
        doc.update_diff_cursor();
        if read::schema_version(&doc).is_some_and(|version| version > crate::version::SCHEMA) {
            return Err(LoadError::Newer);
        }
        let mut replica = Self {
            doc,
            author,
            grant,
            companions: BTreeMap::new(),
            states: States::default(),
            peer: Peer::new(position),
            unstored: BTreeMap::new(),
            next_unstored: 0,
            made_last: None,
            touched: BTreeSet::new(),
            is_typing: false,
            steps: Steps::default(),
            owed: Vec::new(),
            refused: None,
            rebased: Vec::new(),
            former: None,
            damaged,
        };
        replica.look_at_states();
        let lacking = replica.lacking(&replica.peer.server_heads());
        replica.peer.push(lacking);
        Ok(replica)
    }

    /// The person joined anew, and wrote as this participant before. What the server still lacks of that is made anew in their new
    /// name: see [`Effect::Rejoin`].
    pub fn set_former(&mut self, participant: ParticipantId) {
        self.former = Some(participant);
        let lacking = self.lacking(&self.peer.server_heads());
        self.peer.push(lacking);
    }

    /// Others write on this device too, one after the other, and may do this as far as the device knows. What the server lacks of theirs
    /// is sent as they wrote it, under their names.
    pub fn set_companions(&mut self, companions: impl IntoIterator<Item = Grant>) {
        self.companions = companions.into_iter().map(|grant| (grant.participant, Some(grant))).collect();
        let lacking = self.lacking(&self.peer.server_heads());
        self.peer.push(lacking);
    }

    /// How many of the chunks on the device could not be read. What the server has of them comes again.
    #[must_use]
    pub const fn damaged(&self) -> usize {
        self.damaged
    }

    /// Who writes.
    #[must_use]
    pub const fn author(&self) -> Author {
        self.author
    }

    /// What this replica may do, as far as it knows.
    #[must_use]
    pub const fn grant(&self) -> &Grant {
        &self.grant
    }

    /// The states of the sections.
    #[must_use]
    pub const fn states(&self) -> &States {
        &self.states
    }

    fn look_at_states(&mut self) {
        self.states = read::section_states(&self.doc).into_iter().collect();
    }

    /// Whether the plan is here at all: nothing can be shown before the first catch-up.
    #[must_use]
    pub fn has_plan(&self) -> bool {
        read::schema_version(&self.doc).is_some()
    }

    /// The plan as it stands.
    #[must_use]
    pub fn plan(&self) -> Plan {
        read::plan(&self.doc)
    }

    /// What a room full of people has beside the content.
    #[must_use]
    pub fn room(&self) -> Room {
        read::room(&self.doc)
    }

    /// The words of a field as they stand.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<String> {
        read::text(&self.doc, field)
    }

    /// Whether a thing is in the plan, archived or not.
    #[must_use]
    pub fn has(&self, item: Item) -> bool {
        read::item_object(&self.doc, item).is_some()
    }

    /// What stands in a field that is neither a text nor a set, with its rivals.
    #[must_use]
    pub fn value(&self, field: Field) -> Register<Value> {
        read::register(&self.doc, field)
    }

    /// The members of a field that is a set.
    #[must_use]
    pub fn members(&self, field: Field) -> BTreeSet<String> {
        read::members(&self.doc, field)
    }

    /// What has happened to the words of a field since `heads`, which must be heads of the past: exact, character by character.
    pub fn splices_since(&mut self, field: Field, heads: &[ChangeHash]) -> Vec<Splice> {
        let now = self.doc.get_heads();
        self.splices_between(field, heads, &now)
    }

    fn splices_between(&mut self, field: Field, from: &[ChangeHash], to: &[ChangeHash]) -> Vec<Splice> {
        let Some(text) = read::text_object(&self.doc, field) else {
            return Vec::new();
        };
        self.doc.diff_obj(&text, from, to, false).map(|patches| patch::splices(&patches)).unwrap_or_default()
    }

    /// The saved document. [Commit](Self::commit) first: saving closes the open transaction.
    pub fn save(&mut self) -> Vec<u8> {
        debug_assert!(!self.is_typing, "what is typed must be committed before the document is saved");
        self.doc.save()
    }

    /// What the plan says now, without its past; see [`crate::plan::flat`]. None when Automerge refuses. [Commit](Self::commit) first.
    #[must_use]
    pub fn flat(&mut self) -> Option<Vec<u8>> {
        let heads = self.heads();
        crate::plan::flat::flat(&self.doc, &heads).ok()
    }

    /// If this is a flat plan: the [state](Self::state) of the replica that it says exactly the same as, if it does.
    #[must_use]
    pub fn same_as(&self) -> Option<String> {
        crate::plan::flat::same_as(&self.doc)
    }

    /// If this is a flat plan: the [state](Self::state) of the replica that it was made from.
    #[must_use]
    pub fn made_from(&self) -> Option<String> {
        crate::plan::flat::made_from(&self.doc)
    }

    /// The state of the document, as text. [Commit](Self::commit) first.
    pub fn state(&mut self) -> String {
        crate::plan::flat::state(&self.heads())
    }

    /// The heads of the document. [Commit](Self::commit) first: reading them closes the open transaction.
    pub fn heads(&mut self) -> Vec<ChangeHash> {
        debug_assert!(!self.is_typing, "what is typed must be committed before the heads are read");
        self.doc.get_heads()
    }

    /// Whether the document holds this change.
    pub fn holds(&mut self, hash: ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(&hash).is_some()
    }
}

fn commit_options(now_ms: i64, is_offline: bool) -> CommitOptions {
    let options = CommitOptions::default().with_time(now_ms.div_euclid(1000));
    if is_offline { options.with_message(OFFLINE) } else { options }
}

#[cfg(test)]
mod tests;
