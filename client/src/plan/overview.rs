//! The plan's own page: its title, where it leads, and the way into its sections.

use leptos::prelude::*;

use super::place::use_place;
use super::rail::{HereCount, WrittenCount};
use super::section::State;
use crate::field::TextInput;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::later::later_or_nothing;
use crate::ui::{Glyph, Icon, dynamic, list};
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// The page.
#[component]
pub(crate) fn Overview() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let period =
        move || t_string!(i18n, plan_period_range, first = words::month(i18n, view.first()), last = words::month(i18n, view.last()));
    view! {
        <div class="overview">
            <h1 class="unseen">{dynamic(move || view.title.words.get())}</h1>
            <div class="plan-title">
                <TextInput
                    field=view.title.field
                    label=label!(i18n, plan_title)
                    placeholder=label!(i18n, plan_untitled)
                />
            </div>
            <p class="note">{period}</p>
            <h2 class="label">{t!(i18n, plan_vision)}</h2>
            <div class="vision">
                <TextInput
                    field=view.vision.field
                    multiline=true
                    label=label!(i18n, plan_vision)
                    placeholder=label!(i18n, plan_vision_hint)
                />
            </div>
            <h2 class="label">{t!(i18n, sections)}</h2>
            <div class="section-cards">
                {list(move || view.sections.get(), |section| section.id.to_string(), |section| view! { <SectionCard section /> })}
            </div>
            {later_or_nothing(move |parts| (parts.of_plan)(view))}
            <p class="safety">
                <Icon glyph=Glyph::Shield />
                <span>{t!(i18n, help_safety)}</span>
            </p>
        </div>
    }
}

#[component]
fn SectionCard(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let address = use_place().address(Some(&section.code));
    let (name, prompt) = (section.name.clone(), section.prompt.clone());
    view! {
        <a class="section-card" href=address data-section=section.code.clone()>
            <span class="top">
                <span class="code">{section.code.clone()}</span>
                <span>{dynamic(move || name.get(words::language(i18n)).to_owned())}</span>
            </span>
            <span class="note">{dynamic(move || prompt.get(words::language(i18n)).to_owned())}</span>
            <span class="foot note">
                <State section=section.clone() />
                <WrittenCount section=section.clone() />
                <HereCount section=section.id />
            </span>
        </a>
    }
}
