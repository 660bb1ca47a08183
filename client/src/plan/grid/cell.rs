//! A cell of the table: the input of its field, or a sum.

use hamutuk_shared::derive::Sums;
use hamutuk_shared::plan::Name;
use hamutuk_shared::plan::schema::{Content, Kind, Members};
use leptos::prelude::*;

use super::columns::Shows;
use super::cursor::Cursor;
use super::row::RowState;
use crate::field::{ChoiceInput, MonthsInput, NumberInput, ReferenceInput, SetInput, TextInput};
use crate::i18n::{label, use_i18n};
use crate::plan::restored::RestoredNote;
use crate::ui::{dynamic, flag, text};
use crate::view_model::ActivityView;
use crate::words;

/// The cell. The focus is on it, or in its input: then one writes.
#[component]
pub(super) fn Cell(
    activity: ActivityView,
    /// What it shows.
    shows: Shows,
    /// Its place among the shown columns.
    index: usize,
    state: RowState,
) -> impl IntoView {
    let frozen = expect_context::<Cursor>().frozen_at(index);
    let is_head = Memo::new(move |_| state.head.get() == Some(shows));
    // Before anybody was here, Tab comes to the first cell of each row.
    let is_entry = Memo::new(move |_| is_head.get() || index == 0 && !state.has_head.get());
    let is_in_block = Memo::new(move |_| state.columns.get().is_some_and(|(first, last)| (first..=last).contains(&index)));
    view! {
        <div
            role="gridcell"
            class="cell"
            class:frozen=flag(move || frozen.get().is_some())
            class:is-head=flag(move || is_head.get())
            style:left=move || frozen.get().map(|left| format!("{left}px"))
            data-column=shows.key()
            aria-selected=text(move || is_in_block.get().to_string())
            tabindex=text(move || if is_entry.get() { "0" } else { "-1" })
        >
            {content(activity, shows)}
        </div>
    }
}

fn content(activity: ActivityView, shows: Shows) -> AnyView {
    let i18n = use_i18n();
    let Shows::Field(name) = shows else { return sum(activity, shows) };
    let field = activity.field(name);
    let label = text(move || words::field(i18n, Kind::Activity, name));
    match field.content() {
        Some(Content::Text) if name == Name::Title => view! {
            <TextInput field label placeholder=label!(i18n, activity_title_hint) />
            <RestoredNote activity />
        }
        .into_any(),
        Some(Content::Text) => view! { <TextInput field label multiline=true /> }.into_any(),
        Some(Content::Choice(_)) => view! { <ChoiceInput field label /> }.into_any(),
        Some(Content::Set(Members::Months)) => view! { <MonthsInput field /> }.into_any(),
        Some(Content::Set(_)) => view! { <SetInput field label /> }.into_any(),
        Some(Content::Reference(_)) => view! { <ReferenceInput field label /> }.into_any(),
        _ => view! { <NumberInput field label /> }.into_any(),
    }
}

fn sum(activity: ActivityView, shows: Shows) -> AnyView {
    let i18n = use_i18n();
    let cents = match shows {
        Shows::Gap => activity.watch(|activity| Sums::of(activity).unfunded()),
        _ => activity.watch(|activity| Sums::of(activity).cost),
    };
    let words = move || if cents.get().0 == 0 { String::new() } else { words::money(i18n, cents.get()) };
    view! { <span class="sum">{dynamic(words)}</span> }.into_any()
}
