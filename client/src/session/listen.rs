//! What the page and the browser tell a session: it is hidden, shown, left, online again; where the focus is; a new build is there.

use std::rc::Rc;

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement, VisibilityState};

use super::core::Core;
use super::events::Listener;
use super::notice::Notice;
use super::{first_screen, focus, last_view, writer};

/// Sent by `boot.js` when the service worker has installed another build.
const NEW_VERSION: &str = "hamutuk-new-version";

/// Begins to listen, as long as the session lives.
pub(super) fn begin(core: &Rc<Core>) {
    let (window, document) = (window(), document());
    let on = |target: &web_sys::EventTarget, event: &'static str, act: fn(&Rc<Core>)| {
        let core = Rc::downgrade(core);
        let act = move |_| {
            if let Some(core) = core.upgrade() {
                act(&core);
            }
        };
        Listener::new(target, event, act)
    };
    core.listeners.replace(vec![
        on(&document, "visibilitychange", visibility_changed),
        on(&window, "pagehide", leave),
        on(&window, "pageshow", |core| core.socket.wake()),
        on(&window, "online", |core| core.socket.wake()),
        on(&window, "offline", |core| core.socket.wake()),
        on(&window, NEW_VERSION, |core| core.notify(Notice::UpdateReady)),
        on(&document, "focusin", look),
        on(&document, "focusout", |core| {
            core.commit();
            focus::set(core, None, None);
        }),
        on(&document, "selectionchange", look),
    ]);
}

fn visibility_changed(core: &Rc<Core>) {
    if document().visibility_state() == VisibilityState::Visible {
        core.socket.wake();
    } else {
        leave(core);
    }
}

/// The page may not come back: everything goes to the device now.
fn leave(core: &Rc<Core>) {
    core.commit();
    writer::hurry(core);
    last_view::keep(core);
    first_screen::keep();
}

/// Where the person is: the nearest element around the focus that says which part of the plan it is.
fn look(core: &Rc<Core>) {
    let Some(active) = document().active_element() else {
        return;
    };
    let path = active.closest("[data-path]").ok().flatten().and_then(|element: Element| element.get_attribute("data-path"));
    let selection = active.dyn_ref::<HtmlTextAreaElement>().and_then(|area| {
        let selection = (area.selection_start().ok()??, area.selection_end().ok()??);
        Some(selection)
    });
    focus::set(core, path, selection);
}
