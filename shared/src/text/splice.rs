//! One replacement in a text.

use std::ops::Range;

/// A piece of a text, and what stands there instead. It never begins or ends inside a surrogate pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Where it begins, in UTF-16 code units.
    pub at: usize,
    /// How much it removes, in UTF-16 code units.
    pub delete: usize,
    /// What it puts there.
    pub insert: String,
}

impl Splice {
    /// How much it puts there, in UTF-16 code units.
    #[must_use]
    pub fn inserted(&self) -> usize {
        utf16_length(&self.insert)
    }

    /// The text after the replacement; none when it reaches past the end of `text` or into a surrogate pair.
    #[must_use]
    pub fn apply(&self, text: &str) -> Option<String> {
        let Range { start, end } = self.range_in(text)?;
        Some([&text[..start], &self.insert, &text[end..]].concat())
    }

    /// The bytes of `text` that it replaces.
    fn range_in(&self, text: &str) -> Option<Range<usize>> {
        let start = byte_at(text, self.at)?;
        let end = start + byte_at(&text[start..], self.delete)?;
        Some(start..end)
    }
}

/// The one replacement that turns `old` into `new`; none when they are equal.
///
/// `caret` is where the caret stands in `new` after the input, in UTF-16 code units. It matters when the texts alone do not tell
/// where something happened: a second `l` typed in `helo` may be the one before or the one after the first, and the difference
/// shows as soon as somebody else writes between them.
#[must_use]
pub fn between(old: &str, new: &str, caret: Option<usize>) -> Option<Splice> {
    if old == new {
        return None;
    }
    let shorter = old.len().min(new.len());
    let prefix_max = common_prefix(old, new);
    let suffix_max = common_suffix(old, new);
    let (prefix, suffix) = if prefix_max + suffix_max <= shorter {
        (prefix_max, suffix_max)
    } else {
        // The two overlap: the replacement may slide. It ends at the caret, as typing and erasing do, or as near as it can.
        let after_caret = caret.map_or(0, |caret| new.len() - byte_before(new, caret));
        let suffix = after_caret.clamp(shorter - prefix_max, suffix_max);
        (shorter - suffix, suffix)
    };
    Some(Splice {
        at: utf16_length(&old[..prefix]),
        delete: utf16_length(&old[prefix..old.len() - suffix]),
        insert: new[prefix..new.len() - suffix].to_owned(),
    })
}

/// The length of `text` in UTF-16 code units.
#[must_use]
pub fn utf16_length(text: &str) -> usize {
    // Every character counts one, and those of four bytes, which are the surrogate pairs, one more.
    text.bytes().map(|byte| usize::from(!is_continuation(byte)) + usize::from(byte >= 0xF0)).sum()
}

/// The byte at which the UTF-16 code unit `at` of `text` begins; none past the end and inside a surrogate pair.
fn byte_at(text: &str, at: usize) -> Option<usize> {
    let byte = byte_before(text, at);
    (utf16_length(&text[..byte]) == at).then_some(byte)
}

/// As `byte_at`, but the end of the text or the beginning of the pair instead of none.
fn byte_before(text: &str, at: usize) -> usize {
    let mut units = 0;
    for (byte, char) in text.char_indices() {
        units += char.len_utf16();
        if units > at {
            return byte;
        }
    }
    text.len()
}

/// How many bytes both begin with, whole characters only.
fn common_prefix(a: &str, b: &str) -> usize {
    let equal = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=equal).rev().find(|at| a.is_char_boundary(*at) && b.is_char_boundary(*at)).unwrap_or(0)
}

/// How many bytes both end with, whole characters only.
fn common_suffix(a: &str, b: &str) -> usize {
    let equal = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    (0..=equal).rev().find(|length| a.is_char_boundary(a.len() - length)).unwrap_or(0)
}

const fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, caret: impl Into<Option<usize>>, expected: (usize, usize, &str)) {
        let splice = between(old, new, caret.into()).unwrap();
        assert_eq!((splice.at, splice.delete, &splice.insert[..]), expected, "{old:?} to {new:?}");
        assert_eq!(splice.apply(old).as_deref(), Some(new));
    }

    #[test]
    fn the_caret_says_where_it_happened() {
        check("helo", "hello", 3, (2, 0, "l"));
        check("helo", "hello", 4, (3, 0, "l"));
        check("helo", "hello", None, (3, 0, "l"));
        check("hello", "helo", 2, (2, 1, ""));
        check("hello", "helo", 3, (3, 1, ""));
        check("aaaa", "aaaaaa", 3, (1, 0, "aa"));
        check("aaaa", "aa", 1, (1, 2, ""));
        // A caret that says nothing of use is ignored.
        check("abc", "abXc", 0, (2, 0, "X"));
        check("helo", "hello", 99, (3, 0, "l"));
        assert_eq!(between("same", "same", Some(1)), None);
    }

    #[test]
    fn a_pair_is_never_split() {
        // Both pairs have the same first unit, and the first and the last have the same second.
        check("😀", "😁", 2, (0, 2, "😁"));
        check("a😀b", "a😁b", 3, (1, 2, "😁"));
        check("\u{1F600}", "\u{1FA00}", None, (0, 2, "\u{1FA00}"));
        check("😀😀", "😀😀😀", 1, (0, 0, "😀"));
        check("é", "è", 1, (0, 1, "è"));
        check("e", "e\u{301}", 2, (1, 0, "\u{301}"));
        check("日本", "日語本", 2, (1, 0, "語"));
    }

    #[test]
    fn a_splice_that_does_not_fit_is_not_applied() {
        for (at, delete) in [(0, 4), (4, 0), (2, 0), (0, 2), (1, 1), (usize::MAX, 1), (1, usize::MAX)] {
            assert_eq!(Splice { at, delete, insert: String::new() }.apply("a😀"), None, "{at} {delete}");
        }
    }

    /// Few distinct characters, so that ambiguities are common.
    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(prop::sample::select(vec!['a', 'b', 'é', '\u{301}', '語', '😀', '😁', '\u{1FA00}', '\n']), 0..12)
            .prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn applied_it_gives_the_new_text(old in text(), new in text(), caret in prop::option::of(0usize..30)) {
            let splice = between(&old, &new, caret);
            prop_assert_eq!(splice.is_none(), old == new);
            if let Some(splice) = splice {
                let applied = splice.apply(&old);
                prop_assert_eq!(applied.as_deref(), Some(&new[..]));
                // No shorter replacement would do.
                let kept = utf16_length(&old) - splice.delete;
                prop_assert!(splice.delete == 0 || splice.insert.is_empty() || {
                    let removed = &old[byte_at(&old, splice.at).unwrap()..byte_at(&old, splice.at + splice.delete).unwrap()];
                    removed.chars().next() != splice.insert.chars().next() && removed.chars().last() != splice.insert.chars().last()
                }, "{} units kept", kept);
            }
        }

        #[test]
        fn typing_is_found_where_it_was_typed(before in text(), typed in text(), after in text()) {
            prop_assume!(!typed.is_empty());
            let (old, new) = ([&before[..], &after].concat(), [&before[..], &typed, &after].concat());
            let at = utf16_length(&before);
            let caret = at + utf16_length(&typed);
            prop_assert_eq!(between(&old, &new, Some(caret)), Some(Splice { at, delete: 0, insert: typed.clone() }));
            let erased = Splice { at, delete: utf16_length(&typed), insert: String::new() };
            prop_assert_eq!(between(&new, &old, Some(at)), Some(erased));
        }

        #[test]
        fn lengths_are_those_of_utf16(text in any::<String>()) {
            prop_assert_eq!(utf16_length(&text), text.encode_utf16().count());
        }
    }
}
