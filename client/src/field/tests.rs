use hamutuk_shared::plan::Field;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlTextAreaElement};

use super::TextInput;
use crate::session::Session;
use crate::session::test_plan::{TestPlan, plan};

/// A field on the screen, with the focus, and what it edits.
struct Screen {
    plan: TestPlan,
    areas: Vec<HtmlTextAreaElement>,
    root: HtmlElement,
    _unmount: Box<dyn std::any::Any>,
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Everything that is due has happened: effects, and the `load` of elements.
async fn settle() {
    for _ in 0..4 {
        JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL)).await.unwrap();
    }
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), std::time::Duration::ZERO);
    });
    JsFuture::from(promise).await.unwrap();
}

/// Two fields of the plan's title; the first has the focus.
async fn screen(title: &str) -> Screen {
    let plan = plan(title);
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let core = std::rc::Rc::clone(&plan.core);
    let unmount = mount_to(root.clone(), move || {
        provide_context(Session::of(core));
        view! {
            <TextInput field=Field::PLAN_TITLE label="one" />
            <TextInput field=Field::PLAN_TITLE label="other" />
        }
    });
    settle().await;
    let found = root.query_selector_all("textarea").unwrap();
    let areas: Vec<HtmlTextAreaElement> = (0..found.length()).map(|at| found.get(at).unwrap().unchecked_into()).collect();
    areas[0].focus().unwrap();
    Screen { plan, areas, root, _unmount: Box::new(unmount) }
}

impl Screen {
    /// What the browser does when `insert` is typed at `at`.
    fn type_at(&self, at: usize, insert: &str) {
        let area = &self.areas[0];
        let at = u32::try_from(at).unwrap();
        area.set_range_text_with_start_and_end_and_mode(insert, at, at, "end").unwrap();
        self.fire("input");
    }

    fn fire(&self, name: &str) {
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        self.areas[0].dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap()).unwrap();
    }

    /// What the fields show (the first, the other), what the document has, and where the caret is.
    fn check(&self, shown: &str, other: &str, document: &str, caret: u32) {
        assert_eq!((self.areas[0].value(), self.areas[1].value()), (shown.to_owned(), other.to_owned()));
        assert_eq!(self.plan.title(), document);
        assert_eq!(self.areas[0].selection_start().unwrap(), Some(caret));
        assert_eq!(self.areas[0].selection_end().unwrap(), Some(caret));
    }
}

#[wasm_bindgen_test]
async fn what_is_typed_is_in_the_document_and_in_the_other_field() {
    let screen = screen("plan").await;
    screen.type_at(4, " 2025");
    screen.check("plan 2025", "plan 2025", "plan 2025", 9);
}

#[wasm_bindgen_test]
async fn somebody_else_never_moves_the_caret_from_its_place() {
    let mut screen = screen("plan").await;
    screen.type_at(4, "!");
    screen.plan.they_write(0, 0, "Our 😀 ");
    screen.check("Our 😀 plan!", "Our 😀 plan!", "Our 😀 plan!", 12);
    screen.plan.they_write(11, 0, " of all");
    let caret = screen.areas[0].selection_start().unwrap().unwrap();
    assert_eq!(screen.areas[0].value(), screen.plan.title());
    assert!(screen.areas[0].value().encode_utf16().nth(caret as usize - 1) == Some(u16::from(b'!')), "{caret}");
}

#[wasm_bindgen_test]
async fn a_composition_is_not_disturbed_and_merges() {
    let mut screen = screen("plan").await;
    screen.fire("compositionstart");
    screen.type_at(4, "k");
    screen.plan.they_write(0, 0, "Our ");
    assert_eq!(screen.areas[0].value(), "plank", "nothing moves while it is composed");
    screen.type_at(5, "a");
    screen.plan.they_write(4, 4, "PLAN");
    screen.fire("compositionend");
    screen.check("Our PLANka", "Our PLANka", "Our PLANka", 10);
    screen.type_at(10, "!");
    screen.check("Our PLANka!", "Our PLANka!", "Our PLANka!", 11);
}

#[wasm_bindgen_test]
async fn a_text_that_is_too_long_is_left_as_it_was() {
    let screen = screen("plan").await;
    screen.type_at(4, &"x".repeat(hamutuk_shared::limits::TEXT_UTF16_MAX));
    assert_eq!((screen.areas[0].value().as_str(), screen.plan.title().as_str()), ("plan", "plan"));
    screen.type_at(4, "!");
    screen.check("plan!", "plan!", "plan!", 5);
}

#[wasm_bindgen_test]
async fn a_single_line_stays_one() {
    let screen = screen("plan").await;
    screen.type_at(4, "\nfor all");
    screen.check("plan for all", "plan for all", "plan for all", 12);
}
