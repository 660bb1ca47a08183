//! The activities for which money is missing, the largest gap first.

use std::cmp::Reverse;

use hamutuk_shared::derive::Sums;
use hamutuk_shared::plan::{ActivityRef, Cents};
use leptos::prelude::*;

use super::super::line::line;
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::plan::derived::{shown, use_derived};
use crate::ui::{Show, dynamic, flag, list};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The list.
#[component]
pub(super) fn Gaps() -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let gaps = Memo::new(move |_| {
        let (plan, filter) = (derived.plan.get(), derived.filter.get());
        let mut found: Vec<(Cents, ActivityRef)> = shown(&plan, &filter)
            .into_iter()
            .map(|(_, at, activity)| (Sums::of(activity).gap(), at))
            .filter(|(gap, _)| *gap > Cents(0))
            .collect();
        found.sort_by_key(|(gap, _)| Reverse(*gap));
        found.into_iter().map(|(_, at)| at).collect::<Vec<_>>()
    });
    view! {
        <section class="gaps" data-gaps="">
            <h2>{dynamic(move || t_string!(i18n, budget_gaps, count = gaps.with(Vec::len)))}</h2>
            <ol class="lines">{list(move || gaps.get(), |at| at.activity.to_string(), move |at| line(at, facts))}</ol>
            <Show when=flag(move || gaps.with(Vec::is_empty))>
                <p class="note">{t!(i18n, budget_no_gaps)}</p>
            </Show>
        </section>
    }
}

/// Who leads it, what it costs and what is missing.
fn facts(activity: ActivityView) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let lead = activity.watch(|activity| activity.lead.value);
    let sums = activity.watch(Sums::of);
    let lead = move || {
        let label = lead.get().and_then(|id| view.organisation_label(id));
        label.map_or_else(|| t_string!(i18n, activity_lead_none).to_owned(), |label| said(t_string!(i18n, activity_lead), &label))
    };
    let cost = move || said_money(i18n, t_string!(i18n, sum_cost), sums.get().cost);
    let gap = move || said_money(i18n, t_string!(i18n, sum_gap), sums.get().unfunded());
    view! {
        <span>{dynamic(lead)}</span>
        <span class="num">{dynamic(cost)}</span>
        <strong class="num" data-sum="gap">
            {dynamic(gap)}
        </strong>
    }
    .into_any()
}

fn said_money(i18n: I18n, name: &str, amount: Cents) -> String {
    said(name, &words::money(i18n, amount))
}

fn said(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}
