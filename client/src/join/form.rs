//! The form: a name, an organisation and a group, filled in with what this device remembers.

use hamutuk_shared::id::PlanId;
use hamutuk_shared::limits::NAME_CHARS_MAX;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::group::GroupChoice;
use super::organisation::Organisation;
use super::{is_about_name, problem};
use crate::api::{ApiError, Peek, Who};
use crate::device;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{Glyph, Icon, dynamic, flag, text, unique};
use crate::words::I18n;

/// What is wrong with what was typed, or with the server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    NameMissing,
    NameTooLong,
    OrganisationMissing,
    Server(ApiError),
}

/// The form, and what became of it: the caller joins with what it was given.
#[component]
pub(crate) fn Form(
    /// The organisations and groups to pick from.
    peek: Peek,
    /// Of which plan what this device remembers is filled in; none: somebody else fills it in.
    prefilled: Option<PlanId>,
    /// Whether the server is being asked.
    is_working: RwSignal<bool>,
    /// What it said.
    trouble: RwSignal<Option<ApiError>>,
    /// It is filled in.
    on_done: Callback<Who>,
) -> impl IntoView {
    let i18n = use_i18n();
    let [name, organisation, group] = [(); 3].map(|()| RwSignal::new(String::new()));
    let fault = RwSignal::new(None::<Fault>);
    Effect::new(move |_| {
        if let Some(error) = trouble.get() {
            fault.set(Some(Fault::Server(error)));
        }
    });
    if let Some(plan) = prefilled {
        prefill(plan, [name, organisation, group]);
    }
    let groups = peek.groups;
    if let [only] = &groups[..] {
        group.set(only.section.to_string());
    }
    let join = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = |field: RwSignal<String>| field.get_untracked().trim().to_owned();
        let who = Who { name: typed(name), organisation: typed(organisation), group: typed(group) };
        fault.set(check(&who));
        if fault.with_untracked(Option::is_none) && !is_working.get_untracked() {
            trouble.set(None);
            on_done.run(who);
        }
    };
    let is_missing = Signal::derive(move || fault.with(|fault| *fault == Some(Fault::OrganisationMissing)));
    let (name_error, organisation_error) = (unique("error"), unique("error"));
    let known = peek.organisations;
    view! {
        <form on:submit=join novalidate>
            <Name name fault error_id=name_error />
            <div class="field">
                <Organisation value=organisation known is_missing error_id=organisation_error.clone() />
                <FaultLine id=organisation_error words=Signal::derive(move || is_missing.get().then(|| t_string!(i18n, join_organisation_missing))) />
            </div>
            {(!groups.is_empty()).then(|| view! { <GroupChoice value=group groups /> })}
            <p class="safety">
                <Icon glyph=Glyph::Shield />
                <span>{t!(i18n, join_safety)}</span>
            </p>
            {dynamic(move || {
                fault
                    .get()
                    .and_then(|fault| server_words(i18n, &fault))
                    .map(|words| {
                        view! {
                            <p class="problem" role="alert">
                                <Icon glyph=Glyph::Warning />
                                {words}
                            </p>
                        }
                    })
            })}
            <button type="submit" class="button main big" disabled=flag(move || is_working.get())>
                {dynamic(move || if is_working.get() { t_string!(i18n, join_working) } else { t_string!(i18n, join_button) })}
            </button>
            <p class="note">{t!(i18n, join_private)}</p>
        </form>
    }
}

#[component]
fn Name(name: RwSignal<String>, fault: RwSignal<Option<Fault>>, #[prop(into)] error_id: String) -> impl IntoView {
    let i18n = use_i18n();
    let id = unique("name");
    let node = NodeRef::<html::Input>::new();
    let words = Signal::derive(move || match fault.get()? {
        Fault::NameMissing => Some(t_string!(i18n, join_name_missing)),
        Fault::NameTooLong => Some(t_string!(i18n, join_name_too_long)),
        Fault::Server(error) if is_about_name(&error) => Some(t_string!(i18n, join_name_too_long)),
        Fault::OrganisationMissing | Fault::Server(_) => None,
    });
    Effect::new(move |_| {
        if words.get().is_some()
            && let Some(input) = node.get_untracked()
        {
            let _ = input.focus();
        }
    });
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, join_name)}</label>
            <input
                id=id
                class="input"
                node_ref=node
                name="name"
                autocomplete="name"
                autocapitalize="words"
                aria-invalid=text(move || words.get().is_some().to_string())
                aria-describedby=error_id.clone()
                prop:value=text(move || name.get())
                on:input=move |event| {
                    name.set(event_target_value(&event));
                    fault.set(None);
                }
            />
            <p class="hint">{t!(i18n, join_name_hint)}</p>
            <FaultLine id=error_id words />
        </div>
    }
}

#[component]
fn FaultLine(id: String, words: Signal<Option<&'static str>>) -> impl IntoView {
    view! {
        <div id=id aria-live="polite">
            {dynamic(move || {
                words
                    .get()
                    .map(|words| {
                        view! {
                            <p class="field-error">
                                <Icon glyph=Glyph::Warning />
                                {words}
                            </p>
                        }
                    })
            })}
        </div>
    }
}

fn check(who: &Who) -> Option<Fault> {
    if who.name.is_empty() {
        Some(Fault::NameMissing)
    } else if who.name.chars().count() > NAME_CHARS_MAX {
        Some(Fault::NameTooLong)
    } else if who.organisation.is_empty() {
        Some(Fault::OrganisationMissing)
    } else {
        None
    }
}

/// What to say about an answer of the server that is not about a field.
fn server_words(i18n: I18n, fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::Server(ApiError::Network) => Some(problem::what(i18n, "network")),
        Fault::Server(ApiError::Unreadable) => Some(problem::what(i18n, "version")),
        Fault::Server(error) if is_about_name(error) => None,
        Fault::Server(ApiError::Refused { code, .. }) => Some(problem::what(i18n, code)),
        Fault::NameMissing | Fault::NameTooLong | Fault::OrganisationMissing => None,
    }
}

/// What this device remembers, unless the person was faster.
fn prefill(plan: PlanId, [name, organisation, group]: [RwSignal<String>; 3]) {
    spawn_local(async move {
        let person = device::person().await;
        let known = device::plan(plan).await.map(|known| known.group).unwrap_or_default();
        for (signal, known) in [(name, person.name), (organisation, person.organisation), (group, known)] {
            if signal.try_with_untracked(String::is_empty).unwrap_or_default() {
                signal.set(known);
            }
        }
    });
}
