//! Times on the command line: read and shown in UTC, which a server has wherever it stands.

use std::str::FromStr;

const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

/// A time in words: the date and the time of day.
pub(super) fn date(ms: u64) -> String {
    let minutes = ms / 60_000 % 1_440;
    let Day { year, month, day } = Day::of((ms / DAY_MS).cast_signed());
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// When a link ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expiry {
    /// So many milliseconds from now.
    After(u64),
    /// At a moment, in milliseconds since 1970.
    At(u64),
}

/// The text is no end of a link.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("give days or hours from now, such as 3d or 12h, or the last day (UTC), such as 2025-12-31")]
pub(super) struct ParseExpiryError;

impl Expiry {
    /// When that is, in milliseconds since 1970.
    pub(super) const fn moment_ms(self, now_ms: u64) -> u64 {
        match self {
            Self::After(ms) => now_ms.saturating_add(ms),
            Self::At(ms) => ms,
        }
    }
}

impl FromStr for Expiry {
    type Err = ParseExpiryError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let after = |number: &str, unit_ms: u64| Some(Self::After(digits(number, 1..=5)?.checked_mul(unit_ms)?));
        let read = if let Some(days) = text.strip_suffix('d') {
            after(days, DAY_MS)
        } else if let Some(hours) = text.strip_suffix('h') {
            after(hours, HOUR_MS)
        } else {
            Day::parse(text).and_then(Day::end_ms).map(Self::At)
        };
        read.ok_or(ParseExpiryError)
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Day {
    year: i64,
    month: i64,
    day: i64,
}

impl Day {
    fn parse(text: &str) -> Option<Self> {
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let number = |text: &str, length| digits(text, length..=length).map(u64::cast_signed);
        let read = Self { year: number(year, 4)?, month: number(month, 2)?, day: number(day, 2)? };
        // The 31st of February is another day.
        ((1..=12).contains(&read.month) && Self::of(read.number()) == read).then_some(read)
    }

    /// When it is over. None if that is before 1970.
    fn end_ms(self) -> Option<u64> {
        u64::try_from(self.number() + 1).ok()?.checked_mul(DAY_MS)
    }

    /// How many days after 1970-01-01 it is; H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    fn number(self) -> i64 {
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let shifted = if self.month > 2 { self.month - 3 } else { self.month + 9 };
        let day_of_year = (153 * shifted + 2) / 5 + self.day - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// The day so many days after 1970-01-01; in the same place, `civil_from_days`.
    fn of(number: i64) -> Self {
        let z = number + 719_468;
        let (era, day_of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Self { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
    }
}

/// A number that is written in so many digits, and nothing else.
fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u64> {
    let is_number = length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_that_of_the_calendar() {
        for (ms, expected) in [
            (0, "1970-01-01 00:00"),
            (951_782_399_000, "2000-02-28 23:59"),
            (951_782_400_000, "2000-02-29 00:00"),
            (1_735_689_600_000, "2025-01-01 00:00"),
        ] {
            assert_eq!(date(ms), expected);
        }
        for number in -800_000..800_000 {
            assert_eq!(Day::of(number).number(), number);
        }
    }

    #[test]
    fn an_expiry_is_a_time_from_now_or_the_end_of_a_day() {
        for (text, expected) in [
            ("3d", Some(Expiry::After(259_200_000))),
            ("12h", Some(Expiry::After(43_200_000))),
            ("2024-12-31", Some(Expiry::At(1_735_689_600_000))),
            ("2024-02-29", Some(Expiry::At(1_709_251_200_000))),
            ("2025-02-29", None),
            ("2025-13-01", None),
            ("2025-00-10", None),
            ("2025-1-1", None),
            ("1969-12-30", None),
            ("d", None),
            ("-3d", None),
            ("+3d", None),
            ("3", None),
            ("999999d", None),
            ("3 d", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text}");
        }
        assert_eq!((Expiry::After(5).moment_ms(7), Expiry::At(5).moment_ms(7)), (12, 5));
    }
}
