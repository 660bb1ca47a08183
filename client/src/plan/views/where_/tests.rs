use hamutuk_shared::plan::{Choice, Edit, Municipality, Name};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::MouseEvent;

use super::Where;
use crate::plan::views::timeline::test_screen::{Screen, screen, settle};
use crate::view_model::ActivityView;

async fn screen_of(places: &'static [Municipality]) -> Screen {
    let edits = |activity: ActivityView| {
        let include = |place: &Municipality| Edit::Include {
            field: activity.field(Name::Municipalities),
            member: place.as_str().into(),
            included: true,
        };
        // A month, so that the activity counts where it has no place.
        let month = Edit::month(activity.at, "2025-01".parse().unwrap(), true);
        places.iter().map(include).chain([month]).collect()
    };
    screen(edits, || view! { <Where /> }.into_any()).await
}

impl Screen {
    fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }

    async fn click(&self, selector: &str) {
        self.find(selector).dispatch_event(&MouseEvent::new("click").unwrap().unchecked_into()).unwrap();
        settle().await;
    }

    /// How many activities are listed.
    fn listed(&self) -> u32 {
        self.root.query_selector_all(".where-list li").unwrap().length()
    }
}

#[wasm_bindgen_test]
async fn an_activity_counts_in_each_of_its_places_and_once_in_all() {
    let screen = screen_of(&[Municipality::Ermera, Municipality::Dili]).await;
    for (place, count) in [("ermera", "1"), ("dili", "1"), ("atauro", "0")] {
        assert_eq!(screen.text(&format!("g[data-municipality={place}] .count")), count, "{place} on the map");
        assert_eq!(screen.text(&format!("tr[data-municipality={place}] td:last-child")), count, "{place} in the table");
    }
    assert_eq!(screen.text("tr[data-municipality=none] td:last-child"), "0");
    assert_eq!(screen.text("tfoot td:last-child"), "1");
    let steps = screen.find("g[data-municipality=dili]").get_attribute("data-step");
    assert_eq!(steps.as_deref(), Some("4"));
}

#[wasm_bindgen_test]
async fn what_is_chosen_is_listed() {
    let screen = screen_of(&[Municipality::Ermera]).await;
    assert_eq!(screen.listed(), 0);
    screen.click("g[data-municipality=ermera]").await;
    assert_eq!(screen.listed(), 1);
    assert_eq!(screen.find("g[data-municipality=ermera]").get_attribute("aria-pressed").as_deref(), Some("true"));
    screen.click("g[data-municipality=lautem]").await;
    assert_eq!(screen.listed(), 0);
    screen.click("tr[data-municipality=ermera] td:nth-of-type(1) button").await;
    assert_eq!(screen.listed(), 1);
}

#[wasm_bindgen_test]
async fn what_has_no_place_is_found_too() {
    let screen = screen_of(&[]).await;
    assert_eq!(screen.text("tr[data-municipality=none] td:last-child"), "1");
    screen.click("tr[data-municipality=none] td:last-child button").await;
    assert_eq!(screen.listed(), 1);
}

/// Every municipality has a tile, and only the country as a whole has none.
#[wasm_bindgen_test]
async fn the_map_has_every_municipality() {
    let screen = screen_of(&[]).await;
    for municipality in Municipality::ALL {
        let tile = screen.root.query_selector(&format!("g[data-municipality={}] polygon", municipality.as_str())).unwrap();
        assert_eq!(tile.is_none(), *municipality == Municipality::National, "{municipality:?}");
    }
}
