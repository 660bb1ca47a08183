//! The figures that people look for first.

use hamutuk_shared::derive::Sums;
use hamutuk_shared::plan::Cents;
use leptos::prelude::*;

use super::bar::{Share, bar, length, percent};
use super::dimension::Column;
use crate::i18n::{t_string, use_i18n};
use crate::plan::derived::{shown, use_derived};
use crate::ui::{Show, dynamic, flag};
use crate::words;

/// The gap, large; then what it is made of.
#[component]
pub(super) fn Head(whole: Memo<Sums>) -> impl IntoView {
    let i18n = use_i18n();
    let figure = move |column: Column| {
        // What there is too much is said below.
        let amount = move || words::money(i18n, if column == Column::Gap { whole.get().unfunded() } else { column.of(&whole.get()) });
        view! {
            <div data-sum=column.as_str()>
                <dt>{dynamic(move || column.words(i18n))}</dt>
                <dd>{dynamic(amount)}</dd>
            </div>
        }
    };
    let columns = [Column::Gap, Column::Cost, Column::Confirmed, Column::Requested, Column::InKind];
    let drawing = move || {
        let parts = Share::of(&whole.get());
        bar(&parts, length(&parts))
    };
    let legend = move || {
        let parts = Share::of(&whole.get());
        let all = length(&parts);
        let entry = move |(share, amount): (Share, u128)| {
            let words = t_string!(i18n, budget_part, name = share.words(i18n), percent = percent(amount, all));
            view! { <li>{bar(&[(share, 1)], 1)} <span>{words}</span></li> }
        };
        parts.into_iter().map(entry).collect_view()
    };
    view! {
        <section class="budget-head">
            <dl class="figures">{columns.map(figure).into_iter().collect_view()}</dl>
            {dynamic(drawing)}
            <ul class="legend">{dynamic(legend)}</ul>
            <Show when=flag(move || whole.get().over_funded() > Cents(0))>
                <p class="field-note warn">
                    {dynamic(move || t_string!(i18n, sum_over_funded, amount = words::money(i18n, whole.get().over_funded())))}
                </p>
            </Show>
            <Uneven />
        </section>
    }
}

/// Says so when money that is too much somewhere hides money that is missing elsewhere.
#[component]
fn Uneven() -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let sums = Memo::new(move |_| {
        let (plan, filter) = (derived.plan.get(), derived.filter.get());
        let each = shown(&plan, &filter).into_iter().map(|(_, _, activity)| Sums::of(activity));
        each.fold((Cents(0), Cents(0)), |(missing, over), sums| (missing + sums.unfunded(), over + sums.over_funded()))
    });
    let is_uneven = move || sums.with(|(missing, over)| *missing > Cents(0) && *over > Cents(0));
    let words = move || {
        let (missing, over) = sums.get();
        t_string!(i18n, budget_gap_note, missing = words::money(i18n, missing), over = words::money(i18n, over))
    };
    view! {
        <Show when=flag(is_uneven)>
            <p class="field-note">{dynamic(words)}</p>
        </Show>
    }
}
