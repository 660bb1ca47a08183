//! The timeline as a table of words.

use leptos::prelude::*;

use super::said;
use super::title::Title;
use crate::i18n::{t, use_i18n};
use crate::plan::derived::{shown, use_derived};
use crate::ui::{dynamic, list};
use crate::view_model::{ActivityView, PlanView};

/// The table: the activities in the order of the plan, each with its months.
#[component]
pub(super) fn Table() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = use_derived();
    let rows = move || {
        let (plan, filter) = (derived.plan.get(), derived.filter.get());
        shown(&plan, &filter).into_iter().filter_map(|(section, at, _)| Some((section.code.clone(), view.activity(at)?))).collect()
    };
    let row = move |(code, activity): (String, ActivityView)| {
        let months = activity.watch(|activity| activity.months.clone());
        view! {
            <tr data-activity=activity.at.activity.to_string()>
                <td data-section=code>
                    <span class="code">{code.clone()}</span>
                </td>
                <th scope="row">
                    <Title activity />
                </th>
                <td>{dynamic(move || months.with(|months| said::months(i18n, months)))}</td>
            </tr>
        }
    };
    view! {
        <table class="tl-table">
            <caption class="unseen">{t!(i18n, view_timeline)}</caption>
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, timeline_section)}</th>
                    <th scope="col">{t!(i18n, activity_title)}</th>
                    <th scope="col">{t!(i18n, activity_months)}</th>
                </tr>
            </thead>
            <tbody>{list(rows, |(_, activity)| activity.at.activity.to_string(), row)}</tbody>
        </table>
    }
}
