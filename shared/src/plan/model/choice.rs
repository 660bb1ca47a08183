//! One of a fixed list, held in the document as a short lowercase text.

use std::marker::PhantomData;

/// A choice from a fixed list.
pub trait Choice: Copy + Default + Eq + Sized + 'static {
    /// All of them, in the order in which they are offered.
    const ALL: &'static [Self];

    /// How the document and the locales name it.
    fn as_str(self) -> &'static str;

    /// The choice of this name; none for a name that this version does not know.
    #[must_use]
    fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|choice| choice.as_str() == name)
    }
}

/// A set of choices from one list of at most 32.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChoiceSet<C> {
    bits: u32,
    of: PhantomData<C>,
}

impl<C> Default for ChoiceSet<C> {
    fn default() -> Self {
        Self { bits: 0, of: PhantomData }
    }
}

impl<C: Choice> ChoiceSet<C> {
    /// Whether the choice is in it.
    #[must_use]
    pub fn contains(self, choice: C) -> bool {
        self.bits & Self::bit(choice) != 0
    }

    /// Puts a choice into it.
    pub fn insert(&mut self, choice: C) {
        self.bits |= Self::bit(choice);
    }

    /// Whether nothing is in it.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// What is in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { bits: self.bits & other.bits, of: PhantomData }
    }

    /// What is in it, in the order in which it is offered.
    pub fn iter(self) -> impl Iterator<Item = C> {
        C::ALL.iter().copied().filter(move |choice| self.contains(*choice))
    }

    fn bit(choice: C) -> u32 {
        C::ALL.iter().position(|one| *one == choice).map_or(0, |at| 1 << at)
    }
}

impl<C: Choice> FromIterator<C> for ChoiceSet<C> {
    fn from_iter<I: IntoIterator<Item = C>>(choices: I) -> Self {
        let mut set = Self::default();
        choices.into_iter().for_each(|choice| set.insert(choice));
        set
    }
}

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// How the document names each, in the order in which they are offered.
            pub const WORDS: &'static [&'static str] = &[$($text),+];
        }

        impl $crate::plan::model::Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text),+
                }
            }
        }
    };
}

pub(super) use choice;
