//! "Save a copy of my plan": the document as a file, which any version of Hamutuk and any Automerge tool can read.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::core::Core;

#[wasm_bindgen]
extern "C" {
    /// `boot.js` holds it, because it must work when this program does not. Without bytes it takes the stored chunks.
    #[wasm_bindgen(js_namespace = window, js_name = hamutukSaveCopy, catch)]
    fn save_copy(plan: &str, bytes: Option<Box<[u8]>>) -> Result<(), JsValue>;
}

/// Downloads the document. Where there is none (what is stored cannot be read, or is still being read), the stored chunks as they are.
pub(super) fn save(core: &Rc<Core>) {
    let _ = save_copy(&core.plan.to_string(), core.save().map(Vec::into_boxed_slice));
}
