//! Amounts of money: `US$ 2k`, `1.000,50`, `(100)`.

use super::figure::{self, Form};
use super::{NumberError, Reading};
use crate::limits;
use crate::plan::model::{Cents, Language};

/// What people call US dollars, folded.
const WORDS: &[&str] =
    &["$", "us$", "us", "usd", "usd$", "us$.", "dollar", "dollars", "dolar", "dolares", "americanos", "amerikanu", "u$s"];

/// Reads an amount; none when nothing stands there.
///
/// # Errors
/// When it is not an amount of US dollars that a plan holds.
pub fn read(text: &str, language: Language) -> Result<Option<Reading<Cents>>, NumberError> {
    let spaced = spaced(text);
    let form = Form { places: 2, max: limits::NUMBER_MAX, words: WORDS, language };
    let reading = figure::read(&spaced, form)?;
    Ok(reading.map(|reading| Reading { value: Cents(reading.value), is_ambiguous: reading.is_ambiguous }))
}

/// The text with a space after each sign of a currency, so that `US$2k` and `2k$` fall into words.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        match c {
            '$' => spaced.push_str("$ "),
            '€' | '£' | '¥' => spaced.extend([' ', c, ' ']),
            _ => spaced.push(c),
        }
    }
    spaced
}

/// The amount as people see it: `US$ 10,262.85`. The spaces do not break.
#[must_use]
pub fn format(cents: Cents, language: Language) -> String {
    let number = plain(cents, language);
    match number.strip_prefix('-') {
        Some(number) => format!("-US$\u{a0}{number}"),
        None => format!("US$\u{a0}{number}"),
    }
}

/// The amount without the currency: `10,262.85`.
#[must_use]
pub fn plain(cents: Cents, language: Language) -> String {
    figure::format(cents.0, 2, 2, language)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::plan::model::Choice;
    use Language::{En, Id, Pt, Tet};

    /// The cents, with `?` where the reading is in doubt.
    fn check(text: &str, language: Language, expected: &str) {
        let read = match read(text, language) {
            Ok(None) => "nothing".to_owned(),
            Ok(Some(reading)) => format!("{}{}", reading.value.0, if reading.is_ambiguous { "?" } else { "" }),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(read, expected, "{text:?} in {language:?}");
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, expected) in [
            ("", "nothing"),
            (" \u{a0}\n", "nothing"),
            ("-", "nothing"),
            (" $ -   ", "nothing"),
            ("US$", "nothing"),
            ("0", "0"),
            ("5", "500"),
            ("5.5", "550"),
            ("5,5", "550"),
            (".50", "50"),
            ("0.500", "50"),
            ("100.", "10000"),
            ("100,-", "10000"),
            ("1,000.50", "100050"),
            ("1.000,50", "100050"),
            ("1 000,50", "100050"),
            ("1\u{a0}000,50", "100050"),
            ("1\u{202f}000.50", "100050"),
            ("1'000.50", "100050"),
            ("1.000.000", "100000000"),
            ("1,000,000", "100000000"),
            ("1234.500", "123450"),
            ("10262.85", "1026285"),
            ("US$ 2k", "200000"),
            ("$2.5k", "250000"),
            ("2 mil", "200000"),
            ("2 ribu", "200000"),
            ("rihun 2", "200000"),
            ("US$ 1,5 juta", "150000000"),
            ("USD 100", "10000"),
            ("100 USD", "10000"),
            ("100usd", "10000"),
            ("US $100.00", "10000"),
            ("100$", "10000"),
            ("100 dólares", "10000"),
            ("\u{200e}$100", "10000"),
            ("10,000,000,000", "1000000000000"),
        ] {
            for language in Language::ALL {
                check(text, *language, expected);
            }
        }
    }

    #[test]
    fn three_digits_after_the_only_separator_are_thousands_and_told_where_the_language_has_another() {
        for (text, language, expected) in [
            ("1,000", En, "100000"),
            ("1,000", Tet, "100000"),
            ("1,000", Pt, "100000?"),
            ("1,000", Id, "100000?"),
            ("1.000", En, "100000?"),
            ("1.000", Tet, "100000?"),
            ("1.000", Pt, "100000"),
            ("1.000", Id, "100000"),
            ("US$ 12.345 ", En, "1234500?"),
        ] {
            check(text, language, expected);
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_with_its_reason() {
        for (text, expected) in [
            ("-5", "Negative"),
            ("−5", "Negative"),
            ("(100)", "Negative"),
            ("$(1,000.00)", "Negative"),
            ("US$ -5", "Negative"),
            ("100-", "Negative"),
            ("10,000,000,000.01", "TooBig"),
            ("99999999999999999999999999999999999999999999", "TooBig"),
            ("9999999999999999999999 juta", "TooBig"),
            ("1.999", "199900?"),
            ("0.001", "TooFine { places: 2 }"),
            ("33.3333", "TooFine { places: 2 }"),
            ("0.00000000000000000000000000000000000001", "TooFine { places: 2 }"),
            ("1,00,000", "NotANumber"),
            ("1.000,000.5", "NotANumber"),
            ("1,000.000,5", "NotANumber"),
            ("10 20", "NotANumber"),
            ("10/day", "NotANumber"),
            ("2 k k", "NotANumber"),
            ("tbc", "NotANumber"),
            ("about 100", "NotANumber"),
            ("Rp 1.000", "OtherCurrency"),
            ("100 €", "OtherCurrency"),
            ("€100", "OtherCurrency"),
            ("١٠٠", "OtherDigits"),
            ("１００", "OtherDigits"),
            ("½", "OtherDigits"),
            ("🎉", "NotANumber"),
        ] {
            check(text, En, expected);
        }
        check(&"1".repeat(3_000), En, "TooLong");
    }

    #[test]
    fn amounts_are_written_in_each_language() {
        for (cents, language, expected) in [
            (1_026_285, En, "US$\u{a0}10,262.85"),
            (1_026_285, Tet, "US$\u{a0}10,262.85"),
            (1_026_285, Pt, "US$\u{a0}10\u{a0}262,85"),
            (1_026_285, Id, "US$\u{a0}10.262,85"),
            (0, En, "US$\u{a0}0.00"),
            (-5, En, "-US$\u{a0}0.05"),
            (i64::MIN, Id, "-US$\u{a0}92.233.720.368.547.758,08"),
        ] {
            assert_eq!(format(Cents(cents), language), expected);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(cents in prop_oneof![0..=limits::NUMBER_MAX, 0..=100_000_000_i64], language in 0..4_usize) {
            let language = Language::ALL[language];
            let expected = Ok(Some(Reading { value: Cents(cents), is_ambiguous: false }));
            prop_assert_eq!(read(&format(Cents(cents), language), language), expected.clone());
            prop_assert_eq!(read(&plain(Cents(cents), language), language), expected);
        }

        #[test]
        fn any_text_is_read_or_refused(text in any::<String>(), figure in "[-0-9., ()$kUSDmilrb€]{0,20}") {
            for language in Language::ALL {
                for text in [&text, &figure] {
                    if let Ok(Some(reading)) = read(text, *language) {
                        prop_assert!((0..=limits::NUMBER_MAX).contains(&reading.value.0));
                    }
                }
            }
        }
    }
}
