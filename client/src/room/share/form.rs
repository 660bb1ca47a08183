//! What a link is for: its name, its role, its sections, until when, and for how many.

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
use crate::view_model::{PlanView, SectionView};
use crate::words;

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

#[component]
fn RoleChoice(role: RwSignal<Role>) -> impl IntoView {
    let i18n = use_i18n();
    let id = unique("role");
    let option = move |of: Role| {
        view! {
            <option value=of.as_str() selected=flag(move || role.get() == of)>
                {dynamic(move || words::role_name(i18n, of))}
            </option>
        }
    };
    let change = move |event| {
        if let Some(chosen) = Role::parse(&event_target_value(&event)) {
            role.set(chosen);
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, share_role)}</label>
            <select id=id class="input" name="role" prop:value=text(move || role.get().as_str()) on:change=change>
                {Role::ALL.map(option).into_iter().collect_view()}
            </select>
            <p class="note">{dynamic(move || words::role_hint(i18n, role.get()))}</p>
        </div>
    }
}

#[component]
fn Sections(typed: Typed) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let group = unique("scope");
    let radio = move |named: bool| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name=group.clone()
                    value=if named { "sections" } else { "plan" }
                    prop:checked=flag(move || typed.is_named.get() == named)
                    on:change=move |_| typed.is_named.set(named)
                />
                {if named { t!(i18n, share_some_sections) } else { t!(i18n, share_whole_plan) }}
            </label>
        }
    };
    let section = move |section: SectionView| {
        let id = section.id;
        let toggle = move |_| {
            typed.sections.update(|chosen| {
                if !chosen.remove(&id) {
                    chosen.insert(id);
                }
            });
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    value=section.code.clone()
                    prop:checked=flag(move || typed.sections.with(|chosen| chosen.contains(&id)))
                    on:change=toggle
                />
                <span class="code" data-section=section.code.clone()>
                    {section.code.clone()}
                </span>
                {dynamic(move || section.name.get(i18n.language()).to_owned())}
            </label>
        }
    };
    view! {
        <fieldset class="group checks">
            <legend>{t!(i18n, share_where)}</legend>
            {radio(false)}
            {radio(true)}
            <Show when=typed.is_named.into()>
                <div class="checks inner">{view.sections.get_untracked().into_iter().map(section).collect_view()}</div>
            </Show>
        </fieldset>
    }
}

/// An input that may stay empty.
#[component]
fn Limit(value: RwSignal<String>, kind: &'static str, name: &'static str, #[prop(into)] title: ViewFn) -> impl IntoView {
    let id = unique("limit");
    view! {
        <div class="field">
            <label for=id.clone()>{title.run()}</label>
            <input
                id=id
                class="input"
                type=kind
                name=name
                min=(kind == "number").then_some("1")
                prop:value=text(move || value.get())
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// A number of people, or none.
fn count(typed: &str) -> Result<Option<u32>, ()> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().ok().filter(|count| *count > 0).map(Some).ok_or(()),
    }
}

/// The moment that an input for a day and an hour means, by the clock of this device; none where it is empty.
fn moment(typed: &str) -> Result<Option<f64>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    // A date with a time, and without a zone, is one of this device's zone.
    let moment = js_sys::Date::parse(typed);
    if moment.is_nan() { Err(()) } else { Ok(Some(moment)) }
}

/// A moment as an input for a day and an hour wants it.
fn local_time(moment_ms: f64) -> String {
    let date = js_sys::Date::new(&moment_ms.into());
    let (day, month, year) = (date.get_date(), date.get_month() + 1, date.get_full_year());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_moment_is_read_as_it_is_shown() {
        for moment_ms in [1_733_130_000_000.0, 1_733_133_540_000.0, 1_767_225_600_000.0] {
            assert_eq!(moment(&local_time(moment_ms)), Ok(Some(moment_ms)));
        }
        assert_eq!(moment(""), Ok(None));
        assert_eq!(moment("2024-13-45T99:99"), Err(()));
    }

    #[wasm_bindgen_test]
    fn a_number_of_people_is_one_at_least() {
        for (typed, expected) in [("", Ok(None)), (" 12 ", Ok(Some(12))), ("0", Err(())), ("-1", Err(())), ("ten", Err(()))] {
            assert_eq!(count(typed), expected, "{typed}");
        }
    }
}
