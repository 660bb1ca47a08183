//! What an activity costs, who pays, and what is missing.

use hamutuk_shared::derive::sums::Sums;
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::ui::{Show, dynamic, flag};
use crate::view_model::ActivityView;
use crate::words;

/// The sums of an activity, live.
#[component]
pub(crate) fn Money(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let sums = activity.watch(Sums::of);
    let rows = move || {
        let sums = sums.get();
        [
            ("cost", t_string!(i18n, sum_cost), sums.cost),
            ("confirmed", t_string!(i18n, sum_confirmed), sums.confirmed),
            ("requested", t_string!(i18n, sum_requested), sums.requested),
            ("in-kind", t_string!(i18n, sum_in_kind), sums.in_kind),
            ("gap", t_string!(i18n, sum_gap), sums.unfunded()),
        ]
    };
    let row = move |(key, name, cents)| {
        view! {
            <div data-sum=key>
                <dt>{name}</dt>
                <dd>{words::money(i18n, cents)}</dd>
            </div>
        }
    };
    view! {
        <dl class="sums">{dynamic(move || rows().into_iter().map(row).collect_view())}</dl>
        <Show when=flag(move || sums.get().over_funded().0 > 0)>
            <p class="field-note warn" role="status">
                {dynamic(move || t_string!(i18n, sum_over_funded, amount = words::money(i18n, sums.get().over_funded())))}
            </p>
        </Show>
    }
}
