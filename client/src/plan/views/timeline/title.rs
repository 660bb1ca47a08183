//! What an activity is called, where it is shown to be read; a press opens its form.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::use_place;
use crate::ui::dynamic;
use crate::view_model::ActivityView;
use crate::words::I18n;

/// The title, as a button.
#[component]
pub(in crate::plan::views) fn Title(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let place = use_place();
    view! {
        <button type="button" class="title-button details-button" data-action="open" on:click=move |_| details::open(place, activity.at)>
            {dynamic(move || title(i18n, activity))}
        </button>
    }
}

/// What it is called. Reactive.
pub(super) fn title(i18n: I18n, activity: ActivityView) -> String {
    let title = activity.title.words.get();
    if title.trim().is_empty() { t_string!(i18n, activity_untitled).to_owned() } else { title }
}
