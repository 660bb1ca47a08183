//! What stands at a key, as plain Rust.

use std::str::FromStr;

use automerge::iter::MapRangeItem;
use automerge::{ObjId, ObjType, ReadDoc, Value};

use crate::id::{Author, ParticipantId, SERVER};
use crate::order::OrderKey;
use crate::plan::edit::Value as Written;
use crate::plan::model::{Archived, Choice, Language, Localised, Register, Rival};
use crate::plan::schema::Name;

/// One object, being read. Its entries are taken from the document in one go: looking each up by its key takes five times as long.
pub(super) struct Reader<'a, D> {
    pub(super) doc: &'a D,
    pub(super) obj: &'a ObjId,
    /// By key, in the order of the keys.
    entries: Vec<Entry>,
}

/// What stands at a key.
struct Entry {
    key: String,
    value: Value<'static>,
    id: ObjId,
    /// Whether other values stand there too.
    is_disputed: bool,
}

impl<'a, D: ReadDoc> Reader<'a, D> {
    pub(super) fn new(doc: &'a D, obj: &'a ObjId) -> Self {
        let entry = |item: MapRangeItem<'_>| {
            let (id, is_disputed) = (item.id(), item.conflict);
            Entry { key: item.key.into_owned(), value: item.value.into_value(), id, is_disputed }
        };
        Self { doc, obj, entries: doc.map_range(obj, ..).map(entry).collect() }
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.key.as_str().cmp(key)).ok()?;
        self.entries.get(at)
    }

    /// The map at a key.
    pub(super) fn object(&self, key: &str) -> Option<&ObjId> {
        self.entry(key).filter(|entry| matches!(entry.value, Value::Object(ObjType::Map))).map(|entry| &entry.id)
    }

    pub(super) fn text(&self, name: Name) -> String {
        self.text_at(name.key())
    }

    /// A text object's words, or a scalar text; empty when neither.
    pub(super) fn text_at(&self, key: &str) -> String {
        let Some(entry) = self.entry(key) else { return String::new() };
        match &entry.value {
            Value::Object(ObjType::Text) => self.doc.text(&entry.id).unwrap_or_default(),
            Value::Scalar(scalar) => scalar.as_str().unwrap_or_default().to_owned(),
            Value::Object(_) => String::new(),
        }
    }

    /// One of a list, or its default.
    pub(super) fn choice<C: Choice>(&self, name: Name) -> Register<C> {
        Register::of(self.values(name.key()).into_iter().filter_map(|rival| {
            let Written::Word(word) = rival.value else { return None };
            Some(Rival { value: C::parse(&word)?, author: rival.author })
        }))
        .unwrap_or_default()
    }

    /// One of a list, or none.
    pub(super) fn chosen<C: Choice>(&self, name: Name) -> Register<Option<C>> {
        self.words(name, C::parse)
    }

    /// What a text says, or none.
    pub(super) fn parsed<T: FromStr + Clone + PartialEq>(&self, name: Name) -> Register<Option<T>> {
        self.words(name, |words| words.parse().ok())
    }

    /// What a text means, or none where there is none.
    fn words<T: Clone + PartialEq>(&self, name: Name, meaning: impl Fn(&str) -> Option<T>) -> Register<Option<T>> {
        self.meant(name, |value| match value {
            Written::Word(word) => meaning(word),
            _ => None,
        })
    }

    /// A whole number, or none.
    pub(super) fn number<T: Clone + PartialEq>(&self, name: Name, make: impl Fn(i64) -> Option<T>) -> Register<Option<T>> {
        self.meant(name, |value| match value {
            Written::Number(number) => make(*number),
            _ => None,
        })
    }

    fn meant<T: Clone + PartialEq>(&self, name: Name, meaning: impl Fn(&Written) -> Option<T>) -> Register<Option<T>> {
        let values = self.values(name.key()).into_iter().filter_map(|rival| match (&rival.value, meaning(&rival.value)) {
            (Written::Nothing, _) => Some(Rival { value: None, author: rival.author }),
            (_, value) => value.map(|value| Rival { value: Some(value), author: rival.author }),
        });
        Register::of(values).unwrap_or_default()
    }

    /// The members of a set that mean something, in order.
    pub(super) fn set<T, S: FromIterator<T>>(&self, key: &str, meaning: impl Fn(&str) -> Option<T>) -> S {
        self.members(key).iter().filter_map(|member| meaning(member)).collect()
    }

    fn members(&self, key: &str) -> Vec<String> {
        self.object(key).map(|set| self.doc.keys(set).collect()).unwrap_or_default()
    }

    pub(super) fn localised(&self, name: &str) -> Localised {
        let mut all = Localised::default();
        if let Some(obj) = self.object(name) {
            let words = Reader::new(self.doc, obj);
            for language in Language::ALL {
                *all.get_mut(*language) = words.text_at(language.as_str());
            }
        }
        all
    }

    pub(super) fn order(&self) -> OrderKey {
        OrderKey::new(self.text(Name::Order))
    }

    pub(super) fn archived(&self) -> Archived {
        let is_mark = |value: &Value<'_>| value.as_bool() == Some(true);
        match self.entry(Name::Archived.key()) {
            None => return Archived::No,
            Some(entry) if !entry.is_disputed => return if is_mark(&entry.value) { Archived::Yes } else { Archived::No },
            Some(_) => {}
        }
        let values = self.doc.get_all(self.obj, Name::Archived.key()).unwrap_or_default();
        let edit = values.iter().find(|(value, _)| !is_mark(value));
        match (values.iter().any(|(value, _)| is_mark(value)), edit) {
            (false, _) => Archived::No,
            (true, None) => Archived::Yes,
            (true, Some((_, id))) => author(id).map_or(Archived::No, Archived::RestoredBy),
        }
    }

    /// All values that stand there, the one that is shown first last. One place for all types: what reads is not compiled for each.
    pub(super) fn values(&self, key: &str) -> Vec<Rival<Written>> {
        match self.entry(key) {
            None => return Vec::new(),
            Some(entry) if !entry.is_disputed => {
                return written(&entry.value).map(|value| Rival { value, author: author(&entry.id) }).into_iter().collect();
            }
            Some(_) => {}
        }
        let values = self.doc.get_all(self.obj, key).unwrap_or_default();
        values.iter().filter_map(|(value, id)| Some(Rival { value: written(value)?, author: author(id) })).collect()
    }
}

/// A plain value; none where it is another thing.
pub(crate) fn written(value: &Value<'_>) -> Option<Written> {
    match value {
        Value::Scalar(scalar) if scalar.is_null() => Some(Written::Nothing),
        Value::Scalar(scalar) => {
            scalar.as_str().map(|word| Written::Word(word.to_owned())).or_else(|| scalar.as_i64().map(Written::Number))
        }
        Value::Object(_) => None,
    }
}

/// Who made an object; the server if nobody is known.
pub(crate) fn maker(obj: &ObjId) -> ParticipantId {
    author(obj).map_or(SERVER, |author| author.participant)
}

/// Who wrote this; none when the server did.
pub(crate) fn author(id: &ObjId) -> Option<Author> {
    match id {
        ObjId::Id(_, actor, _) => Author::of(actor).filter(|author| author.participant != SERVER),
        ObjId::Root => None,
    }
}
