//! Months as people write them: `Jan-Mar`, `T1, T3`, `2025-03`, `tinan tomak`.
//!
//! A text is cut into tokens, these into pieces of a list, each a unit or a range between two, and what has no year gets one
//! from its neighbours or from the plan's period. Dates are day first.

mod token;
mod unit;
mod words;

use super::{Period, Reading};
use crate::limits;
use crate::plan::model::{Language, Month, MonthSet, Quarter};
use token::{Break, Token};
use unit::Unit;

pub use words::short_name;

/// Why a text does not say months.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MonthsError {
    /// This part of it is not clear.
    #[error("not months: {0}")]
    Unclear(String),
    /// It ends before it begins.
    #[error("ends before it begins")]
    Backwards,
    /// It says several, where there is room for one.
    #[error("several")]
    Several,
    /// It is not within the plan's period.
    #[error("outside the period")]
    Outside,
    /// It is longer than any list of months.
    #[error("too long")]
    TooLong,
}

/// The months that a text says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Months {
    /// Those in the plan's period.
    pub inside: MonthSet,
    /// Those before or after it.
    pub outside: MonthSet,
    /// The text could also mean others: the screen shows how it was read.
    pub is_ambiguous: bool,
}

impl Months {
    fn add(&mut self, months: impl Iterator<Item = Month>, period: Period) {
        for month in months {
            let set = if period.contains(month) { &mut self.inside } else { &mut self.outside };
            set.insert(month);
        }
    }
}

/// Reads months; none when nothing stands there.
///
/// # Errors
/// When a part of it is not months.
pub fn read(text: &str, period: Period) -> Result<Option<Months>, MonthsError> {
    if text.len() > limits::ENTRY_BYTES_MAX {
        return Err(MonthsError::TooLong);
    }
    let folded = token::fold_ranges(text);
    let mut months = Months::default();
    if folded.is_empty() || folded == "-" {
        return Ok(None);
    }
    if let Some(year) = words::whole(&folded) {
        let all = period.months().into_iter().filter(|month| year.is_none_or(|year| month.year() == year)).collect::<Vec<_>>();
        if all.is_empty() {
            return Err(MonthsError::Outside);
        }
        months.add(all.into_iter(), period);
        return Ok(Some(months));
    }
    let mut spans = spans(&token::tokens(&folded)?, period)?;
    give_years(&mut spans, period, &mut months.is_ambiguous);
    for span in spans {
        months.is_ambiguous |= span.from.is_ambiguous || span.to.is_ambiguous;
        let (first, last) = span.ends()?;
        if last < first {
            return Err(MonthsError::Backwards);
        }
        // What is a whole year means as much of it as the plan has, where it has some.
        let is_year = span.from == span.to && span.from.length == 12 && period.has_year(first.year());
        months.add(first.through(last).filter(|month| !is_year || period.contains(*month)), period);
    }
    Ok(Some(months))
}

/// Reads one month; none when nothing stands there.
///
/// # Errors
/// When it is not one month.
pub fn month(text: &str, period: Period) -> Result<Option<Reading<Month>>, MonthsError> {
    let Some(months) = read(text, period)? else { return Ok(None) };
    let mut all = months.inside.iter().chain(&months.outside);
    match (all.next(), all.next()) {
        (Some(month), None) => Ok(Some(Reading { value: *month, is_ambiguous: months.is_ambiguous })),
        _ => Err(MonthsError::Several),
    }
}

/// Reads one quarter of the plan's period; none when nothing stands there. A month in it is read as the quarter, in doubt.
///
/// # Errors
/// When it is not one quarter, or not in the period.
pub fn quarter(text: &str, period: Period) -> Result<Option<Reading<Quarter>>, MonthsError> {
    // A number alone is a quarter here.
    let number = matches!(text.trim(), "1" | "2" | "3" | "4").then(|| format!("q{}", text.trim()));
    let Some(months) = read(number.as_deref().unwrap_or(text), period)? else { return Ok(None) };
    let all: MonthSet = months.inside.union(&months.outside).copied().collect();
    let mut quarters = all.iter().map(|month| Quarter { year: month.year(), quarter: month.quarter() }).collect::<Vec<_>>();
    quarters.dedup();
    let [quarter] = quarters[..] else { return Err(MonthsError::Several) };
    if months.inside.is_empty() {
        return Err(MonthsError::Outside);
    }
    Ok(Some(Reading { value: quarter, is_ambiguous: months.is_ambiguous || all.len() < 3 }))
}

/// Writes months shortly: `Jan–Mar, Jun`. With their years where the period, or a month, reaches past one.
pub fn format<N: AsRef<str>>(months: &MonthSet, period: Period, name: impl Fn(u8) -> N) -> String {
    let is_one_year = period.first.year() == period.last.year() && months.iter().all(|month| period.has_year(month.year()));
    let mut out = String::new();
    let mut runs: Vec<(Month, Month)> = Vec::new();
    for month in months {
        match runs.last_mut() {
            Some((_, last)) if last.next() == Some(*month) => *last = *month,
            _ => runs.push((*month, *month)),
        }
    }
    for (first, last) in runs {
        out.push_str(if out.is_empty() { "" } else { ", " });
        out.push_str(name(first.month()).as_ref());
        if !is_one_year && (first == last || first.year() != last.year()) {
            out.push_str(&format!(" {}", first.year()));
        }
        if first != last {
            out.push('–');
            out.push_str(name(last.month()).as_ref());
            if !is_one_year {
                out.push_str(&format!(" {}", last.year()));
            }
        }
    }
    out
}

/// The quarter as people see it: `Q1 2025`, `T1 2025`.
#[must_use]
pub fn format_quarter(quarter: Quarter, language: Language) -> String {
    let letter = if matches!(language, Language::Pt | Language::Tet) { 'T' } else { 'Q' };
    format!("{letter}{} {}", quarter.quarter, quarter.year)
}

/// A unit, or the range from one to another; the same twice where it is one.
#[derive(Clone, Copy)]
struct Span {
    from: Unit,
    to: Unit,
}

impl Span {
    fn ends(self) -> Result<(Month, Month), MonthsError> {
        let unclear = || MonthsError::Unclear(String::new());
        let at = |unit: Unit, month: u8| unit.year.and_then(|year| Month::new(year, month)).ok_or_else(unclear);
        Ok((at(self.from, self.from.first)?, at(self.to, self.to.first + self.to.length - 1)?))
    }
}

/// The pieces of the list, in their order.
fn spans(tokens: &[(Token, Break)], period: Period) -> Result<Vec<Span>, MonthsError> {
    let mut spans: Vec<Span> = Vec::new();
    for item in tokens.split_inclusive(|(_, after)| *after == Break::List) {
        let mut sides = item.split_inclusive(|(_, after)| *after == Break::Range);
        let (from, to) = (sides.next().unwrap_or_default(), sides.next());
        if sides.next().is_some() {
            return Err(unit::unclear(item));
        }
        let span = match to {
            None => unit::read(from, period).map(|unit| Span { from: unit, to: unit })?,
            Some(to) => range(from, to, period)?,
        };
        // A year after a list is the year of what is before it.
        let is_bare_year = span.from == span.to && span.from.length == 12;
        match spans.last_mut() {
            Some(before) if is_bare_year && before.to.year.is_none() => before.to.year = span.from.year,
            _ => spans.push(span),
        }
    }
    Ok(spans)
}

fn range(from: &[(Token, Break)], to: &[(Token, Break)], period: Period) -> Result<Span, MonthsError> {
    let to_unit = unit::read(to, period);
    let named = |side: &[(Token, Break)]| side.iter().any(|(token, _)| matches!(token, Token::Month(_)));
    match (unit::bare(from), unit::bare(to)) {
        // `1-15 March` are days, `Q1-2` are quarters; `March 1-5` could be anything.
        (Some(_), None) if named(to) => to_unit.map(|unit| Span { from: unit, to: unit }),
        (None, Some(number)) => {
            let from_unit = unit::read(from, period)?;
            let to = from_unit.alike(number).ok_or_else(|| unit::unclear(to))?;
            Ok(Span { from: from_unit, to })
        }
        _ => Ok(Span { from: unit::read(from, period)?, to: to_unit? }),
    }
}

/// Gives each unit that has no year the one that makes the list run forward, or one of the period.
fn give_years(spans: &mut [Span], period: Period, is_ambiguous: &mut bool) {
    // Backwards from the years that are written: `Nov, Dec, Jan 2026`.
    let mut next: Option<Unit> = None;
    for span in spans.iter_mut().rev() {
        let is_one = span.from == span.to;
        give_before(&mut span.to, next);
        if is_one {
            span.from = span.to;
        } else {
            give_before(&mut span.from, Some(span.to));
        }
        next = Some(span.from);
    }
    let mut last: Option<Unit> = None;
    for span in spans.iter_mut() {
        let is_one = span.from == span.to;
        if span.from.year.is_none() {
            span.from.year = match last.filter(|_| !period_decides(span.from, period)) {
                Some(last) => last.year.map(|year| if span.from.first < last.first { year + 1 } else { year }),
                None => Some(by_period(span.from, period, is_ambiguous)),
            };
        }
        let from = span.from;
        if is_one {
            span.to = from;
        } else if span.to.year.is_none() {
            let end = |unit: Unit| unit.first + unit.length - 1;
            span.to.year = from.year.map(|year| if end(span.to) < from.first { year + 1 } else { year });
        }
        last = Some(span.to);
    }
}

fn give_before(unit: &mut Unit, next: Option<Unit>) {
    if let (None, Some(Unit { first, year: Some(year), .. })) = (unit.year, next) {
        unit.year = Some(if unit.first > first { year - 1 } else { year });
    }
}

/// Whether the unit is in just one year of the period.
fn period_decides(unit: Unit, period: Period) -> bool {
    years(unit, period).count() == 1
}

fn by_period(unit: Unit, period: Period, is_ambiguous: &mut bool) -> u16 {
    let mut years = years(unit, period);
    let first = years.next();
    *is_ambiguous |= years.next().is_some();
    first.unwrap_or(period.first.year())
}

/// The years of the period in which it has a month of the unit.
fn years(unit: Unit, period: Period) -> impl Iterator<Item = u16> {
    let has =
        move |year: u16| (unit.first..unit.first + unit.length).any(|month| Month::new(year, month).is_some_and(|m| period.contains(m)));
    (period.first.year()..=period.last.year()).filter(move |year| has(*year))
}

#[cfg(test)]
mod tests;
