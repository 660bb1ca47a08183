//! The months above the lines, and how many activities each has.

use hamutuk_shared::derive::Bucket;
use hamutuk_shared::plan::Month;
use leptos::prelude::*;

use super::runs::Run;
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::ui::{Show, dynamic, flag, text};
use crate::words::{self, I18n};

/// The names of the months, short. The bars say theirs themselves.
pub(super) fn months(i18n: I18n, period: Run) -> AnyView {
    let name = |month: Month| view! { <span>{dynamic(move || words::month_short(i18n, month))}</span> };
    view! {
        <div class="tl-track tl-months" aria-hidden="true">
            {period.months().map(name).collect_view()}
        </div>
    }
    .into_any()
}

/// The quarters.
pub(super) fn quarters(i18n: I18n, period: Run) -> AnyView {
    let mut quarters: Vec<(Month, usize)> = Vec::new();
    for month in period.months() {
        match quarters.last_mut() {
            Some((first, length)) if (first.year(), first.quarter()) == (month.year(), month.quarter()) => *length += 1,
            _ => quarters.push((month, 1)),
        }
    }
    // With more than one year, a quarter says of which it is.
    let is_long = period.first.year() != period.last.year();
    let name = move |month: Month| {
        let quarter = words::quarter(i18n, month.quarter());
        if is_long { format!("{quarter} {}", month.year()) } else { quarter.to_owned() }
    };
    let quarter = move |(month, length): (Month, usize)| {
        view! { <span style:grid-column-end=format!("span {length}")>{dynamic(move || name(month))}</span> }
    };
    view! {
        <div class="tl-track tl-quarters" aria-hidden="true">
            {quarters.into_iter().map(quarter).collect_view()}
        </div>
    }
    .into_any()
}

/// How many activities each month has.
#[component]
pub(super) fn Counts(period: Run) -> impl IntoView {
    let i18n = use_i18n();
    let totals = use_derived().totals;
    let count = move |month: Option<Month>| totals.with(|totals| totals.get(Bucket::Month(month)).activities);
    let most = Memo::new(move |_| period.months().map(|month| count(Some(month))).max().unwrap_or_default().max(1));
    let without = Memo::new(move |_| count(None));
    let item = move |month: Month| {
        let now = Memo::new(move |_| count(Some(month)));
        view! {
            <li data-month=month.to_string()>
                <i aria-hidden="true" style:height=text(move || format!("{}%", now.get() * 100 / most.get()))></i>
                <span class="unseen">{dynamic(move || words::month(i18n, month))} ": "</span>
                <b>{dynamic(move || now.get())}</b>
            </li>
        }
    };
    view! {
        <div class="tl-line tl-counts">
            <div class="tl-name note">
                <span>{t!(i18n, timeline_counts)}</span>
                <Show when=flag(move || without.get() > 0)>
                    <span data-count="without">{dynamic(move || t_string!(i18n, timeline_without, count = without.get()))}</span>
                </Show>
            </div>
            <ul class="tl-track">{period.months().map(item).collect_view()}</ul>
        </div>
    }
}
