//! When an activity happens: a box for each month of the plan. The arrow keys go through them, Space and Enter toggle.

use hamutuk_shared::plan::{Edit, Field, Month};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::frame::Frame;
use crate::i18n::{label, use_i18n};
use crate::session::{Standing, use_session};
use crate::ui::{dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words;

/// The months of an activity, to be toggled. Large ones carry their names.
#[component]
pub(crate) fn MonthsInput(field: Field, #[prop(optional)] large: bool) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let standing = use_session().standing(field);
    let all: Vec<Month> = view.first().through(view.last()).collect();
    // One of the boxes is in the order of Tab: the last one that had the focus.
    let entry = RwSignal::new(view.first());
    let quarters: Vec<u8> =
        all.iter().filter(|month| starts_quarter(**month) || **month == view.first()).map(|month| month.quarter()).collect();
    view! {
        <Frame field>
            <div class="months" class:is-large=large>
                <div class="months-boxes" role="group" aria-label=label!(i18n, activity_months) data-path=field.to_string() on:keydown=walk>
                    {all.into_iter().map(|month| view! { <Box field standing month entry /> }).collect_view()}
                </div>
                <div class="quarters" aria-hidden="true">
                    {quarters.into_iter().map(|quarter| view! { <span>{dynamic(move || words::quarter(i18n, quarter))}</span> }).collect_view()}
                </div>
            </div>
        </Frame>
    }
}

#[component]
fn Box(field: Field, standing: Signal<Standing>, month: Month, entry: RwSignal<Month>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let key = month.to_string();
    let is_on = Memo::new(move |_| standing.with(|standing| standing.members.contains(&key)));
    let set = move |included| Edit::Include { field, member: month.to_string(), included };
    view! {
        <button
            type="button"
            class="month"
            class:starts-quarter=starts_quarter(month)
            class:ends-quarter=month.month().is_multiple_of(3)
            data-month=month.to_string()
            aria-label=text(move || words::month(i18n, month))
            title=text(move || words::month(i18n, month))
            aria-pressed=text(move || is_on.get().to_string())
            tabindex=text(move || if entry.get() == month { "0" } else { "-1" })
            disabled=flag(move || !session.may(&set(true)))
            on:focus=move |_| entry.set(month)
            on:click=move |_| session.write(set(!is_on.get_untracked()))
        >
            <span class="name" aria-hidden="true">
                {dynamic(move || words::month_short(i18n, month))}
            </span>
        </button>
    }
}

const fn starts_quarter(month: Month) -> bool {
    month.month() % 3 == 1
}

/// Left and Right to the neighbour, Home and End to the ends.
fn walk(event: ev::KeyboardEvent) {
    let Some(from) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(group) = from.parent_element() else { return };
    let to = match event.key().as_str() {
        "ArrowLeft" => from.previous_element_sibling(),
        "ArrowRight" => from.next_element_sibling(),
        "Home" => group.first_element_child(),
        "End" => group.last_element_child(),
        _ => return,
    };
    event.prevent_default();
    if let Some(to) = to.and_then(|to| to.dyn_into::<HtmlElement>().ok()) {
        let _ = to.focus();
    }
}
