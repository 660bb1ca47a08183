//! The groups, one a section: who they are, who of them is here, how far they are, and what they report back.

use hamutuk_shared::plan::{ActivityRef, Field, Name};
use leptos::prelude::*;

use super::tables::{self, TableOf};
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::plan::form::Labelled;
use crate::plan::place::use_place;
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::{PlanView, SectionView};
use crate::words;
use hamutuk_shared::derive::{Completeness, Table};

/// All of them.
#[component]
pub(super) fn Groups(derived: Derived) -> impl IntoView {
    let view = expect_context::<PlanView>();
    let all = tables::of(derived);
    view! {
        <div class="desk-cards">
            {list(move || view.sections.get(), |section| section.id.to_string(), move |section| view! { <Group section derived all /> })}
        </div>
    }
}

#[component]
fn Group(section: SectionView, derived: Derived, all: Memo<Vec<Table>>) -> impl IntoView {
    let i18n = use_i18n();
    let address = use_place().address(Some(&section.code));
    let (id, name, code) = (section.id, section.name.clone(), section.code.clone());
    let complete = Memo::new(move |_| {
        derived.plan.with(|plan| plan.sections.iter().find(|one| one.id == id).map_or(0, |one| Completeness::of_section(one).percent()))
    });
    let field = move |name| view! { <Labelled field=Field::of_section(id, name) /> };
    view! {
        <section class="desk-card boxed" data-section=code.clone() data-desk="group">
            <h3>
                <a href=address>
                    <span class="code">{code.clone()}</span>
                    " "
                    {dynamic(move || name.get(words::language(i18n)).to_owned())}
                </a>
            </h3>
            <p class="complete">
                <span>{dynamic(move || t_string!(i18n, rail_complete, percent = complete.get()))}</span>
                <span class="complete-bar" aria-hidden="true"><span style:width=text(move || format!("{}%", complete.get()))></span></span>
            </p>
            <TableOf section=id all />
            {field(Name::State)}
            <details>
                <summary>{t!(i18n, desk_group)}</summary>
                <div class="more-fields">{[Name::GroupName, Name::Rapporteur, Name::GroupMembers].map(field).into_iter().collect_view()}</div>
            </details>
            <Highlights section />
        </section>
    }
}

#[component]
fn Highlights(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let (id, group) = (section.id, section.group);
    let all = Memo::new(move |_| {
        let order = section.activities.with(|all| all.iter().filter(|one| one.is_kept()).map(|one| one.at.activity).collect::<Vec<_>>());
        group.with(|group| order.into_iter().filter(|one| group.highlights.contains(one)).collect::<Vec<_>>())
    });
    let row = move |activity| {
        let at = ActivityRef { section: id, activity };
        view! {
            <li data-activity=activity.to_string()>
                <button type="button" class="link" on:click=move |_| place.open(at)>
                    <span aria-hidden="true">"★ "</span>
                    {dynamic(move || words::activity(i18n, view, at))}
                </button>
            </li>
        }
    };
    view! {
        <p class="field-label">{t!(i18n, plenary_highlights)}</p>
        <Show when=flag(move || all.with(Vec::is_empty))>
            <p class="note">{t!(i18n, star_none)}</p>
        </Show>
        <ul class="desk-list">{list(move || all.get(), ToString::to_string, row)}</ul>
    }
}
