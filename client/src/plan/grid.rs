//! The activities of an outcome: a table where there is room for one, cards on a phone.

use leptos::prelude::*;

use super::card::Card;
use super::row::Row;
use crate::i18n::{t, use_i18n};
use crate::ui::{Viewport, list, use_viewport};
use crate::view_model::{ActivityView, PlanView};

/// The activities.
#[component]
pub(crate) fn Grid(activities: Memo<Vec<ActivityView>>) -> impl IntoView {
    let viewport = use_viewport();
    let is_phone = Memo::new(move |_| viewport.get() == Viewport::Phone);
    let is_empty = Memo::new(move |_| activities.with(Vec::is_empty));
    move || match (is_empty.get(), is_phone.get()) {
        (true, _) => ().into_any(),
        (false, true) => view! { <Cards activities /> }.into_any(),
        (false, false) => view! { <Table activities /> }.into_any(),
    }
}

#[component]
fn Cards(activities: Memo<Vec<ActivityView>>) -> impl IntoView {
    view! {
        <div class="cards">
            {list(move || activities.get(), |activity| activity.at.to_string(), |activity| view! { <Card activity /> })}
        </div>
    }
}

#[component]
fn Table(activities: Memo<Vec<ActivityView>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let year = if view.first.year() == view.last.year() { view.first.year().to_string() } else { String::new() };
    view! {
        <table class="grid">
            <colgroup>
                <col />
                <col class="of-lead" />
                <col class="of-when" />
                <col class="of-status" />
                <col class="of-actions" />
            </colgroup>
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, activity_title)}</th>
                    <th scope="col">{t!(i18n, activity_lead)}</th>
                    <th scope="col">{t!(i18n, activity_months)} " " {year}</th>
                    <th scope="col">{t!(i18n, activity_status)}</th>
                    <th scope="col" class="actions">
                        <span class="unseen">{t!(i18n, activity_more)}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                {list(move || activities.get(), |activity| activity.at.to_string(), |activity| view! { <Row activity /> })}
            </tbody>
        </table>
    }
}
