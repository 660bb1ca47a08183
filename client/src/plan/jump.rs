//! From something that is said about a field to the field itself.

use hamutuk_shared::plan::Field;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::place::Place;

/// How long the screen may take to show the field, in milliseconds.
const PATIENCE_MS: f64 = 1000.0;

/// Opens the form of the activity that the field belongs to, and goes to the field.
pub(crate) fn to_field(place: Place, field: Field) {
    if let Some(at) = field.item.activity() {
        place.open(at);
        seek(format!(".details [data-path=\"{field}\"]"));
    }
}

/// Goes to a field of the page that a link opens, once it is there.
pub(crate) fn to_page_field(field: Field) {
    seek(format!(".content [data-path=\"{field}\"]"));
}

fn seek(selector: String) {
    look(selector, js_sys::Date::now() + PATIENCE_MS);
}

fn look(selector: String, until: f64) {
    request_animation_frame(move || {
        if !focus(&selector) && js_sys::Date::now() < until {
            look(selector, until);
        }
    });
}

/// Focuses the field, or the first thing in it that can have the focus; whether it is there.
fn focus(selector: &str) -> bool {
    let Some(found) = document().query_selector(selector).ok().flatten() else { return false };
    let inner = || found.query_selector("[tabindex=\"0\"], button, input, select, textarea").ok().flatten();
    let target: Option<Element> =
        if found.matches("button, input, select, textarea").unwrap_or_default() { Some(found.clone()) } else { inner() };
    found.scroll_into_view();
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
    true
}
