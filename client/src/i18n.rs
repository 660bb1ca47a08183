//! Every word on the screen, as phrases that the compiler checks. `build.rs` makes their names from `locales/*.json`.
//!
//! The words of a language come beside the program, one language a file, and are here before anything is shown. A library that
//! compiles all languages in made a first visit a sixth longer, and one that loads them lazily makes every phrase wait.

mod fill;
pub(crate) mod phrase;

use std::sync::OnceLock;

use hamutuk_shared::plan::{Choice, Language};
use leptos::prelude::*;

pub(crate) use fill::Fill;

/// The words of each language that is loaded, in the order of the phrases.
static WORDS: [OnceLock<Vec<&'static str>>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];

/// The language of the screen. Copied freely; provided as context.
#[derive(Clone, Copy)]
pub(crate) struct I18n(RwSignal<Language>);

impl I18n {
    /// The one that [`use_i18n`] finds below the caller. The words of `language` are loaded.
    pub(crate) fn provide(language: Language) -> Self {
        let i18n = Self(RwSignal::new(language));
        provide_context(i18n);
        i18n
    }

    /// Which it is. Reactive.
    pub(crate) fn language(self) -> Language {
        self.0.get()
    }

    /// Makes it another. The words of `language` are loaded.
    pub(crate) fn set(self, language: Language) {
        self.0.set(language);
    }
}

/// The language of the screen around the caller.
pub(crate) fn use_i18n() -> I18n {
    expect_context()
}

/// Whether the words of a language are here.
pub(crate) fn has(language: Language) -> bool {
    words(language).is_some()
}

/// Takes the words of a language, in the order of the phrases. They stay as long as the page.
pub(crate) fn take(language: Language, words: impl Iterator<Item = String>) {
    // Taken already: they are the same.
    let _ = WORDS[place(language)].set(words.map(|words| &*words.leak()).collect());
}

fn place(language: Language) -> usize {
    Language::ALL.iter().position(|known| *known == language).unwrap_or_default()
}

#[cfg(not(test))]
fn words(language: Language) -> Option<&'static [&'static str]> {
    WORDS[place(language)].get().map(Vec::as_slice)
}

/// Tests have no page to load anything from.
#[cfg(test)]
fn words(language: Language) -> Option<&'static [&'static str]> {
    Some(phrase::BUILT_IN[place(language)])
}

/// A phrase without places to fill.
#[derive(Clone, Copy)]
pub(crate) struct Phrase(usize);

impl Phrase {
    /// Its words; none in a language that is not loaded.
    pub(crate) fn said(self, language: Language) -> &'static str {
        words(language).and_then(|words| words.get(self.0)).copied().unwrap_or_default()
    }
}

/// `td_string!(language, key)`: words in a language; with `name = value` after the key, filled in.
macro_rules! td_string {
    ($language:expr, $key:ident) => {
        $crate::i18n::phrase::$key.said($language)
    };
    ($language:expr, $key:ident, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::phrase::$key { $($name: &$value),+ }.said($language)
    };
}

/// `t_string!(i18n, key)`: words in the language of the screen. Reactive on it.
macro_rules! t_string {
    ($i18n:expr, $($phrase:tt)+) => {
        $crate::i18n::td_string!($i18n.language(), $($phrase)+)
    };
}

/// `t!(i18n, key)`: words as a view that follows the language. What is filled in may be a closure, which is followed too.
macro_rules! t {
    ($i18n:expr, $key:ident) => {
        $crate::i18n::view($i18n, $crate::i18n::phrase::$key)
    };
    ($i18n:expr, $key:ident, $($name:ident = $value:expr),+ $(,)?) => {{
        let i18n = $i18n;
        match ($($value,)+) {
            ($($name,)+) => $crate::ui::dynamic(move || {
                $crate::i18n::phrase::$key { $($name: &$crate::i18n::Fill::fill(&$name)),+ }.said(i18n.language())
            }),
        }
    }};
}

/// `label!(i18n, key)`: words as a signal that follows the language, for attributes and properties of components.
macro_rules! label {
    ($i18n:expr, $key:ident) => {
        $crate::i18n::signal($i18n, $crate::i18n::phrase::$key)
    };
}

pub(crate) use {label, t, t_string, td_string};

/// What [`t!`] gives.
pub(crate) fn view(i18n: I18n, phrase: Phrase) -> AnyView {
    (move || phrase.said(i18n.language())).into_any()
}

/// What [`label!`] gives.
pub(crate) fn signal(i18n: I18n, phrase: Phrase) -> Signal<String> {
    Signal::derive(move || phrase.said(i18n.language()).to_owned())
}
