//! What something is about, and the way to it.

use hamutuk_shared::plan::{Field, Item};
use leptos::prelude::*;

use super::found::whole;
use crate::i18n::{t_string, use_i18n};
use crate::plan::jump;
use crate::plan::place::{Place, use_place};
use crate::plan::view::View;
use crate::ui::{dynamic, text};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// The way to a field: a button that opens the form of its activity there, or a link to the page that has it.
#[component]
pub(super) fn Jump(field: Field) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    // There are many of these on the page.
    let with_name = move |says: Says| text(move || format!("{}: {}", says(i18n), words::field(i18n, field.item.kind(), field.name)));
    if field.item.activity().is_some() {
        return view! {
            <button
                type="button"
                class="button quiet"
                data-action="jump"
                data-at=field.to_string()
                aria-label=with_name(TO_FIELD)
                on:click=move |_| jump::to_field(place, field)
            >
                {dynamic(move || TO_FIELD(i18n))}
            </button>
        }
        .into_any();
    }
    let Some((href, says)) = page(view, place, field.item) else { return ().into_any() };
    view! {
        <a
            class="button quiet"
            href=href
            data-action="jump"
            data-at=field.to_string()
            aria-label=with_name(says)
            on:click=move |_| jump::to_page_field(field)
        >
            {dynamic(move || says(i18n))}
        </a>
    }
    .into_any()
}

/// Words that follow the language.
type Says = fn(I18n) -> &'static str;

const TO_FIELD: Says = |i18n| t_string!(i18n, review_jump);

/// The page that shows a thing, and what the link to it says.
fn page(view: PlanView, place: Place, item: Item) -> Option<(String, Says)> {
    match item {
        Item::Plan | Item::Source(_) => Some((place.address(None), TO_FIELD)),
        Item::Organisation(_) | Item::Person(_) => Some((place.view_address(View::Who), |i18n| t_string!(i18n, review_to_who))),
        _ => {
            let section = view.section(item.section()?)?;
            Some((place.address(Some(&section.code)), |i18n| t_string!(i18n, review_to_section)))
        }
    }
}

/// What a thing is called, or what it is a part of. Reactive.
pub(super) fn subject(i18n: I18n, view: PlanView, item: Item) -> String {
    let name = match whole(item) {
        Item::Activity(at) => return words::activity(i18n, view, at),
        Item::Outcome(at) => view.outcome(at).map(|outcome| format!("{} {}", outcome.code, outcome.statement.words.get())),
        Item::Section(id) => view.section(id).map(|section| section.name.get(words::language(i18n)).to_owned()),
        Item::Organisation(id) => view.organisation_label(id),
        Item::Source(id) => view.source_name(id),
        Item::Person(id) => words::person(view, id),
        Item::Synergy(id) => {
            let first = view.synergies.with(|all| all.iter().find(|one| one.id == id).and_then(|one| one.first.value));
            first.map(|at| words::activity(i18n, view, at))
        }
        Item::Parked(id) => view.parking.with(|all| all.iter().find(|one| one.id == id).map(|one| one.text.clone())),
        _ => None,
    };
    name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| t_string!(i18n, review_whole_plan).to_owned())
}

/// The code of the section that a thing is in.
pub(super) fn code(view: PlanView, item: Item) -> Option<String> {
    view.section(item.section()?).map(|section| section.code)
}

/// What a thing is called, with the code of its section before it.
#[component]
pub(super) fn Subject(item: Item) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let code = code(view, item).map(|code| view! { <span class="code">{code}</span> });
    view! {
        {code}
        " "
        {dynamic(move || subject(i18n, view, item))}
    }
}
