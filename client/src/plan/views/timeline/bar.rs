//! A run of months as a bar: it is dragged by its middle or its ends, or moved by keys.

use hamutuk_shared::plan::Month;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use super::runs::{Part, Run};
use super::said;
use super::title::title;
use super::track::{Drag, Track};
use crate::ui::{Viewport, dynamic, flag, text, use_viewport};

/// The bar of one of the runs of a line.
#[component]
pub(super) fn Bar(track: Track, bar: usize) -> impl IntoView {
    let i18n = track.i18n;
    let viewport = use_viewport();
    // While a bar goes, it is where it was.
    let run = Memo::new(move |before: Option<&Run>| track.shown(bar).or(before.copied()).unwrap_or(track.period));
    let column = move |month: Month| track.period.place(month);
    let up = move |_| {
        // A press that moves nothing is a tap.
        if !track.drop() && viewport.get_untracked() == Viewport::Phone {
            track.open();
        }
    };
    let cancel = move || {
        track.release();
    };
    view! {
        <div
            class="tl-bar"
            class:is-moving=flag(move || track.is_dragged(bar))
            class:is-late=flag(move || column(run.get().first) * 2 > column(track.period.last))
            role="slider"
            tabindex="0"
            aria-label=text(move || title(i18n, track.activity))
            aria-valuemin="1"
            aria-valuemax=column(track.period.last).to_string()
            aria-valuenow=text(move || column(run.get().first).to_string())
            aria-valuetext=text(move || said::run(i18n, run.get()))
            aria-readonly=text(move || (!track.may()).to_string())
            data-months=text(move || format!("{} {}", run.get().first, run.get().last))
            style:grid-column-start=text(move || column(run.get().first).to_string())
            style:grid-column-end=text(move || (column(run.get().last) + 1).to_string())
            on:pointerdown=move |event| grab(track, bar, &event)
            on:pointermove=move |event: ev::PointerEvent| track.drag_to(event.client_x())
            on:pointerup=up
            on:pointercancel=move |_| cancel()
            on:lostpointercapture=move |_| cancel()
            on:keydown=move |event| press(track, bar, &event)
        >
            <span class="tl-end" data-part="start"></span>
            <span class="tl-end" data-part="end"></span>
            <span class="tl-words" aria-hidden="true">
                {dynamic(move || said::run_short(i18n, run.get()))}
            </span>
        </div>
    }
}

/// A pointer goes down on a bar: from here on, the bar gets all that it does.
fn grab(track: Track, bar: usize, event: &ev::PointerEvent) {
    let Some(run) = track.run_to_change(bar).filter(|_| event.is_primary() && event.button() == 0) else { return };
    let Some((target, element, line)) = element(event.target()) else { return };
    let _ = element.set_pointer_capture(event.pointer_id());
    let part = match target.get_attribute("data-part").as_deref() {
        Some("start") => Part::Start,
        Some("end") => Part::End,
        _ => Part::Whole,
    };
    let month_width = f64::from(line.client_width()) / f64::from(track.period.place(track.period.last));
    track.grab(Drag { bar, part, from: run, to: run, down_at: event.client_x(), month_width });
}

/// What was pressed, the bar that it is in, and the line of that.
fn element(target: Option<EventTarget>) -> Option<(Element, Element, Element)> {
    let target = target?.dyn_into::<Element>().ok()?;
    let bar = target.closest(".tl-bar").ok().flatten()?;
    let line = bar.parent_element()?;
    Some((target, bar, line))
}

/// Left and Right move, with Shift the end, with Alt the start; Home and End go to the ends of the period.
fn press(track: Track, bar: usize, event: &ev::KeyboardEvent) {
    let part = match (event.shift_key(), event.alt_key()) {
        (false, false) => Part::Whole,
        (true, false) => Part::End,
        (false, true) => Part::Start,
        (true, true) => return,
    };
    if event.ctrl_key() || event.meta_key() {
        return;
    }
    let by = match event.key().as_str() {
        "ArrowLeft" => -1,
        "ArrowRight" => 1,
        "Home" => i32::MIN,
        "End" => i32::MAX,
        "Delete" | "Backspace" => 0,
        "Enter" => {
            event.prevent_default();
            return track.open();
        }
        "Escape" => {
            // What a key ends here is not also the end of the details.
            if track.release().is_some() {
                event.prevent_default();
            }
            return;
        }
        _ => return,
    };
    event.prevent_default();
    // A key in the middle of a drag would move what the pointer holds.
    let Some(run) = track.run_to_change(bar).filter(|_| track.release().is_none()) else { return };
    if by == 0 {
        track.remove(run);
    } else {
        track.put(Some(run), run.moved(part, by, track.period));
    }
}
