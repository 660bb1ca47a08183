//! Undo among random edits of two people, delivered at random.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

/// Something that happens.
#[derive(Debug, Clone)]
enum Happens {
    /// A person edits.
    Edit(usize, Wish),
    /// What a person wrote reaches the other.
    Deliver(usize),
    /// Ana undoes.
    Undo,
    /// Ana does it again.
    Redo,
}

/// An edit, before it is known what the plan holds.
#[derive(Debug, Clone)]
enum Wish {
    Type(Name, Index, usize, usize),
    Status(ActivityStatus),
    Women(i64),
    Month(u8, bool),
    Move(usize, bool),
    Archive(bool),
    Row,
    Line,
}

fn wish() -> impl Strategy<Value = Wish> {
    prop_oneof![
        6 => (select(vec![Name::Title, Name::Risks]), any::<Index>(), 0usize..4, 0usize..4)
            .prop_map(|(name, at, erase, typed)| Wish::Type(name, at, erase, typed)),
        1 => select(vec![ActivityStatus::Draft, ActivityStatus::Agreed, ActivityStatus::Delayed]).prop_map(Wish::Status),
        1 => (0i64..4).prop_map(Wish::Women),
        2 => (1u8..4, any::<bool>()).prop_map(|(month, planned)| Wish::Month(month, planned)),
        1 => (0usize..2, any::<bool>()).prop_map(|(outcome, first)| Wish::Move(outcome, first)),
        1 => any::<bool>().prop_map(Wish::Archive),
        1 => Just(Wish::Row),
        1 => Just(Wish::Line),
    ]
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        6 => (0usize..2, wish()).prop_map(|(person, wish)| Happens::Edit(person, wish)),
        3 => (0usize..2).prop_map(Happens::Deliver),
        2 => Just(Happens::Undo),
        1 => Just(Happens::Redo),
    ]
}

/// Makes the edits. Every character that is typed is new, so that it tells who typed it.
#[derive(Default)]
struct Pen {
    next: u32,
    next_id: u8,
}

/// From here on, characters are of the person of this number.
const CHARS_OF: [u32; 2] = [0x4E00, 0x1_F300];

impl Pen {
    fn edit(&mut self, replica: &Replica, person: usize, wish: &Wish) -> Edit {
        let women = |value| Edit::Set { field: Field::of_activity(at(), Name::Women), value };
        match wish {
            Wish::Type(name, index, erase, typed) => {
                let field = Field::of_activity(at(), *name);
                let chars: Vec<char> = replica.text(field).unwrap().chars().collect();
                let start = index.index(chars.len() + 1);
                let width = |chars: &[char]| chars.iter().map(|char| char.len_utf16()).sum();
                let erased = &chars[start..chars.len().min(start + erase)];
                let insert: String = (0..*typed).map(|_| self.char(person)).collect();
                Edit::Text { field, splice: Splice { at: width(&chars[..start]), delete: width(erased), insert } }
            }
            Wish::Status(status) => Edit::status(at(), *status),
            Wish::Women(0) => women(Value::Nothing),
            Wish::Women(number) => women(Value::Number(*number)),
            Wish::Month(month, planned) => Edit::month(at(), Month::new(2025, *month).unwrap(), *planned),
            Wish::Move(outcome, is_first) => {
                let place = if *is_first { Place::First } else { Place::Last };
                Edit::MoveActivity { at: at(), outcome: replica.plan().sections[0].outcomes[*outcome].id, place }
            }
            Wish::Archive(archived) => Edit::archive(at(), *archived),
            Wish::Row => new_row(self.id(person)),
            Wish::Line => Edit::Add { item: Item::BudgetLine(at(), BudgetLineId::from_bytes([self.id(person); 10])) },
        }
    }

    fn char(&mut self, person: usize) -> char {
        self.next += 1;
        char::from_u32(CHARS_OF[person] + self.next).unwrap()
    }

    fn id(&mut self, person: usize) -> u8 {
        self.next_id += 1;
        self.next_id + if person == 0 { 100 } else { 180 }
    }
}

fn edited(plan: &Plan) -> &Activity {
    plan.sections[0].activities.iter().find(|one| one.id == at().activity).unwrap()
}

/// What a person typed, of both texts.
fn typed_by(person: usize, plan: &Plan) -> [String; 2] {
    let is_theirs = |char: &char| (u32::from(*char) >= CHARS_OF[1]) == (person == 1);
    [&edited(plan).title, &edited(plan).risks].map(|text| text.chars().filter(is_theirs).collect())
}

impl Two {
    fn replica(&self, person: usize) -> &Replica {
        if person == 0 { &self.ana } else { &self.bea }
    }

    fn happen(&mut self, pen: &mut Pen, what: &Happens) {
        match what {
            Happens::Edit(person, wish) => {
                let edit = pen.edit(self.replica(*person), *person, wish);
                self.edit(*person, &edit);
            }
            Happens::Deliver(from) => self.deliver(*from),
            Happens::Undo => drop(self.undo()),
            Happens::Redo => drop(self.redo()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn alone_every_state_comes_back(wishes in prop::collection::vec(wish(), 1..12)) {
        let (mut two, mut pen) = (Two::new(), Pen::default());
        let mut states = vec![visible(two.ana.plan())];
        for wish in wishes {
            // Writing into what is in the archive also brings it back, and undo leaves it here.
            let brings_back = !edited(&two.ana.plan()).is_kept() && !matches!(wish, Wish::Archive(_) | Wish::Row);
            if brings_back {
                continue;
            }
            let edit = pen.edit(&two.ana, 0, &wish);
            two.edit(0, &edit);
            let state = visible(two.ana.plan());
            // What changes nothing is no step.
            if state != *states.last().unwrap() {
                states.push(state);
            }
        }
        for state in states.iter().rev().skip(1) {
            prop_assert_eq!(two.undo().skipped, vec![]);
            prop_assert_eq!(&visible(two.ana.plan()), state);
        }
        prop_assert!(!two.ana.can_undo());
        for state in states.iter().skip(1) {
            prop_assert_eq!(two.redo().skipped, vec![]);
            prop_assert_eq!(&visible(two.ana.plan()), state);
        }
        two.meet();
        prop_assert_eq!(two.ana.plan(), two.bea.plan());
    }

    #[test]
    fn undo_takes_back_only_the_words_of_its_person_and_replicas_meet(all in prop::collection::vec(happens(), 1..30)) {
        let (mut two, mut pen) = (Two::new(), Pen::default());
        for what in &all {
            two.happen(&mut pen, what);
        }
        two.meet();
        prop_assert_eq!(two.ana.plan(), two.bea.plan());
        let before = typed_by(1, &two.ana.plan());
        while two.ana.can_undo() {
            two.undo();
        }
        let after = two.ana.plan();
        for (before, after) in before.iter().zip(typed_by(1, &after)) {
            // In their order, among those that Ana had taken away.
            let mut rest = after.chars();
            prop_assert!(before.chars().all(|char| rest.any(|other| other == char)), "{} in {}", before, after);
        }
        prop_assert_eq!(typed_by(0, &after), [String::new(), String::new()]);
        two.meet();
        prop_assert_eq!(two.ana.plan(), two.bea.plan());
    }

    #[test]
    fn what_the_other_chose_last_stands(anas in prop::collection::vec(wish(), 1..8), beas in prop::collection::vec(wish(), 1..5)) {
        let (mut two, mut pen) = (Two::new(), Pen::default());
        let mut written = Vec::new();
        for (person, wishes) in [(0, &anas), (1, &beas)] {
            for wish in wishes {
                let edit = pen.edit(two.replica(person), person, wish);
                let before = edited(&two.replica(person).plan()).clone();
                two.edit(person, &edit);
                let after = edited(&two.replica(person).plan()).clone();
                // To choose what stands already writes nothing, or only brings the activity back from the archive.
                let is_written = match wish {
                    Wish::Archive(_) => after.is_kept() != before.is_kept(),
                    _ => after != Activity { archived: after.archived, ..before },
                };
                if person == 1 && is_written {
                    written.push(wish);
                }
            }
            two.meet();
        }
        let before = edited(&two.ana.plan()).clone();
        while two.ana.can_undo() {
            two.undo();
        }
        let after = edited(&two.ana.plan()).clone();
        for wish in written {
            match wish {
                Wish::Status(_) => prop_assert_eq!(&after.status, &before.status),
                Wish::Women(_) => prop_assert_eq!(&after.women, &before.women),
                Wish::Month(month, true) => {
                    let month = Month::new(2025, *month).unwrap();
                    prop_assert!(after.months.contains(&month) || !before.months.contains(&month));
                }
                Wish::Move(..) => prop_assert_eq!((&after.outcome, &after.order), (&before.outcome, &before.order)),
                Wish::Archive(_) => prop_assert_eq!(after.is_kept(), before.is_kept()),
                _ => {}
            }
        }
    }
}
