//! One month, quarter, half or whole year, with its year where it is written.

use super::token::{Break, Token};
use super::{MonthsError, Period};

/// Some months in a row that have one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    /// The first of them, 1 to 12.
    pub(super) first: u8,
    /// How many.
    pub(super) length: u8,
    /// Of which year; none where it is not written.
    pub(super) year: Option<u16>,
    /// It could be read otherwise.
    pub(super) is_ambiguous: bool,
}

impl Unit {
    const fn month(month: u8, year: Option<u16>) -> Self {
        Self { first: month, length: 1, year, is_ambiguous: false }
    }

    const fn doubtful(self) -> Self {
        Self { is_ambiguous: true, ..self }
    }

    /// The unit of the same length whose number is given: what `2` means in `Q1-2`.
    pub(super) fn alike(self, number: u8) -> Option<Self> {
        let is_plain = self.length != 1 || self.is_ambiguous;
        let first = number.checked_sub(1)?.checked_mul(self.length)?.checked_add(1)?;
        (is_plain && self.length < 12 && first <= 12).then_some(Self { first, ..self })
    }
}

type Part = (Token, Break);

/// The number, where a part is only a number of at most two digits, or an ordinal.
pub(super) fn bare(part: &[Part]) -> Option<u8> {
    match part {
        [(Token::Ordinal(number), _)] => Some(*number),
        [(Token::Number(number, 1 | 2), _)] => u8::try_from(*number).ok(),
        _ => None,
    }
}

/// Says which part is not clear.
pub(super) fn unclear(part: &[Part]) -> MonthsError {
    let words: Vec<String> = part
        .iter()
        .map(|(token, _)| match token {
            Token::Number(number, _) => number.to_string(),
            Token::Month(month) => super::short_name(*month, crate::plan::model::Language::En).to_owned(),
            Token::Quarter => "Q".to_owned(),
            Token::Half => "S".to_owned(),
            Token::Ordinal(number) => number.to_string(),
            Token::Filler => String::new(),
        })
        .collect();
    MonthsError::Unclear(words.join(" "))
}

/// Reads one unit.
pub(super) fn read(part: &[Part], period: Period) -> Result<Unit, MonthsError> {
    let tokens: Vec<Token> = part.iter().map(|(token, _)| *token).collect();
    let count = |is: fn(&Token) -> bool| tokens.iter().filter(|token| is(token)).count();
    let months = count(|token| matches!(token, Token::Month(_)));
    let groups = count(|token| matches!(token, Token::Quarter | Token::Half));
    let unit = match (months, groups) {
        (1, 0) => named(&tokens, period),
        (0, 1) => group(&tokens, period),
        (0, 0) => numbers(&tokens, period),
        _ => None,
    };
    unit.ok_or_else(|| unclear(part))
}

/// `March 2025`, `Jan-25`, `1 Jan 2025`.
fn named(tokens: &[Token], period: Period) -> Option<Unit> {
    let at = tokens.iter().position(|token| matches!(token, Token::Month(_)))?;
    let Token::Month(month) = tokens[at] else { return None };
    let (mut year, mut day) = (None, None);
    for (place, token) in tokens.iter().enumerate() {
        match *token {
            Token::Month(_) => {}
            Token::Number(number, 4) if year.is_none() => year = Some(plausible(number)?),
            Token::Number(number, 2) if place > at && year.is_none() && short_year(number, period).is_some() => {
                year = short_year(number, period);
            }
            Token::Number(1..=31, 1 | 2) if day.is_none() => day = Some(()),
            _ => return None,
        }
    }
    Some(Unit::month(month, year))
}

/// `Q1 2025`, `1T25`, `2025-Q1`, `II trimestre`.
fn group(tokens: &[Token], period: Period) -> Option<Unit> {
    let (mut number, mut year, mut length) = (None, None, 3);
    for token in tokens {
        match *token {
            Token::Quarter => {}
            Token::Half => length = 6,
            Token::Number(value, 4) if year.is_none() => year = Some(plausible(value)?),
            Token::Number(value @ 1..=4, 1) if number.is_none() => number = u8::try_from(value).ok(),
            Token::Ordinal(value) if number.is_none() => number = Some(value),
            Token::Number(value, 2) if number.is_some() && year.is_none() => year = Some(short_year(value, period)?),
            _ => return None,
        }
    }
    let first = (number? - 1) * length + 1;
    (first <= 12).then_some(Unit { first, length, year, is_ambiguous: false })
}

/// `2025-03`, `03/2025`, `3/25`, `01/02/2025`, `2025`, `3`, and the day number of a spreadsheet.
fn numbers(tokens: &[Token], period: Period) -> Option<Unit> {
    let numbers: Vec<(u32, usize)> = tokens
        .iter()
        .map(|token| match token {
            Token::Number(number, digits) => Some((*number, *digits)),
            _ => None,
        })
        .collect::<Option<_>>()?;
    match numbers[..] {
        [(year, 4)] => Some(Unit { first: 1, length: 12, year: Some(plausible(year)?), is_ambiguous: false }),
        [(days, 5)] => serial(days),
        [(number, 1 | 2)] => Some(Unit::month(month(number)?, None).doubtful()),
        [(year, 4), (number, 1 | 2)] | [(number, 1 | 2), (year, 4)] => Some(Unit::month(month(number)?, Some(plausible(year)?))),
        [(number, 1 | 2), (year, 2)] => Some(Unit::month(month(number)?, Some(short_year(year, period)?))),
        [(year, 4), (number, 1 | 2), (1..=31, 1 | 2)] => Some(Unit::month(month(number)?, Some(plausible(year)?))),
        [(day, 1 | 2), (number, 1 | 2), (year, 4)] => date(day, number, plausible(year)?),
        [(day, 1 | 2), (number, 1 | 2), (year, 2)] => date(day, number, short_year(year, period)?),
        _ => None,
    }
}

/// The month of a date. The day comes first here; a spreadsheet set to the United States writes it second.
fn date(day: u32, number: u32, year: u16) -> Option<Unit> {
    match (month(day), month(number)) {
        (Some(a), Some(b)) if a == b => Some(Unit::month(b, Some(year))),
        (Some(_), Some(number)) => Some(Unit::month(number, Some(year)).doubtful()),
        (None, Some(number)) if day <= 31 && day > 0 => Some(Unit::month(number, Some(year))),
        (Some(first), None) if (1..=31).contains(&number) => Some(Unit::month(first, Some(year)).doubtful()),
        _ => None,
    }
}

fn month(number: u32) -> Option<u8> {
    u8::try_from(number).ok().filter(|month| (1..=12).contains(month))
}

fn plausible(year: u32) -> Option<u16> {
    u16::try_from(year).ok().filter(|year| (1900..=2200).contains(year))
}

/// A year of the period, of which two digits are written.
fn short_year(digits: u32, period: Period) -> Option<u16> {
    (period.first.year()..=period.last.year()).find(|year| u32::from(*year) % 100 == digits)
}

/// The month of a date as spreadsheets count days (1 is the first day of 1900), from 2000 to 2099.
fn serial(days: u32) -> Option<Unit> {
    if !(36_526..=73_050).contains(&days) {
        return None;
    }
    let (mut year, mut left) = (2000_u16, days - 36_526);
    // No year from 2000 to 2099 that four divides is without its leap day.
    let leap = |year: u16| u32::from(year.is_multiple_of(4));
    while left >= 365 + leap(year) {
        left -= 365 + leap(year);
        year += 1;
    }
    let mut number = 1;
    for days in [31, 28 + leap(year), 31, 30, 31, 30, 31, 31, 30, 31, 30] {
        if left < days {
            break;
        }
        left -= days;
        number += 1;
    }
    Some(Unit::month(number, Some(year)))
}
