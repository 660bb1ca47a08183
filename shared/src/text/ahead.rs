//! What somebody types into a text before the document that holds it is there.

use super::merge::{Clash, merge};
use super::shift::{self, Bias};
use super::splice::{Splice, between};

/// A text as it was shown, and as it has become by typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    before: String,
    now: String,
}

impl Ahead {
    /// Nothing is typed yet into what is shown.
    #[must_use]
    pub fn new(shown: String) -> Self {
        Self { now: shown.clone(), before: shown }
    }

    /// One that was kept: what was shown, and what it had become.
    #[must_use]
    pub const fn kept(before: String, now: String) -> Self {
        Self { before, now }
    }

    /// What was shown.
    #[must_use]
    pub fn before(&self) -> &str {
        &self.before
    }

    /// What it has become.
    #[must_use]
    pub fn now(&self) -> &str {
        &self.now
    }

    /// Types. Whether the splice fits the text; else it is as it was.
    pub fn typed(&mut self, splice: &Splice) -> bool {
        let typed = splice.apply(&self.now);
        let fits = typed.is_some();
        self.now = typed.unwrap_or_else(|| std::mem::take(&mut self.now));
        fits
    }

    /// What was typed, as one replacement in what was shown; none when nothing was.
    #[must_use]
    pub fn splice(&self) -> Option<Splice> {
        between(&self.before, &self.now, None)
    }

    /// What must be done to the text as the document has it, so that what was typed is in it too: these replacements, one after the other.
    /// They remove nothing that was not shown. Where others replaced the same words, both stay.
    #[must_use]
    pub fn onto(&self, standing: &str) -> Vec<Splice> {
        if standing == self.now {
            return Vec::new();
        }
        merge(&self.before, standing, &self.now).unwrap_or_else(|Clash| self.both(standing).into_iter().collect())
    }

    fn both(&self, standing: &str) -> Option<Splice> {
        let (typed, since) = (self.splice()?, between(&self.before, standing, None)?);
        let at = shift::position(typed.at + typed.delete, &since, Bias::After);
        Some(Splice { at, delete: 0, insert: typed.insert })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn applied(splices: &[Splice], text: &str) -> Option<String> {
        splices.iter().try_fold(text.to_owned(), |text, splice| splice.apply(&text))
    }

    #[track_caller]
    fn check(before: &str, now: &str, standing: &str, expected: &str) {
        let ahead = Ahead::kept(before.to_owned(), now.to_owned());
        let splices = ahead.onto(standing);
        assert_eq!(applied(&splices, standing).as_deref(), Some(expected), "{splices:?}");
    }

    #[test]
    fn it_is_typed_where_it_was_meant() {
        check("Train women", "Train young women", "Train women", "Train young women");
        check("Train women", "Train young women", "Train women in Baucau", "Train young women in Baucau");
        check("Train women", "Train women in May", "We train. Train women", "We train. Train women in May");
        check("", "Somebody", "Another", "AnotherSomebody");
        check("20 women", "30 women", "20 young women", "30 young women");
        check("Train women", "", "Train women and men", " and men");
        check("Train women", "Train", "Tell women", "Tell");
        check("Plan", "Plan 2025", "Plan 2025", "Plan 2025");
        check("Train women by May", "Train all women by June", "Train women here by May", "Train all women here by June");
        check("🦀 a", "🦀 a b", "🦀🦀 a", "🦀🦀 a b");
    }

    #[test]
    fn of_the_same_words_both_stay() {
        check("20 women", "21 women", "25 women", "251 women");
        check("Train women", "Train girls", "Train leaders.", "Train leaders.girls");
    }

    #[test]
    fn typing_adds_up() {
        let mut ahead = Ahead::new("Train women".to_owned());
        assert_eq!((ahead.splice(), ahead.onto("anything")), (None, Vec::new()));
        assert!(ahead.typed(&Splice { at: 6, delete: 0, insert: "young ".to_owned() }));
        assert!(!ahead.typed(&Splice { at: 40, delete: 0, insert: "x".to_owned() }));
        assert!(ahead.typed(&Splice { at: 17, delete: 0, insert: ".".to_owned() }));
        assert_eq!(ahead.now(), "Train young women.");
        assert_eq!(ahead.before(), "Train women");
    }

    proptest! {
        #[test]
        fn it_fits_any_text_and_nothing_of_others_goes(before in "[ab🦀]{0,8}", now in "[ab🦀]{0,8}", more in "[xy🦀]{0,4}", at in 0usize..9) {
            let at = before.char_indices().map(|(at, _)| at).nth(at).unwrap_or(before.len());
            let standing = format!("{}{more}{}", &before[..at], &before[at..]);
            let ahead = Ahead::kept(before.clone(), now.clone());
            let all = applied(&ahead.onto(&standing), &standing).expect("they fit");
            for letter in ['x', 'y'] {
                prop_assert_eq!(all.matches(letter).count(), more.matches(letter).count());
            }
            if standing == before {
                prop_assert_eq!(all, now);
            }
        }
    }
}
