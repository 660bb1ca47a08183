//! An activity as a row of the table.

use hamutuk_shared::plan::{Archived, OutcomeRef, Place as Order};
use leptos::ev;
use leptos::prelude::*;

use super::act::{self, Direction};
use super::keys::{self, RowKey};
use super::lead::Lead;
use super::months::Months;
use super::place::use_place;
use super::status::Status;
use crate::field::TextInput;
use crate::i18n::{label, t, use_i18n};
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Popover, Viewport, text, use_popover, use_viewport};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The row.
#[component]
pub(crate) fn Row(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let viewport = use_viewport();
    let at = activity.at;
    let key = move |event: ev::KeyboardEvent| {
        let is_done = match keys::row_key(&event) {
            None => false,
            Some(RowKey::Add) => {
                let outcome = OutcomeRef { section: at.section, outcome: activity.outcome.get_untracked() };
                act::add(session, i18n, outcome, Order::After(at.activity)).is_some()
            }
            Some(RowKey::Shift(direction)) => {
                act::shift(session, view, i18n, activity, direction);
                true
            }
            Some(RowKey::Go(direction)) => keys::go(&event, direction),
        };
        if is_done {
            event.prevent_default();
        }
    };
    // Open details at the side follow the focus.
    let follow = move |_| {
        let is_other = untrack(|| place.activity.get().is_some() && !place.is_open(at));
        if is_other && viewport.get_untracked() == Viewport::Wide {
            place.open(at);
        }
    };
    view! {
        <tr data-activity=at.activity.to_string() class:is-open=move || place.is_open(at) on:keydown=key on:focusin=follow>
            <td class="title">
                <TextInput
                    field=activity.title.field
                    label=label!(i18n, activity_title)
                    placeholder=label!(i18n, activity_title_hint)
                />
                <RestoredNote activity />
            </td>
            <td>
                <Lead activity />
            </td>
            <td>
                <Months activity />
            </td>
            <td>
                <Status activity />
            </td>
            <td class="actions">
                <DetailsButton activity />
                <RowMenu activity />
            </td>
        </tr>
    }
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
            on:click=move |_| if untrack(is_open) { place.close() } else { super::details::open(place, at) }
        >
            <Icon glyph=Glyph::Panel />
        </button>
    }
}

#[component]
fn RowMenu(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let label = label!(i18n, activity_more);
    view! {
        <Popover class="icon-button" action="more" label=label trigger=|| view! { <Icon glyph=Glyph::Dots /> }>
            <RowMenuItems activity />
        </Popover>
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
        super::details::open(place, at);
    };
    view! {
        <div class="menu">
            <button type="button" data-action="open" on:click=details>
                <Icon glyph=Glyph::Panel />
                {t!(i18n, activity_details)}
            </button>
            <button type="button" data-action="up" disabled=move || act::step(view, activity, Direction::Up).is_none() on:click=move |_| shift(Direction::Up)>
                <Icon glyph=Glyph::Up />
                {t!(i18n, activity_move_up)}
            </button>
            <button type="button" data-action="down" disabled=move || act::step(view, activity, Direction::Down).is_none() on:click=move |_| shift(Direction::Down)>
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

/// "Restored because X edited it", for an activity that was archived while somebody wrote in it.
#[component]
pub(crate) fn RestoredNote(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    move || match activity.archived.get() {
        Archived::RestoredBy(author) => words::author(view, Some(author)).map(|name| {
            view! {
                <p class="under row-note">
                    <span>
                        <Icon glyph=Glyph::Restore />
                        " "
                        {t!(i18n, restored_because, name = name)}
                    </span>
                </p>
            }
        }),
        Archived::No | Archived::Yes => None,
    }
}
