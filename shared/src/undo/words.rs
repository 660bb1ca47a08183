//! A step in a text: the characters that it put there, and those that it took away.
//!
//! A character is found by its name, wherever it is by now; one that was taken away still has its place among the others.

use automerge::{Cursor, ObjId, ReadDoc};

use super::name::{Chars, OpName, Renaming};
use crate::plan::{Field, read};
use crate::text::Splice;
use crate::text::splice::utf16_length;

/// Up to this many characters are looked up one by one; for more, the text is read once.
const ONE_BY_ONE_MAX: usize = 32;

/// What a step did to a text.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    pub(super) field: Field,
    /// The object of the text.
    pub(super) text: ObjId,
    pub(super) inserted: Chars,
    pub(super) deleted: Deleted,
}

/// Characters that were taken away. Automerge puts a character right after the one before it that is still there, never among those that
/// were taken away; so, where several were taken away at one place, the neighbours of then say which was where.
#[derive(Debug, Clone, Default)]
pub(crate) struct Deleted {
    /// In the order in which they stood, next to each other.
    pub(super) chars: Chars,
    /// The character before them.
    left: Option<OpName>,
    /// The character after them.
    right: Option<OpName>,
    /// The first character that was typed over them. It stands after them, and so does what others typed after it.
    typed_over: Option<OpName>,
}

/// What is to be put back at a place.
#[derive(Debug)]
pub(crate) struct Return {
    pub(crate) splice: Splice,
    names: Vec<OpName>,
}

impl Words {
    pub(crate) const fn field(&self) -> Field {
        self.field
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.inserted.is_empty() && self.deleted.chars.is_empty()
    }

    /// Whether the text is the one that the step wrote into.
    pub(crate) fn is_there<D: ReadDoc>(&self, doc: &D) -> bool {
        read::text_object(doc, self.field).is_some_and(|text| text == self.text)
    }

    /// The splices that remove what the step put there and still is there, the last first.
    pub(crate) fn removals<D: ReadDoc>(&self, doc: &D) -> Vec<Splice> {
        let mut at: Vec<(usize, usize)> = if self.inserted.iter().nth(ONE_BY_ONE_MAX).is_none() {
            self.inserted.iter().filter_map(|(name, char)| Some((visible_at(doc, &self.text, &name)?, char.len_utf16()))).collect()
        } else {
            named(doc, &self.text).filter(|(_, name, _)| self.inserted.has(name)).map(|(at, _, char)| (at, char.len_utf16())).collect()
        };
        at.sort_unstable();
        let mut splices: Vec<Splice> = Vec::new();
        for (at, width) in at {
            match splices.last_mut() {
                Some(last) if last.at + last.delete == at => last.delete += width,
                _ => splices.push(Splice { at, delete: width, insert: String::new() }),
            }
        }
        splices.reverse();
        splices
    }

    /// What puts back what the step took away, the last first; and whether the place of some of it is not known any more.
    pub(crate) fn returns<D: ReadDoc>(&self, doc: &D) -> (Vec<Return>, bool) {
        let chars: Vec<(OpName, char)> = self.deleted.chars.iter().collect();
        let between = self.deleted.between(doc, &self.text);
        let typed_over = self.deleted.typed_over.as_ref().and_then(|name| place(doc, &self.text, name));
        let mut places = vec![None; chars.len()];
        find(doc, &self.text, &chars, &mut places);
        let is_lost = places.contains(&None);
        // Those that nobody wrote between.
        let first = places.first().copied().flatten();
        let mut returns: Vec<Return> = Vec::new();
        for ((name, char), at) in chars.into_iter().zip(places) {
            let Some(at) = at else { continue };
            // A refusal may have brought it back.
            if name_at(doc, &self.text, at).as_ref() == Some(&name) {
                continue;
            }
            let at = if first == Some(at) { typed_over.map_or(at, |over| at.min(over)) } else { at };
            let at = at.max(between.0).min(between.1);
            match returns.last_mut() {
                Some(last) if last.splice.at == at => {
                    last.splice.insert.push(char);
                    last.names.push(name);
                }
                _ => returns.push(Return { splice: Splice { at, delete: 0, insert: char.into() }, names: vec![name] }),
            }
        }
        returns.reverse();
        (returns, is_lost)
    }
}

impl Return {
    /// The new names of what was put back.
    pub(super) fn renaming(self, made: &Words) -> Renaming {
        self.names.into_iter().zip(made.inserted.iter().map(|(name, _)| name)).collect()
    }
}

impl Deleted {
    /// What a splice is about to take away.
    pub(super) fn by<D: ReadDoc>(doc: &D, text: &ObjId, splice: &Splice) -> Self {
        if splice.delete == 0 {
            return Self::default();
        }
        let left = splice.at.checked_sub(1).and_then(|at| name_at(doc, text, at));
        Self {
            chars: removed_by(doc, text, splice),
            left,
            right: name_at(doc, text, splice.at.saturating_add(splice.delete)),
            typed_over: None,
        }
    }

    /// More was taken away right after these.
    pub(super) fn go_on(&mut self, more: Self) {
        self.chars.append(more.chars);
        self.right = more.right;
    }

    /// These were typed over them.
    pub(super) fn type_over(&mut self, chars: &Chars) {
        if !self.chars.is_empty() && self.typed_over.is_none() {
            self.typed_over = chars.iter().next().map(|(name, _)| name);
        }
    }

    pub(super) fn rename(&mut self, renaming: &Renaming) {
        self.chars.rename(renaming);
        for name in self.left.iter_mut().chain(&mut self.right).chain(&mut self.typed_over) {
            if let Some(new) = renaming.of(name) {
                *name = new;
            }
        }
    }

    /// From where to where they may be put back: not before the one neighbour, not after the other.
    fn between<D: ReadDoc>(&self, doc: &D, text: &ObjId) -> (usize, usize) {
        let visible = |name: &Option<OpName>| visible_at(doc, text, name.as_ref()?);
        let last = visible(&self.right).unwrap_or(usize::MAX);
        let width = |at| doc.get(text, at).ok().flatten().and_then(|(value, _)| Some(utf16_length(value.as_str()?))).unwrap_or(1);
        (visible(&self.left).map_or(0, |at| at + width(at)).min(last), last)
    }
}

/// The characters that a splice removes.
fn removed_by<D: ReadDoc>(doc: &D, text: &ObjId, splice: &Splice) -> Chars {
    let end = splice.at.saturating_add(splice.delete);
    if splice.delete > ONE_BY_ONE_MAX {
        return named(doc, text)
            .skip_while(|(at, ..)| *at < splice.at)
            .take_while(|(at, ..)| *at < end)
            .map(|(_, name, char)| (name, char))
            .collect();
    }
    let mut chars = Chars::default();
    let mut at = splice.at;
    while at < end
        && let Ok(Some((value, id))) = doc.get(text, at)
        && let (Some(char), Some(name)) = (value.as_str().and_then(|words| words.chars().next()), OpName::of(&id))
    {
        chars.push(name, char);
        at += char.len_utf16();
    }
    chars
}

/// The characters that a splice, just done, has put there: their names follow each other.
pub(super) fn inserted_by<D: ReadDoc>(doc: &D, text: &ObjId, splice: &Splice) -> Chars {
    let Some(first) = name_at(doc, text, splice.at).filter(|_| !splice.insert.is_empty()) else { return Chars::default() };
    (first.counter..).zip(splice.insert.chars()).map(|(counter, char)| (OpName { counter, actor: first.actor.clone() }, char)).collect()
}

/// All characters of a text with their places and names.
pub(super) fn named<D: ReadDoc>(doc: &D, text: &ObjId) -> impl Iterator<Item = (usize, OpName, char)> {
    let mut next = 0;
    doc.list_range(text, ..).filter_map(move |item| {
        let value = item.value.clone().into_value();
        let char = value.as_str()?.chars().next()?;
        let at = next;
        next += char.len_utf16();
        Some((at, OpName::of(&item.id())?, char))
    })
}

fn name_at<D: ReadDoc>(doc: &D, text: &ObjId, at: usize) -> Option<OpName> {
    OpName::of(&doc.get(text, at).ok()??.1)
}

/// Where the character is, or would be.
fn place<D: ReadDoc>(doc: &D, text: &ObjId, name: &OpName) -> Option<usize> {
    let cursor = Cursor::try_from(format!("{}@{}", name.counter, name.actor.to_hex_string()).as_str()).ok()?;
    doc.get_cursor_position(text, &cursor, None).ok()
}

fn visible_at<D: ReadDoc>(doc: &D, text: &ObjId, name: &OpName) -> Option<usize> {
    place(doc, text, name).filter(|at| name_at(doc, text, *at).as_ref() == Some(name))
}

/// The places of characters that stood next to each other: where the first and the last are at one place, all are.
fn find<D: ReadDoc>(doc: &D, text: &ObjId, chars: &[(OpName, char)], places: &mut [Option<usize>]) {
    let ([(first, _), .., (last, _)], 3..) = (chars, chars.len()) else {
        for ((name, _), at) in chars.iter().zip(places) {
            *at = place(doc, text, name);
        }
        return;
    };
    let at = place(doc, text, first);
    if at.is_some() && at == place(doc, text, last) {
        places.fill(at);
        return;
    }
    let middle = chars.len() / 2;
    let (left, right) = places.split_at_mut(middle);
    find(doc, text, &chars[..middle], left);
    find(doc, text, &chars[middle..], right);
}
