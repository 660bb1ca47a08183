//! A star on what a group reports back in plenary.

use hamutuk_shared::plan::{ActivityRef, Edit, Field, Name};
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{announce, dynamic, flag, text};
use crate::view_model::PlanView;

/// The switch on an activity.
pub(crate) fn star(at: ActivityRef) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let Some(section) = expect_context::<PlanView>().section(at.section) else { return ().into_any() };
    let group = section.group;
    let is_on = Memo::new(move |_| group.with(|group| group.highlights.contains(&at.activity)));
    let edit =
        move |included| Edit::Include { field: Field::of_section(at.section, Name::Highlights), member: at.activity.to_string(), included };
    let press = move |_| {
        let included = !is_on.get_untracked();
        if session.edit(edit(included)) {
            announce(untrack(|| if included { t_string!(i18n, star_is_on) } else { t_string!(i18n, star_is_off) }));
        }
    };
    view! {
        <button
            type="button"
            class="button star"
            data-action="star"
            aria-pressed=text(move || is_on.get().to_string())
            disabled=flag(move || !session.may(&edit(!is_on.get())))
            on:click=press
        >
            <span aria-hidden="true">{dynamic(move || if is_on.get() { "★" } else { "☆" })}</span>
            {t!(i18n, star)}
        </button>
    }
    .into_any()
}
