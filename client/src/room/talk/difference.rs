//! What a suggestion would change, marked: what goes out is struck through, what comes in underlined.

use hamutuk_shared::plan::schema::Content;
use hamutuk_shared::plan::suggestion::Proposal;
use hamutuk_shared::plan::{Field, Value};
use hamutuk_shared::text::diff::{self, Piece};
use leptos::prelude::*;

use crate::i18n::{t, use_i18n};
use crate::session::use_session;
use crate::ui::dynamic;
use crate::view_model::PlanView;
use crate::words;

/// How many characters around a difference are shown of a long text.
const AROUND: usize = 90;

/// Words that became other words.
pub(super) fn words_of(was: &str, text: &str) -> AnyView {
    let pieces = diff::words(was, text);
    let last = pieces.len().saturating_sub(1);
    let piece = |(at, piece): (usize, &Piece<'_>)| match *piece {
        Piece::Same(words) => shortened(words, at == 0, at == last).into_any(),
        Piece::Removed(words) => view! { <del>{words.to_owned()}</del> }.into_any(),
        Piece::Added(words) => view! { <ins>{words.to_owned()}</ins> }.into_any(),
    };
    view! { <p class="difference">{pieces.iter().enumerate().map(piece).collect_view()}</p> }.into_any()
}

/// What is the same, without the middle of it where it is long.
fn shortened(words: &str, is_first: bool, is_last: bool) -> String {
    let count = words.chars().count();
    let (head, tail) = (if is_first { 0 } else { AROUND }, if is_last { 0 } else { AROUND });
    if count <= head + tail + AROUND {
        return words.to_owned();
    }
    let start: String = words.chars().take(head).collect();
    let end: String = words.chars().skip(count - tail).collect();
    format!("{start} … {end}")
}

/// What a suggestion would change. Reactive on the language.
#[component]
pub(super) fn Difference(proposal: Proposal, was: String) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    match proposal {
        Proposal::Words { text, .. } => words_of(&was, &text),
        Proposal::Activity { text, .. } => view! {
            <p class="note">{t!(i18n, suggest_new_activity)}</p>
            <p class="difference">
                <ins>{text}</ins>
            </p>
        }
        .into_any(),
        Proposal::Value { field, value } => {
            let shown = value.clone();
            view! {
                <p class="difference">
                    {(!was.is_empty()).then(|| view! { <del>{was}</del> " → " })} <ins>{dynamic(move || words::value(i18n, view, field, &shown))}</ins>
                </p>
                <Now field value />
            }
            .into_any()
        }
        Proposal::Members { field, changes } => {
            let say = move |member: &str| words::value(i18n, view, field, &Value::Word(member.to_owned()));
            let one = move |(member, is_in): (&String, &bool)| {
                if *is_in {
                    view! { <ins>"+ " {say(member)}</ins> " " }.into_any()
                } else {
                    view! { <del>"− " {say(member)}</del> " " }.into_any()
                }
            };
            view! { <p class="difference">{dynamic(move || changes.iter().map(one).collect_view())}</p> }.into_any()
        }
    }
}

/// What stands in the field by now, where that is not what is suggested.
#[component]
fn Now(field: Field, value: Value) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let standing = use_session().standing(field);
    let now = move || {
        let now = standing.with(|standing| standing.value.value.clone());
        let is_shown = now != value && !matches!(field.content(), Some(Content::Own) | None);
        is_shown.then(|| {
            let said = words::value(i18n, view, field, &now);
            view! { <p class="note">{t!(i18n, suggest_stands_now, words = said)}</p> }
        })
    };
    dynamic(now)
}
