//! The group in which somebody sits: one of the plan's, or none.

use leptos::prelude::*;

use crate::api::Group;
use crate::i18n::{t, t_string, use_i18n};
use crate::ui::{dynamic, flag, text, unique};

/// The field. Its value is the id of a section; empty for none.
#[component]
pub(crate) fn GroupChoice(value: RwSignal<String>, groups: Vec<Group>) -> impl IntoView {
    let i18n = use_i18n();
    let id = unique("group");
    let option = move |group: Group| {
        let said = move || {
            let own = if group.name.trim().is_empty() { group.section_name.get(i18n.language()) } else { &group.name };
            format!("{} {own}", group.code)
        };
        let of = group.section.to_string();
        let value_of = of.clone();
        view! {
            <option value=of selected=flag(move || value.with(|value| *value == value_of))>
                {dynamic(said)}
            </option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{t!(i18n, join_group)}</label>
            <select id=id class="input" name="group" prop:value=text(move || value.get()) on:change=move |event| value.set(event_target_value(&event))>
                <option value="">{dynamic(move || t_string!(i18n, join_group_none))}</option>
                {groups.into_iter().map(option).collect_view()}
            </select>
            <p class="hint">{t!(i18n, join_group_hint)}</p>
        </div>
    }
}
