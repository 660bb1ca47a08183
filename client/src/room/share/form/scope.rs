//! What a link allows, and where.

use hamutuk_shared::access::Role;
use leptos::prelude::*;

use super::Typed;
use crate::i18n::{t, use_i18n};
use crate::ui::{Show, dynamic, flag, text, unique};
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// What the link allows.
#[component]
pub(super) fn RoleChoice(role: RwSignal<Role>) -> impl IntoView {
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

/// Where: in the whole plan, or in some sections.
#[component]
pub(super) fn Sections(typed: Typed) -> impl IntoView {
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
