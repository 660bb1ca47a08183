//! A bar of what is paid and what is missing. It is a drawing, not a background, so that it prints; the words stand beside it.

use hamutuk_shared::derive::Sums;
use leptos::prelude::*;

use super::dimension::positive;
use crate::i18n::{I18n, t_string};

/// A part of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// Promised.
    Confirmed,
    /// Comes as goods or work.
    InKind,
    /// Asked for, as far as it is missing.
    Requested,
    /// Missing, and not even asked for.
    Missing,
    /// All of a cost of which nobody knows who pays it.
    Cost,
}

impl Share {
    /// The parts of what something costs. What is asked for beyond the gap is no part of it.
    pub(super) fn of(sums: &Sums) -> [(Self, u128); 4] {
        let gap = positive(sums.gap());
        let requested = positive(sums.requested).min(gap);
        [
            (Self::Confirmed, positive(sums.confirmed)),
            (Self::InKind, positive(sums.in_kind)),
            (Self::Requested, requested),
            (Self::Missing, gap - requested),
        ]
    }

    /// Its name for styles.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::InKind => "in-kind",
            Self::Requested => "requested",
            Self::Missing => "missing",
            Self::Cost => "cost",
        }
    }

    /// What it is called.
    pub(super) fn words(self, i18n: I18n) -> &'static str {
        match self {
            Self::Confirmed => t_string!(i18n, sum_confirmed),
            Self::InKind => t_string!(i18n, sum_in_kind),
            Self::Requested => t_string!(i18n, sum_requested),
            Self::Missing => t_string!(i18n, budget_missing),
            Self::Cost => t_string!(i18n, sum_cost),
        }
    }
}

/// How long all parts together are.
pub(super) fn length(parts: &[(Share, u128)]) -> u128 {
    parts.iter().map(|(_, amount)| amount).sum()
}

/// The bar, as long as its share of `longest`.
pub(super) fn bar(parts: &[(Share, u128)], longest: u128) -> AnyView {
    let mut before = 0;
    let part = |&(share, amount): &(Share, u128)| {
        let at = before;
        before += amount;
        view! { <rect class=share.as_str() x=place(at, longest) width=place(amount, longest) height="100%" /> }
    };
    let parts: Vec<_> = parts.iter().filter(|(_, amount)| *amount > 0).map(part).collect();
    view! {
        <svg class="share-bar" aria-hidden="true">
            {parts}
        </svg>
    }
    .into_any()
}

/// How far along a bar an amount reaches.
fn place(amount: u128, longest: u128) -> String {
    let parts = (amount * 10_000).checked_div(longest).unwrap_or_default();
    format!("{}.{:02}%", parts / 100, parts % 100)
}

/// How much of `whole` an amount is, in whole percent.
pub(super) fn percent(amount: u128, whole: u128) -> u128 {
    (amount * 100 + whole / 2).checked_div(whole).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use hamutuk_shared::plan::Cents;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn the_parts_make_up_the_cost_unless_there_is_more() {
        let rows = [
            // cost, confirmed, requested, in kind; the parts: confirmed, in kind, requested, missing
            ([0, 0, 0, 0], [0, 0, 0, 0]),
            ([100, 0, 0, 0], [0, 0, 0, 100]),
            ([100, 30, 20, 10], [30, 10, 20, 40]),
            ([100, 30, 500, 10], [30, 10, 60, 0]),
            ([100, 130, 20, 10], [130, 10, 0, 0]),
            ([-5, 0, 0, 0], [0, 0, 0, 0]),
        ];
        for ([cost, confirmed, requested, in_kind], expected) in rows {
            let sums = Sums { cost: Cents(cost), confirmed: Cents(confirmed), requested: Cents(requested), in_kind: Cents(in_kind) };
            assert_eq!(Share::of(&sums).map(|(_, amount)| amount), expected, "{sums:?}");
        }
    }

    #[wasm_bindgen_test]
    fn a_place_is_a_share_of_the_longest() {
        for (amount, longest, expected) in [(0, 0, "0.00%"), (1, 3, "33.33%"), (3, 3, "100.00%"), (5, 10_000, "0.05%")] {
            assert_eq!(place(amount, longest), expected);
        }
        assert_eq!([percent(1, 3), percent(2, 3), percent(1, 0)], [33, 67, 0]);
    }
}
