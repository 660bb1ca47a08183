//! How alike two titles are: what part of their runs of three letters they share.
//!
//! It needs no dictionary and forgives other spellings, endings and orders of words, in any language. Stop-words do little harm: they are
//! short.

use crate::derive::fold::{fold, loosen};

/// From here on titles are alike, out of 1,000. Another spelling, another order, or one other word among five or six are above; the
/// tests have examples on both sides.
pub const ALIKE: u16 = 650;

/// How much of a title is looked at, in characters. Nobody means more by one, and somebody may paste a book.
const LOOKED_AT_CHARS: usize = 200;

/// How many titles are compared. The time grows with the square of their number.
pub const TITLES_MAX: usize = 10_000;

const LETTER_BITS: u32 = 16;
const LETTER: u64 = (1 << LETTER_BITS) - 1;

/// The runs of three letters of a title, each once, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grams(Vec<u64>);

impl Grams {
    /// Of a title. The ends of words count as letters.
    #[must_use]
    pub fn of(title: &str) -> Self {
        let folded = loosen(&fold(title));
        if folded.is_empty() {
            return Self::default();
        }
        let letters: Vec<u64> = std::iter::once(' ').chain(folded.chars().take(LOOKED_AT_CHARS)).chain([' ']).map(u64::from).collect();
        // Sixteen bits are enough for a letter of any living script, and leave room for the number of a title.
        let mut grams: Vec<u64> =
            letters.windows(3).map(|run| run.iter().fold(0, |gram, letter| gram << LETTER_BITS | letter & LETTER)).collect();
        grams.sort_unstable();
        grams.dedup();
        Self(grams)
    }
}

/// Calls `tell` with every pair, the lower number first, and how alike the two are: twice what they share by what both have, out of 1,000.
///
/// Goes from each run of letters to the titles that have it, so that titles with nothing in common cost next to nothing. Looks at no more
/// than [`TITLES_MAX`] titles.
pub fn each_pair(titles: &[&Grams], mut tell: impl FnMut(usize, usize, u16)) {
    let titles = &titles[..titles.len().min(TITLES_MAX)];
    // Each run with the number of a title that has it: one number, so that only numbers are ever sorted, which keeps the code small.
    let mut holders: Vec<u64> = Vec::new();
    for (number, title) in titles.iter().enumerate() {
        holders.extend(title.0.iter().map(|gram| gram << LETTER_BITS | number as u64 & LETTER));
    }
    holders.sort_unstable();
    let title_of = |holder: u64| usize::try_from(holder & LETTER).expect("it is sixteen bits");
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); titles.len()];
    for (place, holder) in holders.iter().enumerate() {
        places[title_of(*holder)].push(place);
    }
    let mut common = vec![0usize; titles.len()];
    for (first, places) in places.iter().enumerate() {
        common.fill(0);
        for place in places {
            let gram = holders[*place] >> LETTER_BITS;
            // The holders of one run are in the order of the titles: after this place are those of later titles.
            for holder in holders[place + 1..].iter().take_while(|holder| *holder >> LETTER_BITS == gram) {
                common[title_of(*holder)] += 1;
            }
        }
        for second in first + 1..titles.len() {
            let both = titles[first].0.len() + titles[second].0.len();
            let alike = (common[second] * 2000).checked_div(both).unwrap_or(0);
            tell(first, second, u16::try_from(alike).unwrap_or(1000));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alike(one: &str, other: &str) -> u16 {
        let mut told = Vec::new();
        each_pair(&[&Grams::of(one), &Grams::of(other)], |_, _, alike| told.push(alike));
        assert_eq!(told.len(), 1);
        told[0]
    }

    fn check(one: &str, other: &str, is_alike: bool) {
        let alike = alike(one, other);
        assert_eq!(alike >= ALIKE, is_alike, "{one:?} and {other:?}: {alike}");
    }

    #[test]
    fn titles_are_alike_however_they_are_spelt() {
        check("", "", false);
        check("", "Formasaun", false);
        check("Formasaun", "FORMASAUN!", true);
        check("Aktividade formasaun ba feto", "Atividade Formasaun ba Feto", true);
        check("Formação de mulheres líderes", "Formacao de mulheres lideres em Baucau", true);
        check("Training of women mediators in Baucau", "Training for women mediators, Baucau", true);
        check("Training of women mediators in Baucau", "Baucau: women mediators' training", true);
        check("Training of women mediators in Baucau", "Training of women leaders in Baucau", true);
        check("Training of women mediators in Baucau", "Training of police in Baucau", false);
        check("Formasaun lideransa ba feto", "Treinu lideransa feto", false);
        check("Training of women mediators", "Campaign against trafficking", false);
        check("Dialogue", "Monitoring", false);
    }

    #[test]
    fn the_end_of_a_book_does_not_matter() {
        let book = "feto no dame ".repeat(20);
        assert_eq!(alike(&[&book, "one"].concat(), &[&book, "another"].concat()), 1000);
    }

    proptest! {
        /// Against the plain way: count what two sets have in common.
        #[test]
        fn going_by_letters_counts_what_is_in_common(titles in proptest::collection::vec("[a-c ]{0,12}", 0..8)) {
            let grams: Vec<Grams> = titles.iter().map(|title| Grams::of(title)).collect();
            let mut told = Vec::new();
            each_pair(&grams.iter().collect::<Vec<_>>(), |first, second, alike| told.push((first, second, usize::from(alike))));
            let mut expected = Vec::new();
            for first in 0..grams.len() {
                for second in first + 1..grams.len() {
                    let (one, other) = (&grams[first].0, &grams[second].0);
                    let common = one.iter().filter(|gram| other.contains(gram)).count();
                    let both = one.len() + other.len();
                    expected.push((first, second, (common * 2000).checked_div(both).unwrap_or(0)));
                }
            }
            prop_assert_eq!(told, expected);
        }

        #[test]
        fn a_title_is_wholly_like_itself(title in "[a-zA-Z]{1,12}( [a-zçã]{1,8}){0,4}") {
            prop_assert_eq!(alike(&title, &title.to_uppercase()), 1000);
        }
    }
}
