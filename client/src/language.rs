//! The language of the screen: chosen once by the device or the person, kept on the device. `boot.js` chooses at the start, because it
//! asks for the words while the program is still on its way.

use hamutuk_shared::plan::{Choice, Language};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::i18n::{self, I18n};

/// Where the choice is kept in `localStorage`; `boot.js` reads it.
const STORAGE_KEY: &str = "hamutuk.language";

/// The language that `boot.js` chose.
pub(crate) fn first() -> Language {
    let lang = document().document_element().and_then(|root| root.get_attribute("lang"));
    lang.and_then(|lang| Language::parse(&lang)).unwrap_or_default()
}

/// Loads the words of a language, unless they are here. Whether they are here now.
pub(crate) async fn load(language: Language) -> bool {
    if !i18n::has(language)
        && let Some(words) = ask(language).await
    {
        i18n::take(language, words.iter().filter_map(|words| words.as_string()));
    }
    i18n::has(language)
}

/// Loads all languages; without a network, those that the browser keeps.
pub(crate) async fn load_all() {
    for language in Language::ALL {
        load(*language).await;
    }
}

async fn ask(language: Language) -> Option<Array> {
    let words: Function = Reflect::get(&window(), &"hamutukPhrases".into()).ok()?.dyn_into().ok()?;
    let promise: Promise = words.call1(&JsValue::UNDEFINED, &language.as_str().into()).ok()?.dyn_into().ok()?;
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Provides the language to everything below: `use_i18n()` works from here on.
pub(crate) fn provide() {
    let i18n = I18n::provide(first());
    Effect::new(move |_| {
        // Screen readers, hyphenation and spelling checkers go by this attribute. All our languages are written left to right.
        if let Some(root) = document().document_element() {
            // This cannot fail: `lang` is a valid attribute name.
            let _ = root.set_attribute("lang", i18n.language().as_str());
        }
    });
}

/// Switches every word on the screen, and remembers it on this device. Whether the words could be had.
pub(crate) async fn choose(i18n: I18n, language: Language) -> bool {
    if !load(language).await {
        return false;
    }
    i18n.set(language);
    if let Some(storage) = storage() {
        // A private window may refuse: then the choice lasts as long as the page.
        let _ = storage.set_item(STORAGE_KEY, language.as_str());
    }
    true
}

/// What a language calls itself. It is the same in every language, so it is no word of the locale files.
pub(crate) const fn endonym(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::Tet => "Tetun",
        Language::Pt => "Português",
        Language::Id => "Bahasa Indonesia",
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}
