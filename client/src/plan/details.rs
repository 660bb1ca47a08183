//! An activity's details: at the side where there is room, else in a dialog that fills a phone.

use hamutuk_shared::plan::ActivityRef;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::place::{Place, use_place};
use super::receipt::ReceiptBadge;
use super::undo::UndoButtons;
use crate::i18n::{label, t, use_i18n};
use crate::later::later;
use crate::ui::{Dialog, Glyph, Icon, Viewport, dynamic, use_viewport};
use crate::view_model::ActivityView;

/// The `id` of the heading at the side.
const HEADING: &str = "details";

/// Opens the details of an activity, and goes into them.
pub(crate) fn open(place: Place, at: ActivityRef) {
    place.open(at);
    request_animation_frame(|| {
        if let Some(heading) = document().get_element_by_id(HEADING).and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) {
            let _ = heading.focus();
        }
    });
}

/// The details at the side, or the dialog.
#[component]
pub(crate) fn Details() -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let viewport = use_viewport();
    let is_wide = Memo::new(move |_| viewport.get() == Viewport::Wide);
    let in_dialog = Signal::derive(move || place.activity.with(Option::is_some));
    move || {
        if is_wide.get() {
            return view! { <Drawer /> }.into_any();
        }
        view! {
            <Dialog open=in_dialog on_close=Callback::new(move |()| place.close()) title=move || t!(i18n, activity_details)>
                <div class="dialog-bar">
                    <ReceiptBadge />
                    <UndoButtons />
                </div>
                {dynamic(move || place.activity.get().map(form))}
            </Dialog>
        }
        .into_any()
    }
}

#[component]
fn Drawer() -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let close = move || {
        let at = place.activity.get_untracked().map(|activity| activity.at);
        place.close();
        if let Some(at) = at {
            focus_button(at);
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !event.is_composing() && !is_in_popover(&event) {
            close();
        }
    };
    move || {
        place.activity.get().map(|activity| {
            view! {
                <aside class="drawer" aria-labelledby=HEADING on:keydown=key>
                    <div class="details">
                        <div class="details-head">
                            <h2 id=HEADING tabindex="-1">
                                {t!(i18n, activity_details)}
                            </h2>
                            <button type="button" class="icon-button" aria-label=label!(i18n, activity_close) on:click=move |_| close()>
                                <Icon glyph=Glyph::Cross />
                            </button>
                        </div>
                        {form(activity)}
                    </div>
                </aside>
            }
        })
    }
}

/// Esc closes the innermost thing only, and the browser closes a popover by itself.
fn is_in_popover(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest(":popover-open").ok().flatten().is_some())
}

/// Back to the button that opened them.
fn focus_button(at: ActivityRef) {
    let selector = format!("[data-activity=\"{}\"] .details-button", at.activity);
    if let Some(button) = document().query_selector(&selector).ok().flatten().and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// The form, which comes with the second program.
fn form(activity: ActivityView) -> AnyView {
    later(move |parts| (parts.form)(activity))
}
