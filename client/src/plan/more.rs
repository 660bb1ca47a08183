//! What an outcome, a section and the plan have beside their words: folded, because it is written once and looked up sometimes.

use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{Field, Item, Name};
use leptos::prelude::*;

use super::form::Labelled;
use super::parts_of::{Owner, PartsOf};
use crate::i18n::{t, use_i18n};
use crate::view_model::{OutcomeView, PlanView, SectionView};

/// Where an outcome stands in the NAP, and how it is measured.
pub(crate) fn of_outcome(outcome: &OutcomeView) -> AnyView {
    let i18n = use_i18n();
    let owner = Owner::Outcome(outcome.at, outcome.whole);
    let field = |name| view! { <Labelled field=Field::of_outcome(outcome.at, name) /> };
    view! {
        <details class="more-of boxed" data-more="outcome">
            <summary>{t!(i18n, more_of_outcome)}</summary>
            <div class="more-fields">{field(Name::Reference)} {field(Name::Provenance)}</div>
            <PartsOf owner kind=Kind::Indicator />
            <PartsOf owner kind=Kind::Report />
        </details>
    }
    .into_any()
}

/// What may be done with a section, which a facilitator says, and its breakout group.
pub(crate) fn of_section(section: &SectionView) -> AnyView {
    let i18n = use_i18n();
    let names = [Name::State, Name::GroupName, Name::Rapporteur, Name::GroupMembers];
    let fields = names.map(|name| view! { <Labelled field=Field::of_section(section.id, name) /> }).into_iter().collect_view();
    view! {
        <details class="more-of boxed" data-more="section">
            <summary>{t!(i18n, more_of_section)}</summary>
            <div class="more-fields">{fields}</div>
        </details>
    }
    .into_any()
}

/// The period, the phase, the sources of money, and what is parked.
pub(crate) fn of_plan(view: PlanView) -> AnyView {
    let i18n = use_i18n();
    let owner = Owner::Plan(view);
    let names = [Name::FirstMonth, Name::LastMonth, Name::Phase, Name::Language];
    let fields = names.map(|name| view! { <Labelled field=Field { item: Item::Plan, name } /> }).into_iter().collect_view();
    view! {
        <section class="boxed more-plan" data-more="plan">
            <div class="more-fields">{fields}</div>
            <h2 class="label">{t!(i18n, more_sources)}</h2>
            <PartsOf owner kind=Kind::Source />
            <h2 class="label">{t!(i18n, more_parking)}</h2>
            <PartsOf owner kind=Kind::Parked />
        </section>
    }
    .into_any()
}
