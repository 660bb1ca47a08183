//! Every word on the screen, as keys that the compiler checks. `build.rs` makes this from `locales/*.json`.
//!
//! Plain words go through the functions here, which are compiled once. The library's own `t!` makes a type of each use, and views are
//! compiled for each of their types: a tenth of the program would be that.

include!(concat!(env!("OUT_DIR"), "/i18n.rs"));

use leptos::prelude::*;

pub(crate) use self::i18n::*;

/// What `use_i18n()` gives.
pub(crate) type I18n = leptos_i18n::I18nContext<Locale>;

/// `t!(i18n, key)`: words as a view that follows the language. With arguments after the key it is the library's.
macro_rules! t {
    ($i18n:expr, $key:ident) => {
        $crate::i18n::view($i18n, |locale| ::leptos_i18n::td_string!(locale, $key))
    };
    ($($arguments:tt)*) => {
        ::leptos_i18n::t!($($arguments)*)
    };
}

/// `label!(i18n, key)`: words as a signal that follows the language, for attributes and properties of components.
macro_rules! label {
    ($i18n:expr, $key:ident) => {
        $crate::i18n::signal($i18n, |locale| ::leptos_i18n::td_string!(locale, $key))
    };
}

pub(crate) use {label, t};

/// What [`t!`] gives.
pub(crate) fn view(i18n: I18n, words: fn(Locale) -> &'static str) -> AnyView {
    (move || words(i18n.get_locale())).into_any()
}

/// What [`label!`] gives.
pub(crate) fn signal(i18n: I18n, words: fn(Locale) -> &'static str) -> Signal<String> {
    Signal::derive(move || words(i18n.get_locale()).to_owned())
}
