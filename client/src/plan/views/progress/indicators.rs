//! The indicators of a section: where they start, where they should be, and where they are.

use hamutuk_shared::id::IndicatorId;
use hamutuk_shared::plan::schema::Home;
use hamutuk_shared::plan::{Indicator, Item, Quarter, Report};
use leptos::prelude::*;

use super::{facts, use_progress};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::use_place;
use crate::ui::{dynamic, list};
use crate::view_model::PlanView;
use crate::words;

/// What a row says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Row {
    words: String,
    baseline: String,
    target: String,
    milestone: String,
    reached: Option<(String, Option<Quarter>)>,
}

/// The table.
#[component]
pub(super) fn Indicators(indicators: Memo<Vec<Item>>) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = use_progress().quarter;
    view! {
        <div class="progress-sheet" role="region" tabindex="0" aria-label=label!(i18n, progress_indicators)>
            <table class="indicators">
                <caption>{t!(i18n, progress_indicators)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, field_indicator)}</th>
                        <th scope="col">{t!(i18n, progress_indicator_of)}</th>
                        <th scope="col">{t!(i18n, field_baseline)}</th>
                        <th scope="col">{t!(i18n, field_target)}</th>
                        <th scope="col" class="is-chosen">
                            {dynamic(move || t_string!(i18n, progress_milestone, quarter = words::whole_quarter(i18n, chosen.get())))}
                        </th>
                        <th scope="col">{t!(i18n, progress_reached)}</th>
                    </tr>
                </thead>
                <tbody>{list(move || indicators.get(), Item::to_string, |item| view! { <IndicatorRow item /> })}</tbody>
            </table>
        </div>
    }
}

#[component]
fn IndicatorRow(item: Item) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let Item::Indicator(home, id) = item else { return ().into_any() };
    let chosen = use_progress().quarter;
    let row = Memo::new(move |_| {
        let quarter = chosen.get();
        match home {
            Home::Activity(at) => view.activity(at).map(|one| one.whole.with(|of| row(&of.indicators, &of.reports, id, quarter))),
            Home::Outcome(at) => view.outcome(at).map(|one| one.whole.with(|of| row(&of.indicators, &of.reports, id, quarter))),
        }
        .unwrap_or_default()
    });
    let or_dash = move |words: String| if words.trim().is_empty() { t_string!(i18n, not_set).to_owned() } else { words };
    let reached = move || match row.get().reached {
        Some((value, Some(quarter))) => format!("{value} · {}", words::whole_quarter(i18n, quarter)),
        Some((value, None)) => value,
        None => t_string!(i18n, not_set).to_owned(),
    };
    view! {
        <tr data-item=item.to_string()>
            <th scope="row">{dynamic(move || or_dash(row.get().words))}</th>
            <td>
                <Of home />
            </td>
            <td>{dynamic(move || or_dash(row.get().baseline))}</td>
            <td>{dynamic(move || or_dash(row.get().target))}</td>
            <td class="is-chosen">{dynamic(move || or_dash(row.get().milestone))}</td>
            <td data-reached="">{dynamic(reached)}</td>
        </tr>
    }
    .into_any()
}

/// What an indicator measures.
#[component]
fn Of(home: Home) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    match home {
        Home::Activity(at) => view! {
            <button type="button" class="link" data-action="open" on:click=move |_| details::open(place, at)>
                {dynamic(move || words::activity(i18n, view, at))}
            </button>
        }
        .into_any(),
        Home::Outcome(at) => {
            let outcome = view.outcome(at);
            let code = outcome.as_ref().map(|outcome| outcome.code.clone());
            let statement = outcome.map(|outcome| dynamic(move || outcome.statement.words.get()));
            view! {
                <strong>{code}</strong>
                " "
                {statement}
            }
            .into_any()
        }
    }
}

fn row(indicators: &[Indicator], reports: &[Report], id: IndicatorId, quarter: Quarter) -> Row {
    let Some(indicator) = indicators.iter().find(|one| one.id == id) else { return Row::default() };
    Row {
        words: indicator.text.clone(),
        baseline: indicator.baseline.value.clone().unwrap_or_default(),
        target: indicator.target.value.clone().unwrap_or_default(),
        milestone: facts::milestone(indicator, quarter).unwrap_or_default().to_owned(),
        reached: facts::reached(reports, id),
    }
}
