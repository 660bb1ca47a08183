use std::rc::Rc;

use hamutuk_shared::plan::edit::{Edit, Value};
use hamutuk_shared::plan::schema::{Item, Name};
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Field, Month};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::CHOICES;
use crate::session::receipt::Receipt;
use crate::session::test_plan::{Closed, last_view, last_view_of_disputed, last_view_of_whole, whole_plan};
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
        let other = Edit::Add { item: Item::Comment([0; 10].into()) };
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

/// The first activity of the template, and the month in which it may happen.
fn first_activity() -> (ActivityRef, Month) {
    whole_plan().look(|replica| {
        let plan = replica.plan();
        let section = plan.sections.iter().find(|section| !section.activities.is_empty()).unwrap();
        (ActivityRef { section: section.id, activity: section.activities[0].id }, plan.first)
    })
}

/// The statuses of an activity in a document that is here, and its months.
fn chosen(session: Session, at: ActivityRef) -> (Vec<Value>, Vec<String>) {
    let status = session.standing(Field::of_activity(at, Name::Status)).get_untracked().value;
    let mut statuses: Vec<Value> = status.rivals.into_iter().map(|rival| rival.value).collect();
    if statuses.is_empty() {
        statuses.push(status.value);
    }
    statuses.sort();
    (statuses, session.standing(Field::of_activity(at, Name::Months)).get_untracked().members.into_iter().collect())
}

fn word(status: ActivityStatus) -> Value {
    Value::Word(hamutuk_shared::plan::Choice::as_str(status).to_owned())
}

/// What the first activity is, and when: chosen before the document is here.
fn choose(closed: &Closed, at: ActivityRef, month: Month) {
    for edit in [Edit::month(at, month, true), Edit::status(at, ActivityStatus::Proposed), Edit::status(at, ActivityStatus::Agreed)] {
        closed.core.edit(&edit, None).unwrap();
    }
}

#[wasm_bindgen_test]
fn what_is_chosen_before_the_document_is_here_is_written_into_it() {
    let (at, month) = first_activity();
    owned(|| {
        let closed = last_view_of_whole(&[]);
        let session = Session::of(Rc::clone(&closed.core));
        assert!(session.may(&Edit::month(at, month, true)) && !session.may(&Edit::archive(at, true)));
        let before = chosen(session, at).0;
        choose(&closed, at, month);
        let now = (vec![word(ActivityStatus::Agreed)], vec![month.to_string()]);
        assert_eq!(chosen(session, at), now);
        assert_eq!(session.receipt().get_untracked(), Receipt::Saving);
        let plan = closed.open();
        assert_eq!(chosen(session, at), now);
        assert_eq!(plan.look(|replica| replica.status().waiting), 3);
        session.undo(false);
        session.undo(false);
        assert_eq!(chosen(session, at), (before, vec![month.to_string()]));
    });
}

#[wasm_bindgen_test]
fn what_somebody_else_has_chosen_since_is_a_dispute() {
    let (at, month) = first_activity();
    owned(|| {
        let closed = last_view_of_whole(&[Edit::status(at, ActivityStatus::Delayed), Edit::month(at, month, true)]);
        let session = Session::of(Rc::clone(&closed.core));
        choose(&closed, at, month);
        let words = Edit::Text { field: Field::of_activity(at, Name::Title), splice: Splice { at: 0, delete: 0, insert: "Train".into() } };
        closed.core.edit(&words, None).unwrap();
        let _plan = closed.open();
        let both = vec![word(ActivityStatus::Agreed), word(ActivityStatus::Delayed)];
        assert_eq!(chosen(session, at), (both, vec![month.to_string()]));
        assert_eq!(session.text(Field::of_activity(at, Name::Title)).as_deref(), Some("Train"));
    });
}

#[wasm_bindgen_test]
fn what_goes_to_the_past_and_what_does_not_are_of_one_author() {
    let (at, month) = first_activity();
    let lead = Field::of_activity(at, Name::Title);
    owned(|| {
        let typed = |insert: &str| Edit::Text { field: lead, splice: Splice { at: 0, delete: 0, insert: insert.into() } };
        let closed = last_view_of_whole(&[Edit::status(at, ActivityStatus::Delayed), typed("They ")]);
        let session = Session::of(Rc::clone(&closed.core));
        // The month stands as it was shown; the status and the title do not.
        for edit in [Edit::month(at, month, true), Edit::month(at, month, false), Edit::month(at, month, true)] {
            closed.core.edit(&edit, None).unwrap();
        }
        closed.core.edit(&Edit::status(at, ActivityStatus::Agreed), None).unwrap();
        closed.core.edit(&typed("train"), None).unwrap();
        let plan = closed.open();
        plan.core.edit(&Edit::status(at, ActivityStatus::AtRisk), None).unwrap();
        assert_eq!(chosen(session, at), (vec![word(ActivityStatus::AtRisk)], vec![month.to_string()]));
        let text = session.text(lead).unwrap();
        assert!(text.contains("They ") && text.contains("train"), "{text:?}");
        let authors = plan.own_authors();
        assert!(authors.len() > 1 && authors.iter().all(|author| *author == authors[0]), "{authors:?}");
    });
}

#[wasm_bindgen_test]
fn where_something_is_disputed_values_wait() {
    let (at, month) = first_activity();
    owned(|| {
        let closed = last_view_of_disputed(at);
        let session = Session::of(Rc::clone(&closed.core));
        let status = Edit::status(at, ActivityStatus::Agreed);
        assert!(!session.may(&status) && session.may(&Edit::month(at, month, true)));
        let plan = closed.open();
        assert!(session.may(&status));
        assert_eq!(plan.look(|replica| replica.status().waiting), 0);
    });
}

#[wasm_bindgen_test]
fn what_was_chosen_in_a_page_that_ends_is_left_to_the_next() {
    let (at, month) = first_activity();
    owned(|| {
        let first = last_view_of_whole(&[]);
        choose(&first, at, month);
        first.core.keep_ahead();
        // Somebody else has chosen meanwhile, too.
        let next = last_view_of_whole(&[Edit::status(at, ActivityStatus::Delayed)]);
        next.core.recall_ahead();
        (CHOICES.recall)(&next.core);
        let session = Session::of(Rc::clone(&next.core));
        let now = (vec![word(ActivityStatus::Agreed)], vec![month.to_string()]);
        assert_eq!(chosen(session, at), now);
        assert_eq!(session.receipt().get_untracked(), Receipt::Saving);
        let _plan = next.open();
        assert_eq!(chosen(session, at), (vec![word(ActivityStatus::Agreed), word(ActivityStatus::Delayed)], now.1));
        // Once only.
        let last = last_view_of_whole(&[]);
        last.core.recall_ahead();
        assert_eq!(chosen(Session::of(Rc::clone(&last.core)), at).1, Vec::<String>::new());
    });
}
