//! An activity as a line of the timeline.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::bar::Bar;
use super::title::Title;
use super::track::Track;
use crate::i18n::t;
use crate::ui::{Show, Viewport, flag, list, use_viewport};
use crate::view_model::ActivityView;

/// The line.
#[component]
pub(super) fn Row(activity: ActivityView, code: String) -> impl IntoView {
    let track = Track::new(activity);
    let viewport = use_viewport();
    // A press on a bar that ends beside it is no press on the empty line.
    let is_empty_pressed = StoredValue::new(false);
    let click = move |event: ev::MouseEvent| {
        let Some(line) = empty_line(&event).filter(|_| is_empty_pressed.get_value()) else { return };
        if viewport.get_untracked() == Viewport::Phone {
            return track.open();
        }
        let months = track.period.place(track.period.last);
        track.add(track.period.nth(event.offset_x() * months / line.client_width().max(1) + 1));
    };
    let is_open = move || track.len() == 0 && track.may();
    view! {
        <div class="tl-line tl-row" data-section=code data-activity=activity.at.activity.to_string()>
            <div class="tl-name">
                <span class="code">{code.clone()}</span>
                <Title activity />
            </div>
            <div
                class="tl-track"
                on:pointerdown=move |event| is_empty_pressed.set_value(empty_line(&event).is_some())
                on:click=click
            >
                {list(move || (0..track.len()).collect(), ToString::to_string, move |bar| view! { <Bar track bar /> })}
                <Show when=flag(is_open)>
                    <button type="button" class="tl-first" data-action="first-month" on:click=move |_| track.add(track.period.first)>
                        {t!(track.i18n, timeline_first)}
                    </button>
                </Show>
            </div>
        </div>
    }
}

/// The line that was pressed where there is no bar.
fn empty_line(event: &ev::MouseEvent) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok().filter(|target| target.class_list().contains("tl-track"))
}
