//! Quantities, people, years, percentages and short answers.

use super::figure::{self, Form};
use super::{NumberError, Reading};
use crate::limits;
use crate::plan::model::{Language, Thousandths};

/// Reads a quantity; none when nothing stands there.
///
/// # Errors
/// When it is not a quantity that a plan holds.
pub fn quantity(text: &str, language: Language) -> Result<Option<Reading<Thousandths>>, NumberError> {
    let reading = figure::read(text, Form { places: 3, max: limits::NUMBER_MAX, words: &[], language })?;
    Ok(reading.map(|reading| Reading { value: Thousandths(reading.value), is_ambiguous: reading.is_ambiguous }))
}

/// Reads a number of people; none when nothing stands there.
///
/// # Errors
/// When it is not a number that a plan holds.
pub fn count(text: &str, language: Language) -> Result<Option<Reading<i64>>, NumberError> {
    figure::read(text, Form { places: 0, max: limits::COUNT_MAX, words: &[], language })
}

/// Reads a year; none when nothing stands there.
///
/// # Errors
/// When it is not a year that a plan holds.
pub fn year(text: &str) -> Result<Option<i64>, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotAYear);
    }
    let year = text.parse().map_err(|_| NumberError::NotAYear)?;
    if (1900..=2200).contains(&year) { Ok(Some(year)) } else { Err(NumberError::NotAYear) }
}

/// Reads a short answer: the words on one line; none when nothing stands there.
///
/// # Errors
/// When it is longer than an answer may be.
pub fn answer(text: &str) -> Result<Option<String>, NumberError> {
    let answer = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if answer.chars().count() > limits::ANSWER_CHARS_MAX {
        return Err(NumberError::TooLong);
    }
    Ok(Some(answer).filter(|answer| !answer.is_empty()))
}

/// The quantity as people see it: `2.5`.
#[must_use]
pub fn format_quantity(quantity: Thousandths, language: Language) -> String {
    figure::format(quantity.0, 3, 0, language)
}

/// The number of people as people see it: `1,200`.
#[must_use]
pub fn format_count(count: i64, language: Language) -> String {
    figure::format(count, 0, 0, language)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::model::Choice;
    use Language::{En, Id, Pt};

    fn told<T>(read: Result<Option<Reading<T>>, NumberError>, number: impl Fn(T) -> i64) -> String {
        match read {
            Ok(None) => "nothing".to_owned(),
            Ok(Some(Reading { value, is_ambiguous })) => format!("{}{}", number(value), if is_ambiguous { "?" } else { "" }),
            Err(error) => format!("{error:?}"),
        }
    }

    #[test]
    fn quantities_have_three_decimals_and_the_language_decides() {
        for (text, language, expected) in [
            ("2.5", En, "2500"),
            ("2,5", En, "2500"),
            ("1.000", En, "1000?"),
            ("1,000", En, "1000000?"),
            ("1.000", Id, "1000000?"),
            ("1,000", Id, "1000?"),
            ("1,000", Pt, "1000?"),
            ("1.000", Pt, "1000000?"),
            ("1 000", Pt, "1000000"),
            ("0.125", En, "125"),
            ("0.0001", En, "TooFine { places: 3 }"),
            ("3 kits", En, "NotANumber"),
            ("", En, "nothing"),
        ] {
            assert_eq!(told(quantity(text, language), |value| value.0), expected, "{text:?} in {language:?}");
        }
    }

    #[test]
    fn people_are_whole() {
        for (text, language, expected) in [
            ("25", En, "25"),
            ("25.0", En, "25"),
            ("1,200", En, "1200"),
            ("1.200", En, "1200?"),
            ("1.200", Id, "1200"),
            ("2,5", En, "TooFine { places: 0 }"),
            ("10000001", En, "TooBig"),
            ("-3", En, "Negative"),
            ("n/a", En, "NotANumber"),
            ("  ", En, "nothing"),
        ] {
            assert_eq!(told(count(text, language), |value| value), expected, "{text:?} in {language:?}");
        }
    }

    #[test]
    fn years_and_answers() {
        for (text, expected) in [
            ("2024", Ok(Some(2024))),
            (" 2024 ", Ok(Some(2024))),
            ("", Ok(None)),
            ("24", Err(NumberError::NotAYear)),
            ("2,024", Err(NumberError::NotAYear)),
            ("1899", Err(NumberError::NotAYear)),
            ("+024", Err(NumberError::NotAYear)),
        ] {
            assert_eq!(year(text), expected, "{text:?}");
        }
        assert_eq!(answer(" about\n 30 % "), Ok(Some("about 30 %".to_owned())));
        assert_eq!(answer(" \t"), Ok(None));
        assert_eq!(answer(&"é".repeat(limits::ANSWER_CHARS_MAX + 1)), Err(NumberError::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(number in 0..=limits::NUMBER_MAX, people in 0..=limits::COUNT_MAX, language in 0..4_usize) {
            let language = Language::ALL[language];
            let read = quantity(&format_quantity(Thousandths(number), language), language).unwrap().unwrap();
            prop_assert_eq!(read.value, Thousandths(number));
            let read = count(&format_count(people, language), language);
            prop_assert_eq!(read, Ok(Some(Reading { value: people, is_ambiguous: false })));
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            for language in Language::ALL {
                let _ = (quantity(&text, *language), count(&text, *language));
            }
            let _ = (year(&text), answer(&text));
        }
    }
}
