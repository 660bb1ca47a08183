//! One of a list: a native list, which every phone knows how to show.

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::Content;
use hamutuk_shared::plan::{Edit, Field, Month, Name};
use leptos::prelude::*;

use super::frame::Frame;
use crate::i18n::{t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words;

/// By so many years the plan's period can be made longer at once.
const YEARS_AROUND: u16 = 5;

/// A field that holds one of a list, or nothing yet.
#[component]
pub(crate) fn ChoiceInput(
    /// Which field.
    field: Field,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let standing = session.standing(field);
    let now = move || standing.with(|standing| standing.word().map_or_else(|| words::usual(field).to_owned(), str::to_owned));
    let options: Vec<String> = match field.content() {
        Some(Content::Choice(words)) => words.iter().map(|word| (*word).to_owned()).collect(),
        Some(Content::Quarter) => view.quarters().iter().map(ToString::to_string).collect(),
        // An end of the period itself: some years around it, so far as it does not end before it begins.
        Some(Content::Month) => period_months(view, field.name).map(|month| month.to_string()).collect(),
        _ => Vec::new(),
    };
    let known = options.clone();
    let can_be_none = words::usual(field).is_empty() && !matches!(field.content(), Some(Content::Month));
    // What somebody chose before it went out of the list is still what stands there.
    let stranger = move || Some(now()).filter(|now| !now.is_empty() && !known.iter().any(|known| known == now));
    let change = move |event| {
        let word = event_target_value(&event);
        let value = if word.is_empty() { Value::Nothing } else { Value::Word(word) };
        session.write(Edit::Set { field, value });
    };
    let option = move |word: String| {
        let (value, of) = (word.clone(), word.clone());
        let said = move || words::value(i18n, view, field, &Value::Word(word.clone()));
        view! {
            <option value=value selected=flag(move || now() == of)>
                {dynamic(said)}
            </option>
        }
    };
    view! {
        <Frame field>
            <div class="status">
                {(field.name == Name::Status || field.name == Name::Rating).then(|| view! { <span class="dot" data-status=text(now)></span> })}
                <select
                    class="select"
                    aria-label=label
                    data-path=field.to_string()
                    disabled=flag(move || !session.may(&Edit::Set { field, value: Value::Nothing }))
                    prop:value=text(now)
                    on:change=change
                >
                    {can_be_none
                        .then(|| {
                            view! {
                                <option value="" selected=flag(move || now().is_empty())>
                                    {dynamic(move || t_string!(i18n, not_set))}
                                </option>
                            }
                        })}
                    {options.into_iter().map(option).collect_view()}
                    {dynamic(move || stranger().map(option))}
                </select>
            </div>
        </Frame>
    }
}

/// The months that may be the first or the last of the plan.
fn period_months(view: PlanView, name: Name) -> Box<dyn Iterator<Item = Month>> {
    let (first, last) = (view.first(), view.last());
    let january = |year: u16| Month::new(year, 1).unwrap_or_default();
    let december = |year: u16| Month::new(year, 12).unwrap_or_default();
    match name {
        Name::FirstMonth => Box::new(january(first.year().saturating_sub(YEARS_AROUND)).through(last)),
        _ => Box::new(first.through(december(last.year() + YEARS_AROUND))),
    }
}
