//! What somebody would change in a text, done to the text as others have changed it since.

use super::diff::{self, Hunk};
use super::splice::{Splice, utf16_length};

/// Others have changed the very words that should be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("others have changed the same words since")]
pub struct Clash;

/// What must be done to `now` so that what leads from `base` to `wanted` is in it too: these replacements, one after the other.
/// They remove nothing that is not in `base`, so whatever others wrote since stays.
///
/// # Errors
/// When both changed the same words, and differently.
pub fn merge(base: &str, now: &str, wanted: &str) -> Result<Vec<Splice>, Clash> {
    let (since, wished) = (diff::hunks(base, now), diff::hunks(base, wanted));
    let mut splices = Vec::new();
    // From the end, so that no replacement moves the others.
    for wish in wished.iter().rev() {
        let words = &wanted[wish.new.clone()];
        let is_done = since.iter().any(|done| done.old == wish.old && &now[done.new.clone()] == words);
        if is_done {
            continue;
        }
        if since.iter().any(|other| wish.old.start < other.old.end && other.old.start < wish.old.end) {
            return Err(Clash);
        }
        let start = place(wish.old.start, &since);
        let end = start + wish.old.len();
        splices.push(Splice { at: utf16_length(&now[..start]), delete: utf16_length(&now[start..end]), insert: words.to_owned() });
    }
    Ok(splices)
}

/// Where a byte of the old text is in the new: after what was put exactly there.
fn place(at: usize, since: &[Hunk]) -> usize {
    let before = since.iter().take_while(|hunk| hunk.old.end <= at).last();
    before.map_or(at, |hunk| hunk.new.end + (at - hunk.old.end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::diff::Piece;

    fn merged(base: &str, now: &str, wanted: &str) -> Result<String, Clash> {
        let splices = merge(base, now, wanted)?;
        Ok(splices.iter().fold(now.to_owned(), |text, splice| splice.apply(&text).expect("it fits the text")))
    }

    #[track_caller]
    fn check(base: &str, now: &str, wanted: &str, expected: Result<&str, Clash>) {
        assert_eq!(merged(base, now, wanted).as_deref(), expected.as_ref().map(|text| *text), "{base:?}, now {now:?}, wanted {wanted:?}");
    }

    #[test]
    fn both_changes_are_kept_where_they_do_not_meet() {
        check("20 women", "20 women", "25 women", Ok("25 women"));
        check("20 women in Baucau", "20 young women in Baucau", "25 women in Baucau", Ok("25 young women in Baucau"));
        check("Train women.", "Train women. In May.", "Train women and men.", Ok("Train women and men. In May."));
        check("", "Somebody began.", "A wish.", Ok("Somebody began.A wish."));
        check("One.", "One. Two.", "One. Three.", Ok("One. Two. Three."));
        check("🦀 20", "🦀🦀 20", "🦀 30", Ok("🦀🦀 30"));
    }

    #[test]
    fn what_others_did_already_is_not_done_twice() {
        check("20 women", "25 women", "25 women", Ok("25 women"));
        check("a b c", "a c", "a c", Ok("a c"));
        check("One", "One two", "One two", Ok("One two"));
    }

    #[test]
    fn the_same_words_changed_twice_are_said() {
        check("20 women", "30 women", "25 women", Err(Clash));
        check("Train women in Baucau", "Train women", "Train women in Dili", Err(Clash));
        check("Train women in Baucau", "Train women here in Baucau", "Train", Err(Clash));
    }

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(prop_oneof!["[a-c]{1,2}", Just(", ".to_owned()), Just(" ".to_owned()), Just("🦀".to_owned())], 0..9)
            .prop_map(|words| words.concat())
    }

    /// Whether these words are in the text, in this order, letter by letter.
    fn are_in(words: &str, text: &str) -> bool {
        let mut letters = text.chars();
        words.chars().all(|wanted| letters.any(|letter| letter == wanted))
    }

    fn added(old: &str, new: &str) -> String {
        let pieces = diff::words(old, new).into_iter();
        pieces.filter_map(|piece| if let Piece::Added(words) = piece { Some(words) } else { None }).collect()
    }

    proptest! {
        #[test]
        fn nothing_that_others_wrote_since_is_lost(base in text(), now in text(), wanted in text()) {
            if let Ok(merged) = merged(&base, &now, &wanted) {
                prop_assert!(are_in(&added(&base, &now), &merged), "{merged:?}");
                prop_assert!(are_in(&added(&base, &wanted), &merged), "{merged:?}");
            }
        }

        #[test]
        fn where_nothing_happened_since_it_reads_as_wanted(base in text(), wanted in text()) {
            prop_assert_eq!(merged(&base, &base, &wanted), Ok(wanted.clone()));
            prop_assert_eq!(merged(&base, &wanted, &wanted), Ok(wanted.clone()));
            prop_assert_eq!(merged(&base, &wanted, &base), Ok(wanted));
        }
    }
}
