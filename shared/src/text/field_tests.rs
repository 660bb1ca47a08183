//! Two people, a document each, and a field each.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ChangeHash, ObjId, ObjType, PatchLog, ROOT, ReadDoc, TextEncoding};
use proptest::prelude::*;

use super::super::patch;
use super::super::splice::utf16_length;
use super::*;

struct Person {
    doc: Automerge,
    text: ObjId,
    field: TextField,
    caret: usize,
    /// The heads that the composition writes at.
    composing_at: Option<Vec<ChangeHash>>,
}

impl Person {
    fn pair(words: &str) -> [Self; 2] {
        let mut doc = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit);
        let mut tx = doc.transaction();
        let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
        tx.splice_text(&text, 0, 0, words).unwrap();
        tx.commit();
        [1u8, 2].map(|actor| Self {
            doc: doc.fork().with_actor(ActorId::from([actor; 24])),
            text: text.clone(),
            field: TextField::new(words),
            caret: 0,
            composing_at: None,
        })
    }

    fn write(&mut self, splice: Option<Splice>) {
        let Some(splice) = splice else { return };
        let mut tx = match &self.composing_at {
            Some(heads) => self.doc.transaction_at(PatchLog::inactive(), heads).unwrap(),
            None => self.doc.transaction(),
        };
        tx.splice_text(&self.text, splice.at, isize::try_from(splice.delete).unwrap(), &splice.insert).unwrap();
        let (hash, _) = tx.commit();
        if let Some(heads) = &mut self.composing_at {
            *heads = vec![hash.unwrap()];
        }
    }

    /// Replaces some characters, as typing does, and returns the field's new text with the caret in it. An input method stays at the caret.
    fn typed(&self, place: &prop::sample::Index, erase: usize, typed: &str) -> (String, usize) {
        let chars: Vec<char> = self.field.shown().chars().collect();
        let units: Vec<u16> = self.field.shown().encode_utf16().take(self.caret).collect();
        let start = if self.composing_at.is_some() { char::decode_utf16(units).count() } else { place.index(chars.len() + 1) };
        let end = (start + erase).min(chars.len());
        let before: String = chars[..start].iter().chain(typed.chars().collect::<Vec<_>>().iter()).collect();
        let caret = utf16_length(&before);
        (before + &chars[end..].iter().collect::<String>(), caret)
    }

    fn input(&mut self, (value, caret): (String, usize)) {
        let splice = self.field.input(&value, Some(caret));
        self.caret = caret;
        self.write(splice);
    }

    fn compose(&mut self) {
        if self.composing_at.is_none() {
            self.composing_at = Some(self.doc.get_heads());
            self.field.composition_start();
        }
    }

    fn flush(&mut self) {
        let splice = self.field.flush(Some(self.caret));
        self.write(splice);
    }

    fn end_composition(&mut self, (value, caret): (String, usize)) {
        if self.composing_at.is_none() {
            return;
        }
        let splice = self.field.composition_end(&value, Some(caret));
        self.caret = caret;
        self.write(splice);
        let Some(heads) = self.composing_at.take() else { return };
        let text = self.doc.text(&self.text).unwrap();
        let since = patch::splices(&self.doc.diff_obj(&self.text, &heads, &self.doc.get_heads(), false).unwrap());
        let before = before_caret(self.field.shown(), caret);
        if let Some(update) = self.field.resolve(&text, &since, (caret, caret)) {
            assert_eq!(update.splices, since);
            self.caret = update.selection.0;
        }
        // Each character of the text stands once in it: the one before the caret is still there, or gone.
        if let Some(before) = before
            && text.matches(before).count() == 1
            && value.matches(before).count() == 1
        {
            assert_eq!(before_caret(&text, self.caret), Some(before), "in {text:?}, at {}", self.caret);
        }
    }

    fn receive(&mut self, other: &mut Self) {
        let mut log = PatchLog::active();
        self.doc.merge_and_log_patches(&mut other.doc, &mut log).unwrap();
        let splices: Vec<Splice> = patch::splices(&self.doc.make_patches(&mut log));
        if splices.is_empty() {
            return;
        }
        let expected = self.composing_at.is_none().then(|| (self.field.shown().to_owned(), self.caret));
        if let Some(update) = self.field.remote(&splices, (self.caret, self.caret)) {
            let (mut shown, caret) = expected.unwrap();
            let intact = splices.iter().all(|splice| splice.at > caret);
            self.caret = update.selection.0;
            if intact {
                assert_eq!(self.caret, caret);
            }
            for splice in update.splices {
                shown = splice.apply(&shown).unwrap();
            }
            assert_eq!(shown, self.field.shown());
        }
    }

    fn check(&self) {
        assert!(!self.field.is_behind());
        if !self.field.is_composing() {
            assert_eq!(self.field.shown(), self.doc.text(&self.text).unwrap());
        }
        let shown: Vec<u16> = self.field.shown().encode_utf16().collect();
        assert!(self.caret <= shown.len());
        assert!(String::from_utf16(&shown[..self.caret]).is_ok(), "the caret is inside a pair");
    }
}

/// Text that has not been there before, so that a character tells where it went: CJK, pairs and combining marks.
fn fresh(next: &mut u32, count: usize) -> String {
    (0..count)
        .map(|_| {
            *next += 1;
            let base = [0x4E00, 0x1F300, 0x300][*next as usize % 3];
            char::from_u32(base + *next / 3).unwrap()
        })
        .collect()
}

fn before_caret(text: &str, caret: usize) -> Option<char> {
    let units: Vec<u16> = text.encode_utf16().take(caret).collect();
    String::from_utf16(&units).unwrap().chars().last()
}

#[derive(Debug, Clone)]
enum Step {
    Input(bool, prop::sample::Index, usize, usize),
    Compose(bool),
    Flush(bool),
    End(bool, prop::sample::Index, usize, usize),
    Receive(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<bool>(), any::<prop::sample::Index>(), 0usize..4, 0usize..4).prop_map(|(who, place, erase, typed)| Step::Input(who, place, erase, typed)),
        2 => any::<bool>().prop_map(Step::Compose),
        1 => any::<bool>().prop_map(Step::Flush),
        2 => (any::<bool>(), any::<prop::sample::Index>(), 0usize..3, 0usize..4).prop_map(|(who, place, erase, typed)| Step::End(who, place, erase, typed)),
        4 => any::<bool>().prop_map(Step::Receive),
    ]
}

proptest! {
    #[test]
    fn at_rest_a_field_shows_its_document(steps in prop::collection::vec(step(), 1..40)) {
        let mut people = Person::pair("olá 😀 語言 e\u{301}");
        let mut next = 0;
        for step in steps {
            match step {
                Step::Input(who, place, erase, typed) => {
                    let person = &mut people[usize::from(who)];
                    person.input(person.typed(&place, erase, &fresh(&mut next, typed)));
                }
                Step::Compose(who) => people[usize::from(who)].compose(),
                Step::Flush(who) => people[usize::from(who)].flush(),
                Step::End(who, place, erase, typed) => {
                    let person = &mut people[usize::from(who)];
                    person.end_composition(person.typed(&place, erase, &fresh(&mut next, typed)));
                }
                Step::Receive(who) => {
                    let [a, b] = &mut people;
                    if who { a.receive(b) } else { b.receive(a) }
                }
            }
            people.iter().for_each(Person::check);
        }
        let [mut a, mut b] = people;
        for person in [&mut a, &mut b] {
            let value = (person.field.shown().to_owned(), person.caret);
            person.end_composition(value);
        }
        a.receive(&mut b);
        b.receive(&mut a);
        a.check();
        b.check();
        prop_assert_eq!(a.field.shown(), b.field.shown());
    }
}

#[test]
fn what_is_composed_merges_where_it_was_meant() {
    let [mut ana, mut bea] = Person::pair("hello world");
    ana.compose();
    ana.input(("hello ni world".to_owned(), 8));
    bea.input(("Oh, hello world".to_owned(), 4));
    bea.input(("Oh, hello world!".to_owned(), 16));
    ana.receive(&mut bea);
    assert_eq!(ana.field.shown(), "hello ni world", "the field is left alone");
    ana.end_composition(("hello 你 world".to_owned(), 7));
    assert_eq!(ana.field.shown(), "Oh, hello 你 world!");
    assert_eq!(ana.caret, 11);
}

#[test]
fn splices_that_do_not_fit_wait_for_the_document() {
    let mut field = TextField::new("short");
    let beyond = Splice { at: 40, delete: 0, insert: "x".to_owned() };
    assert_eq!(field.remote(&[beyond], (2, 2)), None);
    assert!(field.is_behind());
    let update = field.resolve("shorter", &[], (2, 2)).unwrap();
    assert_eq!((field.shown(), update.selection), ("shorter", (2, 2)));
    assert!(!field.is_behind());
    assert_eq!(field.resolve("shorter", &[], (2, 2)), None);
}
