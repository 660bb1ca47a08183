//! The activities of an outcome: a table where there is room for one, cards on a phone.
//!
//! The table comes with the second program; the cards, which a phone shows first, with the first.

mod cell;
mod clipboard;
mod columns;
pub(crate) mod cursor;
mod deeds;
mod heading;
mod keyboard;
mod paste;
mod row;
pub(crate) mod table;
pub(crate) mod tools;
mod write;

use hamutuk_shared::plan::OutcomeRef;
use leptos::prelude::*;

use super::card::Card;
use super::place::use_place;
use crate::later::later;
use crate::ui::{Viewport, dynamic, list, use_viewport};
use crate::view_model::ActivityView;
use cursor::Cursor;

/// The activities.
#[component]
pub(crate) fn Grid(activities: Memo<Vec<ActivityView>>, outcome: OutcomeRef) -> impl IntoView {
    let (viewport, place) = (use_viewport(), use_place());
    let is_phone = Memo::new(move |_| viewport.get() == Viewport::Phone);
    let is_empty = Memo::new(move |_| activities.with(Vec::is_empty));
    let is_filtered = Memo::new(move |_| place.filter.with(|filter| !filter.is_empty()));
    dynamic(move || match (is_empty.get(), is_phone.get(), is_filtered.get()) {
        (true, ..) => ().into_any(),
        (_, true, false) => view! { <Cards activities /> }.into_any(),
        (_, is_phone, is_filtered) => later(move |parts| {
            let shown = if is_filtered { (parts.filtered)(activities) } else { activities };
            if is_phone { view! { <Cards activities=shown /> }.into_any() } else { (parts.table)(shown, outcome) }
        }),
    })
}

#[component]
fn Cards(activities: Memo<Vec<ActivityView>>) -> impl IntoView {
    view! {
        <div class="cards">
            {list(move || activities.get(), |activity| activity.at.to_string(), |activity| view! { <Card activity /> })}
        </div>
    }
}

/// Those of the activities that the view's filter lets through.
pub(crate) fn filtered(activities: Memo<Vec<ActivityView>>) -> Memo<Vec<ActivityView>> {
    let (place, view, cursor) = (use_place(), expect_context(), expect_context::<Cursor>());
    Memo::new(move |_| cursor.pass(view, &place.filter.get(), activities.get()))
}
