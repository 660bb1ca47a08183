use proptest::prelude::*;

use super::*;
use crate::plan::model::Choice;

fn period(text: &str) -> Period {
    let (first, last) = text.split_once("..").unwrap();
    Period { first: first.parse().unwrap(), last: last.parse().unwrap() }
}

/// The months by their numbers, with their year where it is not 2025; `|` before those outside, `?` where it is in doubt.
fn check_in(text: &str, within: &str, expected: &str) {
    let told = match read(text, period(within)) {
        Ok(None) => "nothing".to_owned(),
        Ok(Some(months)) => {
            let list = |set: &MonthSet| {
                set.iter()
                    .map(|m| m.to_string().strip_prefix("2025-").map_or(m.to_string(), ToOwned::to_owned))
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let outside = if months.outside.is_empty() { String::new() } else { format!(" | {}", list(&months.outside)) };
            format!("{}{outside}{}", list(&months.inside), if months.is_ambiguous { "?" } else { "" })
        }
        Err(error) => format!("{error:?}"),
    };
    assert_eq!(told, expected, "{text:?} in {within}");
}

fn check(text: &str, expected: &str) {
    check_in(text, "2025-01..2025-12", expected);
}

const ALL: &str = "01 02 03 04 05 06 07 08 09 10 11 12";

#[test]
fn names_ranges_and_lists() {
    for (text, expected) in [
        ("", "nothing"),
        (" - ", "nothing"),
        ("Fev", "02"),
        ("March", "03"),
        ("Maret", "03"),
        ("MARÇO", "03"),
        ("Abríl", "04"),
        ("Juñu", "06"),
        ("Jan.", "01"),
        ("Jan-Mar", "01 02 03"),
        ("Jan - Mar", "01 02 03"),
        ("Janeiru–Marsu 2025", "01 02 03"),
        ("Janeiru to'o Marsu", "01 02 03"),
        ("janeiro a março de 2025", "01 02 03"),
        ("Januari s/d Maret", "01 02 03"),
        ("Mei sampai Juli", "05 06 07"),
        ("March to May 2025", "03 04 05"),
        ("Jan, Mar, Jun", "01 03 06"),
        ("Jan, Mar 2025", "01 03"),
        ("Jan / Fev", "01 02"),
        ("Jan/Fev", "01 02"),
        ("Jan e Fev", "01 02"),
        ("Jan no Fev", "01 02"),
        ("Jan\nFev", "01 02"),
        ("Jan-Mar, Jun; Sep–Out", "01 02 03 06 09 10"),
        ("Jan, Feb, 2025", "01 02"),
        ("1, 2 dan 3", "01 02 03?"),
        ("1-3", "01 02 03?"),
        ("3", "03?"),
        ("fulan Marsu", "03"),
        ("mid-March", "03"),
        ("Jan.-Mar.", "01 02 03"),
        ("- Jan\n- Fev\n", "01 02"),
        ("Jan,, Fev", "01 02"),
        ("January to December 2025", ALL),
        ("Janeiru, Fevereiru no Marsu", "01 02 03"),
        ("Abril-Juñu 2025, Out-Dez 2025", "04 05 06 10 11 12"),
        ("Nov-Feb", "11 12 | 2026-01 2026-02"),
        ("Dec 2024 - Jan 2025", "01 | 2024-12"),
        ("Mar 2026", " | 2026-03"),
        ("Mar 2025 - Jan 2025", "Backwards"),
    ] {
        check(text, expected);
    }
}

#[test]
fn quarters_halves_and_years() {
    for (text, expected) in [
        ("Q1", "01 02 03"),
        ("T1", "01 02 03"),
        ("TW II", "04 05 06"),
        ("1T25", "01 02 03"),
        ("1.º trimestre de 2025", "01 02 03"),
        ("2nd quarter", "04 05 06"),
        ("triwulan ketiga", "07 08 09"),
        ("Q1, Q3", "01 02 03 07 08 09"),
        ("Q1/Q3", "01 02 03 07 08 09"),
        ("Q1-Q2", "01 02 03 04 05 06"),
        ("Q1-2", "01 02 03 04 05 06"),
        ("Triwulan I-II", "01 02 03 04 05 06"),
        ("T1-T2 2025", "01 02 03 04 05 06"),
        ("primeiro trimestre", "01 02 03"),
        ("Q 1 no Q2", "01 02 03 04 05 06"),
        ("Q3 (Jul-Sep)", "Unclear(\"Q 3 Jul\")"),
        ("Q1 2025-Q2 2025", "01 02 03 04 05 06"),
        ("2025-Q1", "01 02 03"),
        ("Q1/2025", "01 02 03"),
        ("S2", "07 08 09 10 11 12"),
        ("semester 1", "01 02 03 04 05 06"),
        ("2025", ALL),
        ("all year", ALL),
        ("All-year 2025", ALL),
        ("tinan tomak", ALL),
        ("ano todo", ALL),
        ("sepanjang tahun", ALL),
        ("all year 2027", "Outside"),
        ("Q5", "Unclear(\"Q 5\")"),
        ("Q", "Unclear(\"Q\")"),
        ("S3", "Unclear(\"S 3\")"),
    ] {
        check(text, expected);
    }
}

#[test]
fn dates_and_numbers() {
    for (text, expected) in [
        ("2025-03", "03"),
        ("03/2025", "03"),
        ("03-2025", "03"),
        ("2025/03", "03"),
        ("3/25", "03"),
        ("Jan-25", "01"),
        ("Jan-25 - Mar-25", "01 02 03"),
        ("Jan-25-Mar-25", "01 02 03"),
        ("Jan'25", "01"),
        ("1-Jan-25", "01"),
        ("1-Jan-2025", "01"),
        ("5 March 2025", "03"),
        ("March 5, 2025", "03"),
        ("1-15 March", "03"),
        ("01/02/2025", "02?"),
        ("15/03/2025", "03"),
        ("03/15/2025", "03?"),
        ("03/03/2025", "03"),
        ("01.06.2025", "06?"),
        ("01-06-2025", "06?"),
        ("2025-03-01", "03"),
        ("15/01/2025-30/03/2025", "01 02 03"),
        ("2025-01 – 2025-03", "01 02 03"),
        ("45658", "01"),
        ("45716", "02"),
        ("45717", "03"),
        ("46022", "12"),
        ("46023", " | 2026-01"),
        ("12345", "Unclear(\"12345\")"),
        ("01/02", "Unclear(\"1 2\")"),
        ("March 1-5", "Unclear(\"5\")"),
        ("13", "Unclear(\"13\")"),
        ("13/2025", "Unclear(\"13 2025\")"),
        ("99999999999", "Unclear(\"99999999999\")"),
        ("soon", "Unclear(\"soon\")"),
        ("Ja", "Unclear(\"ja\")"),
        ("١", "Unclear(\"١\")"),
        ("Jan--Mar", "Unclear(\"jan--mar\")"),
    ] {
        check(text, expected);
    }
    check(&"Jan,".repeat(600), "TooLong");
}

#[test]
fn the_period_says_which_year() {
    for (text, within, expected) in [
        ("Nov-Feb", "2025-10..2026-03", "11 12 2026-01 2026-02"),
        ("Feb", "2025-10..2026-03", "2026-02"),
        ("Nov, Dec, Jan 2026", "2025-10..2026-03", "11 12 2026-01"),
        ("Nov 2025, Dec, Jan", "2025-01..2026-12", "11 12 2026-01"),
        ("Mar", "2025-01..2026-12", "03?"),
        ("Mar 26", "2025-01..2026-12", "2026-03"),
        ("Jan, Feb 2026", "2025-01..2026-12", "2026-01 2026-02"),
        ("2025", "2025-10..2026-03", "10 11 12"),
        ("tinan tomak", "2025-11..2026-01", "11 12 2026-01"),
        ("all year 2026", "2025-11..2026-01", "2026-01"),
        ("Q4", "2025-11..2026-01", "11 12 | 10"),
    ] {
        check_in(text, within, expected);
    }
}

#[test]
fn one_quarter_and_one_month() {
    let year = period("2025-01..2025-12");
    for (text, expected) in [
        ("Q1", "Ok(Some(2025-Q1))"),
        ("T2 2025", "Ok(Some(2025-Q2))"),
        ("2", "Ok(Some(2025-Q2))"),
        ("Jan-Mar", "Ok(Some(2025-Q1))"),
        ("Maiu", "Ok(Some(2025-Q2?))"),
        ("", "Ok(None)"),
        ("Q1-Q2", "Err(Several)"),
        ("Q1 2026", "Err(Outside)"),
    ] {
        let told = quarter(text, year).map(|read| read.map(|read| format!("{}{}", read.value, if read.is_ambiguous { "?" } else { "" })));
        assert_eq!(format!("{told:?}").replace('"', ""), expected, "{text}");
    }
    assert_eq!(month("Maiu", year), Ok(Some(Reading { value: Month::new(2025, 5).unwrap(), is_ambiguous: false })));
    assert_eq!(month("Q1", year), Err(MonthsError::Several));
    assert_eq!(month("", year), Ok(None));
    assert_eq!(format_quarter(Quarter { year: 2025, quarter: 1 }, Language::Pt), "T1 2025");
}

#[test]
fn months_are_written_shortly() {
    for (text, within, expected) in [
        ("Jan-Mar, Jun", "2025-01..2025-12", "Jan–Mar, Jun"),
        ("Dec 2025", "2025-01..2025-12", "Dec"),
        ("Jan 2026", "2025-01..2025-12", "Jan 2026"),
        ("Nov-Feb", "2025-10..2026-03", "Nov 2025–Feb 2026"),
        ("Jan-Feb", "2025-10..2026-03", "Jan–Feb 2026"),
    ] {
        let months = read(text, period(within)).unwrap().unwrap();
        let all: MonthSet = months.inside.union(&months.outside).copied().collect();
        assert_eq!(format(&all, period(within), |month| short_name(month, Language::En)), expected);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(picked in prop::collection::btree_set(0..36_usize, 1..12), years in 0..3_u16, language in 0..4_usize) {
        let within = Period { first: Month::new(2025, 1).unwrap(), last: Month::new(2025 + years, 12).unwrap() };
        let all: Vec<Month> = within.months().into_iter().collect();
        let months: MonthSet = picked.into_iter().map(|at| all[at % all.len()]).collect();
        let written = format(&months, within, |month| short_name(month, Language::ALL[language]));
        let expected = Months { inside: months, ..Months::default() };
        prop_assert_eq!(read(&written, within), Ok(Some(expected)), "{}", written);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), likely in "([0-9]{1,5}|jan|mar|nov|q|t|[-/., &–]| a ){0,12}") {
        for within in [period("2025-01..2025-12"), period("2025-11..2027-02")] {
            for text in [&text, &likely] {
                let _ = (read(text, within), quarter(text, within), month(text, within));
            }
        }
    }
}
