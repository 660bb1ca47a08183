//! Times as people read and write them, in UTC, which a server has wherever it stands.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// The date and the time of day of a moment, in milliseconds since 1970.
pub(crate) fn date(ms: u64) -> String {
    written(ms, "%Y-%m-%d %H:%M")
}

/// The date and the time of day to the second.
pub(crate) fn date_time(ms: u64) -> String {
    written(ms, "%Y-%m-%d %H:%M:%S")
}

/// A moment that no calendar has is shown as the last that one has.
fn written(ms: u64, format: &str) -> String {
    let moment = i64::try_from(ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok()).unwrap_or(Timestamp::MAX);
    moment.strftime(format).to_string()
}

/// When a day, such as `2025-12-31`, is over, in milliseconds since 1970. None if it is no day, or before 1970.
pub(crate) fn end_of_day_ms(text: &str) -> Option<u64> {
    let is_written_out = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day: Date = text.parse().ok().filter(|_| is_written_out)?;
    let end = Offset::UTC.to_timestamp(day.tomorrow().ok()?.to_datetime(Time::midnight())).ok()?;
    u64::try_from(end.as_millisecond()).ok()
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
        assert_eq!(date_time(951_782_399_999), "2000-02-28 23:59:59");
        assert!(date_time(u64::MAX).starts_with("9999-12-"));
    }

    #[test]
    fn a_day_ends_when_the_next_begins() {
        for (text, expected) in [
            ("2024-12-31", Some(1_735_689_600_000)),
            ("2024-02-29", Some(1_709_251_200_000)),
            ("2025-02-29", None),
            ("2025-13-01", None),
            ("2025-00-10", None),
            ("2025-1-1", None),
            ("20251231", None),
            ("1969-12-30", None),
            ("-000001-01-01", None),
            ("", None),
        ] {
            assert_eq!(end_of_day_ms(text), expected, "{text}");
        }
    }
}
