//! A figure as people write it: which separators are thousands, which the decimals, and what words may stand around it.

use super::Reading;
use super::fold::{fold, is_invisible};
use crate::limits;
use crate::plan::model::Language;

/// Why a text is not the number that is wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// There is no number in it, several, or words that belong to none.
    #[error("not a number")]
    NotANumber,
    /// It is below zero.
    #[error("below zero")]
    Negative,
    /// It is more than the plan holds.
    #[error("too large")]
    TooBig,
    /// It is finer than the plan holds: cents have two decimals, people none.
    #[error("more than {places} decimals")]
    TooFine {
        /// How many decimals there may be.
        places: u32,
    },
    /// Its digits are not 0 to 9.
    #[error("digits other than 0 to 9")]
    OtherDigits,
    /// It is money, and not US dollars.
    #[error("another currency")]
    OtherCurrency,
    /// It is not a year that the plan holds.
    #[error("not a year")]
    NotAYear,
    /// It is longer than a figure or an answer may be.
    #[error("too long")]
    TooLong,
}

/// What a figure is read as.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// The units of the result: 2 for cents, 3 for thousandths, 0 for people.
    pub(super) places: u32,
    /// The largest result.
    pub(super) max: i64,
    /// Folded words that may stand beside the figure and say nothing new.
    pub(super) words: &'a [&'a str],
    /// Whose separators decide where both readings are possible.
    pub(super) language: Language,
}

/// The thousands separator and the decimal separator of a language.
pub(super) const fn separators(language: Language) -> (char, char) {
    match language {
        Language::En | Language::Tet => (',', '.'),
        Language::Pt => ('\u{a0}', ','),
        Language::Id => ('.', ','),
    }
}

/// The number in a text; none when there is nothing in it, or only a dash, as spreadsheets show nothing.
pub(super) fn read(text: &str, form: Form<'_>) -> Result<Option<Reading<i64>>, NumberError> {
    if text.len() > limits::ENTRY_BYTES_MAX {
        return Err(NumberError::TooLong);
    }
    let text: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    if text.chars().any(|c| c.is_numeric() && !c.is_ascii_digit() && c != 'º') {
        return Err(NumberError::OtherDigits);
    }
    let (Some(first), Some(last)) = (text.find(|c: char| c.is_ascii_digit()), text.rfind(|c: char| c.is_ascii_digit())) else {
        return words(&fold(&text), form.words).map(|_| None);
    };
    let (mut before, mut core, mut after) = (&text[..first], text[first..=last].to_owned(), &text[last + 1..]);
    if let Some(rest) = before.strip_suffix(['.', ',']) {
        before = rest;
        core.insert_str(0, "0.");
    }
    // `1.000,-` and `100.` are whole amounts.
    for whole in [",-", ".-", ",–", ".–", ",", "."] {
        after = after.strip_prefix(whole).unwrap_or(after);
    }
    let is_negative = |around: &str| around.contains(['-', '−', '–', '(', ')']);
    if is_negative(before) || is_negative(after) {
        return Err(NumberError::Negative);
    }
    let times = words(&fold(before), form.words)?.checked_mul(words(&fold(after), form.words)?).ok_or(NumberError::TooBig)?;
    let digits = Digits::of(&core, form)?;
    Ok(Some(Reading { value: digits.scale(times, form)?, is_ambiguous: digits.is_ambiguous }))
}

/// By how much the words beside a figure multiply it.
fn words(around: &str, known: &[&str]) -> Result<i128, NumberError> {
    let mut times = None;
    for word in around.split(' ').filter(|word| !word.is_empty()) {
        let word = word.trim_end_matches('.');
        if known.contains(&word) || matches!(word, "" | "-") {
            continue;
        }
        let by = match word {
            "k" | "mil" | "ribu" | "rb" | "rihun" | "thousand" => 1_000,
            "million" | "milhao" | "milhoes" | "juta" | "jt" | "miliaun" | "mn" => 1_000_000,
            "€" | "eur" | "euro" | "euros" | "rp" | "idr" | "rupiah" | "£" | "gbp" | "a$" | "aud" | "¥" | "jpy" => {
                return Err(NumberError::OtherCurrency);
            }
            _ => return Err(NumberError::NotANumber),
        };
        if times.replace(by).is_some() {
            return Err(NumberError::NotANumber);
        }
    }
    Ok(times.unwrap_or(1))
}

/// The digits of a figure, and how many of them are decimals.
struct Digits {
    digits: i128,
    decimals: u32,
    is_ambiguous: bool,
}

impl Digits {
    fn of(core: &str, form: Form<'_>) -> Result<Self, NumberError> {
        let core: String = core.chars().map(|c| if c.is_whitespace() || matches!(c, '\'' | '’') { ' ' } else { c }).collect();
        let dots = core.matches('.').count();
        let commas = core.matches(',').count();
        let (mut decimal, mut is_ambiguous) = (None, false);
        match (dots, commas) {
            (0, 0) => {}
            (1, 0) | (0, 1) => {
                let mark = if dots == 1 { '.' } else { ',' };
                (decimal, is_ambiguous) = sole(&core, mark, form);
            }
            (_, 0) | (0, _) => {}
            _ => decimal = core.chars().rev().find(|c| matches!(c, '.' | ',')),
        }
        let (whole, fraction) = match decimal {
            None => (core.as_str(), ""),
            Some(mark) => core.split_once(mark).ok_or(NumberError::NotANumber)?,
        };
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError::NotANumber);
        }
        let fraction = fraction.trim_end_matches('0');
        let digits = [&ungrouped(whole).ok_or(NumberError::NotANumber)?, fraction].concat();
        let digits = digits.trim_start_matches('0');
        if digits.len() > 24 {
            return Err(if fraction.len() > 9 { NumberError::TooFine { places: form.places } } else { NumberError::TooBig });
        }
        let decimals = u32::try_from(fraction.len()).map_err(|_| NumberError::TooFine { places: form.places })?;
        let digits = if digits.is_empty() { 0 } else { digits.parse().map_err(|_| NumberError::TooBig)? };
        Ok(Self { digits, decimals, is_ambiguous })
    }

    fn scale(&self, times: i128, form: Form<'_>) -> Result<i64, NumberError> {
        let too_fine = NumberError::TooFine { places: form.places };
        let units = self.digits.checked_mul(times).and_then(|n| n.checked_mul(10_i128.pow(form.places))).ok_or(NumberError::TooBig)?;
        let parts = 10_i128.checked_pow(self.decimals).ok_or_else(|| too_fine.clone())?;
        if units % parts != 0 {
            return Err(too_fine);
        }
        let value = i64::try_from(units / parts).map_err(|_| NumberError::TooBig)?;
        if value > form.max { Err(NumberError::TooBig) } else { Ok(value) }
    }
}

/// What the only separator of a figure is: the decimal one or none, and whether it could be the other.
///
/// Three digits after it could be thousands. Where the result has fewer decimals than three they are: nobody writes a tenth of a cent.
/// That is in doubt only where the language would say otherwise. Elsewhere the language decides, and it is always in doubt.
fn sole(core: &str, mark: char, form: Form<'_>) -> (Option<char>, bool) {
    let (whole, fraction) = core.split_once(mark).unwrap_or((core, ""));
    let can_be_thousands = fraction.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
    if !can_be_thousands {
        return (Some(mark), false);
    }
    let is_decimal_here = separators(form.language).1 == mark;
    if form.places < 3 {
        return (None, is_decimal_here);
    }
    (is_decimal_here.then_some(mark), true)
}

/// The digits without their thousands separators; none when those do not stand where they should, or are of two kinds.
fn ungrouped(whole: &str) -> Option<String> {
    let mark = whole.chars().find(|c| !c.is_ascii_digit());
    let Some(mark) = mark else { return Some(whole.to_owned()) };
    if !matches!(mark, '.' | ',' | ' ') {
        return None;
    }
    let mut digits = String::with_capacity(whole.len());
    for (at, group) in whole.split(mark).enumerate() {
        let fits = if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !fits || !group.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Writes whole units of `10^-places` with the language's separators; `shown` decimals at least, no more than needed.
pub(super) fn format(units: i64, places: u32, shown: usize, language: Language) -> String {
    let (thousands, decimal) = separators(language);
    let one = 10_u64.pow(places);
    let (whole, part) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    let mut fraction = if places == 0 { String::new() } else { format!("{part:0width$}", width = places as usize) };
    while fraction.len() > shown && fraction.ends_with('0') {
        fraction.pop();
    }
    let mut out = String::from(if units < 0 { "-" } else { "" });
    let digits = whole.to_string();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(decimal);
        out.push_str(&fraction);
    }
    out
}
