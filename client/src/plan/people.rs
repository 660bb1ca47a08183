//! Who is here: a few round marks, and the list of everybody behind them.

use leptos::prelude::*;

use super::place::use_place;
use super::writing::section_of;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::later::later;
use crate::room::{Shown, open_people};
use crate::session::{Here, colour, use_session};
use crate::ui::{Popover, Show, dynamic, flag, use_popover};
use crate::view_model::PlanView;
use crate::words;

/// How many marks before the number of the others.
const MARKS: usize = 4;

/// A round mark: the person's colour and initials.
#[component]
pub(crate) fn Avatar(here: Here, #[prop(optional)] is_small: bool) -> impl IntoView {
    view! {
        <span class="avatar" class:small=is_small data-who=here.colour.to_string() title=here.label()>
            {words::initials(&here.name)}
        </span>
    }
}

/// The marks of everybody else, which open the list.
#[component]
pub(crate) fn People() -> impl IntoView {
    let i18n = use_i18n();
    let here = others();
    let label = Signal::derive(move || format!("{}: {}", t_string!(i18n, presence_people), here.with(Vec::len) + 1));
    let trigger = move || view! { <Marks here /> };
    view! {
        <Popover class="people" action="people" label=label trigger=trigger>
            {later(move |parts| (parts.people)(here))}
        </Popover>
    }
}

#[component]
fn Marks(here: Memo<Vec<Here>>) -> impl IntoView {
    let i18n = use_i18n();
    move || {
        let all = here.get();
        let shown = if all.len() > MARKS { MARKS - 1 } else { MARKS };
        let more = all.len().saturating_sub(shown);
        view! {
            <Me />
            {all.into_iter().take(shown).map(|here| view! { <Avatar here /> }).collect_view()}
            {(more > 0).then(|| view! { <span class="avatar more">{t!(i18n, presence_more, count = more)}</span> })}
        }
    }
}

/// The person themselves.
#[component]
fn Me() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let me = use_session().me();
    let name = move || words::person(view, me).unwrap_or_default();
    view! {
        <span class="avatar" data-who=colour(me).to_string() title=label!(i18n, presence_you)>
            {dynamic(move || words::initials(&name()))}
        </span>
    }
}

/// The list of everybody who is here.
pub(crate) fn people_list(here: Memo<Vec<Here>>) -> AnyView {
    List(ListProps { here }).into_any()
}

#[component]
fn List(here: Memo<Vec<Here>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let me = use_session().me();
    let my_name = move || words::person(view, me).unwrap_or_default();
    let popover = use_popover();
    let go = move |shown| {
        popover.close();
        open_people(shown);
    };
    view! {
        <h2>{t!(i18n, presence_people)}</h2>
        <ul class="people-list">
            <li>
                <Me />
                <span>
                    <strong>{my_name}</strong>
                    <span class="note">{t!(i18n, presence_you)}</span>
                </span>
            </li>
            {dynamic(move || here.get().into_iter().map(|here| view! { <Entry here /> }).collect_view())}
        </ul>
        <Show when=flag(move || here.with(Vec::is_empty))>
            <p class="pad note">{t!(i18n, presence_nobody)}</p>
        </Show>
        <div class="menu">
            <button type="button" data-action="everybody" on:click=move |_| go(Shown::Everybody)>
                {t!(i18n, people_open)}
            </button>
            <button type="button" data-action="device" on:click=move |_| go(Shown::Device)>
                {t!(i18n, device_open)}
            </button>
        </div>
    }
}

/// Somebody, with the way to the section that they are in.
#[component]
fn Entry(here: Here) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let (place, popover) = (use_place(), use_popover());
    let section = here.path.as_deref().and_then(section_of).and_then(|id| view.section(id));
    let (name, organisation) = (here.name.clone(), here.organisation.clone());
    let called = name.clone();
    let way = section.map(|section| {
        let address = place.address(Some(&section.code));
        let title = move || format!("{} {}", section.code, section.name.get(words::language(i18n)));
        view! { <a href=address on:click=move |_| popover.close()>{title}</a> }
    });
    view! {
        <li data-person=called>
            <Avatar here />
            <span>
                <strong>{name}</strong>
                <span class="note">{organisation} " " {way}</span>
            </span>
        </li>
    }
}

/// Everybody else, each once however many tabs they have open, by name.
fn others() -> Memo<Vec<Here>> {
    let all = use_session().here();
    Memo::new(move |_| {
        let mut found: Vec<Here> = Vec::new();
        all.with(|all| {
            for here in all {
                // A caret that moves does not change who is here.
                let here = Here { selection: None, ..here.clone() };
                match found.iter_mut().find(|known| known.participant == here.participant) {
                    // The connection in which they are somewhere says more.
                    Some(known) if known.path.is_none() => *known = here,
                    Some(_) => (),
                    None => found.push(here),
                }
            }
        });
        found.sort_by(|a, b| (&a.name, a.participant).cmp(&(&b.name, b.participant)));
        found
    })
}
