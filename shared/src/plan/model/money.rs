//! Money, quantities and quarters: whole numbers of small units, so that sums are exact.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};
use std::str::FromStr;

use super::Month;

/// An amount of money, in cents of the plan's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cents(pub i64);

/// A quantity, in thousandths of its unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thousandths(pub i64);

impl Cents {
    /// What `quantity` of something costs, rounded to the nearest cent, halves up. What is too much to count is the most there is.
    #[must_use]
    pub fn times(self, quantity: Thousandths) -> Self {
        let product = i128::from(self.0) * i128::from(quantity.0);
        Self(i64::try_from((product + 500).div_euclid(1000)).unwrap_or(i64::MAX))
    }
}

impl Add for Cents {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Cents {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self(0), Add::add)
    }
}

/// A quarter of a year, written `YYYY-Qn`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    /// The year.
    pub year: u16,
    /// The quarter in it, 1 to 4.
    pub quarter: u8,
}

impl Quarter {
    /// The quarter in which a month lies.
    #[must_use]
    pub const fn of(month: Month) -> Self {
        Self { year: month.year(), quarter: month.quarter() }
    }
}

/// The text is not a quarter of the form `YYYY-Qn`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a quarter of the form YYYY-Qn")]
pub struct ParseQuarterError;

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.quarter)
    }
}

impl FromStr for Quarter {
    type Err = ParseQuarterError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, quarter) = text.split_once("-Q").ok_or(ParseQuarterError)?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || quarter.len() != 1 || !digits(year) || !digits(quarter) {
            return Err(ParseQuarterError);
        }
        let parsed = Self { year: year.parse().map_err(|_| ParseQuarterError)?, quarter: quarter.parse().map_err(|_| ParseQuarterError)? };
        if (1..=4).contains(&parsed.quarter) { Ok(parsed) } else { Err(ParseQuarterError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_rounded_to_the_cent() {
        for (cents, thousandths, expected) in
            [(1_050, 3_000, 3_150), (333, 1_500, 500), (1, 500, 1), (1, 499, 0), (0, 1, 0), (i64::MAX, 2_000, i64::MAX)]
        {
            assert_eq!(Cents(cents).times(Thousandths(thousandths)), Cents(expected), "{cents} × {thousandths}");
        }
    }

    #[test]
    fn a_quarter_reads_back_and_refuses_anything_else() {
        let third: Quarter = "2025-Q3".parse().unwrap();
        assert_eq!((third.year, third.quarter, third.to_string().as_str()), (2025, 3, "2025-Q3"));
        for bad in ["", "2025-Q5", "2025-Q0", "2025-3", "25-Q1", "2025-Q11", "+025-Q1"] {
            assert_eq!(bad.parse::<Quarter>(), Err(ParseQuarterError), "{bad}");
        }
    }
}
