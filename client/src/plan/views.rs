//! The views beside the plan. All of them filter the same way, have an address, and print.

mod budget;
mod line;
mod one_of;
mod progress;
mod review;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod test_screen;
mod timeline;
mod where_;
mod who;

use leptos::prelude::*;

use super::derived::Derived;
use super::filter_bar::FilterBar;
use super::view::View;
use crate::i18n::use_i18n;
use crate::room;
use crate::ui::dynamic;

/// A view, with what it shows of the plan above it.
#[component]
pub(crate) fn Views(view: View) -> AnyView {
    let i18n = use_i18n();
    match view {
        View::Vote => return room::vote(),
        View::Desk => return room::desk(),
        View::Plenary => return room::plenary(),
        _ => {}
    }
    let derived = Derived::provide();
    let content = match view {
        View::Plan | View::Vote | View::Desk | View::Plenary => ().into_any(),
        View::Timeline => view! { <timeline::Timeline /> }.into_any(),
        View::Budget => view! { <budget::Budget /> }.into_any(),
        View::Who => view! { <who::Who /> }.into_any(),
        View::Where => view! { <where_::Where /> }.into_any(),
        View::Progress => view! { <progress::Progress /> }.into_any(),
        View::Review => view! { <review::Review /> }.into_any(),
    };
    view! {
        <div class="view" data-view=view.as_str()>
            <h1>{dynamic(move || view.name(i18n))}</h1>
            <FilterBar derived />
            {content}
        </div>
    }
    .into_any()
}
