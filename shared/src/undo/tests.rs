//! Two people, a replica each, and undo.

mod groups;
mod random;
mod rebase;

use std::sync::LazyLock;

use super::*;
use crate::access::Grant;
use crate::access::Role;
use crate::id::{ActivityId, Author, BudgetLineId, OrganisationId, ParticipantId, SERVER, TabId};
use crate::plan::{
    Activity, ActivityRef, ActivityStatus, Edit, Field, Item, Language, Month, Name, OrganisationKind, Place, Plan, Value, read, template,
};
use crate::replica::{Effect, Replica};
use crate::text::Splice;

const TITLE: Name = Name::Title;

fn author(person: u8) -> Author {
    Author { participant: ParticipantId::from_bytes([person; 16]), tab: TabId::from_bytes([person; 8]) }
}

/// The template's plan, and its saved document.
static TEMPLATE: LazyLock<(Plan, Vec<u8>)> = LazyLock::new(|| {
    let template = template::find("nap1325-2025").unwrap();
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let server = Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) };
    let doc = template::build(&template, Language::En, server, 0, &mut ids).unwrap();
    (read::plan(&doc), doc.save())
});

fn replica(person: u8, role: Role) -> Replica {
    Replica::load(author(person), Grant::new(author(person).participant, role), [TEMPLATE.1.as_slice()], None).unwrap()
}

/// Ana, whose steps are undone, and Bea.
struct Two {
    ana: Replica,
    bea: Replica,
    /// The changes of each that the other has not seen.
    sent: [Vec<Vec<u8>>; 2],
    now_ms: i64,
}

impl Two {
    fn new() -> Self {
        Self { ana: replica(1, Role::Editor), bea: replica(2, Role::Editor), sent: [Vec::new(), Vec::new()], now_ms: 1_000_000 }
    }

    fn take(&mut self, person: usize, effects: Vec<Effect>) {
        for effect in effects {
            if let Effect::Store { changes, .. } = effect {
                self.sent[person].extend(changes.into_iter().map(|change| change.bytes));
            }
        }
    }

    /// Does an edit, after a pause.
    fn edit(&mut self, person: usize, edit: &Edit) {
        self.now_ms += 10_000;
        let replica = if person == 0 { &mut self.ana } else { &mut self.bea };
        let mut effects = replica.edit(edit, self.now_ms).unwrap();
        effects.extend(replica.commit(self.now_ms));
        self.take(person, effects);
    }

    fn undo(&mut self) -> Undone {
        self.now_ms += 10_000;
        let (effects, undone) = self.ana.undo(self.now_ms);
        self.take(0, effects);
        undone
    }

    fn redo(&mut self) -> Undone {
        self.now_ms += 10_000;
        let (effects, undone) = self.ana.redo(self.now_ms);
        self.take(0, effects);
        undone
    }

    /// Both get what the other wrote.
    fn meet(&mut self) {
        self.deliver(0);
        self.deliver(1);
    }

    /// What `from` wrote reaches the other.
    fn deliver(&mut self, from: usize) {
        let changes = std::mem::take(&mut self.sent[from]);
        let now_ms = self.now_ms;
        let (receiver, to) = if from == 0 { (&mut self.bea, 1) } else { (&mut self.ana, 0) };
        let effects = receiver.import(changes, now_ms);
        self.take(to, effects);
    }

    fn activity(&self) -> Activity {
        self.ana.plan().sections[0].activities[0].clone()
    }

    fn text(&self, field: Field) -> String {
        self.ana.text(field).unwrap()
    }
}

fn at() -> ActivityRef {
    let plan = &TEMPLATE.0;
    ActivityRef { section: plan.sections[0].id, activity: plan.sections[0].activities[0].id }
}

fn title() -> Field {
    Field::of_activity(at(), TITLE)
}

fn splice(field: Field, at: usize, delete: usize, insert: &str) -> Edit {
    Edit::Text { field, splice: Splice { at, delete, insert: insert.to_owned() } }
}

fn skipped(why: Why) -> impl Fn(&Undone) -> bool {
    move |undone| undone.touched.is_empty() && matches!(undone.skipped[..], [Skipped { why: found, .. }] if found == why)
}

/// A plan without the places of things that were added and are in the archive.
fn visible(mut plan: Plan) -> Plan {
    for section in &mut plan.sections {
        for activity in &mut section.activities {
            activity.budget.retain(|line| line.archived.is_kept());
        }
        section.activities.retain(Activity::is_kept);
    }
    plan.parking.retain(|parked| parked.archived.is_kept());
    plan
}

fn new_row(number: u8) -> Edit {
    let outcome = TEMPLATE.0.sections[0].outcomes[0].id;
    Edit::AddActivity { at: row(number), outcome, place: Place::First }
}

fn row(number: u8) -> ActivityRef {
    ActivityRef { section: at().section, activity: ActivityId::from_bytes([number; 10]) }
}

/// What was done before, then the step: it is undone, done again and undone once more.
#[track_caller]
fn check(before: &[Edit], step: &Edit) {
    let mut two = Two::new();
    before.iter().for_each(|edit| two.edit(0, edit));
    let start = visible(two.ana.plan());
    two.edit(0, step);
    let end = visible(two.ana.plan());
    assert_ne!(start, end, "{step:?} does something");
    for _ in 0..2 {
        let undone = two.undo();
        assert_eq!(visible(two.ana.plan()), start, "undo of {step:?}");
        assert!(undone.skipped.is_empty() && !undone.touched.is_empty(), "{undone:?}");
        let redone = two.redo();
        assert_eq!(visible(two.ana.plan()), end, "redo of {step:?}");
        assert_eq!((redone.skipped, redone.touched), (Vec::new(), undone.touched));
    }
    assert!(two.ana.can_undo() && !two.ana.can_redo());
    for _ in 0..=before.len() {
        two.undo();
    }
    assert!(!two.ana.can_undo());
    assert_eq!(visible(two.ana.plan()), visible(TEMPLATE.0.clone()), "all is undone");
    two.meet();
    assert_eq!(two.ana.plan(), two.bea.plan());
}

#[test]
fn each_kind_of_edit_is_undone_and_done_again() {
    let may = Month::new(2025, 5).unwrap();
    let outcome = TEMPLATE.0.sections[0].outcomes[1].id;
    let line = Item::BudgetLine(at(), BudgetLineId::from_bytes([7; 10]));
    let women = Field::of_activity(at(), Name::Women);
    let words = [splice(title(), 0, 0, "Olá 👩‍🌾 mundo")];
    check(&[], &words[0]);
    check(&words, &splice(title(), 4, 5, ""));
    check(&words, &splice(title(), 0, 3, "Bondia"));
    check(&words, &splice(title(), 0, 14, &"語".repeat(60)));
    check(&[splice(title(), 0, 0, &"😀 ab".repeat(50))], &splice(title(), 2, 100, "x"));
    check(&[], &Edit::status(at(), ActivityStatus::Agreed));
    check(&[Edit::status(at(), ActivityStatus::Agreed)], &Edit::status(at(), ActivityStatus::Cancelled));
    check(&[], &Edit::Set { field: women, value: Value::Number(12) });
    check(&[Edit::Set { field: women, value: Value::Number(12) }], &Edit::Set { field: women, value: Value::Nothing });
    check(&[], &Edit::month(at(), may, true));
    check(&[Edit::month(at(), may, true)], &Edit::month(at(), may, false));
    check(&[], &Edit::MoveActivity { at: at(), outcome, place: Place::First });
    check(&[Edit::MoveActivity { at: at(), outcome, place: Place::First }], &Edit::MoveActivity { at: at(), outcome, place: Place::Last });
    check(&[], &Edit::archive(at(), true));
    check(&[Edit::archive(at(), true)], &Edit::archive(at(), false));
    check(&[], &new_row(200));
    check(&[], &Edit::Add { item: line });
    check(&[new_row(200)], &splice(Field::of_activity(row(200), TITLE), 0, 0, "Foun"));
    check(&[Edit::Add { item: line }], &splice(Field { item: line, name: Name::Description }, 0, 0, "Bus"));
}

#[test]
fn what_somebody_else_has_changed_since_stays() {
    let women = |number| Edit::Set { field: Field::of_activity(at(), Name::Women), value: Value::Number(number) };
    let may = |planned| Edit::month(at(), Month::new(2025, 5).unwrap(), planned);
    let outcome = TEMPLATE.0.sections[0].outcomes[1].id;
    let to = |place| Edit::MoveActivity { at: at(), outcome, place };
    let in_row = splice(Field::of_activity(row(200), TITLE), 0, 0, "Bea's");
    let rows: &[(&[Edit], &[Edit])] = &[
        (&[women(3)], &[women(4)]),
        // The same value, but theirs.
        (&[women(3)], &[women(4), women(3)]),
        (&[women(1), women(3)], &[women(4)]),
        (&[may(true)], &[may(false), may(true)]),
        (&[to(Place::First)], &[to(Place::Last)]),
        (&[new_row(200)], &[in_row]),
        (&[new_row(200)], &[Edit::archive(row(200), true), Edit::archive(row(200), false)]),
        (&[Edit::archive(at(), true), Edit::archive(at(), false)], &[splice(title(), 0, 0, "x")]),
        (&[splice(title(), 0, 0, "gone")], &[splice(title(), 0, 4, "")]),
    ];
    for (anas, beas) in rows {
        let mut two = Two::new();
        anas.iter().for_each(|edit| two.edit(0, edit));
        two.meet();
        beas.iter().for_each(|edit| two.edit(1, edit));
        two.meet();
        let before = two.ana.plan();
        let undone = two.undo();
        assert!(skipped(Why::ChangedSince)(&undone), "{anas:?} {beas:?}: {undone:?}");
        assert_eq!(two.ana.plan(), before, "{anas:?} {beas:?}");
        assert!(!two.ana.can_redo());
    }
}

/// What a person does to the title: where, how much is removed, and what is put there.
type Typed = (usize, usize, &'static str);

#[test]
fn the_words_of_others_stay_where_they_are() {
    // What Ana does, what Bea does then, and what stands after Ana's last, and all, are undone.
    let rows: &[(&[Typed], &[Typed], &str, &str)] = &[
        (&[(0, 0, "hello")], &[(2, 0, "XY")], "XY", "XY"),
        (&[(0, 0, "hello")], &[(1, 3, "")], "", ""),
        (&[(0, 0, "one two"), (3, 4, "")], &[(3, 0, "!")], "one! two", "!"),
        (&[(0, 0, "one two"), (0, 3, "uno")], &[(3, 0, "-"), (0, 0, "> ")], "> one- two", "> -"),
        (&[(0, 0, "abcdef"), (1, 4, "")], &[(1, 0, "X")], "aXbcdef", "X"),
        (&[(0, 0, "a😀b"), (1, 2, "")], &[(2, 0, "😁")], "a😀b😁", "😁"),
    ];
    for (anas, beas, once, all) in rows {
        let mut two = Two::new();
        let mut typed = |person, (at, delete, insert): &Typed| two.edit(person, &splice(title(), *at, *delete, insert));
        anas.iter().for_each(|one| typed(0, one));
        two.meet();
        let mut typed = |person, (at, delete, insert): &Typed| two.edit(person, &splice(title(), *at, *delete, insert));
        beas.iter().for_each(|one| typed(1, one));
        two.meet();
        two.undo();
        assert_eq!(two.text(title()), *once, "{anas:?} {beas:?}");
        while two.ana.can_undo() {
            two.undo();
        }
        assert_eq!(two.text(title()), *all, "{anas:?} {beas:?}");
        while two.ana.can_redo() {
            two.redo();
        }
        two.meet();
        assert_eq!(two.ana.plan(), two.bea.plan());
    }
}

#[test]
fn what_was_composed_while_others_typed_is_undone_alone() {
    let mut two = Two::new();
    two.edit(0, &splice(title(), 0, 0, "hello"));
    two.meet();
    let heads = two.ana.heads();
    two.edit(1, &splice(title(), 2, 0, "Bea"));
    two.meet();
    let effects = two.ana.edit_at(&heads, &splice(title(), 1, 3, "!"), two.now_ms).unwrap();
    two.take(0, effects);
    assert_eq!(two.text(title()).replace("Bea", ""), "h!o");
    assert_eq!(two.undo().skipped, []);
    assert_eq!(two.text(title()), "heBeallo");
    two.redo();
    assert_eq!(two.text(title()).replace("Bea", ""), "h!o");
    two.meet();
    assert_eq!(two.ana.plan(), two.bea.plan());
}

#[test]
fn undo_does_not_bring_back_what_somebody_archived() {
    let mut two = Two::new();
    two.edit(0, &splice(title(), 0, 0, "abc"));
    two.meet();
    two.edit(1, &Edit::archive(at(), true));
    two.meet();
    assert_eq!(two.undo().skipped, []);
    assert_eq!((two.activity().title.as_str(), two.activity().is_kept()), ("", false));
    two.redo();
    assert_eq!((two.activity().title.as_str(), two.activity().is_kept()), ("abc", false));
}

#[test]
fn of_several_values_the_one_that_stood_first_is_put_back() {
    let mut two = Two::new();
    two.edit(0, &Edit::status(at(), ActivityStatus::Agreed));
    two.edit(1, &Edit::status(at(), ActivityStatus::Cancelled));
    two.meet();
    let disputed = two.activity().status;
    assert!(disputed.is_disputed());
    two.edit(0, &Edit::status(at(), ActivityStatus::Delayed));
    assert_eq!(two.undo().skipped, []);
    assert_eq!(two.activity().status.value, disputed.value);
    // Bea's was among them: what Ana chose before is not taken back.
    assert!(skipped(Why::ChangedSince)(&two.undo()));
    assert_eq!(two.activity().status.value, disputed.value);
}

#[test]
fn what_has_no_undo_ends_what_can_be_done_again_and_adds_no_step() {
    let mut two = Two::new();
    two.edit(0, &Edit::status(at(), ActivityStatus::Agreed));
    two.undo();
    assert!(two.ana.can_redo());
    let id = OrganisationId::from_bytes([250; 10]);
    two.edit(0, &Edit::AddOrganisation { id, acronym: String::new(), name: "New".to_owned(), kind: OrganisationKind::Cso });
    assert!(!two.ana.can_undo() && !two.ana.can_redo());
    assert_eq!(two.undo(), Undone::default());
}
