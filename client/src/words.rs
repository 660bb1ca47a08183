//! The words for the plan's choices, months and names, in the language of the screen. All are reactive on it.

use hamutuk_shared::id::{Author, ParticipantId};
use hamutuk_shared::plan::{ActivityStatus, Language, Month, Provenance, SectionState};
use leptos::prelude::*;

pub(crate) use crate::i18n::I18n;
use crate::i18n::{Locale, t_string};
use crate::view_model::PlanView;

/// The language of the screen, as the plan's content names it.
pub(crate) fn language(i18n: I18n) -> Language {
    match i18n.get_locale() {
        Locale::en => Language::En,
        Locale::tet => Language::Tet,
        Locale::pt => Language::Pt,
        Locale::id => Language::Id,
    }
}

/// How far an activity is.
pub(crate) fn status(i18n: I18n, status: ActivityStatus) -> &'static str {
    match status {
        ActivityStatus::Draft => t_string!(i18n, status_draft),
        ActivityStatus::Proposed => t_string!(i18n, status_proposed),
        ActivityStatus::Agreed => t_string!(i18n, status_agreed),
        ActivityStatus::NotStarted => t_string!(i18n, status_not_started),
        ActivityStatus::OnTrack => t_string!(i18n, status_on_track),
        ActivityStatus::AtRisk => t_string!(i18n, status_at_risk),
        ActivityStatus::Delayed => t_string!(i18n, status_delayed),
        ActivityStatus::Completed => t_string!(i18n, status_completed),
        ActivityStatus::Cancelled => t_string!(i18n, status_cancelled),
    }
}

/// What may be done with a section.
pub(crate) fn section_state(i18n: I18n, state: SectionState) -> &'static str {
    match state {
        SectionState::Open => t_string!(i18n, section_state_open),
        SectionState::Review => t_string!(i18n, section_state_review),
        SectionState::Locked => t_string!(i18n, section_state_locked),
        SectionState::Adopted => t_string!(i18n, section_state_adopted),
    }
}

/// Where the words of an outcome come from.
pub(crate) fn provenance(i18n: I18n, provenance: Provenance) -> &'static str {
    match provenance {
        Provenance::Official => t_string!(i18n, provenance_official),
        Provenance::Paraphrase => t_string!(i18n, provenance_paraphrase),
        Provenance::Proposed => t_string!(i18n, provenance_proposed),
    }
}

/// "January 2025".
pub(crate) fn month(i18n: I18n, month: Month) -> String {
    let name = match month.month() {
        1 => t_string!(i18n, month_1),
        2 => t_string!(i18n, month_2),
        3 => t_string!(i18n, month_3),
        4 => t_string!(i18n, month_4),
        5 => t_string!(i18n, month_5),
        6 => t_string!(i18n, month_6),
        7 => t_string!(i18n, month_7),
        8 => t_string!(i18n, month_8),
        9 => t_string!(i18n, month_9),
        10 => t_string!(i18n, month_10),
        11 => t_string!(i18n, month_11),
        _ => t_string!(i18n, month_12),
    };
    t_string!(i18n, month_label, month = name, year = month.year())
}

/// "Jan".
pub(crate) fn month_short(i18n: I18n, month: Month) -> &'static str {
    match month.month() {
        1 => t_string!(i18n, month_short_1),
        2 => t_string!(i18n, month_short_2),
        3 => t_string!(i18n, month_short_3),
        4 => t_string!(i18n, month_short_4),
        5 => t_string!(i18n, month_short_5),
        6 => t_string!(i18n, month_short_6),
        7 => t_string!(i18n, month_short_7),
        8 => t_string!(i18n, month_short_8),
        9 => t_string!(i18n, month_short_9),
        10 => t_string!(i18n, month_short_10),
        11 => t_string!(i18n, month_short_11),
        _ => t_string!(i18n, month_short_12),
    }
}

/// "Q1".
pub(crate) fn quarter(i18n: I18n, quarter: u8) -> &'static str {
    match quarter {
        1 => t_string!(i18n, quarter_1),
        2 => t_string!(i18n, quarter_2),
        3 => t_string!(i18n, quarter_3),
        _ => t_string!(i18n, quarter_4),
    }
}

/// Who wrote something; none while the plan does not name them, and for the server.
pub(crate) fn author(view: PlanView, author: Option<Author>) -> Option<String> {
    person(view, author?.participant)
}

/// What somebody is called.
pub(crate) fn person(view: PlanView, id: ParticipantId) -> Option<String> {
    view.people.with(|people| people.get(&id).map(|person| person.name.clone())).filter(|name| !name.is_empty())
}

/// The initials of a name: of its first and its last word.
pub(crate) fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let letters = match words.as_slice() {
        [] => "?".to_owned(),
        [only] => only.chars().take(2).collect(),
        [first, .., last] => first.chars().take(1).chain(last.chars().take(1)).collect(),
    };
    letters.to_uppercase()
}
