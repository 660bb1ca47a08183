//! The names of months, quarters and ranges in the four languages at once, folded.

use super::token::Token;
use crate::plan::model::Language;

/// For each month its full names; a beginning of three letters or more is a name too. English, Tetum, Portuguese, Indonesian.
const NAMES: [&[&str]; 12] = [
    &["january", "janeiru", "janeiro", "januari"],
    &["february", "fevereiru", "fevereiro", "februari", "pebruari"],
    &["march", "marsu", "marco", "maret"],
    &["april", "abril"],
    &["may", "maiu", "maio", "mei"],
    &["june", "junu", "junho", "juni"],
    &["july", "jullu", "julho", "juli"],
    &["august", "agostu", "agosto", "agustus", "agt", "ags"],
    &["september", "setembru", "setembro", "sept"],
    &["october", "outubru", "outubro", "oktober"],
    &["november", "novembru", "novembro", "nopember"],
    &["december", "dezembru", "dezembro", "desember"],
];

/// What the whole period is called.
const WHOLE: &[&str] = &[
    "all",
    "all year",
    "all months",
    "whole year",
    "the whole year",
    "full year",
    "entire year",
    "all year round",
    "year round",
    "every month",
    "throughout the year",
    "tinan tomak",
    "tinan ida tomak",
    "fulan hotu",
    "fulan hotu hotu",
    "kada fulan",
    "hotu",
    "ano todo",
    "o ano todo",
    "todo o ano",
    "todo ano",
    "ano inteiro",
    "o ano inteiro",
    "todos os meses",
    "sepanjang tahun",
    "seluruh tahun",
    "setahun penuh",
    "semua bulan",
    "setiap bulan",
];

/// What stands between the ends of a range, with its spaces.
pub(super) const BETWEEN: &[&str] = &[
    " to ",
    " until ",
    " till ",
    " through ",
    " thru ",
    " too ",
    " to o ",
    " ate ",
    " a ",
    " ao ",
    " sampai dengan ",
    " sampai ",
    " hingga ",
    " s/d ",
    " s.d. ",
    " sd ",
    " s-d ",
    "→",
    "...",
    "…",
    "~",
];

/// What stands between the members of a list, with its spaces.
pub(super) const AND: &[&str] = &[" and ", " no ", " e ", " ho ", " dan ", "&", "+"];

/// What a word says; none for a word that has no place among months.
pub(super) fn token(word: &str) -> Option<Token> {
    let is_name = |name: &&str| *name == word || (word.len() >= 3 && name.starts_with(word));
    if let Some(at) = NAMES.iter().position(|names| names.iter().any(is_name)) {
        return Some(Token::Month(u8::try_from(at).unwrap_or_default() + 1));
    }
    Some(match word {
        "q" | "t" | "quarter" | "qtr" | "trimestre" | "trim" | "trimester" | "triwulan" | "tw" | "kuartal" => Token::Quarter,
        "s" | "h" | "half" | "semester" | "semestre" | "sem" => Token::Half,
        "i" | "first" | "primeiro" | "primeiru" | "dahuluk" | "pertama" => Token::Ordinal(1),
        "ii" | "second" | "segundo" | "segundu" | "daruak" | "kedua" => Token::Ordinal(2),
        "iii" | "third" | "terceiro" | "terseiru" | "datoluk" | "ketiga" => Token::Ordinal(3),
        "iv" | "fourth" | "quarto" | "kuartu" | "dahaat" | "keempat" => Token::Ordinal(4),
        "st" | "nd" | "rd" | "th" | "o" | "of" | "the" | "de" | "do" | "da" | "in" | "iha" | "em" | "month" | "months" | "fulan"
        | "mes" | "meses" | "bulan" | "year" | "tinan" | "ano" | "tahun" | "fy" | "from" | "hosi" | "husi" | "dari" | "early" | "mid"
        | "late" | "end" | "awal" | "pertengahan" | "akhir" | "inicio" | "meados" | "fim" => Token::Filler,
        _ => return None,
    })
}

/// Whether a folded text means the whole period, or all of a year that it names.
pub(super) fn whole(folded: &str) -> Option<Option<u16>> {
    let folded = folded.replace('-', " ");
    let text = folded.trim_end_matches(['.', ' ']);
    let (text, year) = match text.rsplit_once(' ') {
        Some((text, year)) if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) => (text.trim_end(), year.parse().ok()),
        _ => (text, None),
    };
    WHOLE.contains(&text).then_some(year)
}

/// The short name of a month (1 to 12) in a language, without a dot.
#[must_use]
pub fn short_name(month: u8, language: Language) -> &'static str {
    let names: [&str; 12] = match language {
        Language::En => ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        Language::Tet => ["Jan", "Fev", "Mar", "Abr", "Maiu", "Jun", "Jul", "Ago", "Set", "Out", "Nov", "Dez"],
        Language::Pt => ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
        Language::Id => ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    };
    names.get(usize::from(month).wrapping_sub(1)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::fold::fold;
    use crate::plan::model::Choice;

    #[test]
    fn every_short_and_long_name_is_of_one_month() {
        for month in 1..=12 {
            for language in Language::ALL {
                assert_eq!(token(&fold(short_name(month, *language))), Some(Token::Month(month)));
            }
            for name in NAMES[usize::from(month) - 1] {
                for length in 3..=name.len() {
                    let meant: Vec<usize> = (0..12).filter(|at| NAMES[*at].iter().any(|one| one.starts_with(&name[..length]))).collect();
                    assert_eq!(meant, [usize::from(month) - 1], "{}", &name[..length]);
                }
            }
        }
        assert_eq!(short_name(0, Language::En), "");
    }
}
