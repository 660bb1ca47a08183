//! One of a fixed list, held in the document as a short lowercase text.

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

macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
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
