//! An activity as a row of the table.

use hamutuk_shared::plan::{OutcomeRef, Place as Order};
use leptos::ev;
use leptos::prelude::*;

use super::cell::Cell;
use super::columns::Shows;
use super::cursor::{Block, Cursor};
use crate::i18n::{label, t, use_i18n};
use crate::later::later_or_nothing;
use crate::plan::act::{self, Direction};
use crate::plan::details;
use crate::plan::place::use_place;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Popover, Viewport, flag, list, text, use_popover, use_viewport};
use crate::view_model::{ActivityView, PlanView};

/// What the cells of a row need to know about the cursor.
#[derive(Clone, Copy)]
pub(super) struct RowState {
    /// The column of the cell with the focus, if that is in this row.
    pub(super) head: Memo<Option<Shows>>,
    /// Whether any cell of the section has, or had, the focus.
    pub(super) has_head: Memo<bool>,
    /// The columns of the block, if it goes over this row.
    pub(super) columns: Memo<Option<(usize, usize)>>,
}

/// The row.
#[component]
pub(super) fn Row(activity: ActivityView, block: Memo<Option<Block>>) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let viewport = use_viewport();
    let session = use_session();
    let cursor: Cursor = expect_context();
    let at = activity.at;
    let state = RowState {
        head: Memo::new(move |_| cursor.head.get().filter(|head| head.activity == at.activity).map(|head| head.shows)),
        has_head: Memo::new(move |_| block.with(Option::is_some)),
        columns: Memo::new(move |_| {
            block.with(|block| block.as_ref().filter(|block| block.rows.contains(&at.activity)).map(|block| block.columns))
        }),
    };
    // Open details at the side follow the focus.
    let follow = move |_| {
        let is_other = untrack(|| place.activity.get().is_some() && !place.is_open(at));
        if is_other && viewport.get_untracked() == Viewport::Wide {
            place.open(at);
        }
    };
    let is_over = RwSignal::new(false);
    let may_drop = move || cursor.dragged.get_untracked().is_some_and(|dragged| dragged != at.activity);
    let over = move |event: ev::DragEvent| {
        if may_drop() {
            event.prevent_default();
            is_over.set(true);
        }
    };
    let drop = move |event: ev::DragEvent| {
        is_over.set(false);
        if let Some(dragged) = cursor.dragged.get_untracked().filter(|dragged| *dragged != at.activity) {
            event.prevent_default();
            act::move_before(session, i18n, dragged, activity);
        }
    };
    let columns = cursor.shown();
    view! {
        <div
            role="row"
            class="row"
            data-activity=at.activity.to_string()
            class:is-open=flag(move || place.is_open(at))
            class:is-over=flag(move || is_over.get())
            on:focusin=follow
            on:dragover=over
            on:dragleave=move |_| is_over.set(false)
            on:drop=drop
        >
            {list(move || columns.get(), column_key, move |(index, shows)| view! { <Cell activity shows index state /> })}
            <div role="gridcell" class="cell actions">
                <DetailsButton activity />
                <RowMenu activity cursor />
            </div>
        </div>
    }
}

/// What a column is told apart by: where it is, too, because its cells know that.
pub(super) fn column_key((index, shows): &(usize, Shows)) -> String {
    format!("{index}-{}", shows.key())
}

#[component]
fn DetailsButton(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let at = activity.at;
    let is_open = move || place.is_open(at);
    view! {
        <button
            type="button"
            class="icon-button wide details-button"
            data-action="open"
            aria-expanded=text(move || is_open().to_string())
            aria-label=label!(i18n, activity_details)
            title=label!(i18n, activity_details)
            on:click=move |_| if untrack(is_open) { place.close() } else { details::open(place, at) }
        >
            <Icon glyph=Glyph::Panel />
            {later_or_nothing(move |parts| (parts.talk_count)(at))}
        </button>
    }
}

/// The menu of a row. Its button is also the handle by which the row is dragged.
#[component]
fn RowMenu(activity: ActivityView, cursor: Cursor) -> impl IntoView {
    let i18n = use_i18n();
    let label = label!(i18n, activity_more);
    let begin = move |event: ev::DragEvent| {
        if let Some(data) = event.data_transfer() {
            // Firefox drags nothing that carries nothing.
            let _ = data.set_data("text/plain", "");
            data.set_effect_allowed("move");
        }
        cursor.dragged.set(Some(activity.at.activity));
    };
    view! {
        <span class="handle" draggable="true" on:dragstart=begin on:dragend=move |_| cursor.dragged.set(None)>
            <Popover class="icon-button" action="more" label=label trigger=|| view! { <Icon glyph=Glyph::Dots /> }>
                <RowMenuItems activity />
            </Popover>
        </span>
    }
}

#[component]
fn RowMenuItems(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let (place, popover) = (use_place(), use_popover());
    let at = activity.at;
    let shift = move |direction| {
        popover.close();
        act::shift(session, view, i18n, activity, direction);
    };
    let add = move |_| {
        popover.close();
        let outcome = OutcomeRef { section: at.section, outcome: activity.outcome.get_untracked() };
        act::add(session, i18n, outcome, Order::After(at.activity));
    };
    let archive = move |_| {
        popover.close();
        act::archive(session, i18n, at, true);
    };
    let details = move |_| {
        popover.close();
        details::open(place, at);
    };
    view! {
        <div class="menu">
            <button type="button" data-action="open" on:click=details>
                <Icon glyph=Glyph::Panel />
                {t!(i18n, activity_details)}
            </button>
            <button type="button" data-action="up" disabled=flag(move || act::step(view, activity, Direction::Up).is_none()) on:click=move |_| shift(Direction::Up)>
                <Icon glyph=Glyph::Up />
                {t!(i18n, activity_move_up)}
            </button>
            <button type="button" data-action="down" disabled=flag(move || act::step(view, activity, Direction::Down).is_none()) on:click=move |_| shift(Direction::Down)>
                <Icon glyph=Glyph::Down />
                {t!(i18n, activity_move_down)}
            </button>
            <button type="button" on:click=add>
                <Icon glyph=Glyph::Plus />
                {t!(i18n, activity_add_below)}
            </button>
            <hr />
            <button type="button" data-action="archive" on:click=archive>
                <Icon glyph=Glyph::Archive />
                {t!(i18n, activity_archive)}
            </button>
        </div>
    }
}
