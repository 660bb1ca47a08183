//! What a person says of themselves: name, organisation and group. All can be corrected at any time.

mod edits;

use hamutuk_shared::id::{ParticipantId, PlanId, SectionId};
use hamutuk_shared::limits::NAME_CHARS_MAX;
use hamutuk_shared::plan::Edit;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::device;
use crate::i18n::{t, t_string, use_i18n};
use crate::join::Organisation as OrganisationInput;
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, text, toast, unique};
use crate::view_model::{PlanView, SectionView};
use edits::{Said, edits, include, my_group};

/// The person, and a form that is folded away.
#[component]
pub(super) fn Me() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let me = use_session().me();
    let is_open = RwSignal::new(false);
    let said = move || {
        let person = view.people.with(|people| people.get(&me).cloned());
        let organisation = person.as_ref().and_then(|person| person.organisation).and_then(|id| view.organisation_label(id));
        [person.map(|person| person.name), organisation].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    let is_merged = move || view.people.with(|people| people.get(&me).is_some_and(|person| person.same_as.is_some()));
    view! {
        <section class="me">
            <h3>{t!(i18n, presence_you)}</h3>
            <p>{dynamic(said)}</p>
            <Show when=flag(is_merged)>
                <p class="note">{t!(i18n, people_you_are_merged)}</p>
            </Show>
            <Show
                when=is_open.into()
                fallback=move || {
                    view! {
                        <div>
                            <button type="button" class="button" data-action="change-me" on:click=move |_| is_open.set(true)>
                                {t!(i18n, people_change_me)}
                            </button>
                        </div>
                    }
                }
            >
                <MyForm is_open />
            </Show>
        </section>
    }
}

#[component]
fn MyForm(is_open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let me = session.me();
    let person = view.people.with_untracked(|people| people.get(&me).cloned());
    let own = person.as_ref().and_then(|person| person.organisation).and_then(|id| untrack(|| view.organisation_label(id)));
    let name = RwSignal::new(person.as_ref().map(|person| person.name.clone()).unwrap_or_default());
    let organisation = RwSignal::new(own.unwrap_or_default());
    let group = RwSignal::new(my_group(view, me));
    let fault = RwSignal::new(None::<&'static str>);
    let known: Vec<String> = view.organisations.with_untracked(|all| all.iter().map(|one| one.label().to_owned()).collect());
    let may_speak = move || session.may(&Edit::SetPerson { id: me, name: String::new(), organisation: None });
    let done = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let said = Said { name: typed(name), organisation: typed(organisation), group: group.get_untracked() };
        if said.name.is_empty() {
            return fault.set(Some(untrack(|| t_string!(i18n, join_name_missing))));
        }
        let edits = untrack(|| edits(view, me, &said));
        if edits.is_empty() || session.write_all(&edits) {
            toast(untrack(|| t_string!(i18n, people_changed)));
            remember(session.plan(), me, said);
            is_open.set(false);
        }
    };
    let (name_id, error_id) = (unique("name"), unique("error"));
    view! {
        <form class="dialog-form" on:submit=done novalidate>
            <Show when=flag(move || !may_speak())>
                <p class="note">{t!(i18n, people_may_not)}</p>
            </Show>
            <div class="field">
                <label for=name_id.clone()>{t!(i18n, join_name)}</label>
                <input
                    id=name_id
                    class="input"
                    name="my-name"
                    autocomplete="name"
                    maxlength=NAME_CHARS_MAX.to_string()
                    disabled=flag(move || !may_speak())
                    aria-describedby=error_id.clone()
                    prop:value=text(move || name.get())
                    on:input=move |event| {
                        name.set(event_target_value(&event));
                        fault.set(None);
                    }
                />
                <div id=error_id.clone() aria-live="polite">
                    {dynamic(move || fault.get().map(|words| view! { <p class="field-error">{words}</p> }))}
                </div>
            </div>
            <OrganisationInput value=organisation known is_missing=flag(|| false) error_id />
            <GroupInput group me />
            <div class="buttons">
                <button type="submit" class="button main" disabled=flag(move || !may_speak())>
                    {t!(i18n, share_keep_changes)}
                </button>
                <button type="button" class="button" on:click=move |_| is_open.set(false)>
                    {t!(i18n, cancel)}
                </button>
            </div>
        </form>
    }
}

/// The groups; those that the person may not enter, or leave, are greyed out.
#[component]
fn GroupInput(group: RwSignal<Option<SectionId>>, me: ParticipantId) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let id = unique("group");
    let was = my_group(view, me);
    let may = move |section: Option<SectionId>| section.is_none_or(|section| session.may(&include(section, me, true)));
    let option = move |section: SectionView| {
        let (of, code, names) = (section.id, section.code.clone(), section.name.clone());
        let said = move || {
            let own = section.group.with(|group| group.name.trim().to_owned());
            format!("{code} {}", if own.is_empty() { names.get(i18n.language()) } else { &own })
        };
        view! {
            <option value=of.to_string() selected=flag(move || group.get() == Some(of)) disabled=flag(move || !may(Some(of)))>
                {dynamic(said)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, join_group)}</label>
            <select
                id=id
                class="input"
                name="my-group"
                disabled=flag(move || !may(was))
                on:change=move |event| group.set(event_target_value(&event).parse().ok())
            >
                <option value="" selected=flag(move || group.get().is_none())>
                    {dynamic(move || t_string!(i18n, join_group_none))}
                </option>
                {view.sections.get_untracked().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// The next form on this device is filled in with it.
fn remember(plan: PlanId, me: ParticipantId, said: Said) {
    spawn_local(async move {
        let Said { name, organisation, group } = said;
        let person = device::Person { name: name.clone(), organisation: organisation.clone() };
        let group = group.map(|group| group.to_string()).unwrap_or_default();
        device::change(plan, me, |known| device::PlanOnDevice { name, organisation, group, ..known }).await;
        device::remember_person(person).await;
    });
}
