//! What the person does, and how it becomes changes.

use std::collections::BTreeSet;

use automerge::{AutoCommit, ChangeHash};

use super::{Effect, Replica, StoredChange, commit_options};
use crate::access::{self, Act, Refusal, Target};
use crate::limits;
use crate::plan::change::{self, PlanChange};
use crate::plan::edit::{self, Edit, EditError};
use crate::plan::{Field, Item, Name, read};
use crate::sync::peer::Outgoing;
use crate::undo::Recording;

impl Replica {
    /// Whether the person may do this.
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, edit: &Edit) -> Result<(), Refusal> {
        let act = match edit {
            Edit::Add { .. } | Edit::AddActivity { .. } | Edit::AddOrganisation { .. } | Edit::NameVersion { .. } => Act::Make,
            Edit::SetPerson { id, .. } if read::person(&self.doc, *id).is_none() => Act::Make,
            _ => Act::Write,
        };
        self.may_at(&edit.path(), act, edit.item())
    }

    fn may_at(&self, path: &str, act: Act, item: Item) -> Result<(), Refusal> {
        // What is not there yet is the person's own once it is.
        let maker = read::item_object(&self.doc, item).map_or(self.author.participant, |obj| read::maker(&obj));
        access::check(&self.grant, &self.states, &Target { path: &path.split('/').collect::<Vec<_>>(), act, maker })
    }

    /// Does an edit. Typing stays in an open transaction until [`Replica::commit`]; everything else is a change of its own at once.
    ///
    /// # Errors
    /// When the edit does not fit the plan. The plan is then as it was.
    pub fn edit(&mut self, edit: &Edit, now_ms: i64) -> Result<Vec<Effect>, EditError> {
        if let Edit::Text { field, splice } = edit {
            let is_long = splice.delete + splice.insert.len() > limits::GATHERED_UTF16_MAX;
            let mut effects = if is_long { self.commit(now_ms) } else { Vec::new() };
            let recording = Recording::before(&self.doc, edit);
            if let Err(error) = edit::apply(&mut self.doc, edit) {
                self.owed.extend(effects);
                return Err(error);
            }
            self.steps.typed(splice.at, recording.after(&self.doc), now_ms);
            self.touched.extend(edit.touches());
            self.is_typing = true;
            effects.push(Effect::Changed(vec![PlanChange::Text { field: *field, splices: vec![splice.clone()] }]));
            if is_long {
                effects.extend(self.commit(now_ms));
            }
            return Ok(effects);
        }
        let mut effects = self.commit(now_ms);
        let recording = Recording::before(&self.doc, edit);
        if let Err(error) = edit::apply(&mut self.doc, edit) {
            self.doc.rollback();
            self.owed.extend(effects);
            return Err(error);
        }
        self.steps.did(vec![recording.after(&self.doc)]);
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
        self.edit_all_at(heads, std::slice::from_ref(edit), now_ms)
    }

    /// Does edits that were made while the plan stood at `heads`, all in one change where something has been written since, so that they
    /// merge as if they had been made then. Each is a step of undo.
    ///
    /// # Errors
    /// When one does not fit the plan as it was then. Where something has been written since, nothing is done; else what comes before it is.
    pub fn edit_all_at(&mut self, heads: &[ChangeHash], edits: &[Edit], now_ms: i64) -> Result<Vec<Effect>, EditError> {
        let mut effects = self.commit(now_ms);
        let before = self.doc.get_heads();
        let heads = self.and_own(heads);
        if before == heads {
            self.owed.extend(effects);
            let mut effects = Vec::new();
            for edit in edits {
                match self.edit(edit, now_ms) {
                    Ok(done) => effects.extend(done),
                    Err(error) => {
                        self.owed.extend(effects);
                        return Err(error);
                    }
                }
                effects.extend(self.commit(now_ms));
            }
            return Ok(effects);
        }
        let is_offline = self.is_offline();
        self.doc.isolate(&heads);
        let mut recorded = Vec::new();
        let applied = edits.iter().try_for_each(|edit| {
            let recording = Recording::before(&self.doc, edit);
            edit::apply(&mut self.doc, edit)?;
            recorded.push(recording.after(&self.doc));
            Ok(())
        });
        let applied = applied.and_then(|()| {
            recorded.into_iter().for_each(|one| self.steps.did(vec![one]));
            let touched: BTreeSet<Item> = edits.iter().filter_map(Edit::touches).collect();
            touched.into_iter().try_for_each(|item| self.touch(item, now_ms))
        });
        let hash = match applied {
            Ok(()) => self.doc.commit_with(commit_options(now_ms, is_offline)),
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
        let made = hash.and_then(|hash| self.doc.get_change_by_hash(&hash));
        effects.push(Effect::Changed(change::from_applied(&self.doc, &patches, made.as_slice())));
        self.look_at_states();
        effects.extend(hash.and_then(|hash| self.made(hash)));
        Ok(effects)
    }

    /// These heads, and the last change of this replica's own where they do not cover it: beside that, Automerge would write as another actor.
    fn and_own(&mut self, heads: &[ChangeHash]) -> Vec<ChangeHash> {
        let lacks = |doc: &mut AutoCommit, heads: &[ChangeHash], hash| doc.get_changes_meta(heads).iter().any(|change| change.hash == hash);
        let Some(own) = self.made_last.filter(|own| !heads.contains(own) && lacks(&mut self.doc, heads, *own)) else {
            return heads.to_vec();
        };
        let beside = heads.iter().copied().filter(|hash| lacks(&mut self.doc, &[own], *hash));
        beside.chain([own]).collect()
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

    pub(super) fn finish(&mut self, now_ms: i64, is_news: impl Fn(&PlanChange) -> bool) -> Vec<Effect> {
        self.finish_as(self.is_offline(), now_ms, is_news)
    }

    /// Makes a change of what is written, marked as made offline or not.
    pub(super) fn finish_as(&mut self, is_offline: bool, now_ms: i64, is_news: impl Fn(&PlanChange) -> bool) -> Vec<Effect> {
        self.touch_all(now_ms);
        self.is_typing = false;
        let Some(hash) = self.doc.commit_with(commit_options(now_ms, is_offline)) else {
            return Vec::new();
        };
        let patches = self.doc.diff_incremental();
        // A value that was one of several and is now the only one makes no patch, but it is settled.
        let made = self.doc.get_change_by_hash(&hash);
        let told = change::from_applied(&self.doc, &patches, made.as_slice());
        let news: Vec<PlanChange> = told.into_iter().filter(is_news).collect();
        if news.iter().any(|change| matches!(change, PlanChange::SectionState { .. } | PlanChange::Everything)) {
            self.look_at_states();
        }
        let mut effects: Vec<Effect> = self.made(hash).into_iter().collect();
        if !news.is_empty() {
            effects.push(Effect::Changed(news));
        }
        effects
    }

    /// Notes in what was edited that it was. Before something goes into the archive in the same change: the edit was not meant to bring
    /// it back.
    pub(super) fn touch_all(&mut self, now_ms: i64) {
        for item in std::mem::take(&mut self.touched) {
            // What is not there cannot have been edited.
            let _ = self.touch(item, now_ms);
        }
    }

    fn touch(&mut self, item: Item, now_ms: i64) -> Result<(), EditError> {
        // Who may write something of a thing, and not all of it (a report about an adopted activity), brings back only what they may.
        for item in [Some(item), item.owner()].into_iter().flatten() {
            if self.may_at(&Field { item, name: Name::Archived }.to_string(), Act::Write, item).is_ok() {
                self.steps.touching(&mut self.doc, item, |doc| edit::touch(doc, item, now_ms))?;
            }
        }
        Ok(())
    }

    pub(super) fn made(&mut self, hash: ChangeHash) -> Option<Effect> {
        let change = self.doc.get_change_by_hash(&hash)?;
        self.unstored.insert(self.next_unstored, Outgoing::from(&change));
        self.next_unstored += 1;
        self.made_last = Some(hash);
        Some(Effect::Store { changes: vec![StoredChange::from(&change)], snapshot: None, position: None })
    }
}
