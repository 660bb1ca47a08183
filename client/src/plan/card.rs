//! An activity as a card of the phone: its words, to be read; a press opens its details.

use leptos::prelude::*;

use super::lead::LeadWords;
use super::months::MonthStrip;
use super::place::use_place;
use super::presence::Writing;
use super::row::RestoredNote;
use super::status::StatusWords;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{Glyph, Icon, Show, flag};
use crate::view_model::ActivityView;

/// The card.
#[component]
pub(crate) fn Card(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    let at = activity.at;
    let is_blank = move || activity.title.words.with(|words| words.trim().is_empty());
    let title = move || if is_blank() { t_string!(i18n, activity_title_hint).to_owned() } else { activity.title.words.get() };
    let disputes = move || activity.lead.with(|lead| lead.rivals.len()) + activity.status.with(|status| status.rivals.len());
    view! {
        <button type="button" class="card" data-activity=at.activity.to_string() data-action="open" on:click=move |_| super::details::open(place, at)>
            <span class="title" class:is-empty=is_blank>
                {title}
            </span>
            <span class="meta">
                <LeadWords activity />
                <StatusWords activity />
                <Show when=flag(move || disputes() > 0)>
                    <span class="chip warn">
                        <Icon glyph=Glyph::Warning />
                        {t!(i18n, conflict_values, count = disputes)}
                    </span>
                </Show>
            </span>
            <MonthStrip activity />
            <RestoredNote activity />
            <Writing at />
        </button>
    }
}
