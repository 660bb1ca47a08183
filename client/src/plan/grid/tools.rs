//! What is above the tables of a section: what they show, and which columns.

use hamutuk_shared::id::SectionId;
use leptos::prelude::*;

use super::columns::{Column, Layout, Shows};
use super::cursor::Cursor;
use crate::i18n::{label, t, use_i18n};
use crate::plan::derived::Derived;
use crate::plan::filter_bar::FilterBar;
use crate::ui::{Glyph, Icon, Popover, Viewport, dynamic, flag, list, text, use_viewport};

/// The bar.
#[component]
pub(crate) fn Tools(section: SectionId) -> impl IntoView {
    let i18n = use_i18n();
    let viewport = use_viewport();
    let derived = Derived::provide();
    let has_columns = Memo::new(move |_| viewport.get() != Viewport::Phone);
    view! {
        <div class="tools">
            <FilterBar derived within=section />
            {dynamic(move || {
                has_columns
                    .get()
                    .then(|| {
                        view! {
                            <Popover
                                class="button quiet"
                                action="columns"
                                trigger=move || view! { <Icon glyph=Glyph::Panel /> {t!(i18n, grid_columns)} }
                            >
                                <Chooser />
                            </Popover>
                        }
                    })
            })}
        </div>
    }
}

/// Which columns are shown, and how many stay in place.
#[component]
fn Chooser() -> impl IntoView {
    let i18n = use_i18n();
    let cursor: Cursor = expect_context();
    if cursor.layout.with_untracked(Option::is_none) {
        cursor.layout.set(Some(Layout::load()));
    }
    let all = move || cursor.layout.with(|layout| layout.as_ref().map(|layout| layout.columns[1..].to_vec()).unwrap_or_default());
    let is_shown = move |shows: Shows| all().iter().any(|column| column.shows == shows && column.is_shown);
    let frozen = move || cursor.layout.with(|layout| layout.as_ref().map_or(0, |layout| layout.frozen));
    let tick = move |column: Column| {
        let shows = column.shows;
        let press = move |_| {
            let was_shown = untrack(|| is_shown(shows));
            cursor.arrange(|layout| layout.show(shows, !was_shown));
        };
        view! {
            <button type="button" class="option tick" role="checkbox" data-column-choice=shows.key() aria-checked=text(move || is_shown(shows).to_string()) on:click=press>
                <span class="box" aria-hidden="true"></span>
                <span>{dynamic(move || shows.title(i18n))}</span>
            </button>
        }
    };
    view! {
        <div class="combobox">
            <div class="listbox ticks" role="group" aria-label=label!(i18n, grid_columns)>
                {list(all, |column| column.shows.key().to_owned(), tick)}
            </div>
            <label class="tick-label">
                {t!(i18n, grid_frozen)}
                <select
                    class="select"
                    data-action="freeze"
                    prop:value=text(move || frozen().to_string())
                    on:change=move |event| {
                        let count = event_target_value(&event).parse().unwrap_or_default();
                        cursor.arrange(|layout| layout.frozen = count);
                    }
                >
                    {(0..=3usize)
                        .map(|count| {
                            view! {
                                <option value=count.to_string() selected=flag(move || frozen() == count)>
                                    {count}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
        </div>
    }
}
