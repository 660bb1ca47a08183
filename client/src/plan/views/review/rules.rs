//! Values that are each fine and do not go together, with who wrote each: often two people, who could not see each other.

use std::sync::Arc;

use hamutuk_shared::derive::{Finding, Problem};
use hamutuk_shared::plan::dispute::Origin;
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::{Activity, Field, Item, Name};
use leptos::prelude::*;

use super::jump::{Jump, Subject, code};
use super::sentence;
use crate::i18n::{t, use_i18n};
use crate::plan::derived::use_derived;
use crate::session::{Session, use_session};
use crate::ui::{Show, dynamic, flag, list};
use crate::view_model::PlanView;
use crate::words;

/// A value that has a part in it, and who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Party {
    field: Field,
    value: Value,
    origin: Origin,
}

/// The list.
#[component]
pub(super) fn Rules(findings: Memo<Arc<Vec<Finding>>>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=flag(move || findings.with(|all| !all.is_empty()))>
            <h3>{t!(i18n, review_rules)}</h3>
        </Show>
        <ul class="review-list">{list(move || findings.get().to_vec(), sentence::key, |finding| view! { <Rule finding /> })}</ul>
    }
}

#[component]
fn Rule(finding: Finding) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let session = use_session();
    let plan = use_derived().plan;
    let parties = Memo::new(move |_| {
        // Who wrote what is not in the view's plan; it changes only with it.
        plan.track();
        parties(session, view, finding)
    });
    let party = move |Party { field, value, origin }: Party| {
        view! {
            <li>
                <span class="value">
                    {words::field(i18n, field.item.kind(), field.name)}
                    " "
                    <strong>{words::value(i18n, view, field, &value)}</strong>
                    " "
                    <span class="note">{words::origin(i18n, view, origin)}</span>
                </span>
                <Jump field />
            </li>
        }
    };
    view! {
        <li class="review-card" data-section=code(view, finding.at.item) data-problem=sentence::name(finding.problem)>
            <p class="subject">
                <Subject item=finding.at.item />
            </p>
            <p>{dynamic(move || sentence::say(i18n, view, finding))}</p>
            <ul class="values">{dynamic(move || parties.get().into_iter().map(party).collect_view())}</ul>
            <Show when=flag(move || parties.with(|all| all.iter().all(|party| party.field != finding.at)))>
                <Jump field=finding.at />
            </Show>
        </li>
    }
}

/// The values that have a part in it: of several of one sort, the one that was written last.
fn parties(session: Session, view: PlanView, finding: Finding) -> Vec<Party> {
    let period = [Name::FirstMonth, Name::LastMonth].map(|name| Field { item: Item::Plan, name });
    let at = vec![finding.at];
    let sorts = match finding.problem {
        Problem::FundingAboveCost => {
            let activity = finding.at.item.activity().and_then(|at| view.activity(at));
            activity.map(|one| one.whole.with_untracked(|whole| money(one.at, whole))).unwrap_or_default()
        }
        Problem::PeriodReversed => period.map(|field| vec![field]).to_vec(),
        Problem::MonthOutsidePeriod(_) => vec![period.to_vec()],
        Problem::QuarterOutsidePeriod(_) => vec![at, period.to_vec()],
        _ => vec![at],
    };
    let party = |field: Field| Some(Party { field, value: session.standing_now(field).value.value, origin: session.origin(field)? });
    let latest = |fields: Vec<Field>| fields.into_iter().filter_map(party).max_by_key(|party| party.origin.at_ms);
    sorts.into_iter().filter_map(latest).collect()
}

/// The amounts that close the gap, and what the cost is made of.
fn money(at: hamutuk_shared::plan::ActivityRef, activity: &Activity) -> Vec<Vec<Field>> {
    let funding = activity.kept_funding().filter(|funding| funding.closes_gap());
    let amounts = funding.map(|funding| Field { item: Item::Funding(at, funding.id), name: Name::Amount });
    let of_line = |item| [Name::UnitCost, Name::Quantity].map(|name| Field { item, name });
    let costs = activity.kept_budget().flat_map(|line| of_line(Item::BudgetLine(at, line.id)));
    vec![amounts.collect(), costs.collect()]
}
