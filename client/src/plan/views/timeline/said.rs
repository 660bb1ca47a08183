//! Months in words.

use hamutuk_shared::plan::MonthSet;

use super::runs::{Run, runs};
use crate::i18n::t_string;
use crate::words::{self, I18n};

/// "March 2025 to May 2025".
pub(in crate::plan::views) fn run(i18n: I18n, run: Run) -> String {
    let (first, last) = (words::month(i18n, run.first), words::month(i18n, run.last));
    if run.first == run.last { first } else { t_string!(i18n, timeline_range, first = first, last = last) }
}

/// "Mar – May".
pub(super) fn run_short(i18n: I18n, run: Run) -> String {
    let (first, last) = (words::month_short(i18n, run.first), words::month_short(i18n, run.last));
    if run.first == run.last { first.to_owned() } else { t_string!(i18n, plan_period_range, first = first, last = last) }
}

/// All months of an activity, a run after the other.
pub(in crate::plan::views) fn months(i18n: I18n, months: &MonthSet) -> String {
    let Some((first, last)) = months.first().copied().zip(months.last().copied()) else {
        return t_string!(i18n, activity_months_none).to_owned();
    };
    let said: Vec<String> = runs(months, Run { first, last }).into_iter().map(|one| run(i18n, one)).collect();
    said.join(", ")
}
