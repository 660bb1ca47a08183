//! A value that people choose, with everything that was chosen for it at the same time.

use crate::id::Author;

/// A value and its rivals: what other people chose concurrently and nobody has settled yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Register<T> {
    /// The value to show first. All replicas agree on it.
    pub value: T,
    /// Every distinct value, this one's included, when there is more than one; else empty.
    pub rivals: Vec<Rival<T>>,
}

/// One of several concurrent values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rival<T> {
    /// What was chosen.
    pub value: T,
    /// Who chose it; none when the server did, from the template.
    pub author: Option<Author>,
}

impl<T> Register<T> {
    /// A value that nobody disputes.
    pub const fn settled(value: T) -> Self {
        Self { value, rivals: Vec::new() }
    }

    /// Whether people chose differently at the same time.
    pub const fn is_disputed(&self) -> bool {
        !self.rivals.is_empty()
    }
}

impl<T: PartialEq> Register<T> {
    /// The register of all concurrent values, the winning one last, as Automerge's `get_all` gives them.
    /// Equal values settle themselves. None when there are no values.
    pub fn of(values: impl IntoIterator<Item = Rival<T>>) -> Option<Self>
    where
        T: Clone,
    {
        let mut rivals: Vec<Rival<T>> = Vec::new();
        let mut value = None;
        for rival in values {
            value = Some(rival.value.clone());
            if !rivals.iter().any(|known| known.value == rival.value) {
                rivals.push(rival);
            }
        }
        if rivals.len() < 2 {
            rivals.clear();
        }
        Some(Self { value: value?, rivals })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn register(values: &[u8]) -> Option<Register<u8>> {
        Register::of(values.iter().map(|value| Rival { value: *value, author: None }))
    }

    #[test]
    fn equal_values_settle_themselves() {
        assert_eq!(register(&[]), None);
        assert_eq!(register(&[1]), Some(Register::settled(1)));
        assert_eq!(register(&[1, 1]), Some(Register::settled(1)));
        let disputed = register(&[1, 2, 1, 2]).unwrap();
        assert_eq!((disputed.value, disputed.rivals.len()), (2, 2));
    }
}
