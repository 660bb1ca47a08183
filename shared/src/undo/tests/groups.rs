//! What is one step, and how many there are.

use super::*;
use crate::limits;

#[test]
fn typing_is_one_step_until_it_pauses() {
    let other = Field::of_activity(at(), Name::Description);
    // Each: how long after the last, and what. How many steps that makes.
    let rows: &[(&[(i64, Edit)], usize)] = &[
        (&[(0, splice(title(), 0, 0, "a")), (200, splice(title(), 1, 0, "b")), (1_500, splice(title(), 2, 0, "c"))], 1),
        (&[(0, splice(title(), 0, 0, "a")), (1_501, splice(title(), 1, 0, "b"))], 2),
        (&[(0, splice(title(), 0, 0, "a")), (1, splice(other, 0, 0, "b")), (1, splice(title(), 1, 0, "c"))], 3),
        (&[(0, splice(title(), 0, 0, "a")), (1, Edit::status(at(), ActivityStatus::Agreed)), (1, splice(title(), 1, 0, "c"))], 3),
        // A slip of the fingers, a word that was there, taken away from its end and from its beginning, and typing over it.
        (&[(0, splice(title(), 0, 0, "ab")), (1, splice(title(), 1, 1, "")), (1, splice(title(), 1, 0, "c"))], 1),
        (&[(9_000, splice(title(), 0, 0, "abcd")), (9_000, splice(title(), 3, 1, "")), (1, splice(title(), 2, 1, ""))], 2),
        (&[(9_000, splice(title(), 0, 0, "abcd")), (9_000, splice(title(), 1, 1, "")), (1, splice(title(), 1, 1, ""))], 2),
        (&[(9_000, splice(title(), 0, 0, "abcd")), (9_000, splice(title(), 1, 1, "x")), (1, splice(title(), 0, 4, "y"))], 2),
    ];
    for (edits, steps) in rows {
        let (mut ana, mut now_ms) = (replica(1, Role::Editor), 0);
        let (start, mut count) = (ana.plan(), 0);
        for (pause_ms, edit) in *edits {
            now_ms += pause_ms;
            ana.edit(edit, now_ms).unwrap();
        }
        let end = ana.plan();
        while ana.can_undo() {
            ana.undo(now_ms);
            count += 1;
        }
        assert_eq!((count, ana.plan()), (*steps, start), "{edits:?}");
        while ana.can_redo() {
            ana.redo(now_ms);
        }
        assert_eq!(ana.plan(), end, "{edits:?}");
    }
}

#[test]
fn a_group_is_done_whole_or_not_at_all_and_is_one_step() {
    let mut two = Two::new();
    let start = visible(two.ana.plan());
    let title_of = |number| splice(Field::of_activity(row(number), TITLE), 0, 0, "Foun");
    let unfit = [new_row(200), title_of(200), Edit::status(row(201), ActivityStatus::Agreed)];
    let error = two.ana.edit_all(&unfit, 5).unwrap_err();
    assert_eq!((error.index, two.ana.plan()), (2, TEMPLATE.0.clone()));
    assert!(!two.ana.can_undo() && two.ana.status().unstored == 0);

    let long = "長".repeat(700);
    let mut edits = vec![new_row(200), title_of(200), new_row(201), splice(title(), 0, 0, "abc"), splice(title(), 1, 1, "")];
    let set = |number| Edit::Set { field: Field::of_activity(at(), Name::Women), value: Value::Number(number) };
    edits.extend([set(1), set(2), set(2)]);
    let effects = two.ana.edit_all(&edits, 5).unwrap();
    let stored = |effects: &[Effect]| effects.iter().filter(|effect| matches!(effect, Effect::Store { .. })).count();
    assert_eq!(stored(&effects), 1);
    two.take(0, effects);
    let end = visible(two.ana.plan());
    for _ in 0..2 {
        assert_eq!(two.undo().skipped, []);
        assert_eq!(visible(two.ana.plan()), start);
        assert!(!two.ana.can_undo());
        assert_eq!(two.redo().skipped, []);
        assert_eq!(visible(two.ana.plan()), end);
    }
    // What is written and archived at once is archived.
    let both = [splice(title(), 0, 0, "x"), Edit::archive(at(), true)];
    let effects = two.ana.edit_all(&both, 50_000).unwrap();
    two.take(0, effects);
    assert!(!two.ana.plan().sections[0].activities.iter().any(|one| one.id == at().activity && one.is_kept()));
    two.undo();
    assert_eq!(visible(two.ana.plan()), end);
    // More than one change may hold.
    let many: Vec<Edit> = (0..=limits::GROUPED_OPERATIONS_MAX / 700).map(|_| splice(title(), 0, 0, &long)).collect();
    let effects = two.ana.edit_all(&many, 90_000).unwrap();
    assert_eq!(stored(&effects), 2);
    two.take(0, effects);
    two.undo();
    assert_eq!(visible(two.ana.plan()), end);
    two.meet();
    assert_eq!(two.ana.plan(), two.bea.plan());
}

#[test]
fn only_so_many_steps_are_kept() {
    let mut ana = replica(1, Role::Editor);
    for number in 0..=limits::UNDO_STEPS_MAX {
        let value = Value::Number(i64::try_from(number).unwrap() + 1);
        ana.edit(&Edit::Set { field: Field::of_activity(at(), Name::Women), value }, 0).unwrap();
    }
    let mut count = 0;
    while ana.can_undo() {
        ana.undo(0);
        count += 1;
    }
    assert_eq!((count, ana.plan().sections[0].activities[0].women.value), (limits::UNDO_STEPS_MAX, Some(1)));
}
