//! What is missing, section by section and activity by activity, and how complete each section is.

use std::sync::Arc;

use hamutuk_shared::derive::{Completeness, Finding};
use hamutuk_shared::id::SectionId;
use leptos::prelude::*;

use super::found::{self, Group};
use super::jump::{self, Jump};
use super::sentence;
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// The sections, then what is found in the plan as a whole.
#[component]
pub(super) fn Checks(findings: Memo<Arc<Vec<Finding>>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let filter = use_derived().filter;
    let sections = move || {
        let wanted = filter.with(|filter| filter.section);
        view.sections.with(|all| all.iter().filter(|one| wanted.is_none_or(|wanted| wanted == one.id)).cloned().collect())
    };
    let beside = Memo::new(move |_| findings.with(|all| found::groups(all, None)));
    view! {
        <p class="note">{t!(i18n, review_counts)}</p>
        {list(sections, |section: &SectionView| section.id.to_string(), move |section| view! { <SectionChecks section findings /> })}
        <Show when=flag(move || beside.with(|groups| !groups.is_empty()))>
            <section>
                <h3>{t!(i18n, review_whole_plan)}</h3>
                <Groups groups=beside />
            </section>
        </Show>
    }
}

#[component]
fn SectionChecks(section: SectionView, findings: Memo<Arc<Vec<Finding>>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = section.id;
    let groups = Memo::new(move |_| findings.with(|all| found::groups(all, Some(id))));
    view! {
        <section class="review-section" data-section=section.code.clone()>
            <h3>
                <span class="code">{section.code.clone()}</span>
                " "
                {dynamic(move || section.name.get(words::language(i18n)).to_owned())}
            </h3>
            <Complete section=id />
            <Groups groups />
        </section>
    }
}

/// How complete a section is: a bar, and the same in words.
#[component]
fn Complete(section: SectionId) -> impl IntoView {
    let i18n = use_i18n();
    let plan = use_derived().plan;
    let complete = Memo::new(move |_| plan.with(|plan| plan.section(section).map(Completeness::of_section).unwrap_or_default()));
    let say = move || {
        let now = complete.get();
        t_string!(i18n, review_complete, percent = now.percent(), present = now.present, expected = now.expected)
    };
    view! {
        <p class="complete" data-complete=text(move || complete.get().percent().to_string())>
            <span class="complete-bar" aria-hidden="true">
                <span style:width=text(move || format!("{}%", complete.get().percent()))></span>
            </span>
            <span class="note">{dynamic(say)}</span>
        </p>
    }
}

#[component]
fn Groups(groups: Memo<Vec<Group>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let one = move |group: Group| {
        let item = group.item;
        let find = move |all: &Vec<Group>| all.iter().find(|group| group.item == item).map(|group| group.findings.clone());
        let findings = Memo::new(move |_| groups.with(find).unwrap_or_default());
        view! {
            <div class="review-group" data-item=item.to_string()>
                <h4>{dynamic(move || jump::subject(i18n, view, item))}</h4>
                <ul>{list(move || findings.get(), sentence::key, |finding| view! { <OneFinding finding /> })}</ul>
            </div>
        }
    };
    list(move || groups.get(), |group| group.item.to_string(), one)
}

#[component]
fn OneFinding(finding: Finding) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    view! {
        <li data-problem=sentence::name(finding.problem)>
            <span>{dynamic(move || sentence::say(i18n, view, finding))}</span>
            <Jump field=finding.at />
        </li>
    }
}
