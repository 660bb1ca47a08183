//! Puts what a phrase speaks of into its places.

use std::fmt::Display;

use hamutuk_shared::plan::Language;

use super::Phrase;

/// What can be filled in: words, a number, or a closure that gives one, which is called again whenever what it reads changes.
pub(crate) trait Fill {
    /// As it is said.
    fn fill(&self) -> String;
}

impl<F: Fn() -> D, D: Display> Fill for F {
    fn fill(&self) -> String {
        self().to_string()
    }
}

macro_rules! plain {
    ($($of:ty),+) => {
        $(impl Fill for $of {
            fn fill(&self) -> String {
                self.to_string()
            }
        })+
    };
}

plain!(String, &str, usize, u8, u32, i64);

/// The words of the phrase at `at`, with each `{{ name }}` replaced.
pub(super) fn filled(at: usize, language: Language, places: &[(&str, &dyn Display)]) -> String {
    fill(Phrase(at).said(language), places)
}

fn fill(words: &str, places: &[(&str, &dyn Display)]) -> String {
    let mut pieces = words.split("{{");
    let mut said = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or(("", piece));
        if let Some((_, value)) = places.iter().find(|(known, _)| *known == name.trim()) {
            said.push_str(&value.to_string());
        }
        said.push_str(rest);
    }
    said
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn each_place_is_filled_wherever_it_stands() {
        let places: &[(&str, &dyn Display)] = &[("name", &"Rosa"), ("count", &3)];
        for (words, expected) in [
            ("{{ name }}: {{ count }}", "Rosa: 3"),
            ("({{count}}) {{ name }}.", "(3) Rosa."),
            ("{{ count }}", "3"),
            ("nothing", "nothing"),
            ("", ""),
        ] {
            assert_eq!(fill(words, places), expected);
        }
        let typed: &[(&str, &dyn Display)] = &[("name", &"{{ count }}"), ("count", &3)];
        assert_eq!(fill("{{ name }}", typed), "{{ count }}", "what a person typed is no place");
    }
}
