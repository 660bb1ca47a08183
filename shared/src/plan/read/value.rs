//! What stands at a key, as plain Rust.

use std::str::FromStr;

use automerge::{ObjId, ObjType, ReadDoc, Value};

use super::place::object;
use crate::id::{Author, SERVER};
use crate::order::OrderKey;
use crate::plan::edit::Value as Written;
use crate::plan::model::{Archived, Choice, Language, Localised, Register, Rival};
use crate::plan::schema::Name;

/// One object, being read.
pub(super) struct Reader<'a, D> {
    pub(super) doc: &'a D,
    pub(super) obj: &'a ObjId,
}

impl<D: ReadDoc> Reader<'_, D> {
    pub(super) fn text(&self, name: Name) -> String {
        self.text_at(name.key())
    }

    /// A text object's words, or a scalar text; empty when neither.
    pub(super) fn text_at(&self, key: &str) -> String {
        match self.doc.get(self.obj, key) {
            Ok(Some((Value::Object(ObjType::Text), text))) => self.doc.text(text).unwrap_or_default(),
            Ok(Some((Value::Scalar(scalar), _))) => scalar.as_str().unwrap_or_default().to_owned(),
            _ => String::new(),
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
        object(self.doc, self.obj, key).map(|set| self.doc.keys(&set).collect()).unwrap_or_default()
    }

    pub(super) fn localised(&self, name: &str) -> Localised {
        let mut all = Localised::default();
        if let Some(obj) = object(self.doc, self.obj, name) {
            let words = Reader { doc: self.doc, obj: &obj };
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
        let values = self.doc.get_all(self.obj, Name::Archived.key()).unwrap_or_default();
        let is_mark = |value: &Value<'_>| value.as_bool() == Some(true);
        let edit = values.iter().find(|(value, _)| !is_mark(value));
        match (values.iter().any(|(value, _)| is_mark(value)), edit) {
            (false, _) => Archived::No,
            (true, None) => Archived::Yes,
            (true, Some((_, id))) => author(id).map_or(Archived::No, Archived::RestoredBy),
        }
    }

    /// All values that stand there, the one that is shown first last. One place for all types: what reads is not compiled for each.
    pub(super) fn values(&self, key: &str) -> Vec<Rival<Written>> {
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

/// Who wrote this; none when the server did.
pub(crate) fn author(id: &ObjId) -> Option<Author> {
    match id {
        ObjId::Id(_, actor, _) => Author::of(actor).filter(|author| author.participant != SERVER),
        ObjId::Root => None,
    }
}
