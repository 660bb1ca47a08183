//! The order of things that people arrange: a key between its neighbours' keys, so that a move is one write and merges.
//!
//! Keys are fractional indices, compared as text. Two people who put something in the same gap at the same time make the same
//! key; the reader breaks the tie by id, and [`place`] makes room when something must go between two equal keys.

use std::fmt;

use fractional_index::FractionalIndex;

/// Where something stands among its siblings. Compares as text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderKey(String);

impl OrderKey {
    /// The key as the document holds it. Any text is a key, so that a damaged one still sorts somewhere.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What [`place`] decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The key of what is being placed.
    pub key: OrderKey,
    /// New keys for siblings (by their position in the list given), to make room. Almost always empty.
    pub moved: Vec<(usize, OrderKey)>,
}

/// Finds a key at position `index` of `siblings`, which are sorted and do not hold what is being placed.
/// An `index` past the end means the end.
#[must_use]
pub fn place(siblings: &[OrderKey], index: usize) -> Placement {
    let index = index.min(siblings.len());
    let left = index.checked_sub(1).map(|at| &siblings[at]);
    let right = siblings.get(index);
    if let Some(key) = between(left, right) {
        return Placement { key, moved: Vec::new() };
    }
    // The neighbours share a key, or one is damaged: give everything from here to the next free gap a new key.
    for gap in index + 1..=siblings.len() {
        if let Some(placement) = respace(left, &siblings[index..gap], siblings.get(gap), index) {
            return placement;
        }
    }
    respace(None, siblings, None, 0).map_or_else(|| Placement { key: fresh(), moved: Vec::new() }, |all| interleave(&all, index))
}

/// Evenly increasing keys for `count` new siblings.
#[must_use]
pub fn series(count: usize) -> Vec<OrderKey> {
    let mut keys: Vec<OrderKey> = Vec::with_capacity(count);
    for _ in 0..count {
        let next = between(keys.last(), None).expect("there is always a key after a valid one");
        keys.push(next);
    }
    keys
}

fn fresh() -> OrderKey {
    OrderKey(FractionalIndex::default().to_string())
}

fn parse(key: &OrderKey) -> Option<FractionalIndex> {
    FractionalIndex::from_string(&key.0).ok()
}

fn between(left: Option<&OrderKey>, right: Option<&OrderKey>) -> Option<OrderKey> {
    let left = left.map(parse);
    let right = right.map(parse);
    let index = match (left, right) {
        (None, None) => FractionalIndex::default(),
        (Some(left), None) => FractionalIndex::new_after(&left?),
        (None, Some(right)) => FractionalIndex::new_before(&right?),
        (Some(left), Some(right)) => FractionalIndex::new_between(&left?, &right?)?,
    };
    Some(OrderKey(index.to_string()))
}

/// Keys for a new item and then `run`, all between `left` and `right`.
fn respace(left: Option<&OrderKey>, run: &[OrderKey], right: Option<&OrderKey>, first: usize) -> Option<Placement> {
    let key = between(left, right)?;
    let mut last = key.clone();
    let mut moved = Vec::with_capacity(run.len());
    for offset in 0..run.len() {
        last = between(Some(&last), right)?;
        moved.push((first + offset, last.clone()));
    }
    Some(Placement { key, moved })
}

/// Turns "a new first item and then everything" into "everything, with the new item at `index`".
fn interleave(all: &Placement, index: usize) -> Placement {
    let mut keys: Vec<OrderKey> = std::iter::once(all.key.clone()).chain(all.moved.iter().map(|(_, key)| key.clone())).collect();
    let key = keys.remove(index);
    Placement { key, moved: keys.into_iter().enumerate().collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Applies a placement and says where the new item ended up, or fails if the old ones changed their order.
    fn apply(siblings: &[OrderKey], placement: &Placement) -> usize {
        let mut keys: Vec<(OrderKey, Option<usize>)> = siblings.iter().cloned().zip((0..).map(Some)).collect();
        for (at, key) in &placement.moved {
            keys[*at].0 = key.clone();
        }
        keys.push((placement.key.clone(), None));
        keys.sort();
        let old: Vec<usize> = keys.iter().filter_map(|(_, at)| *at).collect();
        assert!(old.is_sorted(), "the siblings keep their order: {keys:?}");
        keys.iter().position(|(_, at)| at.is_none()).expect("it was pushed")
    }

    #[test]
    fn a_key_between_equal_neighbours_makes_room() {
        let twin = series(1).remove(0);
        let siblings = vec![twin.clone(), twin.clone(), twin];
        for index in 0..=3 {
            assert_eq!(apply(&siblings, &place(&siblings, index)), index);
        }
    }

    #[test]
    fn damaged_keys_are_replaced() {
        let siblings = vec![OrderKey::new(""), OrderKey::new("not hex"), OrderKey::new("zz")];
        for index in 0..=3 {
            assert_eq!(apply(&siblings, &place(&siblings, index)), index);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_placed_lands_where_it_was_put(steps in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 1..60)) {
            let mut keys: Vec<OrderKey> = Vec::new();
            for (index, twice) in steps {
                let index = index.index(keys.len() + 1);
                let placement = place(&keys, index);
                prop_assert_eq!(apply(&keys, &placement), index);
                for (at, key) in placement.moved {
                    keys[at] = key;
                }
                keys.insert(index, placement.key.clone());
                if twice {
                    // Somebody else, at the same time, chose the same gap.
                    keys.insert(index, placement.key);
                }
            }
        }
    }
}
