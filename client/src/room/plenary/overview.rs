//! The plan on the projector: what it is called, where it leads, and how far its sections are.

use hamutuk_shared::derive::Completeness;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Name, Section};
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::ui::dynamic;
use crate::view_model::PlanView;
use crate::words;

/// The page.
pub(super) fn overview(derived: Derived) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let row = move |section: &Section| {
        let percent = Completeness::of_section(section).percent();
        let count = section.begun().count();
        view! {
            <li data-section=section.code.clone()>
                <span class="code">{section.code.clone()}</span>
                <span class="title">{section.name.get(words::language(i18n)).to_owned()}</span>
                <span class="note">
                    {words::choice(i18n, Kind::Section, Name::State, section.state.value)} " · "
                    {t_string!(i18n, activity_count, count = count)} " · "
                    {t_string!(i18n, rail_complete, percent = percent)}
                </span>
                <span class="complete-bar" aria-hidden="true"><span style:width=format!("{percent}%")></span></span>
            </li>
        }
    };
    view! {
        <h1>{dynamic(move || view.title.words.get())}</h1>
        <p class="plenary-vision">{dynamic(move || view.vision.words.get())}</p>
        <ul class="plenary-sections">{dynamic(move || derived.plan.with(|plan| plan.sections.iter().map(row).collect_view()))}</ul>
    }
    .into_any()
}
