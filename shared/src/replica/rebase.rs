//! After a refusal: back to what the server has, and everything that is allowed made anew on top of it.

use std::collections::BTreeMap;

use automerge::{AutoCommit, ChangeHash};

use super::{Effect, Replica};
use crate::access::Refusal;
use crate::id::TabId;
use crate::plan::dispute::OFFLINE;
use crate::plan::edit::EditError;
use crate::plan::{Edit, Field, PlanChange, difference, edit, read};
use crate::text::Splice;

impl Replica {
    /// Leaves the refused changes behind: takes the server's state, makes every edit that is allowed anew under a fresh tab id, and
    /// hands back the rest. Nothing is thrown away: the host keeps the old changes aside.
    pub fn rebase(&mut self, tab: TabId, refusal: Refusal, now_ms: i64) -> Vec<Effect> {
        let mut effects = self.commit(now_ms);
        let heads = self.peer.server_heads();
        let Ok(server) = self.doc.fork_at(&heads) else {
            return effects;
        };
        // All of them, also what somebody else wrote and the server has lost: it is in the difference, and would be there twice.
        let abandoned = self.doc.get_changes(&heads);
        // What was made offline stays that, although it is made anew on a live connection.
        let is_offline = abandoned.iter().any(|change| self.is_mine(change) && change.message() == Some(OFFLINE));
        let abandoned = abandoned.iter().map(automerge::Change::hash).collect();
        let edits = difference::edits(&server, &self.doc);
        let exact = self.exact_splices(&server, &edits, &heads);
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
        let refused = self.replay(edits, &exact, refusal);
        effects.push(Effect::SetAside { changes: abandoned, refused, refusal });
        let made = self.finish_as(is_offline, now_ms, |_| false);
        self.steps.exchanged(former, &self.doc);
        self.rebased = made.iter().find_map(|effect| match effect {
            Effect::Store { changes, .. } => changes.first().map(|change| change.hash),
            _ => None,
        });
        effects.extend(made);
        effects.push(Effect::Changed(vec![PlanChange::Everything]));
        effects
    }

    /// Makes everything anew in the person's name that the server lacks of what they wrote in a [former](Replica::set_former) one.
    pub fn rejoin(&mut self, tab: TabId, now_ms: i64) -> Vec<Effect> {
        self.rebase(tab, Refusal::NotAllowed, now_ms)
    }

    /// What was typed into each text since the server's state, key by key. The difference of two texts is one splice from the first
    /// letter that differs to the last, and would write anew what others wrote in between.
    fn exact_splices(&mut self, server: &AutoCommit, edits: &[Edit], heads: &[ChangeHash]) -> BTreeMap<Field, Vec<Splice>> {
        let fields = edits.iter().filter_map(|edit| match edit {
            Edit::Text { field, .. } if read::text(server, *field).is_some() => Some(*field),
            _ => None,
        });
        fields.map(|field| (field, self.splices_since(field, heads))).collect()
    }

    fn apply_exactly(&mut self, edit: &Edit, exact: &BTreeMap<Field, Vec<Splice>>) -> Result<(), EditError> {
        let Edit::Text { field, .. } = edit else { return edit::apply(&mut self.doc, edit) };
        match exact.get(field).filter(|splices| !splices.is_empty()) {
            None => edit::apply(&mut self.doc, edit),
            Some(splices) => {
                splices.iter().try_for_each(|splice| edit::apply(&mut self.doc, &Edit::Text { field: *field, splice: splice.clone() }))
            }
        }
    }

    /// Does the edits that are allowed; answers those that are not, each with its reason.
    fn replay(&mut self, edits: Vec<Edit>, exact: &BTreeMap<Field, Vec<Splice>>, refusal: Refusal) -> Vec<(Edit, Refusal)> {
        let is_refused_again = self.refused.take().is_some_and(|hash| self.rebased == Some(hash));
        let is_about_permission = !is_refused_again && (refusal.is_about_permission() || refusal == Refusal::BuildsOnRefused);
        let mut refused = Vec::new();
        for edit in edits {
            let allowed = if is_about_permission { self.may(&edit) } else { Err(refusal) };
            match allowed.and_then(|()| self.apply_exactly(&edit, exact).map_err(|_| refusal)) {
                Ok(()) => self.touched.extend(edit.touches()),
                Err(refusal) => refused.push((edit, refusal)),
            }
        }
        refused
    }
}
