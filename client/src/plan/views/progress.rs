//! Progress: how far the activities and the indicators are, quarter by quarter, and the reports that say so.

mod activities;
mod facts;
mod indicators;
mod report;
mod reports;

use std::sync::Arc;

use hamutuk_shared::derive::Bucket;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::schema::{Home, Kind};
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Choice, Item, Name, OutcomeRef, Plan, Quarter};
use leptos::prelude::*;

use self::activities::Activities;
use self::indicators::Indicators;
use self::report::ReportDialog;
use self::reports::Reports;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::derived::{Derived, shown, use_derived};
use crate::ui::{Show, dynamic, flag, list, unique};
use crate::view_model::{PlanView, SectionView};
use crate::words;

/// What the parts of this view share.
#[derive(Clone, Copy)]
struct Progress {
    /// The quarter that is looked at.
    quarter: RwSignal<Quarter>,
    /// The report whose form is open.
    open: RwSignal<Option<OpenReport>>,
}

/// A report whose form is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OpenReport {
    item: Item,
    /// The press that opened it made it.
    is_new: bool,
}

fn use_progress() -> Progress {
    expect_context()
}

/// What of a section is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Rows {
    section: SectionId,
    activities: Vec<ActivityRef>,
    /// Of its outcomes, then of its activities.
    indicators: Vec<Item>,
    /// Of the quarter that is looked at.
    reports: Vec<Item>,
}

/// The view.
#[component]
pub(crate) fn Progress() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = use_derived();
    let first = derived.plan.with_untracked(|plan| facts::newest(plan, &view.quarters())).unwrap_or(Quarter::of(view.first()));
    let progress = Progress { quarter: RwSignal::new(first), open: RwSignal::new(None) };
    provide_context(progress);
    let rows = Memo::new(move |_| Arc::new(rows(derived, progress.quarter.get())));
    let sections = move || {
        let shown = rows.get();
        view.sections.with(|all| all.iter().filter(|one| shown.iter().any(|rows| rows.section == one.id)).cloned().collect())
    };
    view! {
        <div class="progress-view">
            <QuarterChoice />
            <Statuses rows />
            <Show when=flag(move || rows.with(|rows| rows.is_empty()))>
                <p class="note">{t!(i18n, progress_nothing)}</p>
            </Show>
            {list(sections, |section: &SectionView| section.id.to_string(), move |section| view! { <Section section rows /> })}
            <ReportDialog />
        </div>
    }
}

/// The rows of each section that has any.
fn rows(derived: Derived, quarter: Quarter) -> Vec<Rows> {
    let filter = derived.filter.get();
    let plan = derived.plan.get();
    let mut all: Vec<Rows> = Vec::new();
    for section in &plan.sections {
        let mut rows = Rows { section: section.id, activities: Vec::new(), indicators: Vec::new(), reports: Vec::new() };
        let mut of_activities = Vec::new();
        for (_, at, activity) in shown(&plan, &filter).into_iter().filter(|(_, at, _)| at.section == section.id) {
            let home = Home::Activity(at);
            rows.activities.push(at);
            of_activities.extend(activity.kept_indicators().map(|one| Item::Indicator(home, one.id)));
            rows.reports.extend(facts::of_quarter(&activity.reports, quarter).map(|one| Item::Report(home, one.id)));
        }
        for outcome in &section.outcomes {
            let is_shown = filter.is_empty() || serves(&plan, &rows.activities, outcome.id);
            let home = Home::Outcome(OutcomeRef { section: section.id, outcome: outcome.id });
            let kept = outcome.indicators.iter().filter(|one| is_shown && one.archived.is_kept());
            rows.indicators.extend(kept.map(|one| Item::Indicator(home, one.id)));
        }
        rows.indicators.extend(of_activities);
        if !rows.activities.is_empty() || !rows.indicators.is_empty() {
            all.push(rows);
        }
    }
    all
}

/// Whether one of the activities serves an outcome.
fn serves(plan: &Plan, activities: &[ActivityRef], outcome: hamutuk_shared::id::OutcomeId) -> bool {
    plan.begun().any(|(at, activity)| activity.outcome == outcome && activities.contains(&at))
}

/// The quarters of the plan's period, to look at one.
#[component]
fn QuarterChoice() -> impl IntoView {
    let i18n = use_i18n();
    let quarters = expect_context::<PlanView>().quarters();
    let chosen = use_progress().quarter;
    let group = unique("quarter");
    let radio = move |quarter: Quarter| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name=group.clone()
                    value=quarter.to_string()
                    prop:checked=flag(move || chosen.get() == quarter)
                    on:change=move |_| chosen.set(quarter)
                />
                {dynamic(move || words::whole_quarter(i18n, quarter))}
            </label>
        }
    };
    view! {
        <fieldset class="radios">
            <legend>{t!(i18n, progress_quarter)}</legend>
            {quarters.into_iter().map(radio).collect_view()}
        </fieldset>
    }
}

/// How many activities are how far, and how many have a report.
#[component]
fn Statuses(rows: Memo<Arc<Vec<Rows>>>) -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let quarter = use_progress().quarter;
    let count = move |status| derived.totals.with(|totals| totals.get(Bucket::Status(status)).activities);
    let counts = Memo::new(move |_| ActivityStatus::ALL.iter().map(|status| (*status, count(*status))).collect::<Vec<_>>());
    let status = move |(status, count): (ActivityStatus, u32)| {
        view! {
            <li data-status=status.as_str()>
                <span class="dot" data-status=status.as_str()></span>
                {words::choice(i18n, Kind::Activity, Name::Status, status)}
                " "
                <strong>{count}</strong>
            </li>
        }
    };
    let reported = Memo::new(move |_| {
        rows.with(|rows| {
            let mut with_report: Vec<ActivityRef> = rows.iter().flat_map(|rows| rows.reports.iter().filter_map(Item::activity)).collect();
            with_report.dedup();
            (with_report.len(), rows.iter().map(|rows| rows.activities.len()).sum::<usize>())
        })
    });
    view! {
        <ul class="statuses" aria-label=label!(i18n, progress_status)>
            {dynamic(move || counts.get().into_iter().filter(|(_, count)| *count > 0).map(status).collect_view())}
        </ul>
        <p class="note" data-reported="">
            {dynamic(move || {
                let (count, all) = reported.get();
                t_string!(i18n, progress_reported, quarter = words::whole_quarter(i18n, quarter.get()), count = count, all = all)
            })}
        </p>
    }
}

#[component]
fn Section(section: SectionView, rows: Memo<Arc<Vec<Rows>>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = section.id;
    let heading = unique("progress");
    let heading_id = heading.clone();
    let own = Memo::new(move |_| rows.with(|rows| rows.iter().find(|rows| rows.section == id).cloned()));
    let activities = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.activities.clone()).unwrap_or_default()));
    let indicators = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.indicators.clone()).unwrap_or_default()));
    let reports = Memo::new(move |_| own.with(|own| own.as_ref().map(|own| own.reports.clone()).unwrap_or_default()));
    view! {
        <section class="progress-section" data-section=section.code.clone() aria-labelledby=heading>
            <h2 id=heading_id>
                <span class="code">{section.code.clone()}</span>
                " "
                {dynamic(move || section.name.get(words::language(i18n)).to_owned())}
            </h2>
            <Show when=flag(move || activities.with(|all| !all.is_empty()))>
                <Activities activities />
            </Show>
            <Show when=flag(move || indicators.with(|all| !all.is_empty()))>
                <Indicators indicators />
            </Show>
            <Show when=flag(move || reports.with(|all| !all.is_empty()))>
                <Reports reports />
            </Show>
        </section>
    }
}

#[cfg(test)]
mod tests;
