//! What the groups report back, on the projector.

use hamutuk_shared::plan::{Plan, Section};
use leptos::prelude::*;

use super::density;
use super::section::row;
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::ui::dynamic;
use crate::words::{self, I18n};

/// The page.
pub(super) fn highlights(derived: Derived) -> AnyView {
    let i18n = use_i18n();
    let page = move || {
        let plan = derived.plan.get();
        let chosen: Vec<&Section> = plan.sections.iter().filter(|section| starred(section).next().is_some()).collect();
        if chosen.is_empty() {
            return view! { <p class="plenary-vision">{t_string!(i18n, plenary_no_highlights)}</p> }.into_any();
        }
        let lines = chosen.len() + chosen.iter().map(|section| starred(section).count()).sum::<usize>();
        view! { <div data-density=density(lines)>{chosen.into_iter().map(|section| of_section(i18n, &plan, section)).collect_view()}</div> }
            .into_any()
    };
    view! {
        <h1>{t!(i18n, plenary_highlights)}</h1>
        {dynamic(page)}
    }
    .into_any()
}

fn starred(section: &Section) -> impl Iterator<Item = &hamutuk_shared::plan::Activity> {
    section.activities.iter().filter(|activity| activity.is_kept() && section.group.highlights.contains(&activity.id))
}

fn of_section(i18n: I18n, plan: &Plan, section: &Section) -> AnyView {
    let rapporteur = section.group.rapporteur.trim();
    let who = (!rapporteur.is_empty()).then(|| view! { <span class="note">{rapporteur.to_owned()}</span> });
    view! {
        <section class="plenary-outcome" data-section=section.code.clone()>
            <h2>
                <span class="code">{section.code.clone()}</span>
                " "
                {section.name.get(words::language(i18n)).to_owned()}
                " "
                {who}
            </h2>
            <ul>{starred(section).map(|activity| row(i18n, plan, activity, false)).collect_view()}</ul>
        </section>
    }
    .into_any()
}
