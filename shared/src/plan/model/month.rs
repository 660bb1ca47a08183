//! A calendar month, written `YYYY-MM`.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The text is not a month of the form `YYYY-MM`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a month of the form YYYY-MM")]
pub struct ParseMonthError;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: u16,
    month: u8,
}

/// The months in which an activity happens.
pub type MonthSet = BTreeSet<Month>;

impl Default for Month {
    /// January 2025, the start of the plan that this product was made for.
    fn default() -> Self {
        Self { year: 2025, month: 1 }
    }
}

impl Month {
    /// The month `month` (1 to 12) of `year`; none when out of range.
    #[must_use]
    pub const fn new(year: u16, month: u8) -> Option<Self> {
        if year >= 1000 && year <= 9999 && month >= 1 && month <= 12 { Some(Self { year, month }) } else { None }
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month in its year, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The quarter in its year, 1 to 4.
    #[must_use]
    pub const fn quarter(self) -> u8 {
        (self.month - 1) / 3 + 1
    }

    /// The month after it; none after December 9999.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        if self.month == 12 { Self::new(self.year + 1, 1) } else { Self::new(self.year, self.month + 1) }
    }

    /// The months from this one to `last`, both included.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| month.next()).take_while(move |month| *month <= last)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = ParseMonthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let (year, month) = text.split_once('-').ok_or(ParseMonthError)?;
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return Err(ParseMonthError);
        }
        let (year, month) = (year.parse().map_err(|_| ParseMonthError)?, month.parse().map_err(|_| ParseMonthError)?);
        Self::new(year, month).ok_or(ParseMonthError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_reads_back_and_refuses_anything_else() {
        let june: Month = "2025-06".parse().unwrap();
        assert_eq!((june.year(), june.month(), june.quarter()), (2025, 6, 2));
        assert_eq!(june.to_string(), "2025-06");
        for bad in ["", "2025", "2025-13", "2025-00", "2025-6", "+025-06", "2025-06-01", "０１２３-06"] {
            assert_eq!(bad.parse::<Month>(), Err(ParseMonthError), "{bad}");
        }
    }

    #[test]
    fn a_period_runs_over_the_end_of_a_year() {
        let months: Vec<String> =
            Month::new(2025, 11).unwrap().through(Month::new(2026, 2).unwrap()).map(|month| month.to_string()).collect();
        assert_eq!(months, ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(Month::new(2025, 2).unwrap().through(Month::new(2025, 1).unwrap()).count(), 0);
    }
}
