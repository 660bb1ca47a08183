//! The activities of a section by quarter: a light with its word, and what was spent of what it costs.

use hamutuk_shared::derive::Sums;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityRef, Cents, Choice, Name, Quarter, Rating};
use leptos::prelude::*;

use super::facts::{self, Light};
use super::report::ReportButton;
use super::use_progress;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::use_place;
use crate::ui::{dynamic, flag, list};
use crate::view_model::{ActivityView, PlanView};
use crate::words::{self, I18n};

/// The table.
#[component]
pub(super) fn Activities(activities: Memo<Vec<ActivityRef>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let quarters = view.quarters();
    let chosen = use_progress().quarter;
    let head = move |quarter: Quarter| {
        view! {
            <th scope="col" class:is-chosen=flag(move || chosen.get() == quarter)>
                {dynamic(move || words::whole_quarter(i18n, quarter))}
            </th>
        }
    };
    let rows = move || activities.with(|all| all.iter().filter_map(|at| view.activity(*at)).collect());
    view! {
        <div class="progress-sheet" role="region" tabindex="0" aria-label=label!(i18n, progress_table)>
            <table>
                <caption class="unseen">{t!(i18n, progress_table)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, activity)}</th>
                        {quarters.into_iter().map(head).collect_view()}
                        <th scope="col" class="money">
                            {t!(i18n, field_expenditure)}
                        </th>
                        <th scope="col" class="money">
                            {t!(i18n, sum_cost)}
                        </th>
                        <th scope="col">
                            {dynamic(move || t_string!(i18n, progress_report_title, quarter = words::whole_quarter(i18n, chosen.get())))}
                        </th>
                    </tr>
                </thead>
                <tbody>{list(rows, |activity: &ActivityView| activity.at.to_string(), |activity| view! { <Row activity /> })}</tbody>
                <tfoot>
                    <Foot activities />
                </tfoot>
            </table>
        </div>
    }
}

#[component]
fn Row(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let at = activity.at;
    let lead = activity.watch(|activity| activity.lead.value);
    let money = activity.watch(|activity| (facts::spent(activity), Sums::of(activity).cost));
    view! {
        <tr data-activity=at.activity.to_string()>
            <th scope="row">
                <button type="button" class="link" data-action="open" on:click=move |_| details::open(place, at)>
                    {dynamic(move || words::activity(i18n, view, at))}
                </button>
                <span class="note">{dynamic(move || lead.get().and_then(|id| view.organisation_label(id)))}</span>
            </th>
            {view.quarters().into_iter().map(|quarter| view! { <Cell activity quarter /> }).collect_view()}
            <td class="money" class:is-over=flag(move || is_over(money.get()))>
                {dynamic(move || words::money(i18n, money.get().0))}
            </td>
            <td class="money">{dynamic(move || words::money(i18n, money.get().1))}</td>
            <td>
                <ReportButton activity />
            </td>
        </tr>
    }
}

/// Whether more was spent than it costs.
fn is_over((spent, cost): (Cents, Cents)) -> bool {
    spent > cost
}

#[component]
fn Cell(activity: ActivityView, quarter: Quarter) -> impl IntoView {
    let i18n = use_i18n();
    let chosen = use_progress().quarter;
    let light = Memo::new(move |_| activity.whole.with(|activity| facts::light(activity, quarter)));
    let said = move |Light { rating, spent }| {
        let spent = spent.map(|spent| view! { <span class="note">{words::money(i18n, spent)}</span> });
        view! {
            {lamp(i18n, rating)}
            {spent}
        }
    };
    view! {
        <td data-quarter=quarter.to_string() class:is-chosen=flag(move || chosen.get() == quarter)>
            {dynamic(move || match light.get() {
                Some(light) => said(light).into_any(),
                None => view! { <span class="note">{t_string!(i18n, progress_no_report)}</span> }.into_any(),
            })}
        </td>
    }
}

/// A rating: its colour, and its word.
pub(super) fn lamp(i18n: I18n, rating: Rating) -> AnyView {
    view! {
        <span class="lamp" data-rating=rating.as_str()>
            <span class="dot" data-status=rating.as_str()></span>
            {words::choice(i18n, Kind::Report, Name::Rating, rating)}
        </span>
    }
    .into_any()
}

/// What was spent, and what it costs, of all of them.
#[component]
fn Foot(activities: Memo<Vec<ActivityRef>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let money = Memo::new(move |_| {
        let all = activities.with(|all| all.iter().filter_map(|at| view.activity(*at)).collect::<Vec<_>>());
        let of = |one: &ActivityView| one.whole.with(|activity| (facts::spent(activity), Sums::of(activity).cost));
        all.iter().map(of).fold((Cents(0), Cents(0)), |all, one| (all.0 + one.0, all.1 + one.1))
    });
    view! {
        <tr>
            <th scope="row">{t!(i18n, progress_total)}</th>
            <td colspan=view.quarters().len().to_string()></td>
            <td class="money">{dynamic(move || words::money(i18n, money.get().0))}</td>
            <td class="money">{dynamic(move || words::money(i18n, money.get().1))}</td>
            <td></td>
        </tr>
    }
}
