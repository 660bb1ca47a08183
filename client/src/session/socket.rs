//! The connection with the server: one WebSocket, or the wait for the next.
//!
//! A silent socket is dead within seconds, also after a phone wakes. While there is no connection, another is tried with growing,
//! jittered pauses, and at once when the network or the page comes back.

mod wire;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::sync::frame::{self, FrameError};
use hamutuk_shared::sync::{ClientFrame, ServerFrame};
use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};

use crate::api::Speaker;
use wire::{Wire, WireEvent};

const PAUSE_MIN: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(15);

/// What the session hears from the connection.
pub(super) enum SocketEvent {
    /// A connection is open.
    Opened,
    /// A frame came.
    Frame(Box<ServerFrame>),
    /// The connection is gone, or could not be made. The next attempt follows by itself.
    Closed,
    /// The server speaks another version of the protocol.
    OtherVersion,
}

/// The connection. A clone is the same one.
#[derive(Clone)]
pub(super) struct Socket {
    shared: Rc<Shared>,
}

struct Shared {
    /// Which plan, and as whom.
    speaker: Cell<Speaker>,
    tell: Box<dyn Fn(SocketEvent)>,
    state: RefCell<State>,
    /// How often it failed since everything was well.
    failures: Cell<u32>,
}

enum State {
    /// Nobody wants a connection: it was not asked for yet, or an attempt would only be refused again.
    Stopped,
    /// The next attempt is due later.
    Pausing(TimeoutHandle),
    /// A socket, open or about to be.
    Wired(Wire),
}

impl Socket {
    pub(super) fn new(speaker: Speaker, tell: impl Fn(SocketEvent) + 'static) -> Self {
        let (state, failures) = (RefCell::new(State::Stopped), Cell::new(0));
        Self { shared: Rc::new(Shared { speaker: Cell::new(speaker), tell: Box::new(tell), state, failures }) }
    }

    /// Connects as this participant from now on.
    pub(super) fn speak_as(&self, participant: ParticipantId) {
        self.shared.speaker.set(Speaker { participant: Some(participant), ..self.shared.speaker.get() });
    }

    /// Connects now, unless it is connected or about to be.
    pub(super) fn connect(&self) {
        if !matches!(*self.shared.state.borrow(), State::Wired(_)) {
            self.dial();
        }
    }

    /// The network or the page came back: connects now, or makes sure within seconds that the other side still answers.
    pub(super) fn wake(&self) {
        let state = self.shared.state.borrow();
        match &*state {
            State::Stopped => {}
            State::Wired(wire) => wire.probe(),
            State::Pausing(_) => {
                drop(state);
                self.dial();
            }
        }
    }

    /// Sends a frame, if there is a connection. The replica sends again what got no answer.
    pub(super) fn send(&self, frame: &ClientFrame) {
        if let State::Wired(wire) = &*self.shared.state.borrow() {
            wire.send(&frame::encode(frame));
        }
    }

    /// Everything is well: the next pause is short again.
    pub(super) fn settled(&self) {
        self.shared.failures.set(0);
    }

    /// Whether the last attempt failed.
    pub(super) fn has_failed(&self) -> bool {
        self.shared.failures.get() > 0
    }

    /// Gives this connection up and makes another one.
    pub(super) fn lost(&self) {
        if matches!(*self.shared.state.borrow(), State::Wired(_)) {
            self.pause();
            (self.shared.tell)(SocketEvent::Closed);
        }
    }

    /// Ends the connection, and makes no other before [`Socket::connect`].
    pub(super) fn stop(&self) {
        self.replace(State::Stopped);
    }

    fn dial(&self) {
        let this = self.clone();
        let wire = Wire::open(self.shared.speaker.get(), move |event| this.heard(event));
        match wire {
            Some(wire) => self.replace(State::Wired(wire)),
            None => self.pause(),
        }
    }

    fn pause(&self) {
        let failures = self.shared.failures.get();
        self.shared.failures.set(failures.saturating_add(1));
        let longest = PAUSE_MIN.saturating_mul(1 << failures.min(8)).min(PAUSE_MAX);
        // Half of it is chance, so that a roomful of devices does not come back in the same moment.
        let pause = longest.mul_f64(0.5 + js_sys::Math::random() / 2.0);
        let this = Rc::downgrade(&self.shared);
        let dial = move || {
            if let Some(shared) = this.upgrade() {
                Self { shared }.dial();
            }
        };
        match set_timeout_with_handle(dial, pause) {
            Ok(timer) => self.replace(State::Pausing(timer)),
            Err(_) => self.replace(State::Stopped),
        }
    }

    /// Takes a new state; what the old one holds ends.
    fn replace(&self, state: State) {
        let old = self.shared.state.replace(state);
        if let State::Pausing(timer) = old {
            timer.clear();
        }
    }

    fn heard(&self, event: WireEvent) {
        match event {
            WireEvent::Opened => (self.shared.tell)(SocketEvent::Opened),
            WireEvent::Closed => self.lost(),
            WireEvent::Message(bytes) => match frame::decode(&bytes) {
                Ok(ServerFrame::Ping) => self.send(&ClientFrame::Pong),
                Ok(frame) => (self.shared.tell)(SocketEvent::Frame(Box::new(frame))),
                Err(FrameError::Version(_)) => (self.shared.tell)(SocketEvent::OtherVersion),
                Err(FrameError::TooLong | FrameError::Malformed) => self.lost(),
            },
        }
    }
}
