//! The words on the screen, by their keys, so that the tests find things as people do and still stand when a word is bettered.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The languages of the screen.
pub const LANGUAGES: [&str; 4] = ["en", "tet", "pt", "id"];

type Words = BTreeMap<String, String>;

static ALL: LazyLock<BTreeMap<&str, Words>> = LazyLock::new(|| {
    let files = [
        include_str!("../../../client/locales/en.json"),
        include_str!("../../../client/locales/tet.json"),
        include_str!("../../../client/locales/pt.json"),
        include_str!("../../../client/locales/id.json"),
    ];
    let read = |text| serde_json::from_str(text).expect("the locales are flat JSON objects of texts");
    LANGUAGES.into_iter().zip(files.map(read)).collect()
});

/// The English words of a key.
///
/// # Panics
/// When there is no such key.
#[must_use]
pub fn word(key: &str) -> &'static str {
    word_in("en", key)
}

/// The words of a key in a language.
///
/// # Panics
/// When there is no such language or key.
#[must_use]
pub fn word_in(language: &str, key: &str) -> &'static str {
    ALL.get(language).and_then(|words| words.get(key)).unwrap_or_else(|| panic!("client/locales/{language}.json has no {key}"))
}
