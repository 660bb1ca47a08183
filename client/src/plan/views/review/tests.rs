use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::{ActivityStatus, Edit, Field, Item, Name};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;

use super::super::test_screen::{Screen, screen, settle};
use crate::plan::view::View;
use crate::session::new_id;

/// How much is open in a part, as its heading says.
fn open(screen: &Screen, part: &str) -> String {
    screen.find(&format!("#{part}")).get_attribute("data-count").unwrap()
}

#[wasm_bindgen_test]
async fn a_conflict_is_settled_by_a_press() {
    let mut screen = screen(View::Review).await;
    assert_eq!(open(&screen, "conflicts"), "0");
    let at = screen.titled(0, "Training of mediators");
    assert!(screen.session.edit(Edit::status(at, ActivityStatus::Agreed)));
    screen.plan.they_edit(&Edit::status(at, ActivityStatus::Proposed));
    settle().await;
    assert_eq!(open(&screen, "conflicts"), "1");
    assert_eq!(screen.count("[data-conflict] [data-action=keep]"), 2);
    screen.find("[data-conflict] [data-action=another]").click();
    settle().await;
    assert_eq!(screen.count("[data-conflict] select[data-path]"), 1);
    screen.find("[data-conflict] [data-action=keep]").click();
    settle().await;
    assert_eq!((open(&screen, "conflicts").as_str(), screen.count("[data-conflict]")), ("0", 0));
}

#[wasm_bindgen_test]
async fn a_broken_rule_names_what_it_is_of() {
    let screen = screen(View::Review).await;
    let at = screen.titled(0, "Training of mediators");
    let funding = Item::Funding(at, new_id());
    assert!(screen.session.edit(Edit::Add { item: funding }));
    screen.set(funding, Name::Amount, Value::Number(50_000));
    screen.set(funding, Name::Certainty, Value::Word("confirmed".into()));
    settle().await;
    assert_eq!(open(&screen, "conflicts"), "1");
    assert_eq!(screen.count("[data-problem=funding-above-cost] [data-action=jump]"), 1);
    for missing in ["no-lead", "no-month", "no-indicator", "no-source"] {
        assert_eq!(screen.count(&format!("[data-item=\"{}\"] [data-problem={missing}]", Item::Activity(at))), 1, "{missing}");
    }
}

#[wasm_bindgen_test]
async fn two_that_belong_together_are_proposed_until_somebody_says_so() {
    let screen = screen(View::Review).await;
    screen.titled(0, "Training of women mediators in Baucau");
    screen.titled(1, "Training of women mediators in Baucau");
    settle().await;
    assert_eq!((open(&screen, "synergies").as_str(), screen.count("[data-proposal]")), ("1", 1));
    screen.find("[data-proposal] [data-relation=joint]").click();
    settle().await;
    assert_eq!(open(&screen, "synergies"), "0");
    let said = screen.view.synergies.get_untracked();
    assert_eq!(said.len(), 1);
    assert_eq!(screen.find("[data-item] select").unchecked_into::<web_sys::HtmlSelectElement>().value(), "joint");
    screen.find("[data-action=take-back]").click();
    settle().await;
    assert_eq!(screen.count("[data-action=take-back]"), 0);
}

#[wasm_bindgen_test]
async fn a_finding_leads_into_its_field() {
    let screen = screen(View::Review).await;
    let at = screen.titled(0, "Training of mediators");
    settle().await;
    for (problem, name) in [("no-lead", Name::Lead), ("no-indicator", Name::Title), ("no-month", Name::Months)] {
        screen.find(&format!("[data-problem={problem}] [data-action=jump]")).click();
        settle().await;
        let path = Field::of_activity(at, name).to_string();
        let focused = document().active_element().unwrap();
        let field = focused.closest(".details [data-path]").unwrap().and_then(|field| field.get_attribute("data-path"));
        assert_eq!(field, Some(path), "{problem}");
    }
}
