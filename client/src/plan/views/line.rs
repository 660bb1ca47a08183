//! An activity as a line of a list, to be read; a press opens its form.

use hamutuk_shared::plan::ActivityRef;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::i18n::{t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::{Place, use_place};
use crate::ui::dynamic;
use crate::view_model::{ActivityView, PlanView};

/// The class of a line.
const LINE: &str = "line";
/// The classes of the one that was pressed last, to which whoever closes the form comes back: an activity may have several lines.
const PRESSED: &str = "line details-button";

/// The line, with what `facts` says of the activity under its title; nothing where the activity is not.
pub(crate) fn line(at: ActivityRef, facts: fn(ActivityView) -> AnyView) -> AnyView {
    let i18n = use_i18n();
    let place = use_place();
    let view = expect_context::<PlanView>();
    let (Some(section), Some(activity)) = (view.section(at.section), view.activity(at)) else {
        return ().into_any();
    };
    let title = move || {
        let is_blank = activity.title.words.with(|words| words.trim().is_empty());
        if is_blank { t_string!(i18n, activity_untitled).to_owned() } else { activity.title.words.get() }
    };
    view! {
        <li data-activity=at.activity.to_string() data-section=section.code.clone()>
            <button type="button" class=LINE data-action="open" on:click=move |event| press(&event, place, at)>
                <span class="code">{section.code.clone()}</span>
                <span class="line-title">{dynamic(title)}</span>
                <span class="line-facts">{facts(activity)}</span>
            </button>
        </li>
    }
    .into_any()
}

fn press(event: &ev::MouseEvent, place: Place, at: ActivityRef) {
    if let Ok(Some(before)) = document().query_selector(".line.details-button") {
        before.set_class_name(LINE);
    }
    if let Some(pressed) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        pressed.set_class_name(PRESSED);
    }
    details::open(place, at);
}
