//! Lists of activities with when and where they happen, and how far they are.

use hamutuk_shared::plan::schema::Kind;
use hamutuk_shared::plan::{ActivityRef, Choice, Month, MonthSet, Name};
use leptos::prelude::*;

use super::super::line::line;
use crate::i18n::{I18n, t_string, use_i18n};
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// Activities under a heading; nothing where there are none.
pub(super) fn group(name: &'static str, title: Signal<String>, all: Memo<Vec<ActivityRef>>) -> AnyView {
    view! {
        <Show when=flag(move || all.with(|all| !all.is_empty()))>
            <h3 class="label">{dynamic(move || title.get())}</h3>
            <ul class="lines" data-part=name>
                {list(move || all.get(), |at| at.activity.to_string(), move |at| line(at, facts))}
            </ul>
        </Show>
    }
    .into_any()
}

/// How far it is, when, and where.
fn facts(activity: ActivityView) -> AnyView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let status = activity.watch(|activity| activity.status.value);
    let months = activity.watch(|activity| activity.months.clone());
    let places = activity.watch(|activity| activity.municipalities);
    let with_year = view.first().year() != view.last().year();
    let places = move || {
        let names: Vec<&str> = places.get().iter().map(|one| words::choice(i18n, Kind::Activity, Name::Municipalities, one)).collect();
        names.join(", ")
    };
    view! {
        <span class="pair">
            <span class="dot" data-status=text(move || status.get().as_str())></span>
            {dynamic(move || words::choice(i18n, Kind::Activity, Name::Status, status.get()))}
        </span>
        <span>{dynamic(move || months.with(|months| said(i18n, months, with_year)))}</span>
        <span>{dynamic(places)}</span>
    }
    .into_any()
}

/// "Jan–Mar, Jun".
fn said(i18n: I18n, months: &MonthSet, with_year: bool) -> String {
    if months.is_empty() {
        return t_string!(i18n, activity_months_none).to_owned();
    }
    let one = |month: Month| {
        let name = words::month_short(i18n, month);
        if with_year { format!("{name} {}", month.year()) } else { name.to_owned() }
    };
    let run = |(first, last): &(Month, Month)| if first == last { one(*first) } else { format!("{}–{}", one(*first), one(*last)) };
    runs(months).iter().map(run).collect::<Vec<_>>().join(", ")
}

/// The months as runs without a break, each from its first to its last.
fn runs(months: &MonthSet) -> Vec<(Month, Month)> {
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for &month in months {
        match runs.last_mut() {
            Some((_, last)) if last.through(month).count() == 2 => *last = month,
            _ => runs.push((month, month)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    fn check(months: &[&str], expected: &[(&str, &str)]) {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let months: MonthSet = months.iter().map(|text| month(text)).collect();
        let expected: Vec<_> = expected.iter().map(|(first, last)| (month(first), month(last))).collect();
        assert_eq!(runs(&months), expected);
    }

    #[wasm_bindgen_test]
    fn months_that_follow_each_other_are_one_run() {
        check(&[], &[]);
        check(&["2025-03"], &[("2025-03", "2025-03")]);
        check(&["2025-11", "2025-12", "2026-01"], &[("2025-11", "2026-01")]);
        check(&["2025-01", "2025-02", "2025-04", "2026-04"], &[("2025-01", "2025-02"), ("2025-04", "2025-04"), ("2026-04", "2026-04")]);
    }
}
