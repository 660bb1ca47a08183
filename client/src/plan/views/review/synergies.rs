//! Activities that may belong together, to be said by a press; and what was said before.

use std::sync::Arc;

use hamutuk_shared::derive::Proposal;
use hamutuk_shared::derive::similar::Why;
use hamutuk_shared::id::SynergyId;
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityRef, Choice, Edit, Field, Item, Name, Relation, Synergy};
use leptos::prelude::*;

use crate::field::ChoiceInput;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::use_place;
use crate::session::{Session, new_id, use_session};
use crate::ui::{Show, announce, dynamic, flag, list};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What was said, then what is proposed.
#[component]
pub(super) fn Synergies(proposals: Memo<Arc<Vec<Proposal>>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let said = move |is_dismissed: bool| {
        Memo::new(move |_| {
            let fits = |one: &&Synergy| one.archived.is_kept() && (one.relation.value == Relation::Dismissed) == is_dismissed;
            let pair = |one: &Synergy| Some(Pair { id: one.id, first: one.first.value?, second: one.second.value? });
            view.synergies.with(|all| all.iter().filter(fits).filter_map(pair).collect::<Vec<_>>())
        })
    };
    let (accepted, dismissed) = (said(false), said(true));
    let key = |pair: &Pair| pair.id.to_string();
    view! {
        <Show when=flag(move || accepted.with(|all| !all.is_empty()))>
            <h3>{dynamic(move || t_string!(i18n, synergy_settled, count = accepted.with(Vec::len)))}</h3>
        </Show>
        <ul class="review-list">{list(move || accepted.get(), key, |pair| view! { <Said pair /> })}</ul>
        <Show when=flag(move || dismissed.with(|all| !all.is_empty()))>
            <details class="archive">
                <summary>{dynamic(move || t_string!(i18n, synergy_dismissed, count = dismissed.with(Vec::len)))}</summary>
                <ul class="review-list">{list(move || dismissed.get(), key, |pair| view! { <Said pair /> })}</ul>
            </details>
        </Show>
        <h3>{dynamic(move || t_string!(i18n, synergy_proposed, count = proposals.with(|all| all.len())))}</h3>
        <Show when=flag(move || proposals.with(|all| all.is_empty()))>
            <p class="note">{t!(i18n, review_no_synergies)}</p>
        </Show>
        <ul class="review-list">
            {list(
                move || proposals.get().to_vec(),
                |one| format!("{} {}", one.first, one.second),
                move |one| view! { <Proposed first=one.first second=one.second proposals /> },
            )}
        </ul>
    }
}

/// Two activities of which somebody said what they have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    id: SynergyId,
    first: ActivityRef,
    second: ActivityRef,
}

#[component]
fn Said(pair: Pair) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let item = Item::Synergy(pair.id);
    let archive = Edit::Archive { item, archived: true };
    let may = archive.clone();
    view! {
        <li class="review-card" data-item=item.to_string()>
            <div class="pair">
                <One at=pair.first />
                <One at=pair.second />
            </div>
            <div class="buttons boxed">
                <ChoiceInput field=Field { item, name: Name::Relation } label=label!(i18n, field_relation) />
                <button type="button" class="button" data-action="take-back" disabled=flag(move || !session.may(&may)) on:click=move |_| session.write(archive.clone())>
                    {t!(i18n, synergy_take_back)}
                </button>
            </div>
        </li>
    }
}

#[component]
fn Proposed(first: ActivityRef, second: ActivityRef, proposals: Memo<Arc<Vec<Proposal>>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let find = move |all: &Arc<Vec<Proposal>>| all.iter().find(|one| one.first == first && one.second == second).map(|one| one.why.clone());
    let why = Memo::new(move |_| proposals.with(find));
    let reasons = move || why.get().map(|why| reasons(i18n, &why)).unwrap_or_default();
    let button = move |relation: Relation| {
        let press = move |_| {
            session.write_all(&settle(first, second, relation));
            announce(untrack(|| t_string!(i18n, review_settled)));
        };
        view! {
            <button type="button" class="button" data-relation=relation.as_str() disabled=flag(move || !may(session)) on:click=press>
                {dynamic(move || words::choice(i18n, Kind::Synergy, Name::Relation, relation))}
            </button>
        }
    };
    view! {
        <li class="review-card" data-proposal="">
            <div class="pair">
                <One at=first />
                <One at=second />
            </div>
            <ul class="reasons note">{dynamic(move || reasons().into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view())}</ul>
            <div class="buttons" role="group" aria-label=label!(i18n, synergy_question)>
                {Relation::ALL.iter().map(|relation| button(*relation)).collect_view()}
            </div>
        </li>
    }
}

/// One of two activities: its section, its title, who leads it.
#[component]
fn One(at: ActivityRef) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let place = use_place();
    let code = view.section(at.section).map(|section| section.code);
    let accent = code.clone();
    let lead = view.activity(at).map(|activity| activity.watch(|activity| activity.lead.value));
    let who = move || lead.and_then(|lead| lead.get()).and_then(|id| view.organisation_label(id));
    view! {
        <div class="one" data-section=accent data-activity=at.activity.to_string()>
            <span class="code">{code}</span>
            <button type="button" class="link" data-action="open" on:click=move |_| details::open(place, at)>
                {dynamic(move || words::activity(i18n, view, at))}
            </button>
            <span class="note">{dynamic(move || who().unwrap_or_else(|| t_string!(i18n, activity_lead_none).to_owned()))}</span>
        </div>
    }
}

fn may(session: Session) -> bool {
    session.may(&Edit::Add { item: Item::Synergy(new_id()) })
}

/// The edits that say what two activities have to do with each other.
fn settle(first: ActivityRef, second: ActivityRef, relation: Relation) -> Vec<Edit> {
    let item = Item::Synergy(new_id());
    let values = [(Name::First, first.to_string()), (Name::Second, second.to_string()), (Name::Relation, relation.as_str().to_owned())];
    let set = |(name, word)| Edit::Set { field: Field { item, name }, value: Value::Word(word) };
    std::iter::once(Edit::Add { item }).chain(values.map(set)).collect()
}

/// Why they are proposed, in words.
fn reasons(i18n: I18n, why: &Why) -> Vec<String> {
    let months = why.months.iter().map(|month| words::month_short(i18n, *month)).collect::<Vec<_>>().join(", ");
    let places = why.municipalities.iter().map(|one| words::choice(i18n, Kind::Activity, Name::Municipalities, one)).collect::<Vec<_>>();
    let themes = why.themes.iter().map(|one| words::choice(i18n, Kind::Activity, Name::Themes, one)).collect::<Vec<_>>();
    let all = [
        why.is_title_alike().then(|| t_string!(i18n, synergy_why_title).to_owned()),
        (!months.is_empty()).then(|| t_string!(i18n, synergy_why_months, months = months)),
        (!places.is_empty()).then(|| t_string!(i18n, synergy_why_places, places = places.join(", "))),
        (!themes.is_empty()).then(|| t_string!(i18n, synergy_why_themes, themes = themes.join(", "))),
    ];
    all.into_iter().flatten().collect()
}
