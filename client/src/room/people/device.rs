//! Several people at one laptop: who writes on this device, who else has, and somebody new.

use hamutuk_shared::access::Role;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError, Group, Peek};
use crate::device::{self, Companion};
use crate::i18n::{t, t_string, use_i18n};
use crate::join::Form;
use crate::room::share::fault;
use crate::session::{Receipt, use_session};
use crate::ui::{Show, dynamic, flag, toast};
use crate::view_model::PlanView;

/// They, and a form for somebody new.
#[component]
pub(super) fn OnThisDevice() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let plan = session.plan();
    let people = RwSignal::new(None::<Vec<Companion>>);
    let look = move || {
        spawn_local(async move {
            let known = device::plan(plan).await.map(|known| known.people()).unwrap_or_default();
            // The dialog may be closed by now.
            let _ = people.try_set(Some(known));
        });
    };
    look();
    let has_failed = RwSignal::new(false);
    let go_on = Callback::new(move |next: Companion| {
        spawn_local(async move {
            let failed = session.hand_over(next).await.is_err();
            let _ = has_failed.try_set(failed);
        });
    });
    let me = session.me();
    let entry = move |person: Companion| {
        if person.participant == me {
            view! { <Now person /> }.into_any()
        } else {
            view! { <Other person go_on on_gone=look /> }.into_any()
        }
    };
    view! {
        <p class="lead">{t!(i18n, device_intro)}</p>
        <ul class="on-device">{dynamic(move || people.get().map(|people| people.into_iter().map(entry).collect_view()))}</ul>
        <Show when=has_failed.into()>
            <p class="problem" role="alert">{t!(i18n, device_stores_nothing)}</p>
        </Show>
        <section class="newcomer">
            <h3>{t!(i18n, device_other)}</h3>
            <Newcomer go_on has_failed />
        </section>
    }
}

#[component]
fn Now(person: Companion) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <li data-person=person.name.clone()>
            <span class="on-device-who">
                <strong>{person.name.clone()}</strong>
                <span class="note">{person.organisation}</span>
            </span>
            <span class="chip">{t!(i18n, device_now)}</span>
        </li>
    }
}

#[component]
fn Other(person: Companion, go_on: Callback<Companion>, on_gone: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let name = person.name.clone();
    let participant = person.participant;
    let trouble = RwSignal::new(None::<ApiError>);
    // What they wrote and the server lacks would stay here, with nobody left to send it for.
    let is_level = move || session.receipt().with(|receipt| matches!(receipt, Receipt::Received | Receipt::Denied { .. }));
    let called = StoredValue::new(name.clone());
    let take_off = move |_| {
        spawn_local(async move {
            match api::leave(session.speaker(), participant).await {
                Ok(()) => {
                    device::take_off(session.plan(), participant).await;
                    toast(untrack(|| t_string!(i18n, device_taken_off, name = called.get_value())));
                    on_gone();
                }
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    };
    let organisation = person.organisation.clone();
    view! {
        <li data-person=name.clone()>
            <span class="on-device-who">
                <strong>{name.clone()}</strong>
                <span class="note">{organisation}</span>
            </span>
            <button type="button" class="button main" data-action="go-on" on:click=move |_| go_on.run(person.clone())>
                {t!(i18n, device_go_on, name = name.clone())}
            </button>
            <button type="button" class="button" data-action="take-off" disabled=flag(move || !is_level()) on:click=take_off>
                {t!(i18n, device_take_off)}
            </button>
            <Show when=flag(move || !is_level())>
                <span class="note">{t!(i18n, device_take_off_waits)}</span>
            </Show>
            {dynamic(move || trouble.get().map(|error| view! { <span class="field-error" role="alert">{fault(i18n, &error)}</span> }))}
        </li>
    }
}

/// The form for somebody new, who comes by the same link.
#[component]
fn Newcomer(
    go_on: Callback<Companion>,
    /// The device does not store.
    has_failed: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let access = session.access();
    let (is_working, trouble) = (RwSignal::new(false), RwSignal::new(None));
    let join = Callback::new(move |who| {
        // Nobody joins who could not write here then.
        has_failed.set(!session.is_storing());
        if has_failed.get_untracked() {
            return;
        }
        is_working.set(true);
        spawn_local(async move {
            let answer = api::join(session.speaker(), None, &who, None).await;
            let _ = is_working.try_set(false);
            match answer {
                Ok(joined) => go_on.run(joined.as_companion(&who)),
                Err(error) => drop(trouble.try_set(Some(error))),
            }
        });
    });
    let groups = move || {
        let grant = access.with_untracked(|access| access.grant.clone());
        let sections = view.sections.get_untracked().into_iter().filter(move |section| grant.scope.contains(section.id));
        let of = |section: crate::view_model::SectionView| Group {
            section: section.id,
            code: section.code.clone(),
            name: section.group.with_untracked(|group| group.name.clone()),
            section_name: section.name.clone(),
        };
        sections.map(of).collect()
    };
    let form = move || {
        let organisations = view.organisations.with_untracked(|all| all.iter().map(|one| one.label().to_owned()).collect());
        let role = access.with_untracked(|access| access.grant.role);
        let peek = Peek { title: String::new(), role, is_own: true, organisations, groups: groups() };
        view! { <Form peek prefilled=None is_working trouble on_done=join /> }
    };
    let is_facilitator = Memo::new(move |_| access.with(|access| access.grant.role == Role::Facilitator));
    dynamic(move || {
        if is_facilitator.get() {
            view! { <p class="note">{t!(i18n, device_facilitator)}</p> }.into_any()
        } else {
            untrack(form).into_any()
        }
    })
}
