//! The headings of the table's columns, by which they are widened.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::columns::{Layout, Shows};
use super::cursor::Cursor;
use super::row::column_key;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{dynamic, flag, list, text};

/// How far an arrow key widens a column, in pixels.
const STEP: i32 = 16;

/// The row of headings.
#[component]
pub(super) fn Heading() -> impl IntoView {
    let i18n = use_i18n();
    let cursor: Cursor = expect_context();
    let columns = cursor.shown();
    view! {
        <div role="row" class="row heading">
            {list(move || columns.get(), column_key, |(index, shows)| view! { <Title index shows /> })}
            <div role="columnheader" class="cell actions">
                <span class="unseen">{t!(i18n, activity_more)}</span>
            </div>
        </div>
    }
}

#[component]
fn Title(index: usize, shows: Shows) -> impl IntoView {
    let i18n = use_i18n();
    let cursor: Cursor = expect_context();
    let frozen = cursor.frozen_at(index);
    let width = move || {
        let find = |layout: &Layout| layout.columns.iter().find(|column| column.shows == shows).map(|column| i32::from(column.width));
        cursor.layout.with(|layout| layout.as_ref().and_then(find)).unwrap_or_default()
    };
    // Where the drag began, and how wide the column was then.
    let drag = StoredValue::new(None::<(i32, i32)>);
    let begin = move |event: ev::PointerEvent| {
        let handle = event.current_target().and_then(|handle| handle.dyn_into::<Element>().ok());
        let width = handle.as_ref().and_then(|handle| handle.parent_element()).map(|cell| cell.get_bounding_client_rect().width());
        if let (Some(handle), Some(width)) = (handle, width) {
            let _ = handle.set_pointer_capture(event.pointer_id());
            #[expect(clippy::cast_possible_truncation, reason = "no column is that wide")]
            drag.set_value(Some((event.client_x(), width as i32)));
            event.prevent_default();
        }
    };
    let follow = move |event: ev::PointerEvent| {
        if let Some((from, width)) = drag.get_value() {
            cursor.arrange(|layout| layout.resize(shows, width + event.client_x() - from));
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" => -STEP,
            "ArrowRight" => STEP,
            _ => return,
        };
        event.prevent_default();
        let wider = untrack(width) + by;
        cursor.arrange(|layout| layout.resize(shows, wider));
    };
    view! {
        <div role="columnheader" class="cell" class:frozen=flag(move || frozen.get().is_some()) style:left=move || frozen.get().map(|left| format!("{left}px")) data-heading=shows.key()>
            <span>{dynamic(move || shows.title(i18n))}</span>
            <span
                class="resize"
                role="separator"
                aria-orientation="vertical"
                aria-label=text(move || t_string!(i18n, grid_resize, column = shows.title(i18n)))
                aria-valuenow=text(move || width().to_string())
                tabindex="0"
                on:pointerdown=begin
                on:pointermove=follow
                on:pointerup=move |_| drag.set_value(None)
                on:keydown=key
            ></span>
        </div>
    }
}
