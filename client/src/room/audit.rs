//! The log of the plan: who joined, which links were made and taken back, what was locked, named and refused. For facilitators, to be read
//! here or taken along.

mod said;
mod wire;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::share::fault;
use crate::api::ApiError;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{Glyph, Icon, dynamic, list, text, unique};
use crate::view_model::PlanView;
use crate::words;
use said::Kind;
use wire::Event;

/// What is shown at once. Who looks for more takes the file.
const SHOWN_MAX: usize = 500;

/// The log, newest first.
#[component]
pub(super) fn Log(
    /// What a link is called, by its id.
    link: Callback<String, Option<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let speaker = use_session().speaker();
    let all = RwSignal::new(None::<Result<Vec<Event>, ApiError>>);
    let kind = RwSignal::new(None::<Kind>);
    let ask = move || {
        spawn_local(async move {
            let answer = wire::events(speaker).await;
            // The dialog may be closed by now.
            let _ = all.try_set(Some(answer));
        });
    };
    ask();
    let shown = Memo::new(move |_| {
        let wanted = |event: &&Event| kind.get().is_none_or(|kind| Kind::of(&event.what) == kind);
        let known = |all: &Vec<Event>| all.iter().rev().filter(wanted).take(SHOWN_MAX).cloned().collect::<Vec<_>>();
        all.with(|all| all.as_ref().and_then(|all| all.as_ref().ok()).map(known)).unwrap_or_default()
    });
    let state = move || match all.get() {
        None => view! { <p class="note" role="status">{t!(i18n, loading)}</p> }.into_any(),
        Some(Err(error)) => view! {
            <p class="problem" role="alert">
                <Icon glyph=Glyph::Warning />
                <span>{dynamic(move || fault(i18n, &error))}</span>
                <button type="button" class="button" on:click=move |_| ask()>
                    {t!(i18n, retry)}
                </button>
            </p>
        }
        .into_any(),
        Some(Ok(_)) if shown.with(Vec::is_empty) => view! { <p class="note">{t!(i18n, audit_none)}</p> }.into_any(),
        Some(Ok(_)) => ().into_any(),
    };
    view! {
        <p class="note">{t!(i18n, audit_what)}</p>
        <div class="audit-tools">
            <KindChoice kind />
            <a class="button" href=speaker.address("audit.csv") download="">
                <Icon glyph=Glyph::Download />
                {t!(i18n, audit_csv)}
            </a>
        </div>
        {dynamic(state)}
        <ol class="audit">{list(move || shown.get(), |event| event.seq.to_string(), move |event| view! { <Entry event link /> })}</ol>
    }
}

#[component]
fn KindChoice(kind: RwSignal<Option<Kind>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = unique("kind");
    let option = move |of: Kind| view! { <option value=of.as_str()>{dynamic(move || of.said(i18n))}</option> };
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, audit_kind)}</label>
            <select
                id=id
                class="input"
                name="audit-kind"
                prop:value=text(move || kind.get().map(Kind::as_str).unwrap_or_default())
                on:change=move |event| kind.set(Kind::parse(&event_target_value(&event)))
            >
                <option value="">{dynamic(move || t_string!(i18n, audit_all))}</option>
                {Kind::ALL.map(option).into_iter().collect_view()}
            </select>
        </div>
    }
}

#[component]
fn Entry(event: Event, link: Callback<String, Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let room = super::follow();
    let (what, at_ms, actor) = (event.what.clone(), event.at_ms, event.actor);
    let who = move || match actor {
        Some(id) => words::person(view, id).unwrap_or_else(|| t_string!(i18n, origin_unknown).to_owned()),
        None => t_string!(i18n, audit_administrator).to_owned(),
    };
    view! {
        <li data-what=what>
            <span class="note">{words::moment(at_ms)}</span>
            <span>
                <strong>{dynamic(who)}</strong>
                " "
                {dynamic(move || room.with(|room| said::said(i18n, view, room, link, &event)))}
            </span>
        </li>
    }
}
