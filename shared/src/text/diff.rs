//! What differs between two texts, word by word, as a person would mark it.

use std::ops::Range;

use crate::limits;

/// A piece of two texts that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// It is in both.
    Same(&'a str),
    /// It is in the old text only.
    Removed(&'a str),
    /// It is in the new text only.
    Added(&'a str),
}

/// A place where two texts differ, in bytes: what stands there in the old, and in the new.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hunk {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
}

/// The pieces that make up both texts, in order. Of a difference, what was removed comes first.
#[must_use]
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut add = |piece: Piece<'a>| {
        let (Piece::Same(words) | Piece::Removed(words) | Piece::Added(words)) = piece;
        if !words.is_empty() {
            pieces.push(piece);
        }
    };
    for Hunk { old: removed, new: added } in hunks(old, new) {
        add(Piece::Same(&old[at..removed.start]));
        at = removed.end;
        add(Piece::Removed(&old[removed]));
        add(Piece::Added(&new[added]));
    }
    add(Piece::Same(&old[at..]));
    pieces
}

/// Where two texts differ, in order. Between two of these is at least one word that is the same.
pub(super) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let (a, b) = (tokens(old), tokens(new));
    let prefix = a.iter().zip(&b).take_while(|(a, b)| a == b).count();
    let rest = a.len().min(b.len()) - prefix;
    let suffix = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let (middle_a, middle_b) = (&a[prefix..a.len() - suffix], &b[prefix..b.len() - suffix]);
    let start: usize = a[..prefix].iter().map(|token| token.len()).sum();
    let mut hunks: Vec<Hunk> = Vec::new();
    let (mut at_a, mut at_b) = (start, start);
    for step in steps(middle_a, middle_b) {
        let (removed, added) = match step {
            Step::Both(length) => {
                at_a += length;
                at_b += length;
                continue;
            }
            Step::Old(length) => (length, 0),
            Step::New(length) => (0, length),
        };
        match hunks.last_mut().filter(|last| last.old.end == at_a && last.new.end == at_b) {
            Some(last) => {
                last.old.end += removed;
                last.new.end += added;
            }
            None => hunks.push(Hunk { old: at_a..at_a + removed, new: at_b..at_b + added }),
        }
        at_a += removed;
        at_b += added;
    }
    hunks
}

/// One step through two texts at once, so many bytes long.
enum Step {
    Both(usize),
    Old(usize),
    New(usize),
}

/// The steps that keep the most words. Texts that are too long for that have nothing in common.
fn steps(a: &[&str], b: &[&str]) -> Vec<Step> {
    let width = b.len() + 1;
    if (a.len() + 1).saturating_mul(width) > limits::DIFF_CELLS_MAX {
        return a.iter().map(|token| Step::Old(token.len())).chain(b.iter().map(|token| Step::New(token.len()))).collect();
    }
    // How many words the rests of the two have in common, from each pair of places on.
    let mut common = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            common[i * width + j] =
                if a[i] == b[j] { common[(i + 1) * width + j + 1] + 1 } else { common[(i + 1) * width + j].max(common[i * width + j + 1]) };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        let step = match (a.get(i), b.get(j)) {
            (Some(old), Some(new)) if old == new => {
                i += 1;
                j += 1;
                Step::Both(old.len())
            }
            (Some(old), new) if new.is_none() || common[(i + 1) * width + j] >= common[i * width + j + 1] => {
                i += 1;
                Step::Old(old.len())
            }
            (_, Some(new)) => {
                j += 1;
                Step::New(new.len())
            }
            (_, None) => break,
        };
        steps.push(step);
    }
    steps
}

/// Words, the white space between them, and every other sign for itself.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq, Eq)]
    enum Class {
        Word,
        Space,
        Sign,
    }
    let class = |sign: char| match sign {
        sign if sign.is_alphanumeric() => Class::Word,
        sign if sign.is_whitespace() => Class::Space,
        _ => Class::Sign,
    };
    let (mut tokens, mut start, mut last) = (Vec::new(), 0, None);
    for (at, sign) in text.char_indices() {
        let now = class(sign);
        if last.is_some_and(|last| last != now || now == Class::Sign) {
            tokens.push(&text[start..at]);
            start = at;
        }
        last = Some(now);
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Piece::{Added, Removed, Same};
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[Piece<'_>]) {
        assert_eq!(words(old, new), expected, "{old:?} to {new:?}");
    }

    #[test]
    fn whole_words_are_marked() {
        check("", "", &[]);
        check("as it is", "as it is", &[Same("as it is")]);
        check("", "new", &[Added("new")]);
        check("20 women in Baucau", "25 women in Baucau", &[Removed("20"), Added("25"), Same(" women in Baucau")]);
        check("train women", "train young women", &[Same("train "), Added("young "), Same("women")]);
        check("seven, days", "seven days", &[Same("seven"), Removed(","), Same(" days")]);
        check("Água", "Agua", &[Removed("Água"), Added("Agua")]);
    }

    #[test]
    fn what_is_too_long_to_compare_is_replaced_as_a_whole() {
        let (old, new) = ("a ".repeat(2_000), "b ".repeat(2_000));
        assert_eq!(words(&old, &new), [Removed(&old[..old.len() - 1]), Added(&new[..new.len() - 1]), Same(" ")]);
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts(old in "[ab ,é]{0,24}", new in "[ab ,é]{0,24}") {
            let pieces = words(&old, &new);
            let of = |is_old: bool| pieces.iter().map(|piece| match piece {
                Same(words) => *words,
                Removed(words) if is_old => words,
                Added(words) if !is_old => words,
                _ => "",
            }).collect::<String>();
            prop_assert_eq!(of(true), old.clone());
            prop_assert_eq!(of(false), new.clone());
        }
    }
}
