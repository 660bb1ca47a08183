//! The replica and its effects: what every part of a session shares.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::{Rc, Weak};

use hamutuk_shared::id::{ParticipantId, PlanId, SERVER};
use hamutuk_shared::limits::COMMIT_AFTER;
use hamutuk_shared::plan::edit::{Edit, EditError};
use hamutuk_shared::plan::{Field, PlanChange};
use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::sync::Link;
use hamutuk_shared::undo::Undone;
use leptos::prelude::*;

use super::access::Access;
use super::ahead::{self, Typed};
use super::connection::Heard;
use super::events::Listener;
use super::fields::{FieldNews, Fields, MountedId};
use super::focus::Focus;
use super::notice::Notice;
use super::presence::People;
use super::receipt::Receipt;
use super::socket::Socket;
use super::storage::{Batch, ChunkKey};
use super::tabs::Tabs;
use super::values::Values;
use super::writer::Writer;
use super::{Phase, aside, connection, now_ms, writer};
use crate::api::Speaker;
use crate::later;
use crate::view_model::PlanView;

thread_local! {
    /// Not the owner of a page: what is still on its way when a page ends finds its signals.
    static ROOT: Owner = Owner::new();
}

/// Call this once, before there is any other owner.
pub(super) fn prepare() {
    ROOT.with(|_| ());
}

/// Everything behind a [`super::Session`]. Timers and listeners hold it weakly: it ends with the page that opened it.
pub(crate) struct Core {
    pub(super) plan: PlanId,
    /// What the plan's signals belong to.
    pub(super) owner: Owner,
    pub(super) me: Cell<ParticipantId>,
    pub(super) replica: RefCell<Option<Replica>>,
    /// What was shown last, for as long as the document is not here.
    pub(super) last_view: RefCell<Option<Replica>>,
    /// What is typed and chosen over that.
    pub(super) ahead: Typed,
    /// Which revision of the view the device keeps.
    pub(super) kept_revision: Cell<Option<u64>>,
    pub(super) view: Cell<Option<PlanView>>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) access: RwSignal<Access>,
    pub(super) receipt: RwSignal<Receipt>,
    /// Whether there is something to undo, and something to redo.
    pub(super) can_undo: RwSignal<(bool, bool)>,
    pub(super) notices: RwSignal<Vec<Notice>>,
    pub(super) people: People,
    pub(super) focus: Focus,
    pub(super) fields: Fields,
    pub(super) values: Values,
    pub(super) writer: Writer,
    pub(super) socket: Socket,
    pub(super) heard: Heard,
    pub(super) tabs: Tabs,
    /// The chunks on the device that the document holds.
    pub(super) held: RefCell<BTreeSet<ChunkKey>>,
    /// The document as it was before the server refused a part of it, on its way to be kept aside.
    pub(super) refused_document: RefCell<Option<Vec<u8>>>,
    pub(super) listeners: RefCell<Vec<Listener>>,
    /// Something was typed, and is gathered into a change soon.
    pub(super) is_commit_due: Cell<bool>,
    /// A rebase waits for the second program.
    pub(super) is_rebase_due: Cell<bool>,
    /// The connection, as it was when the screen was last set.
    pub(super) link: Cell<Link>,
    /// How far the server's clock is ahead of the device's, in milliseconds, as the last welcome said.
    pub(super) clock_ahead_ms: Cell<i64>,
}

impl Core {
    pub(super) fn new(plan: PlanId) -> Rc<Self> {
        let owner = ROOT.with(Owner::child);
        Rc::new_cyclic(|this: &Weak<Self>| {
            owner.clone().with(|| Self {
                plan,
                owner,
                me: Cell::new(SERVER),
                replica: RefCell::default(),
                last_view: RefCell::default(),
                ahead: Typed::default(),
                kept_revision: Cell::new(None),
                view: Cell::new(None),
                phase: RwSignal::new(Phase::Loading),
                access: RwSignal::new(Access::default()),
                receipt: RwSignal::new(Receipt::Offline { waiting: 0 }),
                can_undo: RwSignal::new((false, false)),
                notices: RwSignal::new(Vec::new()),
                people: People::new(SERVER),
                focus: Focus::default(),
                fields: Fields::default(),
                values: Values::default(),
                writer: Writer::default(),
                socket: Socket::new(Speaker::unknown(plan), connection::events(this)),
                heard: Heard::default(),
                tabs: Tabs::default(),
                held: RefCell::default(),
                refused_document: RefCell::default(),
                listeners: RefCell::default(),
                is_commit_due: Cell::new(false),
                is_rebase_due: Cell::new(false),
                link: Cell::default(),
                clock_ahead_ms: Cell::default(),
            })
        })
    }

    /// Asks the replica to do something, and carries out what it answers. Nothing happens before the replica is loaded.
    pub(super) fn ask(self: &Rc<Self>, question: impl FnOnce(&mut Replica) -> Vec<Effect>) {
        let effects = self.replica.borrow_mut().as_mut().map(question);
        self.run(effects.unwrap_or_default(), None);
    }

    pub(super) fn edit(self: &Rc<Self>, edit: &Edit, from: Option<MountedId>) -> Result<(), EditError> {
        if self.replica.borrow().is_none() {
            return self.edit_ahead(edit, from);
        }
        let composing_at = self.fields.heads_for(edit);
        let is_text = matches!(edit, Edit::Text { .. });
        if !is_text || composing_at.is_some() {
            // If the edit fails, the change that it closes must not be lost with it.
            self.commit();
        }
        let effects = {
            let mut replica = self.replica.borrow_mut();
            let replica = replica.as_mut().ok_or(EditError::NotFound)?;
            match &composing_at {
                Some(heads) => replica.edit_at(heads, edit, now_ms())?,
                None => replica.edit(edit, now_ms())?,
            }
        };
        if composing_at.is_some() {
            self.fields.composed(&effects);
        } else if is_text {
            self.commit_soon();
        }
        self.run(effects, from);
        Ok(())
    }

    /// Does all these edits, or none (of those before the document is here, some). Whether they were done.
    pub(super) fn edit_all(self: &Rc<Self>, edits: &[Edit]) -> bool {
        if self.replica.borrow().is_none() {
            return self.edit_all_ahead(edits);
        }
        self.commit();
        let done = self.replica.borrow_mut().as_mut().map(|replica| replica.edit_all(edits, now_ms()));
        match done {
            Some(Ok(effects)) => {
                self.run(effects, None);
                true
            }
            Some(Err(error)) => {
                self.notify(if matches!(*error.error, EditError::TooLong) { Notice::TooLong } else { Notice::NotDone });
                false
            }
            None => false,
        }
    }

    /// Takes back what the person did last, or with `again` does it again.
    pub(super) fn undo(self: &Rc<Self>, again: bool) -> Undone {
        self.commit();
        let Some(parts) = later::now() else { return Undone::default() };
        let take = if again { parts.redo } else { parts.undo };
        let done = self.replica.borrow_mut().as_mut().map(|replica| take(replica, now_ms()));
        let Some((effects, undone)) = done else { return Undone::default() };
        self.run(effects, None);
        undone
    }

    /// The document as a file. None before it is here, and before the second program is.
    pub(super) fn save(self: &Rc<Self>) -> Option<Vec<u8>> {
        self.commit();
        let parts = later::now()?;
        self.replica.borrow_mut().as_mut().map(parts.save)
    }

    /// Gathers what was typed into a change.
    pub(super) fn commit(self: &Rc<Self>) {
        self.is_commit_due.set(false);
        if let Some(field) = self.fields.composing() {
            self.fields.tell(field, None, FieldNews::Flush);
        }
        self.ask(|replica| replica.commit(now_ms()));
    }

    pub(super) fn commit_soon(self: &Rc<Self>) {
        if self.is_commit_due.replace(true) {
            return;
        }
        let this = Rc::downgrade(self);
        let commit = move || {
            // Something else, such as leaving the field, may have done it already.
            if let Some(this) = this.upgrade().filter(|this| this.is_commit_due.get()) {
                this.commit();
            }
        };
        set_timeout(commit, COMMIT_AFTER);
        self.settle();
    }

    pub(super) fn text(&self, field: Field) -> Option<String> {
        match self.replica.borrow().as_ref() {
            Some(replica) => replica.text(field),
            None => self.ahead.text(field).or_else(|| self.last_view.borrow().as_ref()?.text(field)),
        }
    }

    /// Somebody else's changes are about to come in: what is being composed stays meant for the plan as it is now.
    pub(super) fn before_others(self: &Rc<Self>) {
        if self.fields.needs_heads() {
            self.commit();
            let heads = self.replica.borrow_mut().as_mut().map(Replica::heads);
            self.fields.set_heads(heads.unwrap_or_default());
        }
    }

    /// Carries out effects. `from` is the field on the screen that they come from, which shows them already.
    pub(super) fn run(self: &Rc<Self>, effects: Vec<Effect>, from: Option<MountedId>) {
        let is_everything = |effect: &Effect| matches!(effect, Effect::Changed(changes) if changes.iter().any(PlanChange::is_everything));
        // What is read anew is read as it is after all of these effects, so the single changes are in it.
        let is_rebuild_due = effects.iter().any(is_everything);
        for effect in effects {
            match effect {
                Effect::Store { changes, snapshot, position } => {
                    let is_own = snapshot.is_none() && position.is_none();
                    let own = changes.iter().filter(|_| is_own).map(|change| change.hash).collect();
                    writer::add(self, Batch { changes, snapshots: snapshot.into_iter().collect(), position, own });
                }
                Effect::SetAside { changes, refused, refusal } => aside::set_aside(self, &changes, &refused, refusal),
                Effect::Send(frame) => self.socket.send(&frame),
                Effect::Changed(changes) if !is_rebuild_due => self.show(&changes, from),
                Effect::Changed(_) => {}
                Effect::Presence { session, participant, presence } => {
                    self.people.moved(session, participant, presence, self.view.get().as_ref());
                }
                Effect::Left(session) => self.people.left(session, self.view.get().as_ref()),
                Effect::Rejoin => aside::rejoin(self),
                Effect::Rebase { refusal, .. } => aside::rebase(self, refusal),
                Effect::Goodbye(reason) => self.goodbye(reason),
                Effect::Reconnect(_) => self.socket.lost(),
            }
        }
        if is_rebuild_due {
            let written = self.write_ahead(None);
            self.rebuild();
            if !written.is_empty() {
                self.run(ahead::without_words(written), None);
            }
        }
        self.settle();
    }

    /// Who writes here.
    pub(super) fn be(&self, participant: ParticipantId) {
        self.me.set(participant);
        self.people.set_me(participant);
        self.socket.speak_as(participant);
    }

    pub(super) fn is_live(&self) -> bool {
        self.link.get() == Link::Live
    }
}

impl Drop for Core {
    fn drop(&mut self) {
        self.keep_ahead();
        self.socket.stop();
        self.owner.cleanup();
    }
}
