//! The address of the page, and the way from one to another without loading the program anew.
//!
//! There are two pages and a few things in the query, and what a first visit downloads is counted: a router would be a twentieth of it.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, MouseEvent, UrlSearchParams};

/// How an address follows the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// As a new place: "back" leads to the one before.
    Next,
    /// In the place of the one before.
    Instead,
}

/// The address. Copied freely; provided as context.
#[derive(Clone, Copy)]
pub(crate) struct Address {
    path: RwSignal<String>,
    query: RwSignal<String>,
}

impl Address {
    /// Provides the address to everything below, and follows "back", "forward" and links of this program from now on.
    pub(crate) fn provide() -> Self {
        let address = Self { path: RwSignal::default(), query: RwSignal::default() };
        address.look();
        provide_context(address);
        let back = window_event_listener(ev::popstate, move |_| address.look());
        let click = window_event_listener(ev::click, move |event| {
            if let Some(to) = followed(&event) {
                event.prevent_default();
                address.go(&to, Step::Next);
                window().scroll_to_with_x_and_y(0.0, 0.0);
            }
        });
        on_cleanup(move || {
            back.remove();
            click.remove();
        });
        address
    }

    /// The path, such as `/p/…`. Reactive.
    pub(crate) fn path(self) -> String {
        self.path.get()
    }

    /// The value of `name` in the query. Reactive.
    pub(crate) fn query(self, name: &str) -> Option<String> {
        self.query.with(|query| UrlSearchParams::new_with_str(query).ok()?.get(name))
    }

    /// The whole query, with its question mark. Reactive.
    pub(crate) fn search(self) -> String {
        self.query.get()
    }

    /// The whole query. Not reactive.
    pub(crate) fn search_untracked(self) -> String {
        self.query.get_untracked()
    }

    /// Goes to an address of this program: path and query.
    pub(crate) fn go(self, to: &str, step: Step) {
        if let Ok(history) = window().history() {
            let done = match step {
                Step::Next => history.push_state_with_url(&JsValue::NULL, "", Some(to)),
                Step::Instead => history.replace_state_with_url(&JsValue::NULL, "", Some(to)),
            };
            // A browser refuses only who goes a hundred times a second; the next address is right again.
            drop(done);
        }
        self.look();
    }

    /// Takes over what the browser shows. Only what changes notifies.
    fn look(self) {
        let location = window().location();
        for (signal, now) in [(self.path, location.pathname()), (self.query, location.search())] {
            let now = now.unwrap_or_default();
            if signal.with_untracked(|before| *before != now) {
                signal.set(now);
            }
        }
    }
}

/// The address around the caller.
pub(crate) fn use_address() -> Address {
    expect_context()
}

/// Where a click leads, if that is a page of this program that is to open in this window.
fn followed(event: &MouseEvent) -> Option<String> {
    let is_plain = event.button() == 0 && !(event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key());
    if !is_plain || event.default_prevented() {
        return None;
    }
    let element = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let is_ours = link.origin() == window().location().origin().ok()? && (link.pathname() == "/" || link.pathname().starts_with("/p/"));
    let is_here = link.target().is_empty() && !link.has_attribute("download") && link.hash().is_empty();
    (is_ours && is_here).then(|| format!("{}{}", link.pathname(), link.search()))
}
