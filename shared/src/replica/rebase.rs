//! After a refusal: back to what the server has, and everything that is allowed made anew on top of it.

use super::{Effect, PlanChange, Refusal, Replica};
use crate::id::{Author, TabId};
use crate::plan::{Edit, difference, edit, read};

impl Replica {
    /// Leaves the refused changes behind: takes the server's state, makes every edit that is allowed anew under a fresh tab id, and
    /// hands back the rest. Nothing is thrown away: the host keeps the old changes aside.
    pub fn rebase(&mut self, tab: TabId, refusal: Refusal, now_ms: i64) -> Vec<Effect> {
        self.rebase_as(Author { participant: self.author.participant, tab }, refusal, now_ms)
    }

    /// The person is another participant from now on (they joined anew, because their link was withdrawn): makes everything anew
    /// in that name that the server is not known to have of the old one's.
    pub fn rejoin(&mut self, author: Author, now_ms: i64) -> Vec<Effect> {
        self.rebase_as(author, Refusal::NotAllowed, now_ms)
    }

    fn rebase_as(&mut self, author: Author, refusal: Refusal, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let mine = self.plan();
        let heads = self.peer.server_heads();
        let Ok(server) = self.doc.fork_at(&heads) else {
            return effects;
        };
        let abandoned: Vec<_> =
            self.doc.get_changes(&heads).iter().filter(|change| self.is_mine(change)).map(automerge::Change::hash).collect();
        self.doc = server;
        self.author = author;
        self.doc.set_actor(self.author.actor());
        self.doc.update_diff_cursor();
        self.unstored.clear();
        self.touched.clear();
        self.peer.clear_outbox();
        let refused = self.replay(difference::edits(&read::plan(&self.doc), &mine), refusal);
        effects.push(Effect::SetAside { changes: abandoned, refused, refusal });
        let made = self.finish(now_ms, |_| false);
        self.rebased = made.iter().find_map(|effect| match effect {
            Effect::Store { changes, .. } => changes.first().map(|change| change.hash),
            _ => None,
        });
        effects.extend(made);
        effects.push(Effect::Changed(vec![PlanChange::Everything]));
        effects
    }

    /// Does the edits that are allowed; answers those that are not.
    fn replay(&mut self, edits: Vec<Edit>, refusal: Refusal) -> Vec<Edit> {
        let is_refused_again = self.refused.take().is_some_and(|hash| self.rebased == Some(hash));
        let is_about_permission =
            !is_refused_again && matches!(refusal, Refusal::NotAllowed | Refusal::Destroys | Refusal::BuildsOnRefused);
        let mut refused = Vec::new();
        for edit in edits {
            if is_about_permission && self.may(&edit).is_ok() && edit::apply(&mut self.doc, &edit).is_ok() {
                self.touched.extend(edit.activity().filter(|_| !matches!(edit, Edit::Archive { .. } | Edit::AddActivity { .. })));
            } else {
                refused.push(edit);
            }
        }
        refused
    }
}
