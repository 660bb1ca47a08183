//! The language of the screen: chosen once by the device or the person, kept on the device.

use leptos::prelude::*;

use crate::i18n::{I18nLocaleTrait, Locale};

/// Where the choice is kept in `localStorage`.
const STORAGE_KEY: &str = "hamutuk.language";

/// The signal that holds the language; [`choose`] writes it.
#[derive(Clone, Copy)]
struct Language(RwSignal<Locale>);

/// Provides the language to everything below: `use_i18n()` works from here on.
///
/// The context is derived from our own signal, because leptos_i18n's root context would overwrite a language set at start with
/// the browser's, in an effect that runs later.
pub(crate) fn provide() {
    let language = RwSignal::new(stored().unwrap_or_else(preferred));
    provide_context(Language(language));
    provide_context(leptos_i18n::context::init_i18n_subcontext::<Locale>(Some(language.into())));
    Effect::new(move |_| {
        // Screen readers, hyphenation and spelling checkers go by this attribute. All our languages are written left to right.
        if let Some(root) = document().document_element() {
            let lang = language.get().as_str();
            // This cannot fail: `lang` is a valid attribute name.
            let _ = root.set_attribute("lang", lang);
        }
    });
}

/// Switches every word on the screen, and remembers it on this device.
pub(crate) fn choose(locale: Locale) {
    expect_context::<Language>().0.set(locale);
    if let Some(storage) = storage() {
        // A private window may refuse: then the choice lasts as long as the page.
        let _ = storage.set_item(STORAGE_KEY, locale.as_str());
    }
}

/// What a language calls itself. It is the same in every language, so it is no word of the locale files.
pub(crate) const fn endonym(locale: Locale) -> &'static str {
    match locale {
        Locale::en => "English",
        Locale::tet => "Tetun",
        Locale::pt => "Português",
        Locale::id => "Bahasa Indonesia",
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

fn stored() -> Option<Locale> {
    known(&storage()?.get_item(STORAGE_KEY).ok()??)
}

/// The first of the browser's languages that Hamutuk speaks; `pt-TL` is `pt`.
fn preferred() -> Locale {
    let wanted: Vec<String> = window().navigator().languages().iter().filter_map(|language| language.as_string()).collect();
    spoken(&wanted)
}

/// leptos_i18n would negotiate by all the rules of Unicode, which are more to download than four languages need.
fn spoken(wanted: &[String]) -> Locale {
    wanted.iter().find_map(|wanted| known(wanted.split(['-', '_']).next().unwrap_or_default())).unwrap_or_default()
}

fn known(code: &str) -> Option<Locale> {
    Locale::get_all().iter().copied().find(|locale| locale.as_str().eq_ignore_ascii_case(code))
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::*;

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn a_regional_language_is_its_base() {
        let rows: [(&[&str], Locale); 5] = [
            (&["xx", "pt-TL", "en"], Locale::pt),
            (&["tet-TL"], Locale::tet),
            (&["ID"], Locale::id),
            (&["xx"], Locale::en),
            (&[], Locale::en),
        ];
        for (wanted, expected) in rows {
            let wanted: Vec<String> = wanted.iter().map(ToString::to_string).collect();
            assert_eq!(spoken(&wanted), expected, "{wanted:?}");
        }
    }
}
