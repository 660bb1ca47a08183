//! Where a caret goes when somebody else changes the text.
//!
//! A caret belongs to the character before it: what somebody else puts exactly there comes after the caret, so that two people who
//! type at the same place do not push each other along. A selection never grows: what is put at either of its ends stays outside.

use super::Splice;

/// From where to where, in UTF-16 code units; a caret when both are the same.
pub type Selection = (usize, usize);

/// On which side of what is put exactly at a position the position ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bias {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// Where the position `at` is after `splice`.
#[must_use]
pub fn position(at: usize, splice: &Splice, bias: Bias) -> usize {
    let end = splice.at.saturating_add(splice.delete);
    if at < splice.at {
        return at;
    }
    // What follows a removed piece still follows it, and its caret with it.
    if at > end || (at == end && splice.delete > 0) {
        return at - splice.delete + splice.inserted();
    }
    match bias {
        Bias::Before => splice.at,
        Bias::After => splice.at + splice.inserted(),
    }
}

/// Where the selection is after `splice`. One that lies within what was removed becomes a caret.
#[must_use]
pub fn selection((start, end): Selection, splice: &Splice) -> Selection {
    if start == end {
        let caret = position(start, splice, Bias::Before);
        return (caret, caret);
    }
    let last = position(end, splice, Bias::Before);
    let first = position(start, splice, Bias::After).min(last);
    (first, last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::splice::utf16_length;
    use super::*;

    fn splice(at: usize, delete: usize, insert: &str) -> Splice {
        Splice { at, delete, insert: insert.to_owned() }
    }

    #[test]
    fn a_caret_stays_with_its_neighbours() {
        let rows: [(usize, Splice, usize); 9] = [
            (3, splice(0, 0, "xy"), 5),
            (3, splice(5, 1, "xy"), 3),
            (3, splice(3, 0, "xy"), 3),
            (3, splice(1, 1, ""), 2),
            (3, splice(1, 2, ""), 1),
            (3, splice(1, 2, "xyz"), 4),
            (3, splice(1, 5, "xyz"), 1),
            (3, splice(3, 2, "x"), 3),
            (0, splice(0, 0, "😀"), 0),
        ];
        for (caret, splice, expected) in rows {
            assert_eq!(selection((caret, caret), &splice), (expected, expected), "{caret} {splice:?}");
        }
    }

    #[test]
    fn a_selection_never_grows() {
        let rows: [(Selection, Splice, Selection); 8] = [
            ((2, 5), splice(2, 0, "xy"), (4, 7)),
            ((2, 5), splice(5, 0, "xy"), (2, 5)),
            ((2, 5), splice(3, 1, ""), (2, 4)),
            ((2, 5), splice(3, 1, "xyz"), (2, 7)),
            ((2, 5), splice(1, 2, ""), (1, 3)),
            ((2, 5), splice(4, 3, "x"), (2, 4)),
            ((2, 5), splice(1, 6, ""), (1, 1)),
            ((2, 5), splice(2, 3, "x"), (3, 3)),
        ];
        for (before, splice, expected) in rows {
            assert_eq!(selection(before, &splice), expected, "{before:?} {splice:?}");
        }
    }

    proptest! {
        #[test]
        fn the_same_characters_stay_around_the_caret(
            before in "[ab😀é\u{301}語]{0,6}", near in "[ab😀é\u{301}語]{0,6}", middle in "[ab😀]{1,6}", after in "[ab😀語]{0,6}",
            delete_first in any::<bool>(), insert in "[xy😁]{0,4}",
        ) {
            // The caret is between `near` and what follows; the replacement is of `middle`, away from it on either side.
            let (text, at, caret) = if delete_first {
                let text = [&before[..], &middle, "|", &near, &after].concat();
                let at = utf16_length(&before);
                (text, at, at + utf16_length(&middle) + 1 + utf16_length(&near))
            } else {
                let text = [&before[..], &near, "|", &middle, &after].concat();
                let caret = utf16_length(&before);
                (text, caret + utf16_length(&near) + 1, caret)
            };
            let splice = Splice { at, delete: utf16_length(&middle), insert };
            let moved = selection((caret, caret), &splice).0;
            let (old, new): (Vec<u16>, Vec<u16>) = (text.encode_utf16().collect(), splice.apply(&text).unwrap().encode_utf16().collect());
            if delete_first {
                prop_assert_eq!(&old[caret..], &new[moved..]);
            } else {
                prop_assert_eq!(&old[..caret], &new[..moved]);
            }
        }

        #[test]
        fn it_stays_in_the_text(start in 0usize..12, length in 0usize..12, at in 0usize..12, delete in 0usize..12, insert in "[x😁]{0,4}") {
            let total = start + length + at + delete;
            let splice = Splice { at, delete, insert };
            let (first, last) = selection((start, start + length), &splice);
            prop_assert!(first <= last && last <= total - delete + splice.inserted());
        }
    }
}
