//! A text about months, cut into names and numbers, and what stands between them.

use super::MonthsError;
use super::words;
use crate::entry::fold::fold;

/// One part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// The name of a month.
    Month(u8),
    /// A word for a quarter.
    Quarter,
    /// A word for half a year.
    Half,
    /// First to fourth.
    Ordinal(u8),
    /// A number, and how many digits it is written with.
    Number(u32, usize),
    /// A word that says nothing new.
    Filler,
}

impl Token {
    /// The number, where it is written with at most two digits.
    const fn is_short(self) -> bool {
        matches!(self, Self::Number(_, 1 | 2))
    }

    const fn is_year(self) -> bool {
        matches!(self, Self::Number(_, 4))
    }
}

/// What stands after a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Nothing that divides: it belongs with the next.
    Joined,
    /// It is the first end of a range.
    Range,
    /// Another member of the list follows, or nothing.
    List,
}

/// Folds the text; a dash that can only mean a range, and a word that does, becomes ` - `.
pub(super) fn fold_ranges(text: &str) -> String {
    // Lines of a cell are members of a list.
    let text: String = text.trim().chars().map(|c| if matches!(c, '\n' | '\r') { ';' } else { c }).collect();
    let mut folded = fold(&text.replace(['–', '—'], " - "));
    for between in words::BETWEEN {
        folded = folded.replace(between, " - ");
    }
    for and in words::AND {
        folded = folded.replace(and, ",");
    }
    folded.trim_matches([' ', ',', ';']).to_owned()
}

/// Cuts a folded text.
pub(super) fn tokens(folded: &str) -> Result<Vec<(Token, Break)>, MonthsError> {
    let raw = raw(folded)?;
    let mut tokens: Vec<(Token, Break)> = Vec::new();
    // Where the present unit begins.
    let mut begin = 0;
    for (at, (token, mark)) in raw.iter().enumerate() {
        let next = raw.get(at + 1).map(|(token, _)| *token);
        let kind = match (*mark, next) {
            (_, None) => Break::List,
            (Mark::Comma, _) => Break::List,
            (Mark::Dash, _) => Break::Range,
            (Mark::Space | Mark::Dot, _) => Break::Joined,
            (Mark::Slash, Some(next)) if slash_joins(*token, next) => Break::Joined,
            (Mark::Slash, _) => Break::List,
            (Mark::Hyphen, Some(next)) if hyphen_joins(&raw[begin..=at], next, &raw[at + 1..]) => Break::Joined,
            (Mark::Hyphen, _) => Break::Range,
        };
        tokens.push((*token, kind));
        if kind != Break::Joined {
            begin = at + 1;
        }
    }
    Ok(tokens)
}

/// `03/2025`, `Jan/25`, `1/Jan/2025`, `2025/Q1`.
const fn slash_joins(token: Token, next: Token) -> bool {
    match (token, next) {
        (Token::Number(..), Token::Number(..)) | (Token::Month(_), Token::Number(..)) => true,
        (Token::Number(..), Token::Month(_)) => token.is_short() || token.is_year(),
        (Token::Number(..), Token::Quarter | Token::Half) => token.is_year(),
        (Token::Ordinal(_), Token::Number(..)) => next.is_year(),
        _ => false,
    }
}

/// `Jan-25`, `1-Jan`, `2025-03-01`, `2025-Q1`, `03-2025`, `01-03-2025`, but not `Jan-Mar`, `1-3` and `Q1-Q2`.
fn hyphen_joins(unit: &[(Token, Mark)], next: Token, rest: &[(Token, Mark)]) -> bool {
    let token = unit[unit.len() - 1].0;
    let begins_with_year = unit[0].0.is_year();
    let has_year = unit.iter().any(|(token, _)| token.is_year());
    match (token, next) {
        (Token::Month(_), Token::Number(_, 2 | 4)) => !has_year,
        (Token::Number(..), Token::Month(_)) => unit.len() == 1 && (token.is_short() || token.is_year()),
        (Token::Number(_, 4), Token::Quarter | Token::Half) => unit.len() == 1,
        (Token::Number(_, 4), Token::Number(_, 1 | 2)) => unit.len() == 1,
        (Token::Number(..) | Token::Ordinal(_), Token::Number(_, 4)) => !has_year,
        (Token::Number(_, 1 | 2), Token::Number(_, 1 | 2)) => {
            let is_date_ahead = unit.len() == 1 && rest[0].1 == Mark::Hyphen && matches!(rest.get(1), Some((Token::Number(_, 2 | 4), _)));
            (begins_with_year && unit.len() == 2) || is_date_ahead || (unit.len() == 2 && unit[0].1 == Mark::Hyphen && unit[0].0.is_short())
        }
        _ => false,
    }
}

/// What is written between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Space,
    Comma,
    /// With spaces around it: a range.
    Dash,
    /// With none.
    Hyphen,
    Slash,
    Dot,
}

fn raw(folded: &str) -> Result<Vec<(Token, Mark)>, MonthsError> {
    let mut raw: Vec<(Token, Mark)> = Vec::new();
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        let end = if c.is_ascii_digit() {
            rest.find(|c: char| !c.is_ascii_digit())
        } else if c.is_alphabetic() && c != 'º' && c != 'ª' {
            rest.find(|c: char| !c.is_alphabetic())
        } else {
            Some(c.len_utf8())
        }
        .unwrap_or(rest.len());
        let part = &rest[..end];
        let before = folded.len() - rest.len();
        rest = &rest[end..];
        let token = if c.is_ascii_digit() {
            Token::Number(part.parse().map_err(|_| MonthsError::Unclear(part.to_owned()))?, part.len())
        } else if c.is_alphabetic() && c != 'º' && c != 'ª' {
            words::token(part).ok_or_else(|| MonthsError::Unclear(part.to_owned()))?
        } else {
            let is_spaced = folded[..before].ends_with(' ') || rest.starts_with(' ');
            let mark = match c {
                ' ' => Mark::Space,
                ',' | ';' => Mark::Comma,
                '-' if is_spaced => Mark::Dash,
                '-' => Mark::Hyphen,
                '/' => Mark::Slash,
                '.' => Mark::Dot,
                'º' | 'ª' | '°' | '(' | ')' | '*' => continue,
                _ => return Err(MonthsError::Unclear(part.to_owned())),
            };
            match raw.last_mut() {
                // Two things between two names: the one that divides counts, and two that divide are unclear.
                Some((_, last)) if mark == Mark::Space || mark == Mark::Dot => *last = stronger(*last, mark),
                Some((_, last)) if matches!(last, Mark::Space | Mark::Dot) => *last = mark,
                // A list may have marks before its members, and two commas.
                Some((_, Mark::Comma)) if matches!(mark, Mark::Comma | Mark::Dash) => {}
                None if mark != Mark::Slash => {}
                _ => return Err(MonthsError::Unclear(folded.to_owned())),
            }
            continue;
        };
        if token != Token::Filler {
            raw.push((token, Mark::Space));
        }
    }
    Ok(raw)
}

fn stronger(last: Mark, mark: Mark) -> Mark {
    if last == Mark::Space { mark } else { last }
}
