//! When the program stops: a plain notice, made without the program, with what a person can still do.
//!
//! The notice and its buttons are `boot.js`'s, because nothing here can be trusted to work any more. Its words are handed over
//! whenever the language changes, while everything is well.

use std::panic::PanicHookInfo;

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::i18n::{t_string, use_i18n};

/// Shows the notice when the program panics, and tells the console why.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(stopped));
}

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

fn stopped(info: &PanicHookInfo<'_>) {
    let stopped = Reflect::get(&js_sys::global(), &"hamutukStopped".into()).ok().and_then(|stopped| stopped.dyn_into::<Function>().ok());
    if let Some(stopped) = stopped {
        let _ = stopped.call1(&JsValue::UNDEFINED, &info.to_string().into());
    }
}
