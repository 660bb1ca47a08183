//! The months of an activity as runs: the bars of the timeline, and what of the set a move of one changes.

use hamutuk_shared::plan::{Month, MonthSet};

/// Months that follow each other, without a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan::views) struct Run {
    /// The first of them.
    pub(in crate::plan::views) first: Month,
    /// The last of them.
    pub(in crate::plan::views) last: Month,
}

/// What of a run is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: it keeps its length.
    Whole,
    /// Its first month.
    Start,
    /// Its last month.
    End,
}

impl Run {
    /// One month.
    pub(super) const fn of(month: Month) -> Self {
        Self { first: month, last: month }
    }

    /// Its months.
    pub(super) fn months(self) -> impl Iterator<Item = Month> {
        self.first.through(self.last)
    }

    /// Whether a month is in it.
    pub(super) fn contains(self, month: Month) -> bool {
        self.first <= month && month <= self.last
    }

    /// The run after a part of it was moved by so many months, as far as the period reaches. At least one month stays.
    pub(super) fn moved(self, part: Part, by: i32, period: Self) -> Self {
        let (first, last) = (number(self.first), number(self.last));
        let (before, after) = (number(period.first) - first, number(period.last) - last);
        let (least, most) = match part {
            Part::Whole => (before, after),
            Part::Start => (before, last - first),
            Part::End => (first - last, after),
        };
        let by = by.max(least).min(most);
        let by_of = |other| if part == other { 0 } else { by };
        Self { first: month(first + by_of(Part::End)), last: month(last + by_of(Part::Start)) }
    }

    /// Where a month stands among those of the run, from 1; below that if it is before them.
    pub(super) fn place(self, month: Month) -> i32 {
        number(month) - number(self.first) + 1
    }

    /// The month that stands there, from 1; the nearest that there is.
    pub(super) fn nth(self, place: i32) -> Month {
        Self::of(self.first).moved(Part::Whole, place.saturating_sub(1), self).first
    }
}

/// The runs of a set, as far as they are in the period.
pub(super) fn runs(months: &MonthSet, period: Run) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for month in months.iter().copied().filter(|month| period.contains(*month)) {
        match runs.last_mut() {
            Some(run) if run.last.next() == Some(month) => run.last = month,
            _ => runs.push(Run::of(month)),
        }
    }
    runs
}

/// What goes out of the set and what comes into it when a run becomes another: none is not there before, or no longer. The months of
/// other runs stay; where the run meets one, they are one from then on.
pub(super) fn changes(months: &MonthSet, from: Option<Run>, to: Option<Run>) -> Vec<(Month, bool)> {
    let out = from.into_iter().flat_map(Run::months).filter(|month| months.contains(month) && !to.is_some_and(|to| to.contains(*month)));
    let into = to.into_iter().flat_map(Run::months).filter(|month| !months.contains(month));
    out.map(|month| (month, false)).chain(into.map(|month| (month, true))).collect()
}

/// Months counted from the year 0.
fn number(month: Month) -> i32 {
    i32::from(month.year()) * 12 + i32::from(month.month()) - 1
}

fn month(number: i32) -> Month {
    let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
    let month = u16::try_from(year).ok().zip(u8::try_from(month).ok()).and_then(|(year, month)| Month::new(year, month));
    month.expect("between two months there are months")
}

#[cfg(test)]
mod tests;
