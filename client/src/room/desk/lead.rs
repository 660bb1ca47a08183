//! Leading the plenary: on or off, and what it shows.

use hamutuk_shared::derive::Shown;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::plan::place::use_place;
use crate::plan::view::View;
use crate::room::lead::{Lead, leading, led};
use crate::room::plenary::name_of;
use crate::session::use_session;
use crate::ui::{dynamic, flag, text, unique};
use crate::view_model::PlanView;
use crate::words;

/// The value of the choice that follows the person.
const HERE: &str = "here";

/// The switch, and the choice.
#[component]
pub(super) fn Leading() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let me = use_session().me();
    let (lead, led) = (leading(), led());
    let is_on = Memo::new(move |_| lead.with(|lead| *lead != Lead::No));
    let chosen = Memo::new(move |_| match lead.get() {
        Lead::No | Lead::Here => HERE.to_owned(),
        Lead::To(shown) => shown.query(),
    });
    let choose = move |event| {
        let query: String = event_target_value(&event);
        lead.set(if query == HERE { Lead::Here } else { Lead::To(Shown::of(&query)) });
    };
    let others = [Shown::Plan, Shown::Highlights, Shown::Sums, Shown::Votes, Shown::Timer];
    let sections = view.sections.with_untracked(|all| all.iter().map(|one| Shown::Section(one.code.clone(), None)).collect::<Vec<_>>());
    let option = move |shown: Shown| {
        let query = shown.query();
        let of = query.clone();
        view! {
            <option value=query selected=flag(move || chosen.with(|chosen| *chosen == of))>
                {dynamic(move || name_of(i18n, view, &shown))}
            </option>
        }
    };
    let says = move || match led.get() {
        None => t_string!(i18n, lead_nobody).to_owned(),
        Some((who, shown)) if who == me && is_on.get() => t_string!(i18n, lead_you, what = name_of(i18n, view, &shown)),
        Some((who, _)) => t_string!(i18n, lead_other, name = words::person(view, who).unwrap_or_default()),
    };
    let id = unique("lead");
    view! {
        <label class="switch">
            <input
                type="checkbox"
                role="switch"
                data-action="lead"
                prop:checked=flag(move || is_on.get())
                on:change=move |_| lead.set(if is_on.get_untracked() { Lead::No } else { Lead::Here })
            />
            <span>{t!(i18n, lead_switch)}</span>
        </label>
        <div class="field">
            <label for=id.clone()>{t!(i18n, lead_shows)}</label>
            <select id=id class="select boxed-select" data-action="lead-to" disabled=flag(move || !is_on.get()) prop:value=text(move || chosen.get()) on:change=choose>
                <option value=HERE selected=flag(move || chosen.with(|chosen| chosen == HERE))>{t!(i18n, lead_here)}</option>
                {sections.into_iter().chain(others).map(option).collect_view()}
            </select>
        </div>
        <p class="note" data-led=text(move || led.with(|led| led.as_ref().map(|(_, shown)| shown.query()).unwrap_or_default()))>{dynamic(says)}</p>
        <a class="button" target="_blank" data-action="projector" href=place.view_address(View::Plenary)>
            {t!(i18n, lead_open)}
        </a>
    }
}
