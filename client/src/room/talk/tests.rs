use std::rc::Rc;

use hamutuk_shared::access::Refusal;
use hamutuk_shared::id::{ActivityId, SuggestionId};
use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::suggestion::Proposal;
use hamutuk_shared::plan::{ActivityRef, ActivityStatus, Edit, Field, Item, Name, OutcomeRef, Place, Room, Value, remark};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use super::counts::Counts;
use super::deeds::acceptance;
use super::draft::write;
use super::hand_in::{drafts, proposed};
use crate::i18n::use_i18n;
use crate::session::test_plan::{TestPlan, whole_plan};
use crate::session::{AsideItem, Phase, Session};
use crate::test_page::owned;
use crate::view_model::PlanView;

/// A plan in memory, its first activity and the outcome that this serves.
struct Opened {
    plan: TestPlan,
    session: Session,
    view: PlanView,
    at: ActivityRef,
    outcome: OutcomeRef,
}

fn open() -> Opened {
    crate::language::provide();
    let plan = whole_plan();
    let session = Session::of(Rc::clone(&plan.core));
    let Phase::Open(view) = session.phase().get_untracked() else { panic!("the plan is open") };
    let activity = view.sections.with_untracked(|all| all[0].activities.with_untracked(|all| all[0]));
    let (at, outcome) = (activity.at, activity.outcome.get_untracked());
    let me = Edit::SetPerson { id: session.me(), name: "Maria".into(), organisation: None };
    assert!(session.edit(me));
    Opened { plan, session, view, at, outcome: OutcomeRef { section: at.section, outcome } }
}

fn typed(field: Field, words: &str) -> Edit {
    Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: words.into() } }
}

/// As the device keeps what was refused.
fn refused(opened: &Opened, edits: &[Edit]) -> Vec<AsideItem> {
    let kept = |edit: &Edit| AsideItem::new(edit, Refusal::Locked, opened.plan.look(|replica| proposed(replica, edit)));
    edits.iter().map(kept).collect()
}

#[wasm_bindgen_test]
fn what_was_refused_becomes_suggestions_and_the_rest_stays() {
    owned(|| {
        let opened = open();
        let title = opened.view.activity(opened.at).unwrap().title.field;
        let months = Field::of_activity(opened.at, Name::Months);
        let items = refused(
            &opened,
            &[
                typed(title, "Mentoring"),
                Edit::status(opened.at, ActivityStatus::Agreed),
                Edit::Include { field: months, member: "2025-03".into(), included: true },
                Edit::Include { field: months, member: "2025-04".into(), included: true },
                Edit::archive(opened.at, true),
                typed(Field::PLAN_TITLE, "Ours"),
            ],
        );
        let (drafts, rest) = drafts(use_i18n(), opened.session, opened.view, &items);
        let proposals: Vec<Proposal> = drafts.iter().map(|draft| draft.proposal.clone()).collect();
        let words = Proposal::Words { field: title, text: "Mentoring".into() };
        let value = Proposal::Value { field: Field::of_activity(opened.at, Name::Status), value: Value::Word("agreed".into()) };
        let members = Proposal::Members { field: months, changes: [("2025-03".into(), true), ("2025-04".into(), true)].into() };
        assert_eq!(proposals, [words, value, members]);
        assert_eq!(rest, items[4..]);
    });
}

#[wasm_bindgen_test]
fn a_refused_new_activity_is_one_suggestion_that_says_all_of_it() {
    owned(|| {
        let opened = open();
        let at = ActivityRef { section: opened.at.section, activity: ActivityId::from_bytes([77; 10]) };
        let organisation = opened.view.organisations.with_untracked(|all| all[0].clone());
        let edits = [
            Edit::AddActivity { at, outcome: opened.outcome.outcome, place: Place::Last },
            typed(Field::of_activity(at, Name::Title), "Training"),
            Edit::lead(at, Some(organisation.id)),
            Edit::month(at, "2025-03".parse().unwrap(), true),
        ];
        let (drafts, rest) = drafts(use_i18n(), opened.session, opened.view, &refused(&opened, &edits));
        assert_eq!((drafts.len(), rest.len()), (1, 0));
        let Proposal::Activity { outcome, text } = &drafts[0].proposal else { panic!("{drafts:?}") };
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((*outcome, lines[0]), (opened.outcome, "Training"));
        assert!(lines.iter().any(|line| line.ends_with(organisation.label())), "{text}");
        assert!(lines.iter().any(|line| line.contains("2025")), "{text}");
    });
}

#[wasm_bindgen_test]
fn it_is_kept_on_the_device_as_it_is() {
    owned(|| {
        let opened = open();
        let items = refused(&opened, &[typed(Field::of_activity(opened.at, Name::Title), "Mentoring")]);
        let bytes = minicbor_serde::to_vec(&items).unwrap();
        assert_eq!(minicbor_serde::from_slice::<Vec<AsideItem>>(&bytes).unwrap(), items);
        assert!(items[0].proposed.is_some());
    });
}

#[wasm_bindgen_test]
fn a_suggestion_is_counted_where_it_is_until_it_is_accepted() {
    owned(|| {
        let opened = open();
        let field = Field::of_activity(opened.at, Name::Title);
        let items = refused(&opened, &[typed(field, "Mentoring")]);
        let (drafts, _) = drafts(use_i18n(), opened.session, opened.view, &items);
        assert!(write(opened.session, &drafts));
        let about = [Location::Field(field), Location::Item(Item::Activity(opened.at)), Location::Item(Item::Section(opened.at.section))];
        let open = |room: &Room| about.map(|about| Counts::of(room, about).open());
        let room = opened.session.room();
        assert_eq!(open(&room), [1, 1, 0]);
        let (section, one) = &room.suggestions[0];
        let edits = acceptance(opened.session, *section, one).unwrap();
        assert!(opened.session.write_all(&edits));
        assert_eq!(opened.session.text(field).as_deref(), Some("Mentoring"));
        let room = opened.session.room();
        assert_eq!(open(&room), [0, 0, 0]);
        assert_eq!(Counts::of(&room, about[0]).done, 1);
        opened.session.undo(false);
        assert_eq!(opened.session.text(field).as_deref(), Some(""));
        assert_eq!(open(&opened.session.room()), [1, 1, 0]);
    });
}

#[wasm_bindgen_test]
fn a_comment_is_counted_until_it_is_dealt_with() {
    owned(|| {
        let opened = open();
        let about = Location::Item(Item::Activity(opened.at));
        let id = [5; 10].into();
        assert!(opened.session.write_all(&remark::comment(id, &about.to_string(), "Why?", opened.session.me())));
        assert_eq!(Counts::of(&opened.session.room(), about).comments, 1);
        assert!(opened.session.edit(remark::settle(id, true)));
        assert_eq!(Counts::of(&opened.session.room(), about), Counts { done: 1, ..Counts::default() });
        let unknown = Item::Suggestion(opened.at.section, SuggestionId::from_bytes([1; 10]));
        assert!(!opened.session.edit(Edit::Archive { item: unknown, archived: true }), "nothing is there");
    });
}
