//! The activities of what is chosen.

use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityStatus, Choice, MonthSet, Name};
use leptos::prelude::*;

use super::chosen::{Chosen, LIST};
use crate::i18n::{t, t_string};
use crate::plan::derived::{shown, use_derived};
use crate::plan::views::timeline::{Title, said};
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::ActivityView;
use crate::words;

/// The list, under its heading.
#[component]
pub(super) fn Activities(chosen: Chosen) -> impl IntoView {
    let (i18n, view) = (chosen.i18n, chosen.view);
    let derived = use_derived();
    let heading = move || match chosen.get() {
        Some(spot) => t_string!(i18n, where_count, place = spot.name(i18n, view), count = chosen.count(spot.place, spot.section)),
        None => String::new(),
    };
    let activities = move || {
        let (plan, filter) = (derived.plan.get(), derived.filter.get());
        let Some(spot) = chosen.get() else { return Vec::new() };
        let there = shown(&plan, &filter).into_iter().filter(|(_, at, activity)| spot.holds(*at, activity));
        there.filter_map(|(section, at, _)| Some((section.code.clone(), view.activity(at)?))).collect()
    };
    view! {
        <section class="where-list" id=LIST>
            <Show
                when=flag(move || chosen.get().is_some())
                fallback=move || view! { <p class="note">{t!(i18n, where_choose)}</p> }
            >
                <h2>{dynamic(heading)}</h2>
            </Show>
            <ul>{list(activities, |(_, activity)| activity.at.activity.to_string(), move |(code, activity)| item(chosen, code, activity))}</ul>
        </section>
    }
}

fn item(chosen: Chosen, code: String, activity: ActivityView) -> AnyView {
    let (i18n, view) = (chosen.i18n, chosen.view);
    let lead = activity.watch(|activity| activity.lead.value);
    let status: Memo<ActivityStatus> = activity.watch(|activity| activity.status.value);
    let months: Memo<MonthSet> = activity.watch(|activity| activity.months.clone());
    let lead_words = move || {
        let name = lead.get().and_then(|id| view.organisation_label(id));
        name.unwrap_or_else(|| t_string!(i18n, activity_lead_none).to_owned())
    };
    view! {
        <li data-section=code data-activity=activity.at.activity.to_string()>
            <span class="code">{code.clone()}</span>
            <Title activity />
            <span class="note">
                <span>{dynamic(lead_words)}</span>
                <span>{dynamic(move || months.with(|months| said::months(i18n, months)))}</span>
                <span>
                    <span class="dot" data-status=text(move || status.get().as_str())></span>
                    " "
                    {dynamic(move || words::choice(i18n, Kind::Activity, Name::Status, status.get()))}
                </span>
            </span>
        </li>
    }
    .into_any()
}
