//! From what a cell is to hold to the edits that bring it there; and back, what a cell holds.

use std::collections::BTreeSet;

use hamutuk_shared::entry::paste::Written;
use hamutuk_shared::entry::{Period, money, months, number};
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::{Content, Members};
use hamutuk_shared::plan::{Cents, Edit, Field, Name, Thousandths};
use hamutuk_shared::text::Splice;

use crate::session::Session;
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What a field holds now.
pub(super) fn held(session: Session, field: Field) -> Written {
    match field.content() {
        Some(Content::Text) => Written::Text(session.text(field).unwrap_or_default()),
        Some(Content::Set(_)) => Written::Set(session.standing_now(field).members.into_iter().collect()),
        _ => Written::Value(session.standing_now(field).value.value),
    }
}

/// What a field holds when nobody has written in it.
pub(super) fn nothing(field: Field) -> Written {
    match field.content() {
        Some(Content::Text) => Written::Text(String::new()),
        Some(Content::Set(_)) => Written::Set(Vec::new()),
        _ if words::usual(field).is_empty() => Written::Value(Value::Nothing),
        _ => Written::Value(Value::Word(words::usual(field).to_owned())),
    }
}

/// The edits after which a field holds this. `is_new`: it is of something that the edits before these make.
pub(super) fn edits(session: Session, field: Field, what: &Written, is_new: bool) -> Vec<Edit> {
    let held = if is_new { nothing(field) } else { held(session, field) };
    match (held, what) {
        (now, what) if now == *what => Vec::new(),
        (Written::Text(now), Written::Text(words)) => {
            // A title is one line.
            let words = if field.name == Name::Title { words.replace(['\r', '\n'], " ") } else { words.clone() };
            vec![Edit::Text { field, splice: Splice { at: 0, delete: now.encode_utf16().count(), insert: words } }]
        }
        (Written::Set(now), Written::Set(members)) => {
            let (now, members): (BTreeSet<_>, BTreeSet<_>) = (now.iter().collect(), members.iter().collect());
            let include = |member: &&String, included| Edit::Include { field, member: (*member).clone(), included };
            let out = now.difference(&members).map(|member| include(member, false));
            out.chain(members.difference(&now).map(|member| include(member, true))).collect()
        }
        (_, Written::Value(value)) => vec![Edit::Set { field, value: value.clone() }],
        _ => Vec::new(),
    }
}

/// As it is copied: such that a spreadsheet takes numbers for numbers, and this table reads it back.
pub(super) fn plain(i18n: I18n, view: PlanView, field: Field, what: &Written) -> String {
    let language = words::language(i18n);
    match (field.content(), what) {
        (_, Written::Text(words)) => words.clone(),
        (Some(Content::Set(Members::Months)), Written::Set(members)) => {
            let set = members.iter().filter_map(|month| month.parse().ok()).collect();
            months::format(&set, Period { first: view.first(), last: view.last() }, |month| words::month_name_short(i18n, month))
        }
        (_, Written::Set(members)) => words::members(i18n, view, field, &members.iter().cloned().collect()),
        (_, Written::Value(Value::Nothing)) => String::new(),
        (Some(Content::Cents), Written::Value(Value::Number(cents))) => money::plain(Cents(*cents), language),
        (Some(Content::Thousandths), Written::Value(Value::Number(number))) => number::format_quantity(Thousandths(*number), language),
        (_, Written::Value(value)) => words::value(i18n, view, field, value),
    }
}
