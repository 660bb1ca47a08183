//! What a link is for: its name, its role, its sections, until when, and for how many.

mod limit;
mod scope;

use std::collections::BTreeSet;

use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::limits::NAME_CHARS_MAX;
use leptos::prelude::*;

use super::said::fault_line;
use super::wire::Wanted;
use crate::api::ApiError;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{Show, dynamic, flag, text, unique};
use limit::{Limit, count, local_time, moment};
use scope::{RoleChoice, Sections};

/// What is typed and chosen.
#[derive(Clone, Copy)]
struct Typed {
    label: RwSignal<String>,
    role: RwSignal<Role>,
    is_named: RwSignal<bool>,
    sections: RwSignal<BTreeSet<SectionId>>,
    /// As the input for a day and an hour writes it; empty for none.
    expires: RwSignal<String>,
    /// A number; empty for any.
    people_max: RwSignal<String>,
}

impl Typed {
    fn of(start: &Wanted) -> Self {
        Self {
            label: RwSignal::new(start.label.clone()),
            role: RwSignal::new(start.role),
            is_named: RwSignal::new(start.sections.is_some()),
            sections: RwSignal::new(start.sections.iter().flatten().copied().collect()),
            expires: RwSignal::new(start.expires_ms.map(local_time).unwrap_or_default()),
            people_max: RwSignal::new(start.people_max.map(|max| max.to_string()).unwrap_or_default()),
        }
    }

    /// Only who writes into sections is kept to some.
    fn is_about_sections(self) -> bool {
        self.role.get() == Role::Editor && self.is_named.get()
    }

    fn wanted(self) -> Result<Wanted, Fault> {
        let sections: Option<Vec<_>> = untrack(|| self.is_about_sections()).then(|| self.sections.get_untracked().into_iter().collect());
        if sections.as_ref().is_some_and(Vec::is_empty) {
            return Err(Fault::Section);
        }
        Ok(Wanted {
            label: self.label.get_untracked().trim().to_owned(),
            role: self.role.get_untracked(),
            sections,
            expires_ms: moment(&self.expires.get_untracked()).map_err(|()| Fault::Time)?,
            people_max: count(&self.people_max.get_untracked()).map_err(|()| Fault::Number)?,
        })
    }
}

/// What is wrong with what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Section,
    Time,
    Number,
}

/// The form. `on_done` gets what was chosen, once it is whole.
#[component]
pub(super) fn LinkForm(
    start: Wanted,
    /// What the server said against it.
    refused: RwSignal<Option<ApiError>>,
    #[prop(into)] is_working: Signal<bool>,
    on_done: Callback<Wanted>,
    on_cancel: Callback<()>,
    /// What stands on the button.
    #[prop(into)]
    submit: ViewFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let typed = Typed::of(&start);
    let fault = RwSignal::new(None);
    let done = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        refused.set(None);
        match typed.wanted() {
            Ok(wanted) => {
                fault.set(None);
                on_done.run(wanted);
            }
            Err(wrong) => fault.set(Some(wrong)),
        }
    };
    let id = unique("label");
    let words = move |fault| match fault {
        Fault::Section => t_string!(i18n, share_no_section),
        Fault::Time => t_string!(i18n, share_no_time),
        Fault::Number => t_string!(i18n, number_not_a_number),
    };
    view! {
        <form class="dialog-form link-form" on:submit=done novalidate>
            <div class="field">
                <label for=id.clone()>{t!(i18n, share_label)}</label>
                <input
                    id=id
                    class="input"
                    name="label"
                    autocomplete="off"
                    maxlength=NAME_CHARS_MAX.to_string()
                    prop:value=text(move || typed.label.get())
                    on:input=move |event| typed.label.set(event_target_value(&event))
                />
                <p class="note">{t!(i18n, share_label_hint)}</p>
            </div>
            <RoleChoice role=typed.role />
            <Show when=flag(move || typed.role.get() == Role::Editor)>
                <Sections typed />
            </Show>
            <div class="field-row">
                <Limit value=typed.expires kind="datetime-local" name="expires" title=move || t!(i18n, share_expires) />
                <Limit value=typed.people_max kind="number" name="people_max" title=move || t!(i18n, share_people_max) />
            </div>
            <div aria-live="polite">{dynamic(move || fault.get().map(|fault| view! { <p class="field-error">{words(fault)}</p> }))}</div>
            {fault_line(i18n, refused)}
            <div class="buttons">
                <button type="submit" class="button main" disabled=is_working>
                    {submit.run()}
                </button>
                <button type="button" class="button" on:click=move |_| on_cancel.run(())>
                    {t!(i18n, cancel)}
                </button>
            </div>
        </form>
    }
}
