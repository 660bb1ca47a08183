//! One organisation: what is known of it, what it leads, and what it takes part in.

use std::sync::Arc;

use hamutuk_shared::derive::{Bucket, Filter};
use hamutuk_shared::id::OrganisationId;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityRef, Field, Item, Name, Organisation};
use leptos::ev;
use leptos::prelude::*;
use web_sys::Element;

use super::facts::group;
use super::part::{Part, Parts};
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::plan::form::Labelled;
use crate::ui::{Show, dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words;

/// What can be edited of it.
const FIELDS: [Name; 5] = [Name::Acronym, Name::OwnName, Name::Kind, Name::Colour, Name::FocalPoint];

/// The card.
#[component]
pub(super) fn Card(id: OrganisationId, parts: Memo<Arc<Parts>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let filter = use_derived().filter;
    let organisation = Memo::new(move |_| view.organisations.with(|all| all.iter().find(|one| one.id == id).cloned()));
    let part = Memo::new(move |_| parts.with(|parts| parts.get(id)));
    let of = move |look: fn(&Part) -> &Vec<ActivityRef>| Memo::new(move |_| part.with(|part| look(part).clone()));
    let (leads, partner, counterpart) = (of(|part| &part.leads), of(|part| &part.partner), of(|part| &part.counterpart));
    let label = move || {
        let label = organisation.with(|one| one.as_ref().map(|one| one.label().trim().to_owned()).unwrap_or_default());
        if label.is_empty() { t_string!(i18n, unnamed).to_owned() } else { label }
    };
    let none = move || {
        if filter.with(Filter::is_empty) { t_string!(i18n, who_none) } else { t_string!(i18n, who_none_shown) }
    };
    view! {
        <section class="who-card" data-organisation=id.to_string()>
            <h2>{dynamic(label)}</h2>
            <p class="note">{dynamic(move || organisation.with(|one| one.as_ref().map(|one| about(i18n, one)).unwrap_or_default()))}</p>
            <Show when=flag(move || part.with(Part::is_empty))>
                <p class="who-none">{dynamic(none)}</p>
            </Show>
            <Led id />
            {group("leads", text(move || t_string!(i18n, who_leads, count = leads.with(Vec::len))), leads)}
            {group("partner", text(move || t_string!(i18n, who_partner, count = partner.with(Vec::len))), partner)}
            {group("counterpart", text(move || t_string!(i18n, who_counterpart, count = counterpart.with(Vec::len))), counterpart)}
            <Editor id />
        </section>
    }
}

/// What of its description is not in its label.
fn about(i18n: I18n, organisation: &Organisation) -> String {
    let mut about = Vec::new();
    if organisation.name != organisation.label() {
        about.push(organisation.name.clone());
    }
    about.push(words::choice(i18n, Kind::Organisation, Name::Kind, organisation.kind).to_owned());
    if !organisation.focal_point.trim().is_empty() {
        about.push(format!("{}: {}", words::field(i18n, Kind::Organisation, Name::FocalPoint), organisation.focal_point));
    }
    about.retain(|words| !words.trim().is_empty());
    about.join(" · ")
}

/// The money of what it leads.
#[component]
fn Led(id: OrganisationId) -> impl IntoView {
    let i18n = use_i18n();
    let totals = use_derived().totals;
    let figure = Memo::new(move |_| totals.with(|totals| totals.get(Bucket::Lead(Some(id)))));
    let money = move || {
        let sums = figure.get().sums;
        t_string!(i18n, who_money, cost = words::money(i18n, sums.cost), gap = words::money(i18n, sums.unfunded()))
    };
    view! {
        <Show when=flag(move || figure.get().activities > 0)>
            <p class="who-money">{dynamic(money)}</p>
        </Show>
    }
}

/// Its fields, folded. They follow the document, so they are made only for whoever looks.
#[component]
fn Editor(id: OrganisationId) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let toggle = move |event: ev::Event| open.set(event_target::<Element>(&event).has_attribute("open"));
    let fields =
        move || FIELDS.map(|name| view! { <Labelled field=Field { item: Item::Organisation(id), name } /> }).into_iter().collect_view();
    view! {
        <details class="who-edit" data-edit="organisation" on:toggle=toggle>
            <summary>{t!(i18n, who_edit)}</summary>
            <Show when=open.into()>
                <div class="boxed">{fields()}</div>
            </Show>
        </details>
    }
}
