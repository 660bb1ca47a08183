//! The columns of the table: which are shown, how wide, and how many stay in place. Remembered on the device.

use hamutuk_shared::plan::Name;
use hamutuk_shared::plan::schema::Kind;
use leptos::prelude::*;

use crate::i18n::t_string;
use crate::words::{self, I18n};

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shows {
    /// A field, which is written in it.
    Field(Name),
    /// What the activity costs.
    Cost,
    /// What is missing of that.
    Gap,
}

impl Shows {
    /// Its name in what the device remembers and in the page.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Field(name) => name.key(),
            Self::Cost => "cost",
            Self::Gap => "gap",
        }
    }

    /// Its field, if it shows one.
    pub(crate) const fn field(self) -> Option<Name> {
        match self {
            Self::Field(name) => Some(name),
            Self::Cost | Self::Gap => None,
        }
    }

    /// What it is called.
    pub(crate) fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Field(name) => words::field(i18n, Kind::Activity, name),
            Self::Cost => t_string!(i18n, sum_cost),
            Self::Gap => t_string!(i18n, sum_gap),
        }
    }
}

/// A column as it is set up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    /// What it shows.
    pub(crate) shows: Shows,
    /// How wide it is, in pixels.
    pub(crate) width: u16,
    /// Whether it is there.
    pub(crate) is_shown: bool,
}

/// How a table is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Layout {
    /// All columns, in order; the first is always shown.
    pub(crate) columns: Vec<Column>,
    /// How many of the shown ones stay in place while the others scroll.
    pub(crate) frozen: usize,
}

/// No column is narrower or wider.
const WIDTHS: std::ops::RangeInclusive<u16> = 64..=900;
/// Where the device remembers the layout.
const KEY: &str = "hamutuk-columns";

/// Every column with its usual width, and whether it is shown at first.
const ALL: [(Shows, u16, bool); 22] = [
    (Shows::Field(Name::Title), 300, true),
    (Shows::Field(Name::Lead), 130, true),
    (Shows::Field(Name::Months), 176, true),
    (Shows::Field(Name::Municipalities), 140, true),
    (Shows::Cost, 124, true),
    (Shows::Field(Name::Status), 122, true),
    (Shows::Gap, 110, false),
    (Shows::Field(Name::Partners), 150, false),
    (Shows::Field(Name::Counterparts), 150, false),
    (Shows::Field(Name::Responsible), 140, false),
    (Shows::Field(Name::Description), 260, false),
    (Shows::Field(Name::ExpectedOutput), 220, false),
    (Shows::Field(Name::Location), 150, false),
    (Shows::Field(Name::TargetGroups), 160, false),
    (Shows::Field(Name::Women), 90, false),
    (Shows::Field(Name::Men), 90, false),
    (Shows::Field(Name::Others), 90, false),
    (Shows::Field(Name::Themes), 140, false),
    (Shows::Field(Name::Kind), 122, false),
    (Shows::Field(Name::Priority), 110, false),
    (Shows::Field(Name::Risks), 200, false),
    (Shows::Field(Name::Assumptions), 200, false),
];

impl Layout {
    /// The usual one.
    fn usual() -> Self {
        Self { columns: ALL.map(|(shows, width, is_shown)| Column { shows, width, is_shown }).to_vec(), frozen: 1 }
    }

    /// What the device remembers; the usual one where that is nothing.
    pub(crate) fn load() -> Self {
        let stored = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        stored.map_or_else(Self::usual, |text| Self::parse(&text))
    }

    /// Remembers it. Where the browser keeps nothing, it lasts as long as the page.
    pub(crate) fn save(&self) {
        if let Some(storage) = storage() {
            let _ = storage.set_item(KEY, &self.to_text());
        }
    }

    /// `1;title:300+;gap:110-`: how many are frozen, then each column with its width and whether it is shown.
    fn to_text(&self) -> String {
        let column = |column: &Column| format!(";{}:{}{}", column.shows.key(), column.width, if column.is_shown { '+' } else { '-' });
        self.columns.iter().map(column).fold(self.frozen.to_string(), |text, column| text + &column)
    }

    /// What it does not name, or names wrongly, stays as usual.
    fn parse(text: &str) -> Self {
        let mut layout = Self::usual();
        let mut parts = text.split(';');
        if let Some(frozen) = parts.next().and_then(|frozen| frozen.parse().ok()) {
            layout.frozen = frozen;
        }
        for part in parts {
            let Some((key, rest)) = part.split_once(':') else { continue };
            let Some(column) = layout.columns.iter_mut().find(|column| column.shows.key() == key) else { continue };
            column.is_shown = rest.ends_with('+');
            if let Ok(width) = rest.trim_end_matches(['+', '-']).parse::<u16>() {
                column.width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
            }
        }
        layout.columns[0].is_shown = true;
        layout
    }

    /// The shown columns.
    pub(crate) fn shown(&self) -> Vec<Column> {
        self.columns.iter().filter(|column| column.is_shown).copied().collect()
    }

    /// Makes a column as wide as that, within reason.
    pub(crate) fn resize(&mut self, shows: Shows, width: i32) {
        if let Some(column) = self.columns.iter_mut().find(|column| column.shows == shows) {
            let width = u16::try_from(width.max(0)).unwrap_or(u16::MAX);
            column.width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
        }
    }

    /// Shows a column, or hides it. The first stays.
    pub(crate) fn show(&mut self, shows: Shows, is_shown: bool) {
        if let Some(column) = self.columns.iter_mut().skip(1).find(|column| column.shows == shows) {
            column.is_shown = is_shown;
        }
    }

    /// The tracks of a row: the first column takes what is left, the last holds the buttons.
    pub(crate) fn tracks(&self) -> String {
        let track = |(index, column): (usize, Column)| {
            if index == 0 { format!("minmax({}px,1fr) ", column.width) } else { format!("{}px ", column.width) }
        };
        self.shown().into_iter().enumerate().map(track).collect::<String>() + "var(--actions, 76px)"
    }

    /// How far from the left a frozen column stays; none for one that scrolls. The first may be wider than it says, so only it and what
    /// stands right of it at its least width can be frozen: the first column then does not grow.
    pub(crate) fn frozen_at(&self, index: usize) -> Option<u32> {
        (index < self.frozen).then(|| self.shown().iter().take(index).map(|column| u32::from(column.width)).sum())
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn a_layout_reads_back() {
        let mut layout = Layout::usual();
        layout.show(Shows::Gap, true);
        layout.show(Shows::Cost, false);
        layout.resize(Shows::Field(Name::Lead), 222);
        layout.frozen = 2;
        assert_eq!(Layout::parse(&layout.to_text()), layout);
    }

    #[wasm_bindgen_test]
    fn what_makes_no_sense_stays_as_usual() {
        for text in ["", "x", "1;nothing:3+;title", "1;lead:abc+"] {
            assert_eq!(Layout::parse(text), Layout::usual(), "{text}");
        }
        let odd = Layout::parse("1;title:9-;lead:65000+");
        assert!(odd.columns[0].is_shown, "the first column stays");
        assert_eq!((odd.columns[0].width, odd.columns[1].width), (*WIDTHS.start(), *WIDTHS.end()));
    }
}
