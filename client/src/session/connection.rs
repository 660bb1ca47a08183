//! What comes over the connection, and what its end means.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::time::Duration;

use hamutuk_shared::replica::{Effect, Replica};
use hamutuk_shared::sync::ServerFrame;
use hamutuk_shared::sync::frame::Goodbye;
use leptos::prelude::set_timeout;
use wasm_bindgen_futures::spawn_local;

use super::core::Core;
use super::notice::Notice;
use super::socket::SocketEvent;
use super::{now_ms, open, tabs};

/// So often what the others do comes on the screen: to draw it takes as long as to draw a key. The first after a silence comes at once.
const GATHER: Duration = Duration::from_millis(50);

/// What happened on the socket, in order, and is still to be taken in.
#[derive(Default)]
pub(super) struct Heard {
    events: RefCell<VecDeque<SocketEvent>>,
    /// The replica takes in the document, and is not to be had.
    is_busy: Cell<bool>,
    /// What the others did was taken in a moment ago.
    is_gathering: Cell<bool>,
}

impl Heard {
    fn push(&self, event: SocketEvent) {
        let mut events = self.events.borrow_mut();
        // What a connection said before it ended is said again on the next.
        if matches!(event, SocketEvent::Closed) {
            events.clear();
        }
        events.push_back(event);
    }

    /// The connection is given up: nothing that it said counts any more.
    pub(super) fn clear(&self) {
        self.events.borrow_mut().clear();
    }

    /// Whether nothing but what the others do is waiting.
    fn is_of_others(&self) -> bool {
        let is_theirs = |event: &SocketEvent| matches!(event, SocketEvent::Frame(frame) if matches!(**frame, ServerFrame::Changes { .. } | ServerFrame::Presence { .. }));
        self.events.borrow().iter().all(is_theirs)
    }

    fn has_ended(&self) -> bool {
        self.events.borrow().iter().any(|event| matches!(event, SocketEvent::Closed))
    }
}

/// Tells the core what happens on its socket.
pub(super) fn events(core: &Weak<Core>) -> impl Fn(SocketEvent) + 'static {
    let core = core.clone();
    move |event| {
        if let Some(core) = core.upgrade() {
            core.heard.push(event);
            core.take_in_soon();
        }
    }
}

impl Core {
    /// Takes in what was heard, all in order: at once, but for what the others do while they do much.
    fn take_in_soon(self: &Rc<Self>) {
        if !self.is_live() || !self.heard.is_of_others() {
            return self.take_in_heard();
        }
        if self.heard.is_gathering.replace(true) {
            return;
        }
        self.take_in_heard();
        let core = Rc::downgrade(self);
        let again = move || {
            let Some(core) = core.upgrade() else { return };
            core.heard.is_gathering.set(false);
            if !core.heard.events.borrow().is_empty() {
                core.take_in_soon();
            }
        };
        set_timeout(again, GATHER);
    }

    fn take_in_heard(self: &Rc<Self>) {
        while !self.heard.is_busy.get() {
            let Some(event) = self.heard.events.borrow_mut().pop_front() else { return };
            match event {
                SocketEvent::Opened => self.ask(Replica::connected),
                SocketEvent::Frame(frame) => self.receive(*frame),
                SocketEvent::Closed => self.disconnected(),
                SocketEvent::OtherVersion => {
                    self.socket.stop();
                    self.disconnected();
                    self.notify(Notice::ServerVersion);
                }
            }
        }
    }

    fn disconnected(self: &Rc<Self>) {
        self.people.clear();
        self.ask(|replica| {
            replica.disconnected();
            Vec::new()
        });
        if self.view.get().is_none() {
            open::check_in(self);
        }
    }

    pub(super) fn goodbye(self: &Rc<Self>, reason: Goodbye) {
        let notice = match reason {
            Goodbye::Revoked | Goodbye::Expired | Goodbye::NotJoined => Some(Notice::Rejoin(reason)),
            Goodbye::Version => Some(Notice::ServerVersion),
            Goodbye::PlanNotFound => Some(Notice::PlanNotFound),
            Goodbye::TooManyPeople => Some(Notice::TooManyPeople),
            Goodbye::Stopping | Goodbye::Overflow | Goodbye::Malformed | Goodbye::Trouble => None,
        };
        // The same would be said again, until the person does something about it.
        if !matches!(reason, Goodbye::Stopping | Goodbye::Overflow | Goodbye::Malformed | Goodbye::Trouble | Goodbye::TooManyPeople) {
            self.socket.stop();
            self.heard.clear();
            self.disconnected();
        }
        if let Some(notice) = notice {
            self.notify(notice);
        }
    }

    fn receive(self: &Rc<Self>, frame: ServerFrame) {
        if let ServerFrame::Welcome(welcome) = &frame
            && welcome.now_ms > 0
        {
            self.clock_ahead_ms.set(welcome.now_ms - now_ms());
        }
        if matches!(frame, ServerFrame::Changes { .. } | ServerFrame::SnapshotPiece { .. }) {
            self.before_others();
        }
        // There is no plan on the screen yet: whatever else could need the replica waits.
        if self.view.get().is_none() && matches!(frame, ServerFrame::SnapshotPiece { .. }) {
            return self.receive_document(frame);
        }
        self.ask(|replica| replica.receive(frame, now_ms()));
    }

    /// Takes in a piece of the document of a first visit. The last may take seconds; the page goes on meanwhile.
    fn receive_document(self: &Rc<Self>, frame: ServerFrame) {
        let Some(mut replica) = self.replica.take() else { return };
        self.heard.is_busy.set(true);
        let core = Rc::downgrade(self);
        let job = move || {
            let effects = replica.receive(frame, now_ms());
            (replica, effects)
        };
        spawn_local(async move {
            let (replica, effects) = hamutuk_pauses::run(open::SLICE_MS, job).await;
            // Without a page nobody needs it, and the next visit gets it again.
            let Some(core) = core.upgrade() else { return };
            // Another tab's refusal may have opened what the device holds, and begun another connection.
            if core.replica.borrow().is_none() {
                core.replica.replace(Some(replica));
                let has_ended = core.heard.has_ended();
                let is_due = |effect: &Effect| !has_ended || !matches!(effect, Effect::Send(_) | Effect::Reconnect(_));
                core.run(effects.into_iter().filter(is_due).collect(), None);
                tabs::catch_up(&core);
            }
            core.heard.is_busy.set(false);
            core.take_in_heard();
        });
    }
}
