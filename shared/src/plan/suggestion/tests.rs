use proptest::prelude::*;

use super::*;
use crate::access::{Grant, Refusal, Role};
use crate::id::{Author, CommentId, SERVER, TabId};
use crate::plan::{Language, Plan, SectionState, remark, template};
use crate::replica::{Effect, Replica};

const NEW: ActivityId = ActivityId::from_bytes([200; 10]);
const ID: SuggestionId = SuggestionId::from_bytes([201; 10]);

fn author(person: u8) -> Author {
    Author { participant: ParticipantId::from_bytes([person; 16]), tab: TabId::from_bytes([person; 8]) }
}

/// The template's plan with two people in it, on the device of one of them.
fn plan_of(person: u8, role: Role) -> Replica {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let server = Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) };
    let built = template::build(&template, Language::En, server, 0, &mut ids).unwrap().save();
    let mut maker = Replica::load(author(1), Grant::new(author(1).participant, Role::Facilitator), [built.as_slice()], None).unwrap();
    for (person, name) in [(1, "Ana"), (2, "Bea")] {
        maker.edit(&Edit::SetPerson { id: author(person).participant, name: name.to_owned(), organisation: None }, 0).unwrap();
    }
    as_another(maker, person, role)
}

/// The same plan on the device of somebody.
fn as_another(mut replica: Replica, person: u8, role: Role) -> Replica {
    replica.commit(0);
    Replica::load(author(person), Grant::new(author(person).participant, role), [replica.save().as_slice()], None).unwrap()
}

fn first(plan: &Plan) -> ActivityRef {
    ActivityRef { section: plan.sections[0].id, activity: plan.sections[0].activities[0].id }
}

fn rewrite(replica: &mut Replica, field: Field, words: &str) {
    let now = replica.text(field).unwrap();
    if let Some(splice) = splice::between(&now, words, None) {
        replica.edit(&Edit::Text { field, splice }, 0).unwrap();
        replica.commit(0);
    }
}

fn changes(effects: &[Effect]) -> usize {
    effects.iter().map(|effect| if let Effect::Store { changes, .. } = effect { changes.len() } else { 0 }).sum()
}

fn draft(proposal: Proposal, was: &str) -> Draft {
    Draft { proposal, was: was.to_owned(), said: "in words".to_owned(), note: "because".to_owned() }
}

/// Puts a suggestion into the plan, and reads it again.
fn suggest(replica: &mut Replica, draft: &Draft) -> (SectionId, Suggestion) {
    let edits = draft.edits(ID, replica.author().participant);
    edits.iter().for_each(|edit| assert_eq!(replica.may(edit), Ok(()), "{edit:?}"));
    assert_eq!(changes(&replica.edit_all(&edits, 0).unwrap()), 1);
    replica.room().suggestions.into_iter().find(|(_, one)| one.id == ID).unwrap()
}

#[test]
fn what_is_put_down_means_the_same_when_it_is_read() {
    let mut ana = plan_of(1, Role::Commenter);
    let plan = ana.plan();
    let (at, organisation) = (first(&plan), plan.organisations[0].id.to_string());
    let field = |name| Field::of_activity(at, name);
    let outcome = OutcomeRef { section: at.section, outcome: plan.sections[0].outcomes[0].id };
    let rows = [
        Proposal::Words { field: field(Name::Title), text: "Mentoring 👩‍🌾".to_owned() },
        Proposal::Words { field: Field::of_section(at.section, Name::Context), text: String::new() },
        Proposal::Value { field: field(Name::Lead), value: Value::Word(organisation.clone()) },
        Proposal::Value { field: field(Name::Lead), value: Value::Nothing },
        Proposal::Value { field: field(Name::Women), value: Value::Number(40) },
        Proposal::Members { field: field(Name::Months), changes: [("2025-03".to_owned(), true), ("2025-04".to_owned(), false)].into() },
        Proposal::Members { field: field(Name::Partners), changes: [(organisation, true)].into() },
        Proposal::Activity { outcome, text: "Title\nDescription".to_owned() },
    ];
    for proposal in rows {
        let mut ana = as_another(plan_of(1, Role::Commenter), 1, Role::Commenter);
        let (section, suggestion) = suggest(&mut ana, &draft(proposal.clone(), "before"));
        assert_eq!((section, Proposal::of(&suggestion)), (at.section, Some(proposal)));
        assert_eq!((suggestion.was.as_str(), suggestion.note.as_str()), ("before", "because"));
        assert_eq!(suggestion.submitted_by.value, Some(author(1).participant));
        assert_eq!(suggestion.decision.value, Decision::Open);
    }
    // What is in the plan is the person's own to take back.
    let (section, _) = suggest(&mut ana, &draft(Proposal::Words { field: field(Name::Title), text: "x".to_owned() }, ""));
    assert_eq!(ana.may(&Edit::Archive { item: Item::Suggestion(section, ID), archived: true }), Ok(()));
}

#[test]
fn what_is_of_no_section_or_only_for_facilitators_cannot_be_suggested() {
    let plan = plan_of(1, Role::Editor).plan();
    let at = first(&plan);
    let no = [
        Field::PLAN_TITLE,
        Field::of_section(at.section, Name::State),
        Field::of_activity(at, Name::Order),
        Field { item: Item::Suggestion(at.section, ID), name: Name::Text },
        Field { item: Item::Person(author(1).participant), name: Name::OwnName },
    ];
    assert_eq!(no.map(is_possible), [false; 5]);
    assert!(is_possible(Field::of_activity(at, Name::Lead)));
}

#[test]
fn a_long_set_is_several_suggestions() {
    let at = first(&plan_of(1, Role::Editor).plan());
    let field = Field::of_activity(at, Name::Partners);
    let all: BTreeSet<String> = (0..40u8).map(|number| crate::id::OrganisationId::from_bytes([number; 10]).to_string()).collect();
    let proposals = Proposal::members(field, &BTreeSet::new(), &all);
    assert!(proposals.iter().all(|one| one.proposed().unwrap().chars().count() <= limits::ANSWER_CHARS_MAX));
    let said: usize = proposals.iter().map(|one| if let Proposal::Members { changes, .. } = one { changes.len() } else { 0 }).sum();
    assert_eq!((proposals.len(), said), (4, 40));
    assert_eq!(Proposal::members(field, &all, &all), []);
}

#[test]
fn accepting_does_it_and_says_so_in_one_change_and_one_step() {
    let mut ana = plan_of(1, Role::Commenter);
    let at = first(&ana.plan());
    let field = Field::of_activity(at, Name::Title);
    let (section, suggestion) = suggest(&mut ana, &draft(Proposal::Words { field, text: "Mentoring".to_owned() }, ""));
    let mut bea = as_another(ana, 2, Role::Editor);
    let edits = accept(section, &suggestion, bea.text(field).as_deref(), NEW).unwrap();
    edits.iter().for_each(|edit| assert_eq!(bea.may(edit), Ok(())));
    assert_eq!(changes(&bea.edit_all(&edits, 0).unwrap()), 1);
    let decision = |replica: &Replica| replica.room().suggestions[0].1.decision.value;
    assert_eq!((bea.text(field).as_deref(), decision(&bea)), (Some("Mentoring"), Decision::Accepted));
    bea.undo(0);
    assert_eq!((bea.text(field).as_deref(), decision(&bea)), (Some(""), Decision::Open));
}

#[test]
fn a_suggested_activity_has_a_title_and_a_description() {
    let mut ana = plan_of(1, Role::Facilitator);
    let at = first(&ana.plan());
    let outcome = OutcomeRef { section: at.section, outcome: ana.plan().sections[0].outcomes[0].id };
    let text = "Mentoring of mediators \n\nLead: Belun\nIn May".to_owned();
    let (section, suggestion) = suggest(&mut ana, &draft(Proposal::Activity { outcome, text }, ""));
    ana.edit_all(&accept(section, &suggestion, None, NEW).unwrap(), 0).unwrap();
    let plan = ana.plan();
    let new = plan.sections[0].activities.iter().find(|one| one.id == NEW).unwrap();
    assert_eq!((new.title.as_str(), new.description.as_str()), ("Mentoring of mediators", "Lead: Belun\nIn May"));
    assert_eq!(new.outcome, outcome.outcome);
}

#[test]
fn who_may_decide_is_who_may_write_there_and_no_editor_on_their_own() {
    let mut ana = plan_of(1, Role::Editor);
    let field = Field::of_section(ana.plan().sections[0].id, Name::Context);
    let (section, _) = suggest(&mut ana, &draft(Proposal::Words { field, text: "x".to_owned() }, ""));
    let deed = decide(section, ID, Decision::Declined);
    assert_eq!(ana.may(&deed), Err(Refusal::NotAllowed));
    let mut maria = as_another(ana, 1, Role::Facilitator);
    assert_eq!(maria.may(&deed), Ok(()));
    let state = Edit::Set { field: Field::of_section(section, Name::State), value: Value::Word(SectionState::Review.as_str().to_owned()) };
    let bea = as_another(maria, 2, Role::Editor);
    assert_eq!(bea.may(&deed), Ok(()));
    maria = as_another(bea, 1, Role::Facilitator);
    maria.edit(&state, 0).unwrap();
    let bea = as_another(maria, 2, Role::Editor);
    assert_eq!(bea.may(&deed), Err(Refusal::InReview));
    let joana = as_another(bea, 2, Role::Commenter);
    assert_eq!(joana.may(&deed), Err(Refusal::NotAllowed));
}

#[test]
fn a_clash_is_said_and_the_suggested_words_can_still_be_taken() {
    let mut ana = plan_of(1, Role::Facilitator);
    let field = Field::of_activity(first(&ana.plan()), Name::Title);
    rewrite(&mut ana, field, "20 women");
    let (section, suggestion) = suggest(&mut ana, &draft(Proposal::Words { field, text: "25 women".to_owned() }, "20 women"));
    rewrite(&mut ana, field, "30 women in Baucau");
    let now = ana.text(field);
    assert_eq!(accept(section, &suggestion, now.as_deref(), NEW), Err(Unacceptable::Clash));
    assert_eq!(accept(section, &suggestion, None, NEW), Err(Unacceptable::Gone));
    ana.edit_all(&replace(section, &suggestion, now.as_deref()).unwrap(), 0).unwrap();
    assert_eq!(ana.text(field).as_deref(), Some("25 women"));
    assert_eq!(ana.room().suggestions[0].1.decision.value, Decision::Accepted);
}

#[test]
fn a_suggestion_says_nothing_about_another_section() {
    let mut ana = plan_of(1, Role::Facilitator);
    let plan = ana.plan();
    let field = Field::of_section(plan.sections[0].id, Name::Context);
    let (_, suggestion) = suggest(&mut ana, &draft(Proposal::Words { field, text: "x".to_owned() }, ""));
    assert_eq!(accept(plan.sections[1].id, &suggestion, Some(""), NEW), Err(Unacceptable::Unknown));
}

#[test]
fn a_refused_edit_can_be_handed_in_where_that_makes_sense() {
    let plan = plan_of(1, Role::Editor).plan();
    let at = first(&plan);
    let (field, outcome) = (Field::of_activity(at, Name::Title), plan.sections[0].outcomes[0].id);
    let typed = |field, at| Edit::Text { field, splice: Splice { at, delete: 0, insert: "!".to_owned() } };
    let words = |text: &str| Some(Proposal::Words { field, text: text.to_owned() });
    assert_eq!(Proposal::of_edit(&typed(field, 2), Some("Go")), words("Go!"));
    assert_eq!(Proposal::of_edit(&typed(field, 9), Some("Go")), None, "others have made it shorter");
    assert_eq!(Proposal::of_edit(&typed(Field::PLAN_TITLE, 0), Some("")), None);
    let add = Edit::AddActivity { at, outcome, place: Place::Last };
    let new = Proposal::Activity { outcome: OutcomeRef { section: at.section, outcome }, text: String::new() };
    assert_eq!(Proposal::of_edit(&add, None), Some(new));
    assert_eq!(Proposal::of_edit(&Edit::archive(at, true), None), None);
}

#[test]
fn people_talk_about_anything_and_only_their_own_words_are_theirs() {
    let mut ana = plan_of(1, Role::Commenter);
    let (comment, reply) = (CommentId::from_bytes([7; 10]), crate::id::ReplyId::from_bytes([8; 10]));
    let about = Field::PLAN_VISION.to_string();
    ana.edit_all(&remark::comment(comment, &about, " Why? ", author(1).participant), 0).unwrap();
    let mut bea = as_another(ana, 2, Role::Commenter);
    assert_eq!(bea.may(&remark::settle(comment, true)), Ok(()));
    assert_eq!(bea.may(&Edit::Archive { item: Item::Comment(comment), archived: true }), Err(Refusal::OfAnother));
    bea.edit_all(&remark::reply(comment, reply, "Because.", author(2).participant), 0).unwrap();
    bea.edit(&remark::settle(comment, true), 0).unwrap();
    let room = bea.room();
    let [said] = room.comments.as_slice() else { panic!("one comment") };
    assert_eq!((said.about.as_str(), said.text.as_str(), said.decision.value), (about.as_str(), "Why?", Decision::Accepted));
    assert_eq!((said.replies[0].text.as_str(), said.replies[0].submitted_by.value), ("Because.", Some(author(2).participant)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn accepting_loses_nothing_that_others_wrote_since(was in "[ab ]{0,8}", now in "[ab ]{0,8}", text in "[ab ]{0,8}") {
        let mut ana = plan_of(1, Role::Facilitator);
        let field = Field::of_activity(first(&ana.plan()), Name::Title);
        rewrite(&mut ana, field, &was);
        let (section, suggestion) = suggest(&mut ana, &draft(Proposal::Words { field, text: text.clone() }, &was));
        rewrite(&mut ana, field, &now);
        let accepted = accept(section, &suggestion, ana.text(field).as_deref(), NEW);
        match accepted {
            Ok(edits) => {
                prop_assert_eq!(changes(&ana.edit_all(&edits, 0).unwrap()), 1);
                let after = ana.text(field).unwrap();
                for piece in crate::text::diff::words(&was, &now) {
                    if let crate::text::diff::Piece::Added(words) = piece {
                        prop_assert!(after.contains(words), "{words:?} is not in {after:?}");
                    }
                }
                if now == was {
                    prop_assert_eq!(after, text);
                }
            }
            Err(why) => {
                prop_assert_eq!(why, Unacceptable::Clash);
                prop_assert!(now != was && text != was);
            }
        }
    }
}
