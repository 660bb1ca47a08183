//! One WebSocket, and whether the other side is still there.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::limits::{PING_AFTER, SILENCE_MAX};
use hamutuk_shared::sync::ClientFrame;
use hamutuk_shared::sync::frame::encode;
use hamutuk_shared::version::SUBPROTOCOL;
use js_sys::{ArrayBuffer, Uint8Array};
use leptos::leptos_dom::helpers::IntervalHandle;
use leptos::prelude::{set_interval_with_handle, window};
use wasm_bindgen::JsCast;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use crate::api::Speaker;
use crate::session::events::Listener;

/// How often the silence is measured.
const TICK: Duration = Duration::from_secs(1);
/// How long the other side has to answer after the page woke.
const PROBE: Duration = Duration::from_secs(3);

/// What happens on a socket.
pub(super) enum WireEvent {
    Opened,
    Message(Vec<u8>),
    Closed,
}

/// A socket. It is closed when it is dropped, and then tells nothing more.
pub(super) struct Wire {
    pulse: Rc<Pulse>,
    timer: Option<IntervalHandle>,
    _listeners: [Listener; 4],
}

/// The socket, and when it was heard.
struct Pulse {
    socket: WebSocket,
    heard_ms: Cell<f64>,
    is_pinged: Cell<bool>,
    /// When an answer is due, after the page woke.
    deadline_ms: Cell<Option<f64>>,
}

impl Wire {
    /// Begins to connect; none when the browser refuses the address.
    pub(super) fn open(speaker: Speaker, tell: impl Fn(WireEvent) + 'static) -> Option<Self> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let address = format!("{scheme}://{}{}", location.host().ok()?, speaker.socket());
        let socket = WebSocket::new_with_str(&address, SUBPROTOCOL).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let pulse = Rc::new(Pulse { socket, heard_ms: Cell::new(now()), is_pinged: Cell::new(false), deadline_ms: Cell::new(None) });
        let tell = Rc::new(tell);
        let on_open = {
            let (pulse, tell) = (Rc::clone(&pulse), Rc::clone(&tell));
            move |_| {
                pulse.heard();
                tell(WireEvent::Opened);
            }
        };
        let on_message = {
            let (pulse, tell) = (Rc::clone(&pulse), Rc::clone(&tell));
            move |event: web_sys::Event| {
                pulse.heard();
                let data = event.dyn_into::<MessageEvent>().map(|event| event.data());
                match data.map(JsCast::dyn_into::<ArrayBuffer>) {
                    Ok(Ok(buffer)) => tell(WireEvent::Message(Uint8Array::new(&buffer).to_vec())),
                    // A text is nothing of ours.
                    _ => tell(WireEvent::Closed),
                }
            }
        };
        let closed = || {
            let tell = Rc::clone(&tell);
            move |_| tell(WireEvent::Closed)
        };
        let target = &pulse.socket;
        let listeners = [
            Listener::new(target, "open", on_open),
            Listener::new(target, "message", on_message),
            Listener::new(target, "close", closed()),
            Listener::new(target, "error", closed()),
        ];
        let timer = {
            let (pulse, closed) = (Rc::clone(&pulse), Rc::clone(&tell));
            let tick = move || {
                if pulse.is_dead() {
                    closed(WireEvent::Closed);
                }
            };
            set_interval_with_handle(tick, TICK).ok()
        };
        Some(Self { pulse, timer, _listeners: listeners })
    }

    pub(super) fn send(&self, bytes: &[u8]) {
        self.pulse.send(bytes);
    }

    /// Asks for an answer, now.
    pub(super) fn probe(&self) {
        self.pulse.deadline_ms.set(Some(now() + millis(PROBE)));
        self.pulse.send(&encode(&ClientFrame::Ping));
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if let Some(timer) = self.timer.take() {
            timer.clear();
        }
        // It may be closed already.
        let _ = self.pulse.socket.close();
    }
}

impl Pulse {
    fn heard(&self) {
        self.heard_ms.set(now());
        self.is_pinged.set(false);
        self.deadline_ms.set(None);
    }

    fn send(&self, bytes: &[u8]) {
        if self.socket.ready_state() == WebSocket::OPEN {
            // A socket that just closed tells so by itself.
            let _ = self.socket.send_with_u8_array(bytes);
        }
    }

    /// Whether the other side is gone; asks it when it has been silent.
    fn is_dead(&self) -> bool {
        let silence = now() - self.heard_ms.get();
        if silence > millis(SILENCE_MAX) || self.deadline_ms.get().is_some_and(|deadline| now() > deadline) {
            return true;
        }
        if silence > millis(PING_AFTER) && !self.is_pinged.replace(true) {
            self.send(&encode(&ClientFrame::Ping));
        }
        false
    }
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn now() -> f64 {
    js_sys::Date::now()
}
