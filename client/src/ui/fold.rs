//! What a search compares: without accents, apostrophes and case, because spelling varies (aktividade, atividade, Lautém, lautem).

use js_sys::JsString;

/// The letters and digits of `text`, without their marks, small.
pub(crate) fn fold(text: &str) -> String {
    let decomposed: String = JsString::from(text).normalize("NFD").into();
    decomposed.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).collect()
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’' | '‘' | 'ʼ' | '`')
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn marks_and_case_do_not_count() {
        assert_eq!(fold("Lautém"), "lautem");
        assert_eq!(fold("Fundasaun Alola’s"), "fundasaun alolas");
    }
}
