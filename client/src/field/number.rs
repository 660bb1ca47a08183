//! Amounts, numbers, years and short answers: typed as people write them, read when the field is left, and said back.

use hamutuk_shared::entry::{NumberError, Reading, money, number};
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::Content;
use hamutuk_shared::plan::{Cents, Edit, Field, Language, Thousandths};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;

use super::frame::Frame;
use crate::i18n::{t_string, use_i18n};
use crate::session::use_session;
use crate::ui::{dynamic, flag, text, unique};
use crate::words::{self, I18n};

/// What is said about what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Note {
    /// It could mean two things; it was read as this.
    ReadAs(String),
    /// It was not taken, because.
    Refused(NumberError),
}

/// A field that holds a number, an amount of money, a year or an answer.
#[component]
pub(crate) fn NumberInput(
    /// Which field.
    field: Field,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let standing = session.standing(field);
    let note = RwSignal::new(None);
    let said = Memo::new(move |_| standing.with(|standing| plain(field, &standing.value.value, words::language(i18n))));
    let input = NodeRef::<html::Input>::new();
    let id = unique("note");
    let described = id.clone();
    // What was shown last: what differs from it is being typed.
    let shown = StoredValue::new(String::new());
    let show = move || {
        if let Some(input) = input.get_untracked() {
            let said = said.get_untracked();
            input.set_value(&said);
            shown.set_value(said);
        }
    };
    let is_being_typed = move || {
        let typed = |input: &web_sys::HtmlInputElement| shown.with_value(|shown| input.value() != *shown);
        input.get_untracked().is_some_and(|input| typed(&input) && document().active_element().as_deref() == Some(input.as_ref()))
    };
    // Nobody else replaces what is being typed; it is read when the field is left.
    Effect::new(move |_| {
        let is_news = said.with(|said| shown.with_value(|shown| said != shown));
        if is_news && !is_being_typed() {
            note.set(None);
            show();
        }
    });
    let left = move |_| {
        // What is refused stays as it was typed, to be put right.
        if note.with_untracked(Option::is_none) {
            show();
        }
    };
    let key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            note.set(None);
            show();
        }
    };
    let change = move |event| {
        let typed = event_target_value(&event);
        match read(field, &typed, words::language(i18n)) {
            Ok((value, is_ambiguous)) => {
                let read_as = is_ambiguous.then(|| Note::ReadAs(in_full(i18n, field, &value)));
                if session.standing_now(field).value.value != value {
                    session.write(Edit::Set { field, value });
                }
                note.set(read_as);
                show();
            }
            Err(error) => note.set(Some(Note::Refused(error))),
        }
    };
    let is_refused = move || note.with(|note| matches!(note, Some(Note::Refused(_))));
    let unit = matches!(field.content(), Some(Content::Cents)).then(|| view! { <span class="unit" aria-hidden="true">"US$"</span> });
    let mode = if matches!(field.content(), Some(Content::Answer)) { "text" } else { "decimal" };
    view! {
        <Frame field>
            <div class="number-input" class:is-refused=flag(is_refused)>
                {unit}
                <input
                    type="text"
                    inputmode=mode
                    autocomplete="off"
                    node_ref=input
                    class="input"
                    data-path=field.to_string()
                    aria-label=label
                    aria-invalid=text(move || is_refused().to_string())
                    aria-describedby=described
                    readonly=flag(move || !session.may(&Edit::Set { field, value: Value::Nothing }))
                    on:change=change
                    on:blur=left
                    on:keydown=key
                />
            </div>
            <p class="field-note" id=id aria-live="polite">
                {dynamic(move || note.get().map(|note| say(i18n, &note)))}
            </p>
        </Frame>
    }
}

fn say(i18n: I18n, note: &Note) -> String {
    match note {
        Note::ReadAs(value) => t_string!(i18n, number_read_as, value = value),
        Note::Refused(error) => words::number_error(i18n, error).to_owned(),
    }
}

/// What a typed text means for a field, and whether it could mean something else.
pub(crate) fn read(field: Field, typed: &str, language: Language) -> Result<(Value, bool), NumberError> {
    fn number<T>(reading: Option<Reading<T>>, into: fn(T) -> i64) -> (Value, bool) {
        reading.map_or((Value::Nothing, false), |reading| (Value::Number(into(reading.value)), reading.is_ambiguous))
    }
    Ok(match field.content() {
        Some(Content::Cents) => number(money::read(typed, language)?, |cents: Cents| cents.0),
        Some(Content::Thousandths) => number(number::quantity(typed, language)?, |quantity: Thousandths| quantity.0),
        Some(Content::Year) => (number::year(typed)?.map_or(Value::Nothing, Value::Number), false),
        Some(Content::Count) => number(number::count(typed, language)?, |count| count),
        _ => (number::answer(typed)?.map_or(Value::Nothing, Value::Word), false),
    })
}

/// As it stands in the input, where it can be typed over.
fn plain(field: Field, value: &Value, language: Language) -> String {
    match (field.content(), value) {
        (_, Value::Nothing) => String::new(),
        (Some(Content::Cents), Value::Number(cents)) => money::plain(Cents(*cents), language),
        (Some(Content::Thousandths), Value::Number(quantity)) => number::format_quantity(Thousandths(*quantity), language),
        (Some(Content::Year), Value::Number(year)) => year.to_string(),
        (_, Value::Number(count)) => number::format_count(*count, language),
        (_, Value::Word(words)) => words.clone(),
    }
}

fn in_full(i18n: I18n, field: Field, value: &Value) -> String {
    match (field.content(), value) {
        (Some(Content::Cents), Value::Number(cents)) => words::money(i18n, Cents(*cents)),
        _ => plain(field, value, words::language(i18n)),
    }
}
