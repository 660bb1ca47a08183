//! Undo and redo: each person takes back only what they did.

use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{Field, Item, Name};
use hamutuk_shared::undo::{Undone, Why};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::{label, t_string, use_i18n};
use crate::later;
use crate::session::{Session, use_session};
use crate::ui::{Glyph, Icon, dynamic, flag, toast};
use crate::words::I18n;

/// Takes back what the person did last, or with `again` does it again; goes there, and says what could not be.
pub(crate) fn take(session: Session, i18n: I18n, again: bool) {
    if later::now().is_none() {
        later::then(|_| ());
        return toast(untrack(|| t_string!(i18n, loading)));
    }
    let undone = session.undo(again);
    toast(untrack(|| say(i18n, &undone, again)));
    let Some(at) = undone.touched.first().copied() else { return };
    // The screen follows in this turn of the event loop; the frame after it has the field.
    request_animation_frame(move || show(at));
}

fn say(i18n: I18n, undone: &Undone, again: bool) -> &'static str {
    let why = |wanted| undone.skipped.iter().any(|skipped| skipped.why == wanted);
    if why(Why::NotAllowed) {
        t_string!(i18n, undo_not_allowed)
    } else if why(Why::ChangedSince) || why(Why::Gone) {
        t_string!(i18n, undo_changed_since)
    } else if undone.touched.is_empty() {
        if again { t_string!(i18n, redo_nothing) } else { t_string!(i18n, undo_nothing) }
    } else if again {
        t_string!(i18n, redo_done)
    } else {
        t_string!(i18n, undo_done)
    }
}

/// Brings what changed into view, if it is on this page. The focus stays where it is.
fn show(at: Location) {
    let field = match at {
        Location::Field(field) => field,
        Location::Item(item @ Item::Activity(_)) => Field { item, name: Name::Title },
        Location::Item(_) => return,
    };
    let row = field.item.activity().map(|at| format!("[data-activity=\"{}\"]", at.activity));
    let selectors = [Some(format!("[data-path=\"{field}\"]")), row].into_iter().flatten();
    let found = selectors.filter_map(|selector| document().query_selector(&selector).ok().flatten()).next();
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let nearest = web_sys::ScrollIntoViewOptions::new();
        nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
        found.scroll_into_view_with_scroll_into_view_options(&nearest);
    }
}

/// The two buttons.
#[component]
pub(crate) fn UndoButtons() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let can = session.can_undo();
    let button = move |again: bool| {
        let label = if again { label!(i18n, redo) } else { label!(i18n, undo) };
        let is_off = move || if again { !can.get().1 } else { !can.get().0 };
        view! {
            <button
                type="button"
                class="icon-button"
                data-action=if again { "redo" } else { "undo" }
                aria-label=label
                title=label
                disabled=flag(is_off)
                on:click=move |_| take(session, i18n, again)
            >
                <Icon glyph=if again { Glyph::Redo } else { Glyph::Undo } />
            </button>
        }
    };
    view! {
        {button(false)}
        {button(true)}
    }
}

/// The same as items of a menu.
#[component]
pub(crate) fn UndoItems(on_done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let can = session.can_undo();
    let item = move |again: bool| {
        let is_off = move || if again { !can.get().1 } else { !can.get().0 };
        let press = move |_| {
            on_done.run(());
            take(session, i18n, again);
        };
        view! {
            <button type="button" data-action=if again { "redo" } else { "undo" } disabled=flag(is_off) on:click=press>
                <Icon glyph=if again { Glyph::Redo } else { Glyph::Undo } />
                {dynamic(move || if again { t_string!(i18n, redo) } else { t_string!(i18n, undo) })}
            </button>
        }
    };
    view! {
        {item(false)}
        {item(true)}
    }
}
