//! After a refusal: back to what the server has, and everything that is allowed made anew on top of it.

mod stretch;

use automerge::ChangeHash;

use self::stretch::Stretch;
use super::{Effect, RefusedEdit, Replica};
use crate::access::{Grant, Refusal};
use crate::id::{ParticipantId, TabId};
use crate::plan::edit::EditError;
use crate::plan::{Edit, PlanChange, edit, read};
use crate::text::merge;

impl Replica {
    /// Leaves the refused changes behind: takes the server's state, makes every edit that is allowed anew under a fresh tab id, and
    /// hands back the rest. Nothing is thrown away: the host keeps the old changes aside. What [companions](Self::set_companions)
    /// wrote is made anew under their names, as far as they may.
    pub fn rebase(&mut self, tab: TabId, refusal: Refusal, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let heads = self.peer.server_heads();
        let Ok(server) = self.doc.fork_at(&heads) else {
            return effects;
        };
        // All of them, also what somebody else wrote and the server has lost: it is in the difference, and would be there twice.
        let abandoned = self.doc.get_changes(&heads);
        let Ok(stretches) = self.stretches(&server, &abandoned, &heads) else {
            return effects;
        };
        let abandoned: Vec<ChangeHash> = abandoned.iter().map(automerge::Change::hash).collect();
        let former = self.steps.former(&self.doc);
        self.doc = server;
        self.former = None;
        self.author.tab = tab;
        self.doc.set_actor(self.author.actor());
        self.doc.update_diff_cursor();
        self.unstored.clear();
        self.touched.clear();
        self.look_at_states();
        self.peer.clear_outbox();
        let is_refused_again = self.refused.take().is_some_and(|hash| self.rebased.contains(&hash));
        // The server does not know that a companion writes here: the others do.
        let is_about_companion = refusal == Refusal::Forged && !self.companions.is_empty();
        let is_about_permission = refusal.is_about_permission() || refusal == Refusal::BuildsOnRefused || is_about_companion;
        let verdict = if is_about_permission && !is_refused_again { Verdict::ByPermission(refusal) } else { Verdict::None(refusal) };
        let (mut refused, mut made) = (Vec::new(), Vec::new());
        for stretch in stretches {
            let (not_done, done) = self.replay(stretch, verdict, now_ms);
            refused.extend(not_done);
            made.extend(done);
        }
        self.steps.exchanged(former, &self.doc);
        let of = |effect: &Effect| match effect {
            Effect::Store { changes, .. } => changes.iter().map(|change| change.hash).collect(),
            _ => Vec::new(),
        };
        self.rebased = made.iter().flat_map(of).collect();
        effects.push(Effect::SetAside { changes: abandoned, refused, refusal });
        effects.extend(made);
        effects.push(Effect::Changed(vec![PlanChange::Everything]));
        effects
    }

    /// Makes everything anew in the person's name that the server lacks of what they wrote in a [former](Replica::set_former) one.
    pub fn rejoin(&mut self, tab: TabId, now_ms: i64) -> Vec<Effect> {
        self.rebase(tab, Refusal::NotAllowed, now_ms)
    }

    /// Does the edits of a stretch that are allowed, in its writer's name. Answers those that are not, each with its reason, and the
    /// effects of the others.
    fn replay(&mut self, stretch: Stretch, verdict: Verdict, now_ms: i64) -> (Vec<RefusedEdit>, Vec<Effect>) {
        let (me, mine) = (self.author.participant, self.grant.clone());
        if stretch.writer != me {
            // Of whom the server does not know that they write here, it takes nothing.
            let Some(grant) = self.companions.get(&stretch.writer).cloned().flatten() else {
                let refusal = Refusal::NotAllowed;
                let refused = |edit| RefusedEdit { edit, refusal, writer: stretch.writer };
                return (stretch.edits.into_iter().map(refused).collect(), Vec::new());
            };
            self.be(stretch.writer, grant);
        }
        let mut refused = Vec::new();
        for edit in &stretch.edits {
            let (allowed, refusal) = match verdict {
                Verdict::ByPermission(refusal) => (self.may(edit), refusal),
                Verdict::None(refusal) => (Err(refusal), refusal),
            };
            match allowed.and_then(|()| self.apply_exactly(edit, &stretch).map_err(|_| refusal)) {
                Ok(()) => self.touched.extend(edit.touches()),
                Err(refusal) => refused.push(RefusedEdit { edit: edit.clone(), refusal, writer: stretch.writer }),
            }
        }
        let made = self.finish_as(stretch.is_offline, now_ms, |_| false);
        // One of them may open a section for the next.
        self.look_at_states();
        self.be(me, mine);
        (refused, made)
    }

    fn be(&mut self, writer: ParticipantId, grant: Grant) {
        if self.author.participant != writer {
            self.author.participant = writer;
            self.doc.set_actor(self.author.actor());
        }
        self.grant = grant;
    }

    fn apply_exactly(&mut self, edit: &Edit, stretch: &Stretch) -> Result<(), EditError> {
        let Edit::Text { field, .. } = edit else { return edit::apply(&mut self.doc, edit) };
        let Some(typed) = stretch.typed.get(field) else { return edit::apply(&mut self.doc, edit) };
        let now = read::text(&self.doc, *field).unwrap_or_default();
        // Words of a stretch before this one are missing now if they were refused.
        let merged = (now != typed.before).then(|| merge::merge(&typed.before, &now, &typed.after));
        let splices = match merged {
            None if typed.splices.is_empty() => return edit::apply(&mut self.doc, edit),
            None => typed.splices.clone(),
            Some(merged) => merged.map_err(|_| EditError::Unfit)?,
        };
        splices.into_iter().try_for_each(|splice| edit::apply(&mut self.doc, &Edit::Text { field: *field, splice }))
    }
}

/// What of the abandoned edits may be made anew; with the reason for what may not.
#[derive(Debug, Clone, Copy)]
enum Verdict {
    /// What the permissions allow.
    ByPermission(Refusal),
    /// Nothing.
    None(Refusal),
}

#[cfg(test)]
mod tests;
