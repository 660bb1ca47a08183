//! What hangs on an activity, an outcome or the plan, one card each: budget lines, funding, indicators, reports, sources, notes.

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::{Content, Home, Kind};
use hamutuk_shared::plan::{Archived, Edit, Field, Indicator, Item, Name, Outcome, OutcomeRef, Report};
use leptos::prelude::*;

use super::form::Labelled;
use super::restored::restored;
use crate::i18n::{t, t_string, use_i18n};
use crate::session::{self, use_session};
use crate::ui::{Glyph, Icon, Show, announce, dynamic, flag, list, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// On what parts hang.
#[derive(Clone, Copy)]
pub(crate) enum Owner {
    /// An activity.
    Activity(ActivityView),
    /// An outcome.
    Outcome(OutcomeRef, RwSignal<Outcome>),
    /// The plan itself.
    Plan(PlanView),
}

/// What of a kind hangs on something.
#[component]
pub(crate) fn PartsOf(owner: Owner, kind: Kind) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let all = Memo::new(move |_| parts(owner, kind));
    let kept = move || all.with(|all| all.iter().filter(|(_, archived)| archived.is_kept()).copied().collect::<Vec<_>>());
    let gone = Memo::new(move |_| all.with(|all| all.iter().filter(|(_, archived)| !archived.is_kept()).copied().collect::<Vec<_>>()));
    let add = move |_| {
        if let Some(item) = new_part(owner, kind) {
            let mut edits = vec![Edit::Add { item }];
            // Who parks something is known.
            if item.kind() == Kind::Parked {
                let field = Field { item, name: Name::SubmittedBy };
                edits.push(Edit::Set { field, value: Value::Word(session.me().to_string()) });
            }
            session.write_all(&edits);
            announce(untrack(|| t_string!(i18n, part_added)));
        }
    };
    let may = move || new_part(owner, kind).is_some_and(|item| session.may(&Edit::Add { item }));
    view! {
        <div class="parts" data-parts=name(kind)>
            {list(kept, |(item, archived)| format!("{item} {}", *archived == Archived::No), |(item, archived)| view! { <Part item archived /> })}
            <button type="button" class="button quiet" data-action="add-part" disabled=flag(move || !may()) on:click=add>
                <Icon glyph=Glyph::Plus />
                {dynamic(move || add_words(i18n, kind))}
            </button>
            <Show when=flag(move || gone.with(|gone| !gone.is_empty()))>
                <details class="archive">
                    <summary>{t!(i18n, part_removed, count = move || gone.with(Vec::len))}</summary>
                    <ul>{list(move || gone.get(), |(item, _)| item.to_string(), |(item, _)| view! { <Gone item /> })}</ul>
                </details>
            </Show>
        </div>
    }
}

#[component]
fn Part(item: Item, archived: Archived) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let remove = move |_| {
        session.write(Edit::Archive { item, archived: true });
        announce(untrack(|| t_string!(i18n, part_is_removed)));
    };
    let fields = Name::fields(item.kind()).iter().filter(|(_, content)| *content != Content::Own);
    view! {
        <div class="part" data-item=item.to_string()>
            {restored(archived)}
            <div class="part-fields">{fields.map(|(name, _)| view! { <Labelled field=Field { item, name: *name } /> }).collect_view()}</div>
            <button
                type="button"
                class="icon-button"
                data-action="remove"
                aria-label=text(move || t_string!(i18n, part_remove))
                title=text(move || t_string!(i18n, part_remove))
                disabled=flag(move || !session.may(&Edit::Archive { item, archived: true }))
                on:click=remove
            >
                <Icon glyph=Glyph::Cross />
            </button>
        </div>
    }
}

/// What was removed, to be taken back.
#[component]
fn Gone(item: Item) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context();
    let words = move || {
        let said = Name::fields(item.kind()).iter().filter(|(_, content)| *content != Content::Own).filter_map(|(name, content)| {
            let field = Field { item, name: *name };
            match content {
                Content::Text => session.text(field).filter(|words| !words.trim().is_empty()),
                Content::Set(_) => None,
                _ => {
                    let value = session.standing_now(field).value.value;
                    (value != Value::Nothing).then(|| words::value(i18n, view, field, &value))
                }
            }
        });
        said.collect::<Vec<_>>().join(" · ")
    };
    view! {
        <li data-item=item.to_string()>
            <span>{dynamic(words)}</span>
            <button type="button" class="button" data-action="restore" on:click=move |_| session.write(Edit::Archive { item, archived: false })>
                <Icon glyph=Glyph::Restore />
                {t!(i18n, activity_restore)}
            </button>
        </li>
    }
}

/// What of a kind hangs on something, in order. Reactive.
fn parts(owner: Owner, kind: Kind) -> Vec<(Item, Archived)> {
    let measured = |home: Home, indicators: &[Indicator], reports: &[Report]| match kind {
        Kind::Indicator => indicators.iter().map(|one| (Item::Indicator(home, one.id), one.archived)).collect(),
        Kind::Report => reports.iter().map(|one| (Item::Report(home, one.id), one.archived)).collect(),
        _ => Vec::new(),
    };
    match owner {
        Owner::Activity(activity) => activity.whole.with(|whole| match kind {
            Kind::BudgetLine => whole.budget.iter().map(|one| (Item::BudgetLine(activity.at, one.id), one.archived)).collect(),
            Kind::Funding => whole.funding.iter().map(|one| (Item::Funding(activity.at, one.id), one.archived)).collect(),
            _ => measured(Home::Activity(activity.at), &whole.indicators, &whole.reports),
        }),
        Owner::Outcome(at, whole) => whole.with(|whole| measured(Home::Outcome(at), &whole.indicators, &whole.reports)),
        Owner::Plan(view) if kind == Kind::Source => {
            view.sources.with(|all| all.iter().map(|one| (Item::Source(one.id), one.archived)).collect())
        }
        Owner::Plan(view) => view.parking.with(|all| all.iter().map(|one| (Item::Parked(one.id), one.archived)).collect()),
    }
}

fn new_part(owner: Owner, kind: Kind) -> Option<Item> {
    let home = match owner {
        Owner::Activity(activity) => Home::Activity(activity.at),
        Owner::Outcome(at, _) => Home::Outcome(at),
        Owner::Plan(_) if kind == Kind::Source => return Some(Item::Source(session::new_id())),
        Owner::Plan(_) => return Some(Item::Parked(session::new_id())),
    };
    match (kind, home) {
        (Kind::BudgetLine, Home::Activity(at)) => Some(Item::BudgetLine(at, session::new_id())),
        (Kind::Funding, Home::Activity(at)) => Some(Item::Funding(at, session::new_id())),
        (Kind::Indicator, home) => Some(Item::Indicator(home, session::new_id())),
        (Kind::Report, home) => Some(Item::Report(home, session::new_id())),
        _ => None,
    }
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::BudgetLine => "budget",
        Kind::Funding => "funding",
        Kind::Indicator => "indicators",
        Kind::Source => "sources",
        Kind::Parked => "parking",
        _ => "progress",
    }
}

fn add_words(i18n: words::I18n, kind: Kind) -> &'static str {
    match kind {
        Kind::BudgetLine => t_string!(i18n, part_add_budget),
        Kind::Funding => t_string!(i18n, part_add_funding),
        Kind::Indicator => t_string!(i18n, part_add_indicator),
        Kind::Source => t_string!(i18n, part_add_source),
        Kind::Parked => t_string!(i18n, part_add_parked),
        _ => t_string!(i18n, part_add_report),
    }
}
