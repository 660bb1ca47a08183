//! Edits, reads and changes together, on the real template.

use automerge::AutoCommit;
use automerge::transaction::CommitOptions;

use super::*;
use crate::id::{ActivityId, Author, OrganisationId, ParticipantId, SERVER, TabId};
use crate::text::Splice;

fn template_plan() -> AutoCommit {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: SERVER, tab: TabId::from_bytes([0; 8]) };
    let built = template::build(&template, Language::En, author, 0, &mut ids).unwrap();
    let mut doc = AutoCommit::new_with_encoding(automerge::TextEncoding::Utf16CodeUnit);
    doc.apply_changes(built.get_changes(&[])).unwrap();
    doc
}

/// A copy of the document for the person of this number.
fn replica_of(doc: &mut AutoCommit, person: u8) -> AutoCommit {
    let mut copy = doc.fork();
    copy.set_actor(author(person).actor());
    copy.update_diff_cursor();
    copy
}

fn author(person: u8) -> Author {
    Author { participant: ParticipantId::from_bytes([person; 16]), tab: TabId::from_bytes([person; 8]) }
}

fn write(doc: &mut AutoCommit, edit: &Edit) -> Vec<PlanChange> {
    edit::apply(doc, edit).unwrap();
    if let Some(item) = edit.touches() {
        edit::touch(doc, item, 1_000).unwrap();
    }
    doc.commit_with(CommitOptions::default().with_time(1));
    changes(doc)
}

fn changes(doc: &mut AutoCommit) -> Vec<PlanChange> {
    let patches = doc.diff_incremental();
    change::from_patches(doc, &patches)
}

fn first_activity(doc: &AutoCommit) -> ActivityRef {
    let plan = read::plan(doc);
    ActivityRef { section: plan.sections[0].id, activity: plan.sections[0].activities[0].id }
}

fn read_first(doc: &AutoCommit) -> Activity {
    read::activity(doc, first_activity(doc)).unwrap()
}

fn typed(field: Field, at: usize, words: &str) -> Edit {
    Edit::Text { field, splice: Splice { at, delete: 0, insert: words.to_owned() } }
}

#[test]
fn an_edit_changes_what_it_says_and_nothing_else() {
    let mut doc = template_plan();
    let at = first_activity(&doc);
    let before = read::plan(&doc);
    let lead = before.organisations[0].id;
    let may = Month::new(2025, 5).unwrap();
    type Expect = fn(&mut Activity, OrganisationId);
    let rows: [(Edit, Expect); 5] = [
        (typed(Field::of_activity(at, Name::Title), 0, "Mentoring 👩‍🌾"), |activity, _| activity.title = "Mentoring 👩‍🌾".to_owned()),
        (Edit::lead(at, Some(lead)), |activity, lead| activity.lead = Register::settled(Some(lead))),
        (Edit::month(at, may, true), |activity, _| {
            activity.months.insert(Month::new(2025, 5).unwrap());
        }),
        (Edit::status(at, ActivityStatus::Agreed), |activity, _| activity.status = Register::settled(ActivityStatus::Agreed)),
        (Edit::archive(at, true), |activity, _| activity.archived = Archived::Yes),
    ];
    for (edit, expected) in rows {
        let mut copy = replica_of(&mut doc, 1);
        write(&mut copy, &edit);
        let mut plan = before.clone();
        expected(&mut plan.sections[0].activities[0], lead);
        assert_eq!(read::plan(&copy), plan, "{edit:?}");
        assert_eq!(difference::edits(&doc, &copy), std::slice::from_ref(&edit), "the difference finds the edit");
    }
}

#[test]
fn an_edit_that_does_not_fit_says_why_and_changes_nothing() {
    let mut doc = template_plan();
    let at = first_activity(&doc);
    let nowhere = ActivityRef { section: at.section, activity: ActivityId::from_bytes([255; 10]) };
    let before = read::plan(&doc);
    let outcome = before.sections[0].outcomes[0].id;
    let long = "x".repeat(crate::limits::TEXT_UTF16_MAX + 1);
    let rows = [
        (typed(Field::of_activity(nowhere, Name::Title), 0, "a"), "not in the plan"),
        (typed(Field::of_activity(at, Name::Title), 1, "a"), "shorter"),
        (typed(Field::of_activity(at, Name::Title), 0, &long), "too long"),
        (Edit::AddActivity { at, outcome, place: Place::Last }, "already"),
        (Edit::AddActivity { at: nowhere, outcome: crate::id::OutcomeId::from_bytes([254; 10]), place: Place::Last }, "not in the plan"),
        (Edit::AddActivity { at: nowhere, outcome, place: Place::After(ActivityId::from_bytes([253; 10])) }, "not in the plan"),
        (Edit::SetPerson { id: author(1).participant, name: " ".to_owned(), organisation: None }, "empty"),
        (Edit::SetPerson { id: author(1).participant, name: "x".repeat(81), organisation: None }, "too long"),
    ];
    for (edit, reason) in rows {
        let error = edit::apply(&mut doc, &edit).unwrap_err().to_string();
        assert!(error.contains(reason), "{edit:?}: {error}");
        assert_eq!(read::plan(&doc), before);
    }
}

#[test]
fn activities_go_where_they_are_put() {
    let mut doc = template_plan();
    let plan = read::plan(&doc);
    let section = plan.sections[0].id;
    let (first, second) = (plan.sections[0].outcomes[0].id, plan.sections[0].outcomes[1].id);
    let new = |number: u8| ActivityRef { section, activity: ActivityId::from_bytes([200 + number; 10]) };
    let old = plan.sections[0].activities.iter().find(|activity| activity.outcome == first).unwrap().id;
    for (number, place) in [(0, Place::First), (1, Place::Last), (2, Place::Before(old)), (3, Place::After(old))] {
        write(&mut doc, &Edit::AddActivity { at: new(number), outcome: first, place });
    }
    write(&mut doc, &Edit::MoveActivity { at: new(1), outcome: second, place: Place::First });
    let plan = read::plan(&doc);
    let of = |outcome| {
        let section = &plan.sections[0];
        section.activities.iter().filter(move |activity| activity.outcome == outcome).map(|activity| activity.id).collect::<Vec<_>>()
    };
    assert_eq!(of(first)[..4], [new(0).activity, new(2).activity, old, new(3).activity]);
    assert_eq!(of(second)[0], new(1).activity);
}

#[test]
fn an_edit_wins_over_a_concurrent_archiving_and_a_later_archiving_wins_over_the_edit() {
    let mut doc = template_plan();
    let at = first_activity(&doc);
    let (mut one, mut two) = (replica_of(&mut doc, 1), replica_of(&mut doc, 2));
    write(&mut one, &Edit::archive(at, true));
    assert_eq!(read_first(&one).archived, Archived::Yes);
    write(&mut two, &typed(Field::of_activity(at, Name::Title), 0, "still wanted"));
    one.merge(&mut two).unwrap();
    two.merge(&mut one).unwrap();
    assert_eq!(read_first(&one), read_first(&two));
    assert_eq!(read_first(&one).archived, Archived::RestoredBy(author(2)));
    assert_eq!(read_first(&one).title, "still wanted");
    write(&mut one, &Edit::archive(at, true));
    assert_eq!(read_first(&one).archived, Archived::Yes);
    write(&mut one, &Edit::archive(at, false));
    assert_eq!(read_first(&one).archived, Archived::No);
}

#[test]
fn different_choices_at_the_same_time_are_kept_until_somebody_settles_them() {
    let mut doc = template_plan();
    let at = first_activity(&doc);
    let (mut one, mut two) = (replica_of(&mut doc, 1), replica_of(&mut doc, 2));
    write(&mut one, &Edit::status(at, ActivityStatus::Agreed));
    write(&mut two, &Edit::status(at, ActivityStatus::Cancelled));
    one.merge(&mut two).unwrap();
    let told = changes(&mut one);
    let status = read_first(&one).status;
    assert!(status.is_disputed());
    let mut rivals: Vec<_> = status.rivals.iter().map(|rival| (rival.value, rival.author)).collect();
    rivals.sort();
    assert_eq!(rivals, [(ActivityStatus::Agreed, Some(author(1))), (ActivityStatus::Cancelled, Some(author(2)))]);
    assert!(
        told.iter().any(|change| matches!(change, PlanChange::ActivityField { field: Field { name: Name::Status, .. }, .. })),
        "{told:?}"
    );
    write(&mut one, &Edit::status(at, ActivityStatus::Agreed));
    assert_eq!(read_first(&one).status, Register::settled(ActivityStatus::Agreed));
}

#[test]
fn a_remote_edit_is_told_as_the_one_thing_that_it_changed() {
    let mut doc = template_plan();
    let at = first_activity(&doc);
    let (mut one, mut two) = (replica_of(&mut doc, 1), replica_of(&mut doc, 2));
    let field = Field::of_activity(at, Name::Title);
    write(&mut two, &typed(field, 0, "abc"));
    write(&mut two, &Edit::Text { field, splice: Splice { at: 1, delete: 1, insert: "👍".to_owned() } });
    one.merge(&mut two).unwrap();
    let told = changes(&mut one);
    let texts: Vec<_> = told.iter().filter(|change| matches!(change, PlanChange::Text { .. })).collect();
    let [PlanChange::Text { field: told_field, splices }] = texts[..] else { panic!("{told:?}") };
    assert_eq!(*told_field, field);
    let shown = splices.iter().fold(String::new(), |shown, splice| splice.apply(&shown).unwrap());
    assert_eq!(shown, "a👍c");
    assert!(!told.iter().any(PlanChange::is_everything), "{told:?}");

    let new = ActivityRef { section: at.section, activity: ActivityId::from_bytes([99; 10]) };
    let outcome = read_first(&two).outcome;
    write(&mut two, &Edit::AddActivity { at: new, outcome, place: Place::First });
    write(&mut two, &typed(Field::of_activity(new, Name::Title), 0, "new"));
    one.merge(&mut two).unwrap();
    let told = changes(&mut one);
    let [PlanChange::ActivityAdded { at: told_at, activity }] = &told[..] else { panic!("{told:?}") };
    assert_eq!((*told_at, activity.title.as_str()), (new, "new"));
}

#[test]
fn people_and_organisations_are_told_and_read() {
    let mut doc = template_plan();
    let mut one = replica_of(&mut doc, 1);
    let id = OrganisationId::from_bytes([77; 10]);
    let told =
        write(&mut one, &Edit::AddOrganisation { id, acronym: "RF".to_owned(), name: "Rede".to_owned(), kind: OrganisationKind::Network });
    assert_eq!(
        told,
        [PlanChange::Organisation(Organisation {
            id,
            acronym: "RF".to_owned(),
            name: "Rede".to_owned(),
            kind: OrganisationKind::Network,
            focal_point: String::new(),
            colour: Colour::Plain,
        })]
    );
    let person = Person { id: author(1).participant, name: "Maria".to_owned(), organisation: Some(id), same_as: None };
    let told = write(&mut one, &Edit::SetPerson { id: person.id, name: person.name.clone(), organisation: person.organisation });
    assert_eq!(told[0], PlanChange::Person(person.clone()));
    assert!(matches!(&told[1..], [PlanChange::Ballot(ballot)] if ballot.participant == person.id), "who joins may vote");
    assert_eq!(read::plan(&one).people.get(&person.id), Some(&person));
}
