//! Where the person is, for the others: at most a few times a second, and only when it changed.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::limits::{PATH_BYTES_MAX, VIEW_BYTES_MAX};
use hamutuk_shared::sync::ClientFrame;
use hamutuk_shared::sync::frame::Presence;
use leptos::prelude::set_timeout;

use super::core::Core;

/// The pause between two frames. The server drops more than [`hamutuk_shared::limits::PRESENCE_PER_SECOND_MAX`] a second.
const PAUSE: Duration = Duration::from_millis(250);

/// How long a move may take.
const SHORTLY: Duration = Duration::from_millis(20);

/// How often the others are told how much waits here: while somebody types, it changes with every word.
const COUNT_EVERY: Duration = Duration::from_secs(1);

#[derive(Default)]
pub(super) struct Focus {
    now: RefCell<Presence>,
    sent: RefCell<Option<Presence>>,
    is_pausing: Cell<bool>,
    is_count_due: Cell<bool>,
}

/// The person is there now.
pub(super) fn set(core: &Rc<Core>, path: Option<String>, selection: Option<(u32, u32)>) {
    let path = path.filter(|path| path.len() <= PATH_BYTES_MAX);
    core.focus.now.replace_with(|now| Presence { path, selection, ..now.clone() });
    // From one field into the next is one move, not a leaving and a coming.
    send_after(core, SHORTLY);
}

/// The plenary follows this: it shows what `view` says. None: it does not.
pub(super) fn lead(core: &Rc<Core>, view: Option<String>) {
    let view = view.filter(|view| view.len() <= VIEW_BYTES_MAX);
    core.focus.now.replace_with(|now| Presence { leads: view.is_some(), view, ..now.clone() });
    send_after(core, SHORTLY);
}

/// Something waits for the server, or does not any more.
pub(super) fn count(core: &Rc<Core>) {
    if waiting(core) == core.focus.now.borrow().waiting || core.focus.is_count_due.replace(true) {
        return;
    }
    let core = Rc::downgrade(core);
    let tell = move || {
        if let Some(core) = core.upgrade() {
            core.focus.is_count_due.set(false);
            core.focus.now.borrow_mut().waiting = waiting(&core);
            send_after(&core, SHORTLY);
        }
    };
    set_timeout(tell, COUNT_EVERY);
}

/// How many changes the server lacks.
pub(super) fn waiting(core: &Core) -> u32 {
    let waiting = core.replica.borrow().as_ref().map_or(0, |replica| replica.status().waiting);
    u32::try_from(waiting).unwrap_or(u32::MAX)
}

/// A new connection knows nothing.
pub(super) fn resend(core: &Rc<Core>) {
    core.focus.now.borrow_mut().waiting = waiting(core);
    core.focus.sent.replace(None);
    send_after(core, SHORTLY);
}

fn send(core: &Rc<Core>) {
    let focus = &core.focus;
    if focus.sent.borrow().as_ref() == Some(&*focus.now.borrow()) || !core.is_live() {
        return;
    }
    let presence = focus.now.borrow().clone();
    focus.sent.replace(Some(presence.clone()));
    core.socket.send(&ClientFrame::Presence(presence));
    send_after(core, PAUSE);
}

fn send_after(core: &Rc<Core>, pause: Duration) {
    if core.focus.is_pausing.replace(true) {
        return;
    }
    let core = Rc::downgrade(core);
    let go_on = move || {
        if let Some(core) = core.upgrade() {
            core.focus.is_pausing.set(false);
            send(&core);
        }
    };
    set_timeout(go_on, pause);
}
