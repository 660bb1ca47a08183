//! Where each operation of a document wrote.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use automerge::legacy::{ObjectId, OpId};
use automerge::{ActorId, ObjType};

use crate::access::rule::is_owned;
use crate::id::{Author, ParticipantId, SERVER};

/// The number of an object; the root is 0.
pub(super) type ObjectNumber = u32;

/// The number of a key in an object. Two objects made at the same key at the same time have different ones for the same keys in them.
pub(super) type SlotNumber = u32;

const ROOT: ObjectNumber = 0;

/// Where an operation wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At a key of a map.
    Key(SlotNumber),
    /// Into a text.
    Text(ObjectNumber),
}

/// Operations with numbers in a row that wrote at the same place. A word that was typed is one.
#[derive(Debug, Clone, Copy)]
struct Run {
    first: u32,
    count: u32,
    place: Place,
}

#[derive(Debug)]
struct Object {
    kind: ObjType,
    /// The keys from the root to it.
    path: Arc<[Arc<str>]>,
    /// Who made the suggestion, comment or reply that it is or is in; the server where there is none.
    maker: ParticipantId,
    slots: HashMap<Arc<str>, SlotNumber>,
}

/// What one actor wrote.
#[derive(Debug, Default)]
struct Written {
    /// The number of the next operation, at least.
    next: u64,
    runs: Vec<Run>,
    objects: HashMap<u32, ObjectNumber>,
}

/// Where everything is.
#[derive(Debug)]
pub(super) struct Index {
    actors: HashMap<ActorId, Written>,
    objects: Vec<Object>,
    /// For each key, whether an object was ever made there. None is ever removed.
    slots: Vec<bool>,
    /// Each key once.
    names: HashSet<Arc<str>>,
}

/// What a change adds.
#[derive(Debug)]
pub(super) struct Addition {
    actor: ActorId,
    first: u64,
    written: Written,
    objects: Vec<Object>,
    slots: Vec<bool>,
    slots_of: HashMap<ObjectNumber, HashMap<Arc<str>, SlotNumber>>,
    /// Keys that are known and had no object.
    filled: HashSet<SlotNumber>,
    /// How many objects and keys it is counted on top of.
    onto: (usize, usize),
}

impl Default for Index {
    fn default() -> Self {
        let root = Object { kind: ObjType::Map, path: Arc::from([]), maker: SERVER, slots: HashMap::new() };
        Self { actors: HashMap::new(), objects: vec![root], slots: Vec::new(), names: HashSet::new() }
    }
}

impl Index {
    pub(super) fn add(&mut self, addition: Addition) {
        assert_eq!(addition.onto, (self.objects.len(), self.slots.len()), "a change is admitted before the next is checked");
        self.objects.extend(addition.objects);
        self.slots.extend(addition.slots);
        for slot in addition.filled {
            self.slots[number(slot)] = true;
        }
        for (object, slots) in addition.slots_of {
            self.names.extend(slots.keys().cloned());
            self.objects[number(object)].slots.extend(slots);
        }
        let written = self.actors.entry(addition.actor).or_default();
        written.next = addition.written.next;
        addition.written.runs.into_iter().for_each(|run| written.push(run));
        written.objects.extend(addition.written.objects);
    }
}

impl Written {
    fn push(&mut self, run: Run) {
        match self.runs.last_mut() {
            Some(last) if last.place == run.place && last.first + last.count == run.first => last.count += run.count,
            _ => self.runs.push(run),
        }
    }

    fn place(&self, counter: u32) -> Option<Place> {
        let run = &self.runs[self.runs.partition_point(|run| run.first <= counter).checked_sub(1)?];
        (counter - run.first < run.count).then_some(run.place)
    }
}

/// A change being followed on top of what the index knows.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    index: &'a Index,
    added: Addition,
}

impl<'a> Draft<'a> {
    /// None if the actor has used the number `first` already.
    pub(super) fn new(index: &'a Index, actor: &ActorId, first: u64) -> Option<Self> {
        if index.actors.get(actor).is_some_and(|written| first < written.next) {
            return None;
        }
        let added = Addition {
            actor: actor.clone(),
            first,
            written: Written { next: first, ..Written::default() },
            objects: Vec::new(),
            slots: Vec::new(),
            slots_of: HashMap::new(),
            filled: HashSet::new(),
            onto: (index.objects.len(), index.slots.len()),
        };
        Some(Self { index, added })
    }

    pub(super) fn finish(self) -> Addition {
        self.added
    }

    /// The object of this id; none if there is none, or not before the operation at hand.
    pub(super) fn object(&self, id: &ObjectId) -> Option<ObjectNumber> {
        match id {
            ObjectId::Root => Some(ROOT),
            ObjectId::Id(id) => self.written(id)?.objects.get(&u32::try_from(id.counter()).ok()?).copied(),
        }
    }

    /// Where the operation of this id wrote; none if it wrote nothing, or is not before the operation at hand.
    pub(super) fn place(&self, id: &OpId) -> Option<Place> {
        self.written(id)?.place(u32::try_from(id.counter()).ok()?)
    }

    fn written(&self, id: &OpId) -> Option<&Written> {
        if id.counter() >= self.added.written.next {
            return None;
        }
        let is_own = id.counter() >= self.added.first && *id.actor() == self.added.actor;
        if is_own { Some(&self.added.written) } else { self.index.actors.get(id.actor()) }
    }

    pub(super) fn kind(&self, object: ObjectNumber) -> ObjType {
        self.at(object).kind
    }

    fn at(&self, object: ObjectNumber) -> &Object {
        let known = &self.index.objects;
        known.get(number(object)).unwrap_or_else(|| &self.added.objects[number(object) - known.len()])
    }

    /// The keys from the root to the object, and then `key`.
    pub(super) fn path<'b>(&'b self, object: ObjectNumber, key: Option<&'b str>) -> Vec<&'b str> {
        self.at(object).path.iter().map(|key| &**key).chain(key).collect()
    }

    /// Who made the suggestion, comment or reply that the object, or what is at its key, is or is in.
    pub(super) fn maker(&self, object: ObjectNumber, key: Option<&str>) -> ParticipantId {
        if key.is_some() && is_owned(&self.path(object, key)) { self.author() } else { self.at(object).maker }
    }

    fn author(&self) -> ParticipantId {
        Author::of(&self.added.actor).map_or(SERVER, |author| author.participant)
    }

    /// The number of a key of a map.
    pub(super) fn slot(&mut self, map: ObjectNumber, key: &str) -> SlotNumber {
        let added = &mut self.added;
        let known = self.index.objects.get(number(map)).and_then(|object| object.slots.get(key));
        if let Some(slot) = known.or_else(|| added.slots_of.get(&map)?.get(key)) {
            return *slot;
        }
        let slot = count(self.index.slots.len() + added.slots.len());
        added.slots.push(false);
        let name = self.index.names.get(key).cloned().unwrap_or_else(|| Arc::from(key));
        added.slots_of.entry(map).or_default().insert(name, slot);
        slot
    }

    /// Whether an object was made at the key, now or ever, whoever sees it.
    pub(super) fn holds_object(&self, slot: SlotNumber) -> bool {
        let known = &self.index.slots;
        match known.get(number(slot)) {
            Some(holds) => *holds || self.added.filled.contains(&slot),
            None => self.added.slots[number(slot) - known.len()],
        }
    }

    /// The operation at hand wrote at `place`, or nowhere.
    pub(super) fn write(&mut self, place: Option<Place>) {
        let written = &mut self.added.written;
        if let (Some(place), Ok(first)) = (place, u32::try_from(written.next)) {
            written.push(Run { first, count: 1, place });
        }
        written.next += 1;
    }

    /// The operation at hand made an object.
    pub(super) fn make(&mut self, map: ObjectNumber, key: &str, slot: SlotNumber, kind: ObjType) {
        let name = self.index.names.get(key).cloned().unwrap_or_else(|| Arc::from(key));
        let maker = self.maker(map, Some(key));
        let path = self.at(map).path.iter().cloned().chain([name]).collect();
        let object = count(self.index.objects.len() + self.added.objects.len());
        self.added.objects.push(Object { kind, path, maker, slots: HashMap::new() });
        if let Ok(counter) = u32::try_from(self.added.written.next) {
            self.added.written.objects.insert(counter, object);
        }
        match number(slot).checked_sub(self.index.slots.len()) {
            Some(new) => self.added.slots[new] = true,
            None => {
                self.added.filled.insert(slot);
            }
        }
        self.write(Some(Place::Key(slot)));
    }
}

fn number(number: u32) -> usize {
    usize::try_from(number).expect("a pointer has at least 32 bits here")
}

fn count(count: usize) -> u32 {
    u32::try_from(count).expect("each has an operation of its own, whose numbers have 32 bits")
}
