//! Times as people read them, in UTC.

/// The date and the time of day.
pub(crate) fn date(ms: u64) -> String {
    let days = (ms / 86_400_000).cast_signed();
    let minutes = ms / 60_000 % 1_440;
    // From days since 1970 to a date; H. Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    let z = days + 719_468;
    let (era, day_of_era) = (z.div_euclid(146_097), z.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", minutes / 60, minutes % 60)
}

/// The date and the time of day to the second.
pub(crate) fn date_time(ms: u64) -> String {
    format!("{}:{:02}", date(ms), ms / 1_000 % 60)
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
        let _ = date_time(u64::MAX);
    }
}
