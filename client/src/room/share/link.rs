//! One link in the list: what it is for, who joined by it, and how to change it or take it back.

use hamutuk_shared::access::Role;
use hamutuk_shared::id::ParticipantId;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Links;
use super::form::LinkForm;
use super::list::focus_list;
use super::said::{codes, fault_line, state, state_name, title};
use super::wire::{self, Link, State, Wanted};
use crate::api::ApiError;
use crate::i18n::{I18n, t, t_string, use_i18n};
use crate::ui::{Glyph, Icon, Show, dynamic, flag, list, text};
use crate::view_model::PlanView;
use crate::words;

/// What is being done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    Nothing,
    Changing,
    Revoking,
}

/// It.
#[component]
pub(super) fn LinkItem(id: String, links: Links) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let of = id.clone();
    let link = Memo::new(move |_| links.find(&of));
    let now = Memo::new(move |_| link.with(|link| link.as_ref().map_or(State::Revoked, |link| link.state(js_sys::Date::now()))));
    let doing = RwSignal::new(Doing::Nothing);
    let said = move |say: fn(I18n, PlanView, &Link) -> String| {
        dynamic(move || link.with(|link| link.as_ref().map(|link| say(i18n, view, link)).unwrap_or_default()))
    };
    let state_said = move || {
        let (glyph, words) = state(i18n, now.get());
        view! {
            <Icon glyph />
            {words}
        }
    };
    view! {
        <li class="link" data-link=id data-state=text(move || state_name(now.get()))>
            <div class="link-head">
                <strong>{said(title)}</strong>
                <span class="link-state">{dynamic(state_said)}</span>
            </div>
            <p class="note">{said(allows)}</p>
            <p class="note">{said(limits)}</p>
            <Joined link />
            <Show when=flag(move || now.get() != State::Revoked)>
                <Deeds link links doing />
            </Show>
        </li>
    }
}

/// What it makes of people, and where.
fn allows(i18n: I18n, view: PlanView, link: &Link) -> String {
    let scope = match &link.sections {
        Some(sections) => codes(view, sections),
        None if link.role == Role::Editor => t_string!(i18n, share_whole_plan).to_owned(),
        None => String::new(),
    };
    let parts = [words::role_name(i18n, link.role).to_owned(), scope];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Who made it and when, and how far it reaches.
fn limits(i18n: I18n, view: PlanView, link: &Link) -> String {
    let by = link.created_by.and_then(|id| words::person(view, id));
    let made = match by {
        Some(name) => t_string!(i18n, share_made_by, name = name, moment = moment(link.created_ms)),
        None => t_string!(i18n, share_made, moment = moment(link.created_ms)),
    };
    let until = link.expires_ms.map(|end| t_string!(i18n, share_until, moment = moment(end)));
    let most = link.people_max.map(|max| t_string!(i18n, share_at_most, count = max));
    [Some(made), until, most].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn moment(at_ms: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "the server sends whole milliseconds far below 2^53")]
    words::moment(at_ms as i64)
}

/// Who joined by it, and when.
#[component]
fn Joined(link: Memo<Option<Link>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let people = Memo::new(move |_| link.with(|link| link.as_ref().map(|link| link.people.clone()).unwrap_or_default()));
    let entry = move |(id, joined_ms): (ParticipantId, f64)| {
        view! {
            <li>
                <span>{dynamic(move || named(i18n, view, id))}</span>
                <span class="note">{moment(joined_ms)}</span>
            </li>
        }
    };
    view! {
        <Show
            when=flag(move || !people.with(Vec::is_empty))
            fallback=move || view! { <p class="note">{t!(i18n, share_nobody_joined)}</p> }
        >
            <details class="link-people">
                <summary>{t!(i18n, share_joined, count = move || people.with(Vec::len))}</summary>
                <ul>{list(move || people.get(), |(id, _)| id.to_string(), entry)}</ul>
            </details>
        </Show>
    }
}

/// "Maria · Ba Futuru".
fn named(i18n: I18n, view: PlanView, id: ParticipantId) -> String {
    let person = view.person(id);
    let organisation = person.as_ref().and_then(|person| person.organisation).and_then(|id| view.organisation_label(id));
    let name = person.map(|person| person.name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| t_string!(i18n, origin_unknown).to_owned());
    [Some(name), organisation].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[component]
fn Deeds(link: Memo<Option<Link>>, links: Links, doing: RwSignal<Doing>) -> impl IntoView {
    let i18n = use_i18n();
    let (refused, is_working) = (RwSignal::new(None::<ApiError>), RwSignal::new(false));
    let id = move || link.with_untracked(|link| link.as_ref().map(|link| link.id.clone()).unwrap_or_default());
    let stop = Callback::new(move |()| {
        doing.set(Doing::Nothing);
        refused.set(None);
        focus_list();
    });
    let done = move |answer: Result<(), ApiError>| {
        // The dialog may be closed by now.
        let _ = is_working.try_set(false);
        match answer {
            Ok(()) => {
                let _ = doing.try_set(Doing::Nothing);
                links.ask();
                focus_list();
            }
            Err(error) => drop(refused.try_set(Some(error))),
        }
    };
    let change = Callback::new(move |wanted: Wanted| {
        is_working.set(true);
        let id = id();
        spawn_local(async move { done(wire::change(links.speaker, &id, &wanted).await) });
    });
    let revoke = Callback::new(move |()| {
        is_working.set(true);
        let id = id();
        spawn_local(async move { done(wire::revoke(links.speaker, &id).await) });
    });
    dynamic(move || match doing.get() {
        Doing::Nothing => view! {
            <div class="buttons">
                <button type="button" class="button" data-action="change-link" on:click=move |_| doing.set(Doing::Changing)>
                    <Icon glyph=Glyph::Pencil />
                    {t!(i18n, share_change)}
                </button>
                <button type="button" class="button danger" data-action="revoke-link" on:click=move |_| doing.set(Doing::Revoking)>
                    {t!(i18n, share_revoke)}
                </button>
            </div>
        }
        .into_any(),
        Doing::Changing => {
            let Some(start) = link.get_untracked().as_ref().map(Wanted::of) else { return ().into_any() };
            view! {
                <LinkForm
                    start
                    refused
                    is_working=flag(move || is_working.get())
                    on_done=change
                    on_cancel=stop
                    submit=move || t!(i18n, share_keep_changes)
                />
            }
            .into_any()
        }
        Doing::Revoking => {
            let people = link.get_untracked().map(|link| link.people).unwrap_or_default();
            view! { <Revoke people refused is_working=is_working.into() on_yes=revoke on_no=stop /> }.into_any()
        }
    })
}

/// Asks once more, and says whom it shuts out.
#[component]
fn Revoke(
    people: Vec<(ParticipantId, f64)>,
    refused: RwSignal<Option<ApiError>>,
    is_working: Signal<bool>,
    on_yes: Callback<()>,
    on_no: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let is_anybody = !people.is_empty();
    let names = move || people.iter().map(|(id, _)| named(i18n, view, *id)).collect::<Vec<_>>().join(", ");
    view! {
        <div class="link-revoke" role="group">
            <p>
                <strong>{t!(i18n, share_revoke_sure)}</strong>
            </p>
            <Show when=flag(move || is_anybody) fallback=move || view! { <p>{t!(i18n, share_revoke_nobody)}</p> }>
                <p>{t!(i18n, share_revoke_whom, names = names.clone())}</p>
            </Show>
            <p class="note">{t!(i18n, share_revoke_keeps)}</p>
            {fault_line(i18n, refused)}
            <div class="buttons">
                <button type="button" class="button danger" data-action="revoke-yes" disabled=is_working on:click=move |_| on_yes.run(())>
                    {t!(i18n, share_revoke)}
                </button>
                <button type="button" class="button" on:click=move |_| on_no.run(())>
                    {t!(i18n, cancel)}
                </button>
            </div>
        </div>
    }
}
