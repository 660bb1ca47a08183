//! What comes over the connection, and what its end means.

use std::rc::{Rc, Weak};

use hamutuk_shared::replica::Replica;
use hamutuk_shared::sync::ServerFrame;
use hamutuk_shared::sync::frame::Goodbye;

use super::core::Core;
use super::notice::Notice;
use super::socket::SocketEvent;
use super::{now_ms, open};

/// Tells the core what happens on its socket.
pub(super) fn events(core: &Weak<Core>) -> impl Fn(SocketEvent) + 'static {
    let core = core.clone();
    move |event| {
        let Some(core) = core.upgrade() else { return };
        match event {
            SocketEvent::Opened => core.ask(Replica::connected),
            SocketEvent::Frame(frame) => core.receive(*frame),
            SocketEvent::Closed => core.disconnected(),
            SocketEvent::OtherVersion => {
                core.socket.stop();
                core.disconnected();
                core.notify(Notice::ServerVersion);
            }
        }
    }
}

impl Core {
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
            self.disconnected();
        }
        if let Some(notice) = notice {
            self.notify(notice);
        }
    }

    pub(super) fn receive(self: &Rc<Self>, frame: ServerFrame) {
        if let ServerFrame::Welcome(welcome) = &frame
            && welcome.now_ms > 0
        {
            self.clock_ahead_ms.set(welcome.now_ms - now_ms());
        }
        if matches!(frame, ServerFrame::Changes { .. } | ServerFrame::SnapshotPiece { .. }) {
            self.before_others();
        }
        self.ask(|replica| replica.receive(frame, now_ms()));
    }
}
