//! A replica of a plan: the document, and the peer that keeps it level with the server's log. Sans IO.
//!
//! Its host (the browser's session, or the simulator) gives it edits, frames and news of the device's storage, and carries out the
//! [`Effect`]s that it answers. A change is sent only after the host has said with [`Replica::stored`] that the device holds it.

mod load;
mod rebase;

use std::collections::{BTreeMap, BTreeSet};

use automerge::transaction::CommitOptions;
use automerge::{AutoCommit, Automerge, AutomergeError, Change, ChangeHash, LoadOptions, TextEncoding};

use crate::access::{self, Act, Grant, Refusal, Role};
use crate::id::{Author, ParticipantId};
use crate::limits;
use crate::plan::change::{self, PlanChange};
use crate::plan::edit::{self, Edit, EditError};
use crate::plan::{Field, Item, Plan, read};
use crate::sync::frame::{ClientFrame, Goodbye, Presence, ServerFrame, SessionId};
use crate::sync::peer::{Link, Outgoing, Peer, Position, ProtocolError, Step};
use crate::text::{Splice, patch};
use load::Loaded;

/// A batch of remote changes longer than this is told as [`PlanChange::Everything`].
const TOLD_ONE_BY_ONE_MAX: usize = 100;

/// A change as the device stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChange {
    /// Its hash.
    pub hash: ChangeHash,
    /// Its chunk.
    pub bytes: Vec<u8>,
}

impl From<&Change> for StoredChange {
    fn from(change: &Change) -> Self {
        Self { hash: change.hash(), bytes: change.raw_bytes().to_vec() }
    }
}

/// What the host does.
#[derive(Debug)]
pub enum Effect {
    /// Write all of this to the device in one transaction, then call [`Replica::stored`] with the hashes.
    Store {
        /// Changes of ours and of others.
        changes: Vec<StoredChange>,
        /// A saved document that came instead of single changes.
        snapshot: Option<Vec<u8>>,
        /// How far the server's log is known once all of this is stored; none: leave what is stored.
        position: Option<Position>,
    },
    /// Keep these changes of ours aside, out of the document: the server refused them or what they build on.
    SetAside {
        /// The changes, no longer to be loaded.
        changes: Vec<ChangeHash>,
        /// What of them could not be made anew, in the person's terms.
        refused: Vec<Edit>,
        /// Why.
        refusal: Refusal,
    },
    /// Send a frame.
    Send(ClientFrame),
    /// Show that the plan changed.
    Changed(Vec<PlanChange>),
    /// Another person is here.
    Presence {
        /// Their connection.
        session: SessionId,
        /// They.
        participant: ParticipantId,
        /// Where.
        presence: Presence,
    },
    /// Another person's connection ended.
    Left(SessionId),
    /// Everything that the server has is here, so that it is known what it lacks of what the person wrote in a former name: call
    /// [`Replica::rejoin`] with a fresh tab id.
    Rejoin,
    /// The server refused a change: call [`Replica::rebase`] with a fresh tab id.
    Rebase {
        /// The refused change.
        hash: ChangeHash,
        /// Why.
        refusal: Refusal,
    },
    /// The server said why it ends the connection.
    Goodbye(Goodbye),
    /// Close the connection and make a new one: the server did not keep to the protocol.
    Reconnect(ProtocolError),
}

/// What the screen says about where the person's work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// The connection.
    pub link: Link,
    /// Changes that the server has not acked, those of the next two counts included.
    pub waiting: usize,
    /// Changes that the device has not confirmed, those of the next count included.
    pub unstored: usize,
    /// Whether something is typed and not yet gathered into a change.
    pub typing: bool,
    /// Whether the server lacks changes of somebody else that the person's build on. Nothing can be sent until it has them.
    pub awaits_others: bool,
}

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
    role: Role,
    peer: Peer,
    /// Changes of ours that the device has not confirmed, in the order in which they were made.
    unstored: BTreeMap<u64, Outgoing>,
    next_unstored: u64,
    /// Things edited in the open transaction; see [`edit::touch`].
    touched: BTreeSet<Item>,
    is_typing: bool,
    /// Effects of a commit whose occasion, an edit that did not fit, answered an error. They go with the next ones.
    owed: Vec<Effect>,
    /// The change that the server refused last.
    refused: Option<ChangeHash>,
    /// The change that a rebase made. If that is refused too, nothing is made anew again.
    rebased: Option<ChangeHash>,
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
        role: Role,
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
            role,
            peer: Peer::new(position),
            unstored: BTreeMap::new(),
            next_unstored: 0,
            touched: BTreeSet::new(),
            is_typing: false,
            owed: Vec::new(),
            refused: None,
            rebased: None,
            former: None,
            damaged,
        };
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
    pub const fn grant(&self) -> Grant {
        Grant { participant: self.author.participant, role: self.role }
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

    /// The words of a field as they stand.
    #[must_use]
    pub fn text(&self, field: Field) -> Option<String> {
        read::text(&self.doc, field)
    }

    /// What has happened to the words of a field since `heads`, which must be heads of the past: exact, character by character.
    pub fn splices_since(&mut self, field: Field, heads: &[ChangeHash]) -> Vec<Splice> {
        let now = self.doc.get_heads();
        let Some(text) = read::text_object(&self.doc, field) else {
            return Vec::new();
        };
        self.doc.diff_obj(&text, heads, &now, false).map(|patches| patch::splices(&patches)).unwrap_or_default()
    }

    /// Where the person's work is.
    #[must_use]
    pub fn status(&self) -> Status {
        let typing = usize::from(self.is_typing);
        let unstored = self.unstored.len() + typing;
        Status {
            link: self.peer.link(),
            waiting: self.peer.waiting() + unstored,
            unstored,
            typing: self.is_typing,
            awaits_others: self.peer.awaits_others(),
        }
    }

    /// The saved document. [Commit](Self::commit) first: saving closes the open transaction.
    pub fn save(&mut self) -> Vec<u8> {
        debug_assert!(!self.is_typing, "what is typed must be committed before the document is saved");
        self.doc.save()
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

    /// Whether the person may do this.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, edit: &Edit) -> Result<(), Refusal> {
        let act = match edit {
            Edit::Add { .. } | Edit::AddActivity { .. } | Edit::AddOrganisation { .. } => Act::Make,
            Edit::SetPerson { id, .. } if read::person(&self.doc, *id).is_none() => Act::Make,
            _ => Act::Write,
        };
        let path = edit.path();
        access::check(&self.grant(), &path.split('/').collect::<Vec<_>>(), act)
    }

    /// Does an edit. Typing stays in an open transaction until [`Replica::commit`]; everything else is a change of its own at once.
    ///
    /// # Errors
    /// When the edit does not fit the plan. The plan is then as it was.
    pub fn edit(&mut self, edit: &Edit, now_ms: i64) -> Result<Vec<Effect>, EditError> {
        if let Edit::Text { field, splice } = edit {
            let is_long = splice.delete + splice.insert.len() > limits::GATHERED_UTF16_MAX;
            let mut effects = if is_long { self.commit(now_ms) } else { Vec::new() };
            if let Err(error) = edit::apply(&mut self.doc, edit) {
                self.owed.extend(effects);
                return Err(error);
            }
            self.touched.extend(edit.touches());
            self.is_typing = true;
            effects.push(Effect::Changed(vec![PlanChange::Text { field: *field, splices: vec![splice.clone()] }]));
            if is_long {
                effects.extend(self.commit(now_ms));
            }
            return Ok(effects);
        }
        let mut effects = self.commit(now_ms);
        if let Err(error) = edit::apply(&mut self.doc, edit) {
            self.doc.rollback();
            self.owed.extend(effects);
            return Err(error);
        }
        self.touched.extend(edit.touches());
        effects.extend(self.finish(now_ms, |_| true));
        Ok(effects)
    }

    /// Does a text edit that was made while the plan stood at `heads` (a composition that ended after others had typed), so that it
    /// merges as if it had been made then.
    ///
    /// # Errors
    /// When the edit does not fit the plan as it was then.
    pub fn edit_at(&mut self, heads: &[ChangeHash], edit: &Edit, now_ms: i64) -> Result<Vec<Effect>, EditError> {
        let mut effects = self.commit(now_ms);
        let before = self.doc.get_heads();
        if before == heads {
            self.owed.extend(effects);
            let mut effects = self.edit(edit, now_ms)?;
            effects.extend(self.commit(now_ms));
            return Ok(effects);
        }
        self.doc.isolate(heads);
        let applied =
            edit::apply(&mut self.doc, edit).and_then(|()| edit.touches().map_or(Ok(()), |item| edit::touch(&mut self.doc, item, now_ms)));
        let hash = match applied {
            Ok(()) => self.doc.commit_with(commit_options(now_ms)),
            Err(_) => {
                self.doc.rollback();
                None
            }
        };
        self.doc.integrate();
        if let Err(error) = applied {
            self.owed.extend(effects);
            return Err(error);
        }
        let after = self.doc.get_heads();
        let patches = self.doc.diff(&before, &after);
        self.doc.update_diff_cursor();
        effects.push(Effect::Changed(change::from_patches(&self.doc, &patches)));
        effects.extend(hash.and_then(|hash| self.made(hash)));
        Ok(effects)
    }

    /// Gathers what was typed into a change.
    pub fn commit(&mut self, now_ms: i64) -> Vec<Effect> {
        let mut effects = std::mem::take(&mut self.owed);
        if self.is_typing {
            // The words are on the screen already; what else the change did (an activity came back from the archive) is not.
            effects.extend(self.finish(now_ms, |change| !matches!(change, PlanChange::Text { .. })));
        }
        effects
    }

    /// The device holds these changes now: they may be sent.
    pub fn stored(&mut self, hashes: &[ChangeHash]) -> Vec<Effect> {
        let stored: BTreeSet<ChangeHash> = hashes.iter().copied().collect();
        let (now, later) = std::mem::take(&mut self.unstored).into_iter().partition(|(_, change)| stored.contains(&change.hash));
        self.unstored = later;
        let now: BTreeMap<u64, Outgoing> = now;
        let steps = self.peer.push(now.into_values());
        self.carry_out(steps)
    }

    /// Takes in changes that another tab of this person made and stored.
    pub fn import(&mut self, chunks: Vec<Vec<u8>>, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let changes: Vec<Change> = chunks.into_iter().filter_map(|bytes| Change::from_bytes(bytes).ok()).collect();
        let outgoing: Vec<Outgoing> =
            changes.iter().filter(|change| !self.holds(change.hash()) && self.is_mine(change)).map(Outgoing::from).collect();
        // What another tab made fits, or has come already from the server.
        effects.extend(self.apply(changes).unwrap_or_default());
        let steps = self.peer.push(outgoing);
        effects.extend(self.carry_out(steps));
        effects
    }

    /// A connection is open.
    pub fn connected(&mut self) -> Vec<Effect> {
        vec![Effect::Send(self.peer.connected())]
    }

    /// The connection is gone.
    pub fn disconnected(&mut self) {
        self.peer.disconnected();
    }

    /// Takes in a frame.
    pub fn receive(&mut self, frame: ServerFrame, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let steps = match self.peer.receive(frame) {
            Ok(steps) => steps,
            Err(error) => {
                self.peer.disconnected();
                effects.push(Effect::Reconnect(error));
                return effects;
            }
        };
        if let Some(grant) = self.peer.grant() {
            self.role = grant.role;
        }
        effects.extend(self.carry_out(steps));
        effects
    }

    fn carry_out(&mut self, steps: Vec<Step>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut received: Vec<StoredChange> = Vec::new();
        let mut snapshot = None;
        let mut is_position_news = false;
        for step in steps {
            match step {
                Step::Load(bytes) => {
                    let Some(changed) = self.load_snapshot(&bytes) else { return self.break_off(effects) };
                    effects.push(changed);
                    snapshot = Some(bytes);
                }
                Step::Apply(changes) => {
                    let stored: Vec<StoredChange> = changes.iter().map(StoredChange::from).collect();
                    let Some(changed) = self.apply(changes) else { return self.break_off(effects) };
                    effects.extend(changed);
                    received.extend(stored);
                    is_position_news = true;
                }
                Step::Acked(_) => is_position_news = true,
                Step::CaughtUp { heads } => {
                    is_position_news = true;
                    if self.former.is_some() {
                        self.peer.clear_outbox();
                        effects.push(Effect::Rejoin);
                        continue;
                    }
                    let lacking = self.lacking(&heads);
                    self.peer.clear_outbox();
                    let steps = self.peer.push(lacking);
                    effects.extend(self.carry_out(steps));
                }
                Step::Send(frame) => effects.push(Effect::Send(frame)),
                Step::Denied { hash, refusal } => {
                    self.refused = Some(hash);
                    effects.push(Effect::Rebase { hash, refusal });
                }
                Step::Presence { session, participant, presence } => effects.push(Effect::Presence { session, participant, presence }),
                Step::Left(session) => effects.push(Effect::Left(session)),
                Step::Goodbye(reason) => effects.push(Effect::Goodbye(reason)),
            }
        }
        if snapshot.is_some() || is_position_news {
            effects.insert(0, Effect::Store { changes: received, snapshot, position: self.peer.position() });
        }
        effects
    }

    /// What the server sent cannot be used. Nothing of it is stored, and the next connection starts over.
    fn break_off(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        self.peer.forget_log();
        effects.push(Effect::Reconnect(ProtocolError::BadChange));
        effects
    }

    /// None if it cannot be loaded.
    fn load_snapshot(&mut self, bytes: &[u8]) -> Option<Effect> {
        let was_empty = self.doc.get_heads().is_empty();
        self.doc.reset_diff_cursor();
        let loaded = self.doc.load_incremental(bytes);
        self.doc.update_diff_cursor();
        // Automerge does not always say that it could read nothing. The snapshot holds the entry that it reaches to.
        let reached = self.peer.point().map(|point| point.hash.into());
        if loaded.is_err() || !reached.is_some_and(|hash| self.holds(hash)) {
            return None;
        }
        if was_empty {
            self.peer.snapshot_heads(self.doc.get_heads());
        }
        Some(Effect::Changed(vec![PlanChange::Everything]))
    }

    /// None if they cannot be applied.
    fn apply(&mut self, changes: Vec<Change>) -> Option<Vec<Effect>> {
        let is_long = changes.len() > TOLD_ONE_BY_ONE_MAX || self.doc.get_heads().is_empty();
        if is_long {
            self.doc.reset_diff_cursor();
        }
        let applied = self.doc.apply_changes(changes.clone());
        if is_long {
            self.doc.update_diff_cursor();
            return applied.is_ok().then(|| vec![Effect::Changed(vec![PlanChange::Everything])]);
        }
        let patches = self.doc.diff_incremental();
        applied.ok()?;
        let told = change::from_applied(&self.doc, &patches, &changes);
        Some(if told.is_empty() { Vec::new() } else { vec![Effect::Changed(told)] })
    }

    /// What the server, whose document has these heads, lacks of what this replica may send it, and the device has stored.
    fn lacking(&mut self, heads: &[ChangeHash]) -> Vec<Outgoing> {
        let unstored: BTreeSet<ChangeHash> = self.unstored.values().map(|change| change.hash).collect();
        let known: Vec<ChangeHash> = heads.iter().copied().filter(|hash| self.doc.get_change_meta_by_hash(hash).is_some()).collect();
        let changes = self.doc.get_changes(&known);
        changes.iter().filter(|change| self.may_send(change) && !unstored.contains(&change.hash())).map(Outgoing::from).collect()
    }

    fn may_send(&self, change: &Change) -> bool {
        self.role == Role::Facilitator || self.is_mine(change)
    }

    fn is_mine(&self, change: &Change) -> bool {
        Author::of(change.actor_id()).is_some_and(|author| [Some(self.author.participant), self.former].contains(&Some(author.participant)))
    }

    fn finish(&mut self, now_ms: i64, is_news: impl Fn(&PlanChange) -> bool) -> Vec<Effect> {
        for item in std::mem::take(&mut self.touched) {
            // What is not there cannot have been edited.
            let _ = edit::touch(&mut self.doc, item, now_ms);
        }
        self.is_typing = false;
        let Some(hash) = self.doc.commit_with(commit_options(now_ms)) else {
            return Vec::new();
        };
        let patches = self.doc.diff_incremental();
        // A value that was one of several and is now the only one makes no patch, but it is settled.
        let made = self.doc.get_change_by_hash(&hash);
        let told = change::from_applied(&self.doc, &patches, made.as_slice());
        let news: Vec<PlanChange> = told.into_iter().filter(is_news).collect();
        let mut effects: Vec<Effect> = self.made(hash).into_iter().collect();
        if !news.is_empty() {
            effects.push(Effect::Changed(news));
        }
        effects
    }

    fn made(&mut self, hash: ChangeHash) -> Option<Effect> {
        let change = self.doc.get_change_by_hash(&hash)?;
        self.unstored.insert(self.next_unstored, Outgoing::from(&change));
        self.next_unstored += 1;
        Some(Effect::Store { changes: vec![StoredChange::from(&change)], snapshot: None, position: None })
    }
}

fn commit_options(now_ms: i64) -> CommitOptions {
    CommitOptions::default().with_time(now_ms.div_euclid(1000))
}

#[cfg(test)]
mod tests;
