//! A section on the projector: its outcomes, and what is done towards each. What its leader has open stands out, and is in sight.

use hamutuk_shared::id::ActivityId;
use hamutuk_shared::plan::{Activity, Outcome, Plan, Section};
use leptos::html;
use leptos::prelude::*;

use super::density;
use crate::i18n::{t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::ui::dynamic;
use crate::words::{self, I18n};

/// The page; nothing where there is no such section.
pub(super) fn section(derived: Derived, code: String, open: Option<ActivityId>) -> AnyView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        derived.plan.track();
        if let Some(at) = node.get() {
            // The rows are made in the same turn as this.
            request_animation_frame(move || {
                if let Ok(Some(at)) = at.query_selector("[data-open=true]") {
                    at.scroll_into_view();
                }
            });
        }
    });
    let page = move || {
        let plan = derived.plan.get();
        plan.sections.iter().find(|one| one.code == code).map(|section| {
            view! {
                <h1>
                    <span class="code">{section.code.clone()}</span>
                    " "
                    {section.name.get(words::language(i18n)).to_owned()}
                </h1>
                <div data-density=density(section.begun().count() + section.outcomes.len())>
                    {section.outcomes.iter().map(|outcome| of_outcome(i18n, &plan, section, outcome, open)).collect_view()}
                </div>
            }
        })
    };
    view! { <div node_ref=node>{dynamic(page)}</div> }.into_any()
}

fn of_outcome(i18n: I18n, plan: &Plan, section: &Section, outcome: &Outcome, open: Option<ActivityId>) -> AnyView {
    let of = section.begun().map(|(_, activity)| activity).filter(|activity| activity.outcome == outcome.id);
    let rows = of.map(|activity| row(i18n, plan, activity, open == Some(activity.id))).collect_view();
    view! {
        <section class="plenary-outcome">
            <h2>{format!("{} {}", outcome.code, outcome.statement)}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}

/// An activity; of the one that is open, more.
pub(super) fn row(i18n: I18n, plan: &Plan, activity: &Activity, is_open: bool) -> AnyView {
    let lead = activity.lead.value.and_then(|id| plan.organisation(id)).map(|organisation| organisation.label().to_owned());
    let title = match activity.title.trim() {
        "" => t_string!(i18n, activity_untitled).to_owned(),
        title => title.to_owned(),
    };
    let description = (is_open && !activity.description.trim().is_empty()).then(|| view! { <p>{activity.description.clone()}</p> });
    view! {
        <li data-activity=activity.id.to_string() data-open=is_open.to_string()>
            <span class="title">{title}</span>
            " "
            <span class="note">{lead}</span>
            {description}
        </li>
    }
    .into_any()
}
