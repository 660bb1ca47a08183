//! The names that Automerge gives to characters and values, and texts of named characters.

use automerge::{ActorId, ObjId};

/// The name of one character, or of one value at a key: the operation that wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct OpName {
    pub(super) counter: u64,
    pub(super) actor: ActorId,
}

impl OpName {
    /// None for the root, which nobody wrote.
    pub(super) fn of(id: &ObjId) -> Option<Self> {
        match id {
            ObjId::Id(counter, actor, _) => Some(Self { counter: *counter, actor: actor.clone() }),
            ObjId::Root => None,
        }
    }
}

/// Characters with names that follow each other, as one splice makes them.
#[derive(Debug, Clone)]
struct Run {
    first: OpName,
    count: u64,
    words: String,
}

/// Named characters, one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chars(Vec<Run>);

impl Chars {
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How much memory they take, about.
    pub(super) fn bytes(&self) -> usize {
        self.0.iter().map(|run| run.words.len() + size_of::<Run>()).sum()
    }

    pub(super) fn push(&mut self, name: OpName, char: char) {
        match self.0.last_mut() {
            Some(run) if run.first.actor == name.actor && run.first.counter + run.count == name.counter => {
                run.count += 1;
                run.words.push(char);
            }
            _ => self.0.push(Run { first: name, count: 1, words: char.into() }),
        }
    }

    pub(super) fn append(&mut self, others: Self) {
        others.iter().for_each(|(name, char)| self.push(name, char));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (OpName, char)> {
        self.0.iter().flat_map(|run| {
            (run.first.counter..).zip(run.words.chars()).map(|(counter, char)| (OpName { counter, actor: run.first.actor.clone() }, char))
        })
    }

    pub(super) fn has(&self, name: &OpName) -> bool {
        self.0.iter().any(|run| {
            name.counter.checked_sub(run.first.counter).is_some_and(|offset| offset < run.count) && run.first.actor == name.actor
        })
    }

    /// Those that are not among the others.
    pub(super) fn without(&self, others: &Self) -> Self {
        self.iter().filter(|(name, _)| !others.has(name)).collect()
    }

    pub(super) fn rename(&mut self, renaming: &Renaming) {
        if self.0.iter().any(|run| renaming.is_about(run)) {
            *self = self.iter().map(|(name, char)| (renaming.of(&name).unwrap_or(name), char)).collect();
        }
    }
}

impl FromIterator<(OpName, char)> for Chars {
    fn from_iter<T: IntoIterator<Item = (OpName, char)>>(chars: T) -> Self {
        let mut all = Self::default();
        chars.into_iter().for_each(|(name, char)| all.push(name, char));
        all
    }
}

/// New names for what was put back.
#[derive(Debug, Clone, Default)]
pub(crate) struct Renaming(Vec<(OpName, OpName, u64)>);

impl Renaming {
    pub(super) fn push(&mut self, old: OpName, new: OpName) {
        if let Some((first, to, count)) = self.0.last_mut()
            && (&first.actor, &to.actor) == (&old.actor, &new.actor)
            && (first.counter + *count, to.counter + *count) == (old.counter, new.counter)
        {
            *count += 1;
        } else if old != new {
            self.0.push((old, new, 1));
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn of(&self, name: &OpName) -> Option<OpName> {
        self.0.iter().find_map(|(first, to, count)| {
            let offset = name.counter.checked_sub(first.counter).filter(|offset| offset < count && first.actor == name.actor)?;
            Some(OpName { counter: to.counter + offset, actor: to.actor.clone() })
        })
    }

    fn is_about(&self, run: &Run) -> bool {
        let overlaps =
            |first: &OpName, count: u64| first.counter < run.first.counter + run.count && run.first.counter < first.counter + count;
        self.0.iter().any(|(first, _, count)| first.actor == run.first.actor && overlaps(first, *count))
    }
}

impl FromIterator<(OpName, OpName)> for Renaming {
    fn from_iter<T: IntoIterator<Item = (OpName, OpName)>>(pairs: T) -> Self {
        let mut all = Self::default();
        pairs.into_iter().for_each(|(old, new)| all.push(old, new));
        all
    }
}
