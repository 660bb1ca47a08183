//! What the plan costs, and who pays: the gap first, then the sums by what people ask for, then where money is missing.

mod bar;
mod dimension;
mod gaps;
mod head;
mod table;

use std::cell::Cell;

use hamutuk_shared::derive::{Bucket, Filter, Sums};
use leptos::prelude::*;

use self::dimension::Dimension;
use self::gaps::Gaps;
use self::head::Head;
use self::table::Table;
use super::one_of::OneOf;
use crate::i18n::{label, t_string, use_i18n};
use crate::plan::derived::use_derived;
use crate::ui::{Show, dynamic, flag, text};

thread_local! {
    /// Which sums were looked at last: whoever comes back finds them again.
    static LAST: Cell<usize> = const { Cell::new(0) };
}

/// The view. All sums are there: the screen shows those that are chosen, paper shows all.
#[component]
pub(crate) fn Budget() -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let whole = Memo::new(move |_| derived.totals.with(|totals| totals.get(Bucket::Plan).sums));
    let chosen = RwSignal::new(LAST.get());
    Effect::new(move |_| LAST.set(chosen.get()));
    let options = move || Dimension::ALL.map(|one| (one.as_str(), text(move || one.words(i18n)))).to_vec();
    let table = move |(at, dimension)| view! { <Table dimension whole is_chosen=flag(move || chosen.get() == at) /> };
    let nothing = move || {
        let is_all = derived.filter.with(Filter::is_empty);
        let words = move || if is_all { t_string!(i18n, budget_empty) } else { t_string!(i18n, budget_empty_shown) };
        view! { <p class="view-empty">{dynamic(words)}</p> }
    };
    view! {
        <Show when=flag(move || whole.get() != Sums::default()) fallback=move || dynamic(nothing)>
            <Head whole />
            <OneOf label=label!(i18n, budget_tables) options=options() now=chosen />
            {Dimension::ALL.into_iter().enumerate().map(table).collect_view()}
            <Gaps />
        </Show>
    }
}
