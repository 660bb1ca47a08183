//! The room's document, and what must hold before a change from outside may touch it.
//!
//! Automerge asserts much of what it expects of a change. All that can be known beforehand is checked beforehand; for the rest a
//! panic is caught, and the document is not used again.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, Change, ChangeHash};
use hamutuk_shared::access::{Admitted, Grant, Inspector, Refusal, States};
use hamutuk_shared::id::Author;
use hamutuk_shared::plan::edit::{self, Edit, EditError};
use hamutuk_shared::plan::migrate::migrate;
use hamutuk_shared::plan::read;
use hamutuk_shared::{limits, replica};

use super::denials::Place;
use super::introduce::SERVER_GRANT;
use super::record;
use crate::audit::Occurrence;
use crate::store::Entry;

/// How far a change's operation numbers may lie beyond those that the document has. A replica that holds changes which the server
/// has not got yet is ahead by their operations; without a bound, one change could use up all the numbers there are.
const OPERATION_GAP_MAX: u64 = 1_000_000;

/// The document in memory cannot be trusted any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken(pub(super) String);

/// Why a change is not taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Rejection {
    /// It depends on changes that the document lacks.
    Missing,
    /// It is not allowed, or wrong.
    Refused(Refusal),
    /// It broke the document.
    Broke(Broken),
}

impl From<Refusal> for Rejection {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

pub(super) struct Document {
    doc: Automerge,
    inspector: Inspector,
    /// The states of the sections, as the document has them.
    states: States,
    /// How many changes each actor has made.
    changes_by: HashMap<ActorId, u64>,
    /// The highest number of an operation.
    operation_max: u64,
    /// About how long the document is when saved; never less.
    bytes: usize,
}

impl Document {
    /// The document of a snapshot and the changes after it, and its heads as of the snapshot.
    pub(super) fn load(snapshot: Option<&[u8]>, changes: impl IntoIterator<Item = Arc<[u8]>>) -> Result<(Self, Vec<ChangeHash>), Broken> {
        caught("loading the plan", || Self::load_unguarded(snapshot, changes))
    }

    fn load_unguarded(snapshot: Option<&[u8]>, changes: impl IntoIterator<Item = Arc<[u8]>>) -> Result<(Self, Vec<ChangeHash>), String> {
        let mut doc = match snapshot {
            Some(bytes) => replica::load_document(bytes).map_err(|error| format!("the snapshot cannot be loaded: {error}"))?,
            None => replica::empty_document(),
        };
        let snapshot_heads = doc.get_heads();
        let mut bytes = snapshot.map_or(0, <[u8]>::len);
        let mut parsed = Vec::new();
        for change in changes {
            bytes += change.len();
            parsed.push(Change::from_bytes(change.to_vec()).map_err(|error| format!("a stored change cannot be read: {error}"))?);
        }
        let newest = parsed.last().map(Change::hash);
        doc.apply_changes(parsed).map_err(|error| format!("a stored change cannot be applied: {error}"))?;
        if newest.is_some_and(|newest| doc.get_change_meta_by_hash(&newest).is_none()) {
            return Err("the log lacks a change that a later one depends on".to_owned());
        }
        let mut changes_by: HashMap<ActorId, u64> = HashMap::new();
        let mut operation_max = 0;
        for change in doc.get_changes_meta(&[]) {
            let count = changes_by.entry(change.actor.into_owned()).or_default();
            *count = change.seq.max(*count);
            operation_max = change.max_op.max(operation_max);
        }
        Ok((Self { inspector: Inspector::of(&doc), states: states(&doc), doc, changes_by, operation_max, bytes }, snapshot_heads))
    }

    pub(super) fn doc(&self) -> &Automerge {
        &self.doc
    }

    pub(super) fn heads(&self) -> Vec<ChangeHash> {
        self.doc.get_heads()
    }

    pub(super) fn holds(&self, hash: &ChangeHash) -> bool {
        self.doc.get_change_meta_by_hash(hash).is_some()
    }

    /// The document's saved form.
    pub(super) fn save(&mut self) -> Result<Arc<[u8]>, Broken> {
        let saved = caught("saving the plan", || Ok(self.doc.save()))?;
        self.bytes = saved.len();
        Ok(saved.into())
    }

    /// Takes in a change that `grant` pushed, or says why not. What of it is to be put on record.
    pub(super) fn take_in(&mut self, change: &Change, grant: &Grant) -> Result<Vec<Occurrence>, Rejection> {
        if !change.deps().iter().all(|dependency| self.holds(dependency)) {
            return Err(Rejection::Missing);
        }
        self.check(change)?;
        let admitted =
            caught("checking a change", || Ok(self.inspector.check(change, grant, &self.states))).map_err(Rejection::Broke)??;
        let before = (!admitted.touched().states.is_empty()).then(|| self.states.clone());
        self.apply(change)?;
        let touched = admitted.touched().clone();
        self.note(change, admitted);
        Ok(record::of(&self.doc, change, &touched, (before.as_ref().unwrap_or(&self.states), &self.states)))
    }

    /// Where a change that was refused would have written, as far as the plan has such a place: the names of others are whatever its
    /// author chose.
    pub(super) fn place_of(&self, change: &Change, grant: &Grant) -> Place {
        let found = caught("checking a change", || Ok(self.inspector.refused_at(change, grant, &self.states)));
        found.ok().flatten().map(|location| record::place(&self.doc, &location)).unwrap_or_default()
    }

    /// Takes in changes that were taken in before. Nobody is asked whether they were allowed.
    pub(super) fn replay(&mut self, changes: impl IntoIterator<Item = Arc<[u8]>>) -> Result<(), Rejection> {
        for bytes in changes {
            let change = caught("reading a change", || Change::from_bytes(bytes.to_vec()).map_err(|error| error.to_string()));
            let change = change.map_err(Rejection::Broke)?;
            self.check(&change)?;
            let doc = &mut self.doc;
            let copy = change.clone();
            caught("applying a change", || doc.apply_changes([copy]).map_err(|error| error.to_string())).map_err(Rejection::Broke)?;
            self.inspector.observe(&change);
            self.remember(&change);
        }
        Ok(())
    }

    /// Writes edits of the server's own as one change. None if they change nothing.
    pub(super) fn write(&mut self, author: Author, edits: &[Edit], time_s: i64) -> Result<Option<Entry>, Rejection> {
        let doc = &mut self.doc;
        let change = caught("writing", || Ok(write_into(doc, author, edits, time_s))).map_err(Rejection::Broke)?;
        let Some(mut change) = change.map_err(|_| Refusal::Malformed)? else { return Ok(None) };
        let entry = Entry { hash: change.hash(), bytes: change.bytes().as_ref().into() };
        let admitted =
            caught("checking a change", || Ok(self.inspector.check(&change, &SERVER_GRANT, &self.states))).map_err(Rejection::Broke)??;
        self.note(&change, admitted);
        Ok(Some(entry))
    }

    /// Brings a document of an older schema to this one's, as one change. None if it is of this one.
    pub(super) fn migrate(&mut self, author: Author) -> Result<Option<Entry>, Broken> {
        let doc = &mut self.doc;
        let mut change = caught("bringing the plan to this version", || {
            doc.set_actor(author.actor());
            let mut tx = doc.transaction();
            let is_new = migrate(&mut tx).map_err(|error| error.to_string())?;
            if !is_new {
                tx.rollback();
                return Ok(None);
            }
            tx.commit();
            Ok(doc.get_last_local_change())
        })?;
        let Some(change) = &mut change else { return Ok(None) };
        let entry = Entry { hash: change.hash(), bytes: change.bytes().as_ref().into() };
        // Nobody may write the schema's version; so this one is not asked for.
        self.inspector.observe(change);
        self.remember(change);
        Ok(Some(entry))
    }

    /// What Automerge asserts, and what keeps the document within bounds.
    fn check(&self, change: &Change) -> Result<(), Refusal> {
        let expected = self.changes_by.get(change.actor_id()).map_or(1, |count| count + 1);
        let actors_known = change.other_actor_ids().iter().all(|actor| self.changes_by.contains_key(actor));
        if change.seq() != expected || !actors_known || change.author().is_some() {
            return Err(Refusal::Malformed);
        }
        if change.max_op() > self.operation_max + OPERATION_GAP_MAX {
            return Err(Refusal::Malformed);
        }
        if self.bytes + change.raw_bytes().len() > limits::DOCUMENT_BYTES_MAX {
            return Err(Refusal::TooLarge);
        }
        Ok(())
    }

    fn apply(&mut self, change: &Change) -> Result<(), Rejection> {
        let doc = &mut self.doc;
        let copy = change.clone();
        caught("applying a change", || doc.apply_changes([copy]).map_err(|error| error.to_string())).map_err(Rejection::Broke)?;
        if !self.holds(&change.hash()) {
            return Err(Rejection::Broke(Broken("a change was applied and is not there".to_owned())));
        }
        Ok(())
    }

    /// Remembers what a change that is in the document brought.
    fn note(&mut self, change: &Change, admitted: Admitted) {
        self.inspector.admit(admitted);
        self.remember(change);
    }

    fn remember(&mut self, change: &Change) {
        self.states = states(&self.doc);
        self.changes_by.insert(change.actor_id().clone(), change.seq());
        self.operation_max = self.operation_max.max(change.max_op());
        self.bytes += change.raw_bytes().len();
    }
}

fn states(doc: &Automerge) -> States {
    read::section_states(doc).into_iter().collect()
}

/// One change of edits, or none if they change nothing. After an error the document is as it was.
fn write_into(doc: &mut Automerge, author: Author, edits: &[Edit], time_s: i64) -> Result<Option<Change>, EditError> {
    doc.set_actor(author.actor());
    let mut tx = doc.transaction();
    if let Err(error) = edits.iter().try_for_each(|edit| edit::apply(&mut tx, edit)) {
        tx.rollback();
        return Err(error);
    }
    let (hash, _) = tx.commit_with(CommitOptions::default().with_time(time_s));
    Ok(hash.and_then(|_| doc.get_last_local_change()))
}

/// Runs what may panic in Automerge.
pub(super) fn caught<T>(doing: &str, run: impl FnOnce() -> Result<T, String>) -> Result<T, Broken> {
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(what)) => Err(Broken(format!("{doing} failed: {what}"))),
        Err(panic) => {
            let text = panic.downcast_ref::<&str>().copied().or_else(|| panic.downcast_ref::<String>().map(String::as_str));
            Err(Broken(format!("{doing} panicked: {}", text.unwrap_or("no message"))))
        }
    }
}
