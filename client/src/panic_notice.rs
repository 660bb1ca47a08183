//! When the program stops: a plain notice, made without the program, with what a person can still do.
//!
//! A panic ends in a trap, which `boot.js` sees. The notice and its buttons are `boot.js`'s too, because nothing here can be trusted to
//! work any more. Its words are handed over whenever the language changes, while everything is well.

use js_sys::{Object, Reflect};
use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};

/// Keeps the words of the notice in the person's language. Call it below the provider of the language.
pub(crate) fn follow_language() {
    let i18n = use_i18n();
    Effect::new(move |_| {
        let words = Object::new();
        let all = [
            ("title", t_string!(i18n, error_panic).to_string()),
            ("hint", t_string!(i18n, error_panic_do).to_string()),
            ("reload", t_string!(i18n, reload).to_string()),
            ("save", t_string!(i18n, nav_save_copy).to_string()),
        ];
        for (name, text) in all {
            // These cannot fail: the objects are plain ones.
            let _ = Reflect::set(&words, &name.into(), &text.into());
        }
        let _ = Reflect::set(&window(), &"hamutukWords".into(), &words);
    });
}
