use std::rc::Rc;

use hamutuk_shared::plan::Field;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::text::Splice;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::session::receipt::Receipt;
use crate::session::test_plan::last_view;
use crate::session::{Phase, Session};
use crate::test_page::owned;

fn at(at: usize, insert: &str) -> Edit {
    Edit::Text { field: Field::PLAN_TITLE, splice: Splice { at, delete: 0, insert: insert.into() } }
}

/// What the title says in headings.
fn heading(session: Session) -> String {
    let Phase::Open(view) = session.phase().get_untracked() else { panic!("the plan is shown") };
    view.title.words.get_untracked()
}

#[wasm_bindgen_test]
fn words_are_taken_before_the_document_is_here() {
    owned(|| {
        let closed = last_view("Plan", "Plan");
        let session = Session::of(Rc::clone(&closed.core));
        let other = Edit::Include { field: Field::PLAN_TITLE, member: "x".into(), included: true };
        assert!(session.may(&at(4, "!")) && !session.may(&other));
        closed.core.edit(&at(4, " 20"), None).unwrap();
        closed.core.edit(&at(7, "25"), None).unwrap();
        assert!(closed.core.edit(&other, None).is_err());
        assert!(closed.core.edit(&at(40, "x"), None).is_err());
        assert_eq!(session.text(Field::PLAN_TITLE).as_deref(), Some("Plan 2025"));
        assert_eq!(heading(session), "Plan 2025");
        assert_eq!(session.receipt().get_untracked(), Receipt::Saving);
        let plan = closed.open();
        assert_eq!(plan.title(), "Plan 2025");
        assert_eq!(heading(session), "Plan 2025");
        assert_eq!(plan.look(|replica| replica.status().waiting), 1);
        session.undo(false);
        assert_eq!((plan.title(), heading(session)), ("Plan".to_owned(), "Plan".to_owned()));
    });
}

#[wasm_bindgen_test]
fn they_go_where_they_were_meant_when_the_document_says_something_else_by_now() {
    owned(|| {
        let closed = last_view("Plan", "Our Plan");
        let session = Session::of(Rc::clone(&closed.core));
        closed.core.edit(&at(4, " 2025"), None).unwrap();
        let vision = Edit::Text { field: Field::PLAN_VISION, splice: Splice { at: 0, delete: 0, insert: "Peace".into() } };
        closed.core.edit(&vision, None).unwrap();
        let plan = closed.open();
        assert_eq!((plan.title(), heading(session)), ("Our Plan 2025".to_owned(), "Our Plan 2025".to_owned()));
        assert_eq!(session.text(Field::PLAN_VISION).as_deref(), Some("Peace"));
        // What is written next is the same person's.
        plan.core.edit(&at(13, "!"), None).unwrap();
        plan.core.commit();
        assert_eq!(plan.title(), "Our Plan 2025!");
        assert_eq!(plan.look(|replica| replica.status().waiting), 3);
    });
}

#[wasm_bindgen_test]
fn a_page_that_ends_leaves_them_to_the_next() {
    owned(|| {
        let first = last_view("Plan", "Plan");
        first.core.edit(&at(4, " 2025"), None).unwrap();
        first.core.keep_ahead();
        let next = last_view("Plan", "Plan");
        next.core.recall_ahead();
        let session = Session::of(Rc::clone(&next.core));
        assert_eq!(session.text(Field::PLAN_TITLE).as_deref(), Some("Plan 2025"));
        assert_eq!(session.receipt().get_untracked(), Receipt::Saving);
        next.core.edit(&at(9, "!"), None).unwrap();
        let plan = next.open();
        assert_eq!((plan.title(), heading(session)), ("Plan 2025!".to_owned(), "Plan 2025!".to_owned()));
        // Once only.
        let last = last_view("Plan", "Plan");
        last.core.recall_ahead();
        assert_eq!(last.open().title(), "Plan");
    });
}
