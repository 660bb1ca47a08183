//! An activity as a card of the phone: its words, to be read; a press opens its details.

use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Choice, Month, Name};
use leptos::prelude::*;

use super::place::use_place;
use super::restored::RestoredNote;
use super::writing::Writing;
use crate::i18n::{t, t_string, use_i18n};
use crate::later::later_or_nothing;
use crate::ui::{Glyph, Icon, Show, dynamic, flag, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// The card.
#[component]
pub(crate) fn Card(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let at = activity.at;
    let is_blank = move || activity.title.words.with(|words| words.trim().is_empty());
    let title = move || if is_blank() { t_string!(i18n, activity_title_hint).to_owned() } else { activity.title.words.get() };
    let disputes = activity.watch(|activity| activity.lead.rivals.len() + activity.status.rivals.len());
    view! {
        <button type="button" class="card" data-activity=at.activity.to_string() data-action="open" on:click=move |_| super::details::open(place, at)>
            <span class="title" class:is-empty=is_blank>
                {title}
            </span>
            <span class="meta">
                <LeadWords activity />
                <StatusWords activity />
                {later_or_nothing(move |parts| (parts.talk_count)(at))}
                <Show when=flag(move || disputes.get() > 0)>
                    <span class="chip warn">
                        <Icon glyph=Glyph::Warning />
                        {t!(i18n, conflict_values, count = move || disputes.get())}
                    </span>
                </Show>
            </span>
            <MonthStrip activity />
            <RestoredNote activity />
            <Writing at />
        </button>
    }
}

/// The lead of an activity, to be read; nothing while there is none.
#[component]
fn LeadWords(activity: ActivityView) -> impl IntoView {
    let view = expect_context::<PlanView>();
    let lead = activity.watch(|activity| activity.lead.value);
    dynamic(move || lead.get().and_then(|id| view.organisation_label(id)).map(|name| view! { <span>{name}</span> }))
}

/// The status of an activity, to be read.
#[component]
fn StatusWords(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let now = activity.watch(|activity| activity.status.value);
    view! {
        <span class="pair">
            <span class="dot" data-status=text(move || now.get().as_str())></span>
            {dynamic(move || words::choice(i18n, Kind::Activity, Name::Status, now.get()))}
        </span>
    }
}

/// The months of an activity, to be read.
#[component]
fn MonthStrip(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let months = activity.watch(|activity| activity.months.clone());
    let words = move || {
        let names: Vec<&str> = months.with(|months| months.iter().map(|month| words::month_short(i18n, *month)).collect());
        if names.is_empty() { t_string!(i18n, activity_months_none).to_owned() } else { names.join(" ") }
    };
    let mark = move |month: Month| view! { <i class:on=flag(move || months.with(|months| months.contains(&month)))></i> };
    view! {
        <span class="months-strip" aria-hidden="true">
            {view.first().through(view.last()).map(mark).collect_view()}
        </span>
        <span class="unseen">{dynamic(words)}</span>
    }
}
