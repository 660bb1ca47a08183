//! A plan without its past: a document of one change that says what another says now.
//!
//! It is read at once where the whole history takes seconds, so a device keeps one to show while it loads. What is chosen meanwhile is written
//! into it to be seen, but that is neither stored nor sent: it has nothing in common with the document that it was made from. Of several
//! values it has the one that is shown first. Its texts are plain values: as text objects, each of their characters would be an operation to load.

use automerge::hydrate::{Map, MapValue, Value};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutomergeError, ChangeHash, ROOT, ReadDoc};

use super::read;
use super::schema::root;
use crate::replica::empty_document;

/// The saved document of one change that says what `doc` says, whose heads these are.
///
/// # Errors
/// When Automerge refuses.
pub fn flat<D: ReadDoc>(doc: &D, heads: &[ChangeHash]) -> Result<Vec<u8>, AutomergeError> {
    let mut flat = empty_document();
    let Value::Map(mut all) = doc.hydrate(ROOT, None)? else { return Ok(flat.save()) };
    let is_same = !has_rivals(&all);
    for key in [Some(root::MADE_FROM), is_same.then_some(root::SAME_AS)].into_iter().flatten() {
        all.insert(key.to_owned(), hydrated(Value::scalar(state(heads))));
    }
    plain(&mut all);
    // All at once: one put after the other takes six times as long.
    flat.transact_with(|_| CommitOptions::default(), |tx| tx.init_root_from_hydrate(&all)).map_err(|failure| failure.error)?;
    Ok(flat.save())
}

/// The [state](state) of the document that a flat plan says exactly the same as; none if that has several values somewhere.
pub fn same_as<D: ReadDoc>(flat: &D) -> Option<String> {
    read::root_text(flat, root::SAME_AS)
}

/// The [state](state) of the document that a flat plan was made from.
pub fn made_from<D: ReadDoc>(flat: &D) -> Option<String> {
    read::root_text(flat, root::MADE_FROM)
}

/// The state of a document, as text: its heads.
#[must_use]
pub fn state(heads: &[ChangeHash]) -> String {
    let mut heads: Vec<String> = heads.iter().map(ToString::to_string).collect();
    heads.sort();
    heads.join(" ")
}

const fn hydrated(value: Value) -> MapValue {
    MapValue { value, conflict: false }
}

fn has_rivals(map: &Map) -> bool {
    map.values().any(|entry| entry.conflict || matches!(&entry.value, Value::Map(inner) if has_rivals(inner)))
}

/// Makes values of the texts.
fn plain(map: &mut Map) {
    for entry in map.values_mut() {
        match &mut entry.value {
            Value::Map(inner) => plain(inner),
            Value::Text(text) => entry.value = Value::scalar(text.to_string()),
            Value::Scalar(_) | Value::List(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{Author, ParticipantId, TabId};
    use crate::plan::edit::{Edit, apply};
    use crate::plan::model::Language;
    use crate::plan::schema::Field;
    use crate::plan::{read, template};
    use crate::replica::load_document;
    use crate::text::Splice;

    #[test]
    fn it_says_what_the_document_says_now() {
        let template = template::find("nap1325-2025").unwrap();
        let author = Author { participant: ParticipantId::from_bytes([1; 16]), tab: TabId::from_bytes([1; 8]) };
        let mut next = 0u8;
        let mut ids = || {
            next += 1;
            [next; 10]
        };
        let mut document = template::build(&template, Language::Tet, author, 0, &mut ids).unwrap();
        for number in 0..50 {
            let splice = Splice { at: 0, delete: usize::from(number > 0), insert: format!("{number}") };
            document.transact::<_, _, crate::plan::EditError>(|tx| apply(tx, &Edit::Text { field: Field::PLAN_VISION, splice })).unwrap();
        }
        let heads = document.get_heads();
        let bytes = flat(&document, &heads).unwrap();
        let flat = load_document(&bytes).unwrap();
        assert_eq!(read::plan(&flat), read::plan(&document));
        assert_eq!(read::text(&flat, Field::PLAN_VISION), read::text(&document, Field::PLAN_VISION));
        assert_eq!(flat.get_changes(&[]).len(), 1);
        assert_eq!(same_as(&flat), Some(state(&heads)));
        assert_eq!(made_from(&flat), same_as(&flat));
        assert_ne!(same_as(&flat), Some(state(&[])));
    }

    #[test]
    fn one_of_several_values_is_not_the_same() {
        let mut ours = empty_document();
        let mut theirs = ours.fork();
        for (doc, value) in [(&mut ours, 1), (&mut theirs, 2)] {
            doc.transact(|tx| tx.put(ROOT, root::SCHEMA, value)).unwrap();
        }
        ours.merge(&mut theirs).unwrap();
        let heads = ours.get_heads();
        let made = load_document(&flat(&ours, &heads).unwrap()).unwrap();
        assert_eq!((same_as(&made), made_from(&made)), (None, Some(state(&heads))));
    }
}
