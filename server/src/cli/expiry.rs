//! When a link ends, as it is written on the command line.

use std::str::FromStr;

use crate::calendar::end_of_day_ms;

const DAY_MS: u64 = 86_400_000;
const HOUR_MS: u64 = 3_600_000;

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
        let after = |number: &str, unit_ms: u64| Some(Self::After(count(number)?.checked_mul(unit_ms)?));
        let read = if let Some(days) = text.strip_suffix('d') {
            after(days, DAY_MS)
        } else if let Some(hours) = text.strip_suffix('h') {
            after(hours, HOUR_MS)
        } else {
            end_of_day_ms(text).map(Self::At)
        };
        read.ok_or(ParseExpiryError)
    }
}

/// A number of at most five digits, and nothing else.
fn count(text: &str) -> Option<u64> {
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_a_time_from_now_or_the_end_of_a_day() {
        for (text, expected) in [
            ("3d", Some(Expiry::After(259_200_000))),
            ("12h", Some(Expiry::After(43_200_000))),
            ("2024-12-31", Some(Expiry::At(1_735_689_600_000))),
            ("2025-02-29", None),
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
