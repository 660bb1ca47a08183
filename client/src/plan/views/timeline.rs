//! When what happens: the activities and their months, as bars that can be dragged or moved by keys, or as a table of words.

mod bar;
mod row;
pub(super) mod runs;
pub(super) mod said;
mod scale;
mod table;
#[cfg(test)]
pub(super) mod test_screen;
mod title;
mod track;

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::{OutcomeRef, Plan};
use leptos::prelude::*;

use self::row::Row;
use self::runs::Run;
use self::scale::Counts;
use self::table::Table;
pub(super) use self::title::Title;
use crate::i18n::{t, use_i18n};
use crate::plan::derived::{shown, use_derived};
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words::{self, I18n};

/// More months than these are too narrow beside each other: the lines scroll in their own box.
const SIDE_BY_SIDE: i32 = 16;

/// The view.
#[component]
pub(crate) fn Timeline() -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = use_derived();
    let period = Run { first: view.first(), last: view.last() };
    let is_table = RwSignal::new(false);
    let is_empty = Memo::new(move |_| derived.plan.with(|plan| shown(plan, &derived.filter.get()).is_empty()));
    view! {
        <div class="tl">
            <div class="buttons">
                <button
                    type="button"
                    class="button"
                    data-action="as-table"
                    aria-pressed=text(move || is_table.get().to_string())
                    on:click=move |_| is_table.update(|is_table| *is_table = !*is_table)
                >
                    {t!(i18n, timeline_as_table)}
                </button>
                <p class="note tl-hint">{t!(i18n, timeline_hint)}</p>
            </div>
            <Show when=flag(move || is_empty.get())>
                <p class="note">{t!(i18n, timeline_none)}</p>
            </Show>
            <Show when=flag(move || is_table.get()) fallback=move || view! { <Lines period /> }>
                <Table />
            </Show>
        </div>
    }
}

/// A line of the timeline.
enum Line {
    /// The heading of a section.
    Section(SectionId),
    /// The heading of an outcome.
    Outcome(OutcomeRef),
    /// An activity, with the code of its section.
    Activity(ActivityView, String),
}

impl Line {
    fn key(&self) -> String {
        match self {
            Self::Section(id) => id.to_string(),
            Self::Outcome(at) => at.outcome.to_string(),
            Self::Activity(activity, _) => activity.at.activity.to_string(),
        }
    }
}

/// The lines with the months above them.
#[component]
fn Lines(period: Run) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = use_derived();
    let months = period.place(period.last);
    let lines = move || lines(view, &derived.plan.get(), &derived.filter.get());
    view! {
        <div
            class="tl-lines"
            class:is-long={months > SIDE_BY_SIDE}
            class:in-quarters={period.first.month() % 3 == 1}
            style=("--months", months.to_string())
        >
            <div class="tl-line tl-head">
                <div class="tl-name"></div>
                <div>{scale::quarters(i18n, period)} {scale::months(i18n, period)}</div>
            </div>
            <Counts period />
            {list(lines, Line::key, move |line| draw(i18n, view, period, line))}
        </div>
    }
}

fn draw(i18n: I18n, view: PlanView, period: Run, line: Line) -> Option<AnyView> {
    let line = match line {
        Line::Section(id) => {
            let section = view.section(id)?;
            let name = section.name;
            view! {
                <div class="tl-line tl-section" data-section=section.code>
                    <h2>
                        <span class="code">{section.code.clone()}</span>
                        {dynamic(move || name.get(words::language(i18n)).to_owned())}
                    </h2>
                    {scale::months(i18n, period)}
                </div>
            }
            .into_any()
        }
        Line::Outcome(at) => {
            let outcome = view.outcome(at)?;
            view! {
                <h3 class="tl-outcome">
                    <span class="number">{outcome.code}</span>
                    {dynamic(move || outcome.statement.words.get())}
                </h3>
            }
            .into_any()
        }
        Line::Activity(activity, code) => view! { <Row activity code /> }.into_any(),
    };
    Some(line)
}

/// What the filter lets through, by section and outcome. An activity whose outcome the plan does not have stands at the end of its section.
fn lines(view: PlanView, plan: &Plan, filter: &Filter) -> Vec<Line> {
    let all = shown(plan, filter);
    let mut lines = Vec::new();
    for section in &plan.sections {
        let of_section: Vec<_> = all.iter().filter(|(_, at, _)| at.section == section.id).collect();
        if of_section.is_empty() {
            continue;
        }
        lines.push(Line::Section(section.id));
        let outcomes = section.outcomes.iter().map(|outcome| Some(outcome.id)).chain([None]);
        for outcome in outcomes {
            let serves = |id| match outcome {
                Some(outcome) => id == outcome,
                None => section.outcomes.iter().all(|outcome| outcome.id != id),
            };
            let of_outcome = of_section.iter().filter(|(_, _, activity)| serves(activity.outcome));
            let rows: Vec<_> =
                of_outcome.filter_map(|(_, at, _)| Some(Line::Activity(view.activity(*at)?, section.code.clone()))).collect();
            if let (Some(outcome), false) = (outcome, rows.is_empty()) {
                lines.push(Line::Outcome(OutcomeRef { section: section.id, outcome }));
            }
            lines.extend(rows);
        }
    }
    lines
}

#[cfg(test)]
mod tests;
