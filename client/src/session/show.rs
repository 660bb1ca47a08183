//! From the replica to the screen: what changed, and what follows from its state.

use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::plan::{Plan, PlanChange};
use hamutuk_shared::replica::{Replica, Status};
use hamutuk_shared::sync::Link;
use hamutuk_shared::sync::frame::Goodbye;
use leptos::prelude::*;

use super::access::Access;
use super::core::Core;
use super::fields::{FieldNews, MountedId};
use super::notice::{Aside, AsideItem, Notice};
use super::receipt::{self, Receipt};
use super::{Phase, aside, focus, open};
use crate::view_model::PlanView;

/// Long enough to read a sentence.
const BRIEFLY: Duration = Duration::from_secs(6);

impl Core {
    pub(super) fn show(&self, changes: &[PlanChange], from: Option<MountedId>) {
        let Some(view) = self.view.get() else {
            return self.rebuild();
        };
        if !self.owner.with(|| changes.iter().all(|change| view.apply(change))) {
            return self.rebuild();
        }
        for change in changes {
            self.tell_values(change);
            match change {
                PlanChange::Text { field, splices } => self.fields.tell(*field, from, FieldNews::Splices(splices)),
                PlanChange::Person(_) | PlanChange::Organisation(_) => self.people.show(Some(&view)),
                _ => {}
            }
        }
    }

    /// Shows the plan as it is, whatever is shown now.
    pub(super) fn rebuild(&self) {
        let plan = self.replica.borrow().as_ref().filter(|replica| replica.has_plan()).map(Replica::plan);
        if let Some(plan) = plan {
            self.show_plan(&plan);
        }
    }

    /// Shows a plan, whatever is shown now.
    pub(super) fn show_plan(&self, plan: &Plan) {
        match self.view.get() {
            None => {
                let view = self.owner.with(|| PlanView::new(plan));
                self.view.set(Some(view));
                self.phase.set(Phase::Open(view));
            }
            Some(view) => {
                self.owner.with(|| view.rebuild(plan));
                self.fields.tell_all();
                self.tell_values(&PlanChange::Everything);
            }
        }
        self.people.show(self.view.get().as_ref());
    }

    /// What is shown is what the document says; what is not of the plan can be had from it now. Whether the device keeps the same for the next time.
    pub(super) fn confirm(&self, is_kept: bool) {
        if let Some(view) = self.view.get() {
            view.room_changed();
            if is_kept {
                self.kept_revision.set(Some(view.revision.get_untracked()));
            }
        }
        self.people.show(self.view.get().as_ref());
    }

    /// Sets what follows from the replica's state: the receipt, the role, the phase of a first visit.
    pub(super) fn settle(self: &Rc<Self>) {
        let look = |replica: &Replica| (replica.status(), Access::of(replica), (replica.can_undo(), replica.can_redo()));
        let Some((status, access, can_undo)) = self.replica.borrow().as_ref().map(look) else {
            return;
        };
        if self.can_undo.get_untracked() != can_undo {
            self.can_undo.set(can_undo);
        }
        // What an input method composes is not in the document yet, nor what an earlier page left, before the second program is here.
        let status = Status { unstored: status.unstored.max(usize::from(self.is_commit_due.get() || self.ahead.is_waiting())), ..status };
        let denied = self.notices.with_untracked(|all| all.iter().map(Notice::refused_count).sum::<usize>());
        let receipt = Receipt::of(status, self.writer.is_storing(), denied);
        if self.receipt.get_untracked() != receipt {
            self.receipt.set(receipt);
        }
        if self.access.with_untracked(|known| *known != access) {
            if self.access.with_untracked(|known| known.grant != access.grant) {
                open::remember_grant(access.grant.clone(), self.plan);
            }
            self.access.set(access);
        }
        if self.view.get().is_none() {
            let phase = match status.link {
                Link::CatchingUp { received, total } => Phase::CatchingUp { percent: receipt::percent(received, total) },
                Link::Offline if self.socket.has_failed() => Phase::NoNetwork,
                _ => Phase::CatchingUp { percent: 0 },
            };
            self.phase.set(phase);
        }
        let was = self.link.replace(status.link);
        if status.link == Link::Live && was != Link::Live {
            self.socket.settled();
            for settled in [Notice::Rejoin(Goodbye::NotJoined), Notice::PlanNotFound, Notice::TooManyPeople, Notice::ServerVersion] {
                self.withdraw(&settled);
            }
            focus::resend(self);
        }
        focus::count(self);
    }

    pub(super) fn notify(&self, notice: Notice) {
        if self.notices.with_untracked(|all| all.contains(&notice)) {
            return;
        }
        self.notices.update(|all| {
            all.retain(|known| !known.is_kin(&notice));
            all.push(notice);
        });
    }

    /// Says something that is about this moment only.
    pub(super) fn say_briefly(self: &Rc<Self>, notice: Notice) {
        self.notify(notice.clone());
        let core = Rc::downgrade(self);
        let withdraw = move || {
            if let Some(core) = core.upgrade() {
                core.withdraw(&notice);
            }
        };
        set_timeout(withdraw, BRIEFLY);
    }

    /// Takes back what was said, if it was.
    pub(super) fn withdraw(&self, notice: &Notice) {
        if self.notices.with_untracked(|all| all.iter().any(|known| known.is_kin(notice))) {
            self.notices.update(|all| all.retain(|known| !known.is_kin(notice)));
        }
    }

    pub(super) fn leave(self: &Rc<Self>, aside: &Aside, rest: Vec<AsideItem>) {
        if rest.is_empty() {
            return self.dismiss(&Notice::Refused(aside.clone()));
        }
        let aside = Aside { items: rest, ..aside.clone() };
        aside::keep(self, aside.clone());
        self.notify(Notice::Refused(aside));
        self.settle();
    }

    pub(super) fn dismiss(self: &Rc<Self>, notice: &Notice) {
        self.withdraw(notice);
        if let Notice::Refused(refused) = notice {
            aside::dismiss(self, &refused.id);
        }
        self.settle();
    }
}
