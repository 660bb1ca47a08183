//! What comes from the server, from the device and from the person's other tabs.

use std::collections::{BTreeMap, BTreeSet};

use automerge::{Change, ChangeHash};

use super::{Effect, Replica, StoredChange};
use crate::id::Author;
use crate::plan::change::{self, PlanChange};
use crate::sync::frame::ServerFrame;
use crate::sync::peer::{Outgoing, ProtocolError, Step};

/// A batch of remote changes longer than this is told as [`PlanChange::Everything`].
const TOLD_ONE_BY_ONE_MAX: usize = 100;

impl Replica {
    /// The device holds these changes now: they may be sent.
    pub fn stored(&mut self, hashes: &[ChangeHash]) -> Vec<Effect> {
        let stored: BTreeSet<ChangeHash> = hashes.iter().copied().collect();
        let (now, later) = std::mem::take(&mut self.unstored).into_iter().partition(|(_, change)| stored.contains(&change.hash));
        self.unstored = later;
        let now: BTreeMap<u64, Outgoing> = now;
        let steps = self.peer.push(now.into_values());
        self.carry_out(steps)
    }

    /// Takes in changes that another tab on this device made and stored.
    pub fn import(&mut self, chunks: Vec<Vec<u8>>, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let changes: Vec<Change> = chunks.into_iter().filter_map(|bytes| Change::from_bytes(bytes).ok()).collect();
        let outgoing: Vec<Outgoing> =
            changes.iter().filter(|change| !self.holds(change.hash()) && self.is_of_this_device(change)).map(Outgoing::from).collect();
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
            self.grant = grant.clone();
            for (participant, known) in &mut self.companions {
                *known = self.peer.companions().iter().find(|grant| grant.participant == *participant).cloned();
            }
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
        self.steps.others_wrote();
        let was_empty = self.doc.get_heads().is_empty();
        self.doc.reset_diff_cursor();
        let loaded = self.doc.load_incremental(bytes);
        self.doc.update_diff_cursor();
        // Automerge does not always say that it could read nothing. The snapshot holds the entry that it reaches to.
        let reached = self.peer.point().map(|point| point.hash.into());
        if loaded.is_err() || !reached.is_some_and(|hash| self.holds(hash)) {
            return None;
        }
        self.look_at_states();
        if was_empty {
            self.peer.snapshot_heads(self.doc.get_heads());
        }
        Some(Effect::Changed(vec![PlanChange::Everything]))
    }

    /// None if they cannot be applied.
    fn apply(&mut self, changes: Vec<Change>) -> Option<Vec<Effect>> {
        self.steps.others_wrote();
        let is_long = changes.len() > TOLD_ONE_BY_ONE_MAX || self.doc.get_heads().is_empty();
        if is_long {
            self.doc.reset_diff_cursor();
        }
        let applied = self.doc.apply_changes(changes.clone());
        self.look_at_states();
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
    pub(super) fn lacking(&mut self, heads: &[ChangeHash]) -> Vec<Outgoing> {
        let unstored: BTreeSet<ChangeHash> = self.unstored.values().map(|change| change.hash).collect();
        let known: Vec<ChangeHash> = heads.iter().copied().filter(|hash| self.doc.get_change_meta_by_hash(hash).is_some()).collect();
        let changes = self.doc.get_changes(&known);
        changes.iter().filter(|change| self.may_send(change) && !unstored.contains(&change.hash())).map(Outgoing::from).collect()
    }

    fn may_send(&self, change: &Change) -> bool {
        self.grant.hands_on || self.is_of_this_device(change)
    }

    /// Whether the person wrote it, now or in a [former](Replica::set_former) name, or one of their
    /// [companions](Replica::set_companions).
    pub(super) fn is_of_this_device(&self, change: &Change) -> bool {
        Author::of(change.actor_id()).is_some_and(|Author { participant, .. }| {
            participant == self.author.participant || self.former == Some(participant) || self.companions.contains_key(&participant)
        })
    }
}
