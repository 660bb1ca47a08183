//! When an activity happens: a box for each month of the plan. The arrow keys go through them, Space and Enter toggle.

use hamutuk_shared::plan::{Edit, Field, Month, Name};
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::act;
use super::presence::Presence;
use crate::i18n::{label, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{dynamic, flag, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The months of an activity, to be toggled. Large ones carry their names.
#[component]
pub(crate) fn Months(activity: ActivityView, #[prop(optional)] large: bool) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let path = Field::of_activity(activity.at, Name::Months).to_string();
    let all: Vec<Month> = view.first.through(view.last).collect();
    // One of the boxes is in the order of Tab: the last one that had the focus.
    let entry = RwSignal::new(view.first);
    let quarters: Vec<u8> =
        all.iter().filter(|month| starts_quarter(**month) || **month == view.first).map(|month| month.quarter()).collect();
    view! {
        <Presence path=path.clone()>
            <div class="months" class:is-large=large>
                <div class="months-boxes" role="group" aria-label=label!(i18n, activity_months) data-path=path on:keydown=walk>
                    {all.into_iter().map(|month| view! { <Box activity month entry /> }).collect_view()}
                </div>
                <div class="quarters" aria-hidden="true">
                    {quarters.into_iter().map(|quarter| view! { <span>{dynamic(move || words::quarter(i18n, quarter))}</span> }).collect_view()}
                </div>
            </div>
        </Presence>
    }
}

#[component]
fn Box(activity: ActivityView, month: Month, entry: RwSignal<Month>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let is_on = move || activity.months.with(|months| months.contains(&month));
    let set = move |planned| Edit::month(activity.at, month, planned);
    view! {
        <button
            type="button"
            class="month"
            class:starts-quarter=starts_quarter(month)
            class:ends-quarter=month.month().is_multiple_of(3)
            data-month=month.to_string()
            aria-label=text(move || words::month(i18n, month))
            title=text(move || words::month(i18n, month))
            aria-pressed=text(move || is_on().to_string())
            tabindex=text(move || if entry.get() == month { "0" } else { "-1" })
            disabled=flag(move || !session.may(&set(true)))
            on:focus=move |_| entry.set(month)
            on:click=move |_| act::write(session, set(!untrack(is_on)))
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

/// The months of an activity, to be read.
#[component]
pub(crate) fn MonthStrip(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let words = move || {
        let names: Vec<&str> = activity.months.with(|months| months.iter().map(|month| words::month_short(i18n, *month)).collect());
        if names.is_empty() { t_string!(i18n, activity_months_none).to_owned() } else { names.join(" ") }
    };
    let mark = move |month: Month| view! { <i class:on=move || activity.months.with(|months| months.contains(&month))></i> };
    view! {
        <span class="months-strip" aria-hidden="true">
            {view.first.through(view.last).map(mark).collect_view()}
        </span>
        <span class="unseen">{words}</span>
    }
}
