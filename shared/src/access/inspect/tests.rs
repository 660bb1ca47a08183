//! Changes made with Automerge's own transactions.

mod forged;

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, ObjId, ROOT, ReadDoc};
use proptest::prelude::*;

use super::*;
use crate::access::Role;
use crate::id::{ActivityId, ParticipantId, SERVER, TabId};
use crate::plan::edit::{Edit, Place as Where, apply};
use crate::plan::schema::{ActivityRef, Field, Name, key, root};
use crate::plan::{Language, Plan, read, template};
use crate::text::Splice;

const ME: ParticipantId = ParticipantId::from_bytes([1; 16]);
const OTHER: ParticipantId = ParticipantId::from_bytes([2; 16]);

fn actor(participant: ParticipantId, tab: u8) -> ActorId {
    Author { participant, tab: TabId::from_bytes([tab; 8]) }.actor()
}

fn grant(role: Role) -> Grant {
    Grant::new(ME, role)
}

/// A plan from the template in which both people are.
fn plan() -> Automerge {
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
    let template = template::find("nap1325-2025").unwrap();
    let mut doc = template::build(&template, Language::En, author, 0, &mut ids).unwrap();
    for id in [ME, OTHER] {
        edit(&mut doc, &Edit::SetPerson { id, name: "A name".to_owned(), organisation: None });
    }
    doc
}

fn edit(doc: &mut Automerge, edit: &Edit) {
    let mut tx = doc.transaction();
    apply(&mut tx, edit).unwrap();
    tx.commit();
}

/// The change that somebody makes in a copy of `doc`.
fn change(doc: &Automerge, by: ActorId, write: impl FnOnce(&mut Transaction<'_>, &Plan)) -> Change {
    let mut copy = doc.fork().with_actor(by);
    let plan = read::plan(&copy);
    let mut tx = copy.transaction();
    write(&mut tx, &plan);
    tx.commit();
    copy.get_last_local_change().unwrap()
}

fn object(doc: &impl ReadDoc, path: &str) -> ObjId {
    path.split('/').filter(|key| !key.is_empty()).fold(ROOT, |parent, key| doc.get(&parent, key).unwrap().unwrap().1)
}

fn first(plan: &Plan) -> ActivityRef {
    ActivityRef { section: plan.sections[0].id, activity: plan.sections[0].activities[0].id }
}

const OK: Result<(), Refusal> = Ok(());
const NOT_ALLOWED: Result<(), Refusal> = Err(Refusal::NotAllowed);
const DESTROYS: Result<(), Refusal> = Err(Refusal::Destroys);
const MALFORMED: Result<(), Refusal> = Err(Refusal::Malformed);

#[test]
fn what_each_role_may_do_to_the_plan() {
    type Write = fn(&mut Transaction<'_>, &Plan);
    type Answer = Result<(), Refusal>;
    let rows: [(&str, Write, Answer, Answer); 20] = [
        // what, how, facilitator, editor
        ("types the title", |tx, _| edit_in(tx, text(Field::PLAN_TITLE)), OK, NOT_ALLOWED),
        ("types an activity's title", |tx, plan| edit_in(tx, text(Field::of_activity(first(plan), Name::Title))), OK, OK),
        ("types the context", |tx, plan| edit_in(tx, text(Field::of_section(plan.sections[0].id, Name::Context))), OK, OK),
        (
            "erases an official text",
            |tx, plan| {
                let outcome = &plan.sections[0].outcomes[0];
                let at = crate::plan::OutcomeRef { section: plan.sections[0].id, outcome: outcome.id };
                edit_in(
                    tx,
                    Edit::Text {
                        field: Field::of_outcome(at, Name::Statement),
                        splice: Splice { at: 3, delete: 9, insert: String::new() },
                    },
                );
            },
            OK,
            OK,
        ),
        ("adds an activity", |tx, plan| edit_in(tx, add(plan)), OK, OK),
        (
            "adds an activity and types into it",
            |tx, plan| {
                edit_in(tx, add(plan));
                edit_in(tx, text(Field::of_activity(new(plan), Name::Title)));
            },
            OK,
            OK,
        ),
        (
            "plans and clears a month",
            |tx, plan| {
                for planned in [true, false] {
                    edit_in(tx, Edit::month(first(plan), plan.first, planned));
                }
            },
            OK,
            OK,
        ),
        ("archives", |tx, plan| edit_in(tx, Edit::archive(first(plan), true)), OK, OK),
        (
            "locks a section",
            |tx, plan| {
                let section = object(tx, &format!("{}/{}", root::SECTIONS, plan.sections[0].id));
                tx.put(&section, Name::State.key(), "locked").unwrap();
            },
            OK,
            NOT_ALLOWED,
        ),
        ("corrects their own name", |tx, _| edit_in(tx, Edit::SetPerson { id: ME, name: "Me".to_owned(), organisation: None }), OK, OK),
        (
            "corrects another's name",
            |tx, _| edit_in(tx, Edit::SetPerson { id: OTHER, name: "You".to_owned(), organisation: None }),
            OK,
            NOT_ALLOWED,
        ),
        (
            "invents a person",
            |tx, _| edit_in(tx, Edit::SetPerson { id: SERVER, name: "All".to_owned(), organisation: None }),
            OK,
            NOT_ALLOWED,
        ),
        (
            "removes an activity",
            |tx, plan| {
                let all = object(tx, &format!("{}/{}/{}", root::SECTIONS, plan.sections[0].id, key::ACTIVITIES));
                tx.delete(&all, first(plan).activity.to_string()).unwrap();
            },
            DESTROYS,
            DESTROYS,
        ),
        (
            "replaces a text by a value",
            |tx, plan| {
                let activity = object(tx, &first(plan).to_string());
                tx.put(&activity, Name::Title.key(), "shorter").unwrap();
            },
            DESTROYS,
            DESTROYS,
        ),
        (
            "replaces a container",
            |tx, plan| {
                let activity = object(tx, &first(plan).to_string());
                tx.put_object(&activity, Name::Months.key(), ObjType::Map).unwrap();
            },
            DESTROYS,
            DESTROYS,
        ),
        (
            "makes a container at a value",
            |tx, plan| {
                let activity = object(tx, &first(plan).to_string());
                let lead = tx.put_object(&activity, Name::Lead.key(), ObjType::Map).unwrap();
                tx.put(&lead, "a", 1).unwrap();
            },
            OK,
            OK,
        ),
        ("makes something at the root", |tx, _| drop(tx.put_object(ROOT, "mine", ObjType::Map).unwrap()), OK, NOT_ALLOWED),
        ("changes the schema", |tx, _| tx.put(ROOT, root::SCHEMA, 2).unwrap(), NOT_ALLOWED, NOT_ALLOWED),
        (
            "makes a list",
            |tx, plan| {
                let activity = object(tx, &first(plan).to_string());
                tx.put_object(&activity, "list", ObjType::List).unwrap();
            },
            MALFORMED,
            MALFORMED,
        ),
        (
            "counts",
            |tx, plan| {
                let activity = object(tx, &first(plan).to_string());
                tx.put(&activity, "count", ScalarValue::counter(1)).unwrap();
            },
            MALFORMED,
            MALFORMED,
        ),
    ];
    let doc = plan();
    let inspector = Inspector::of(&doc);
    for (what, write, facilitator, editor) in rows {
        let change = change(&doc, actor(ME, 1), write);
        assert_eq!(inspector.check(&change, &grant(Role::Facilitator), &States::default()).map(drop), facilitator, "a facilitator {what}");
        assert_eq!(inspector.check(&change, &grant(Role::Editor), &States::default()).map(drop), editor, "an editor {what}");
    }
}

fn edit_in(tx: &mut Transaction<'_>, edit: Edit) {
    apply(tx, &edit).unwrap();
}

fn text(field: Field) -> Edit {
    Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: "né 😀".to_owned() } }
}

fn new(plan: &Plan) -> ActivityRef {
    ActivityRef { activity: ActivityId::from_bytes([99; 10]), ..first(plan) }
}

fn add(plan: &Plan) -> Edit {
    Edit::AddActivity { at: new(plan), outcome: plan.sections[0].outcomes[0].id, place: Where::Last }
}

#[test]
fn nobody_writes_as_somebody_else_but_who_hands_on() {
    let doc = plan();
    let inspector = Inspector::of(&doc);
    let write = |tx: &mut Transaction<'_>, plan: &Plan| edit_in(tx, text(Field::of_activity(first(plan), Name::Title)));
    for (by, hands_on, facilitator) in [
        (actor(ME, 2), OK, OK),
        (actor(OTHER, 1), OK, Err(Refusal::Forged)),
        (actor(SERVER, 1), OK, Err(Refusal::Forged)),
        (ActorId::from([1u8; 16]), Err(Refusal::Forged), Err(Refusal::Forged)),
    ] {
        let change = change(&doc, by, write);
        let states = States::default();
        assert_eq!(inspector.check(&change, &grant(Role::Replica), &states).map(drop), hands_on, "another server");
        let restored = Grant { hands_on: true, ..grant(Role::Facilitator) };
        assert_eq!(inspector.check(&change, &restored, &states).map(drop), hands_on, "while a restored server gets back what it lost");
        for role in [Role::Facilitator, Role::Editor] {
            assert_eq!(inspector.check(&change, &grant(role), &states).map(drop), facilitator, "{role:?}");
        }
    }
}

#[test]
fn objects_made_at_one_key_at_the_same_time_are_both_known() {
    let mut doc = plan();
    let mut inspector = Inspector::of(&doc);
    let both = [1, 2].map(|tab| change(&doc, actor(ME, tab), |tx, plan| edit_in(tx, add(plan))));
    for change in &both {
        inspector.observe(change);
    }
    assert_eq!(Inspector::of(&doc).check(&both[0], &grant(Role::Editor), &States::default()).map(drop), OK);
    assert_eq!(
        inspector.check(&change(&doc, actor(ME, 3), |tx, plan| edit_in(tx, add(plan))), &grant(Role::Editor), &States::default()).map(drop),
        DESTROYS
    );
    doc.apply_changes(both.to_vec()).unwrap();
    let plan = read::plan(&doc);
    let activities = object(&doc, &format!("{}/{}/{}", root::SECTIONS, plan.sections[0].id, key::ACTIVITIES));
    let made = doc.get_all(&activities, new(&plan).activity.to_string()).unwrap();
    assert_eq!(made.len(), 2);
    for inspector in [inspector, Inspector::of(&doc)] {
        for (_, activity) in &made {
            let change = change(&doc, actor(ME, 4), |tx, _| {
                let title = tx.get(activity, Name::Title.key()).unwrap().unwrap().1;
                tx.splice_text(&title, 0, 0, "both").unwrap();
                tx.put(activity, Name::Status.key(), "agreed").unwrap();
            });
            assert_eq!(inspector.check(&change, &grant(Role::Editor), &States::default()).map(drop), OK);
        }
    }
}

#[test]
fn what_is_admitted_can_be_built_on() {
    let mut doc = plan();
    let mut inspector = Inspector::of(&doc);
    let mut copy = doc.fork().with_actor(actor(ME, 1));
    for step in 0..30usize {
        let plan = read::plan(&copy);
        let mut tx = copy.transaction();
        match step {
            0 => edit_in(&mut tx, add(&plan)),
            _ => {
                let splice = Splice { at: step - 1, delete: usize::from(step % 2 == 0), insert: "ab".to_owned() };
                edit_in(&mut tx, Edit::Text { field: Field::of_activity(new(&plan), Name::Title), splice });
            }
        }
        tx.commit_with(CommitOptions::default());
        let change = copy.get_last_local_change().unwrap();
        let admitted = inspector.check(&change, &grant(Role::Editor), &States::default()).unwrap();
        doc.apply_changes([change.clone()]).unwrap();
        inspector.admit(admitted);
        assert_eq!(inspector.check(&change, &grant(Role::Editor), &States::default()).map(drop), MALFORMED, "its numbers are taken");
    }
    assert_eq!(read::plan(&doc), read::plan(&copy));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Three people who edit the same cells at the same time, whose changes arrive in whatever order they can.
    #[test]
    fn whatever_people_do_is_admitted(steps in prop::collection::vec((0usize..3, 0usize..8, 0usize..4), 1..40)) {
        let mut server = plan();
        let mut inspector = Inspector::of(&server);
        let plan = read::plan(&server);
        let at = first(&plan);
        let mut people = [1, 2, 3].map(|tab| server.fork().with_actor(actor(ME, tab)));
        for (who, what, number) in steps {
            let field = Field::of_activity(at, Name::Title);
            let length = read::text(&people[who], field).unwrap().encode_utf16().count();
            let deed = match what {
                0 | 1 => Edit::Text { field, splice: Splice { at: length / 2, delete: (length - length / 2).min(number), insert: "né".to_owned() } },
                2 => Edit::month(at, plan.first, number % 2 == 0),
                3 => Edit::lead(at, Some(plan.organisations[number].id)),
                4 => Edit::archive(at, number % 2 == 0),
                5 => Edit::MoveActivity { at, outcome: plan.sections[0].outcomes[number % 2].id, place: Where::First },
                6 => {
                    let [one, other] = people.get_disjoint_mut([who, (who + 1) % 3]).unwrap();
                    one.merge(other).unwrap();
                    continue;
                }
                _ => {
                    push(&mut server, &mut inspector, &people[who]);
                    people[who].merge(&mut server).unwrap();
                    continue;
                }
            };
            edit(&mut people[who], &deed);
        }
        people.iter().for_each(|person| push(&mut server, &mut inspector, person));
    }
}

/// Sends what the server lacks, one change after the other.
fn push(server: &mut Automerge, inspector: &mut Inspector, person: &Automerge) {
    for change in person.get_changes(&server.get_heads()) {
        if server.get_change_by_hash(&change.hash()).is_none() {
            inspector.admit(inspector.check(&change, &grant(Role::Editor), &States::default()).unwrap());
            server.apply_changes([change]).unwrap();
        }
    }
}
