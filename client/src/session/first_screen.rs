//! The first screen of the plan as it was drawn last: `boot.js` keeps it, and shows it before this program is there.
//!
//! It is a picture to be read, for the second that the program needs to start and to read the last view. One is kept on a device: of the plan
//! that was open last.

use leptos::prelude::{document, window};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::later;

/// Where `boot.js` keeps it, in the local storage.
const KEY: &str = "hamutuk.screen";
/// The element in which it is shown.
const ELEMENT: &str = "screen";

#[wasm_bindgen]
extern "C" {
    /// `boot.js` keeps it, because that shows it too.
    #[wasm_bindgen(js_namespace = window, js_name = hamutukKeepScreen, catch)]
    fn keep_screen() -> Result<(), JsValue>;
}

/// Keeps what would be on the first screen if the page were opened now. Without the second program there is no table on it.
pub(super) fn keep() {
    if later::now().is_some() {
        let _ = keep_screen();
    }
}

/// Takes the picture from the screen: the page is there, or something that stands in its way.
pub(super) fn take_away() {
    if let Some(screen) = document().get_element_by_id(ELEMENT) {
        screen.remove();
    }
}

/// Somebody else opens this plan the next time.
pub(super) fn forget() {
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.remove_item(KEY);
    }
}
