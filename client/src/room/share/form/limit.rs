//! How far a link reaches: until when, and for how many people. Both may stay empty.

use leptos::prelude::*;

use crate::ui::{text, unique};

/// An input that may stay empty.
#[component]
pub(super) fn Limit(value: RwSignal<String>, kind: &'static str, name: &'static str, #[prop(into)] title: ViewFn) -> impl IntoView {
    let id = unique("limit");
    view! {
        <div class="field">
            <label for=id.clone()>{title.run()}</label>
            <input
                id=id
                class="input"
                type=kind
                name=name
                min=(kind == "number").then_some("1")
                prop:value=text(move || value.get())
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}

/// A number of people, or none.
pub(super) fn count(typed: &str) -> Result<Option<u32>, ()> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().ok().filter(|count| *count > 0).map(Some).ok_or(()),
    }
}

/// The moment that an input for a day and an hour means, by the clock of this device; none where it is empty.
pub(super) fn moment(typed: &str) -> Result<Option<f64>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    // A date with a time, and without a zone, is one of this device's zone.
    let moment = js_sys::Date::parse(typed);
    if moment.is_nan() { Err(()) } else { Ok(Some(moment)) }
}

/// A moment as an input for a day and an hour wants it.
pub(super) fn local_time(moment_ms: f64) -> String {
    let date = js_sys::Date::new(&moment_ms.into());
    let (day, month, year) = (date.get_date(), date.get_month() + 1, date.get_full_year());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}", date.get_hours(), date.get_minutes())
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_moment_is_read_as_it_is_shown() {
        for moment_ms in [1_733_130_000_000.0, 1_733_133_540_000.0, 1_767_225_600_000.0] {
            assert_eq!(moment(&local_time(moment_ms)), Ok(Some(moment_ms)));
        }
        assert_eq!(moment(""), Ok(None));
        assert_eq!(moment("2024-13-45T99:99"), Err(()));
    }

    #[wasm_bindgen_test]
    fn a_number_of_people_is_one_at_least() {
        for (typed, expected) in [("", Ok(None)), (" 12 ", Ok(Some(12))), ("0", Err(())), ("-1", Err(())), ("ten", Err(()))] {
            assert_eq!(count(typed), expected, "{typed}");
        }
    }
}
