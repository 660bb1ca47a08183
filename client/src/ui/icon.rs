//! The drawings on buttons, in a square of 20. Each stands beside words, or on a button that has a name.

use leptos::prelude::*;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// Add.
    Plus,
    /// Close.
    Cross,
    /// More actions.
    Dots,
    /// Upwards.
    Up,
    /// Downwards.
    Down,
    /// Into the archive.
    Archive,
    /// Out of the archive.
    Restore,
    /// The details at the side.
    Panel,
    /// Share.
    Share,
    /// Language.
    Globe,
    /// Help.
    Help,
    /// A warning.
    Warning,
    /// Something to know.
    Info,
    /// Filter.
    Filter,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Copy.
    Copy,
    /// Done.
    Check,
    /// Save to a file.
    Download,
    /// Somebody is writing.
    Pencil,
    /// Nobody else may write here.
    Lock,
    /// The plan itself.
    Page,
    /// Keep other people's details out.
    Shield,
    /// What people say.
    Speech,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Plus => "M10 4v12M4 10h12",
            Self::Cross => "M5 5l10 10M15 5L5 15",
            Self::Dots => "M4.5 10h.01M10 10h.01M15.5 10h.01",
            Self::Up => "M10 16V4M5 9l5-5 5 5",
            Self::Down => "M10 4v12M5 11l5 5 5-5",
            Self::Archive => "M3 4h14v4H3zM4.5 8v8h11V8M8 11.5h4",
            Self::Restore => "M4 9a6 6 0 1 1 1.5 5M4 4v5h5",
            Self::Panel => "M3 4h14v12H3zM12 4v12",
            Self::Share => "M10 12V3M6.5 6L10 2.5 13.5 6M5 9.5H4V17h12V9.5h-1",
            Self::Globe => {
                "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM2.5 10h15M10 2.5c4.5 4.5 4.5 10.5 0 15M10 2.500c-4.5 4.5-4.5 10.5 0 15"
            }
            Self::Help => "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM7.8 8a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.500M10 14.300h.01",
            Self::Warning => "M10 3l8 14H2zM10 8v4M10 14.500h.01",
            Self::Info => "M10 2.500a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15zM10 9v5M10 6.200h.01",
            Self::Filter => "M3 5h14M6 10h8M8.500 15h3",
            Self::Undo => "M7 4L3.500 7.500 7 11M3.500 7.500h8a4.500 4.500 0 0 1 0 9H8",
            Self::Redo => "M13 4l3.500 3.500L13 11M16.500 7.500h-8a4.500 4.500 0 0 0 0 9H12",
            Self::Copy => "M7 7h9v10H7zM13 7V3H4v10h3",
            Self::Check => "M4 10.500l4 4 8-9",
            Self::Download => "M10 3v9M6 8.500l4 4 4-4M4 16.500h12",
            Self::Pencil => "M4 16l.8-3.500L13.5 3.800a1.4 1.4 0 0 1 2 0l.7.7a1.4 1.4 0 0 1 0 2L7.5 15.200z",
            Self::Lock => "M5 9h10v8H5zM7 9V6.500a3 3 0 0 1 6 0V9",
            Self::Page => "M5 2.500h7l3.5 3.500v11.500H5zM8 9.500h5M8 13h5",
            Self::Speech => "M3 4h14v10H9l-4 3.5V14H3z",
            Self::Shield => "M10 2.500l6 2v5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8v-5z",
        }
    }
}

/// A drawing. It is hidden from screen readers.
#[component]
pub(crate) fn Icon(glyph: Glyph) -> impl IntoView {
    let is_dots = glyph == Glyph::Dots;
    view! {
        <svg class="icon" class:is-dots=is_dots viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=glyph.path() />
        </svg>
    }
}
