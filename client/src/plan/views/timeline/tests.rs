use hamutuk_shared::plan::{Edit, Month};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{KeyboardEvent, KeyboardEventInit, PointerEvent, PointerEventInit};

use super::Timeline;
use super::test_screen::{self, Screen, settle};
use crate::view_model::ActivityView;

/// The timeline of a plan with one activity.
async fn screen(months: &str) -> Screen {
    let months: Vec<Month> = months.split_whitespace().map(|month| month.parse().unwrap()).collect();
    let edits = |activity: ActivityView| months.into_iter().map(|month| Edit::month(activity.at, month, true)).collect();
    test_screen::screen(edits, || view! { <Timeline /> }.into_any()).await
}

impl Screen {
    /// Presses a key, "Shift+ArrowLeft" or the like, where the focus is.
    async fn press(&self, key: &str) {
        let (held, key) = key.rsplit_once('+').unwrap_or(("", key));
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_shift_key(held == "Shift");
        init.set_alt_key(held == "Alt");
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        document().active_element().unwrap().dispatch_event(&event).unwrap();
        settle().await;
    }

    /// A pointer does something on `selector`, so many months from the start of the line.
    async fn point(&self, name: &str, selector: &str, months: f64) {
        let line = self.find(".tl-row .tl-track").get_bounding_client_rect();
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_is_primary(true);
        #[expect(clippy::cast_possible_truncation, reason = "pixels")]
        init.set_client_x((line.left() + line.width() / 12.0 * months) as i32);
        let event = PointerEvent::new_with_event_init_dict(name, &init).unwrap();
        self.find(selector).dispatch_event(&event).unwrap();
        settle().await;
    }

    /// The months of the activity, and those of the bar that has the focus.
    fn check(&self, months: &str, focused: Option<&str>) {
        let now = self.activity.whole.with_untracked(|activity| activity.months.iter().map(Month::to_string).collect::<Vec<_>>().join(" "));
        assert_eq!(now, months);
        assert_eq!(document().active_element().and_then(|bar| bar.get_attribute("data-months")).as_deref(), focused);
    }
}

#[wasm_bindgen_test]
async fn keys_move_a_bar_and_the_focus_stays_on_it() {
    let screen = screen("2025-03 2025-04 2025-09").await;
    screen.find(".tl-bar").focus().unwrap();
    screen.press("ArrowRight").await;
    screen.check("2025-04 2025-05 2025-09", Some("2025-04 2025-05"));
    screen.press("Shift+ArrowRight").await;
    screen.check("2025-04 2025-05 2025-06 2025-09", Some("2025-04 2025-06"));
    screen.press("Alt+ArrowRight").await;
    screen.check("2025-05 2025-06 2025-09", Some("2025-05 2025-06"));
    screen.press("Home").await;
    screen.check("2025-01 2025-02 2025-09", Some("2025-01 2025-02"));
    screen.press("ArrowLeft").await;
    screen.check("2025-01 2025-02 2025-09", Some("2025-01 2025-02"));
    // The second bar goes to the first and becomes one with it.
    screen.find(".tl-bar:nth-of-type(2)").focus().unwrap();
    screen.press("Home").await;
    screen.check("2025-01 2025-02", Some("2025-01 2025-02"));
    screen.press("Delete").await;
    screen.check("", None);
}

#[wasm_bindgen_test]
async fn a_drag_is_shown_and_written_once_in_the_end() {
    let screen = screen("2025-03 2025-04").await;
    screen.point("pointerdown", ".tl-bar", 2.5).await;
    screen.point("pointermove", ".tl-bar", 4.4).await;
    screen.check("2025-03 2025-04", None);
    assert_eq!(screen.find(".tl-bar").get_attribute("data-months").as_deref(), Some("2025-05 2025-06"));
    screen.point("pointercancel", ".tl-bar", 4.4).await;
    screen.point("pointerup", ".tl-bar", 4.4).await;
    screen.check("2025-03 2025-04", None);
    screen.point("pointerdown", ".tl-end[data-part=end]", 3.9).await;
    screen.point("pointermove", ".tl-bar", 40.0).await;
    screen.point("pointermove", ".tl-bar", 6.1).await;
    screen.point("pointerup", ".tl-bar", 6.1).await;
    screen.check("2025-03 2025-04 2025-05 2025-06", Some("2025-03 2025-06"));
}

#[wasm_bindgen_test]
async fn a_press_on_an_empty_month_adds_it() {
    let screen = screen("2025-03").await;
    // A press that began on a bar is none on the line.
    screen.point("pointerdown", ".tl-bar", 2.5).await;
    screen.point("click", ".tl-row .tl-track", 7.5).await;
    screen.point("pointerup", ".tl-bar", 2.5).await;
    screen.check("2025-03", None);
    screen.point("pointerdown", ".tl-row .tl-track", 5.5).await;
    screen.point("click", ".tl-row .tl-track", 5.5).await;
    screen.check("2025-03 2025-06", Some("2025-06 2025-06"));
}
