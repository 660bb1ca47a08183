//! "Save a copy of my plan": the document as a file, which any version of Hamutuk and any Automerge tool can read.

use std::rc::Rc;

use js_sys::{Function, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};

use super::core::Core;

/// Downloads the document. Where there is none (what is stored cannot be read, or is still being read), the stored chunks as they are.
pub(super) fn save(core: &Rc<Core>) {
    let bytes = core.save().map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(&bytes[..]).into());
    // `boot.js` holds it, because it must work when this program does not.
    let save = Reflect::get(&window(), &"hamutukSaveCopy".into()).ok().and_then(|save| save.dyn_into::<Function>().ok());
    if let Some(save) = save {
        let _ = save.call2(&JsValue::UNDEFINED, &core.plan.to_string().into(), &bytes);
    }
}
