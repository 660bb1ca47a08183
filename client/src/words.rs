//! The words for the plan's choices, months and names, in the language of the screen. All are reactive on it.

use std::collections::BTreeSet;

use hamutuk_shared::access::Role;
use hamutuk_shared::entry::{self, NumberError, number};
use hamutuk_shared::id::{Author, ParticipantId};
use hamutuk_shared::plan::dispute::Origin;
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::{Content, Kind, Members};
use hamutuk_shared::plan::{ActivityRef, Cents, Choice, Field, Language, Month, Name, Quarter, Thousandths};
use leptos::prelude::*;

use crate::field::candidates::indicators;
pub(crate) use crate::i18n::I18n;
use crate::i18n::{t_string, td_string};
use crate::view_model::PlanView;

/// The language of the screen, as the plan's content names it.
pub(crate) fn language(i18n: I18n) -> Language {
    i18n.language()
}

/// The words of a list, in the language of the screen, divided by bars in the order of the list.
fn list(i18n: I18n, kind: Kind, name: Name) -> &'static str {
    match (kind, name) {
        (Kind::Activity, Name::Kind) => t_string!(i18n, choices_activity_kind),
        (Kind::Activity, Name::Priority) => t_string!(i18n, choices_priority),
        (Kind::Activity, Name::Status) => t_string!(i18n, choices_status),
        (Kind::Activity, Name::TargetGroups) => t_string!(i18n, choices_target_groups),
        (Kind::Activity, Name::Themes) => t_string!(i18n, choices_themes),
        (Kind::Activity, Name::Municipalities) => t_string!(i18n, choices_municipalities),
        (Kind::BudgetLine, Name::Category) => t_string!(i18n, choices_category),
        (Kind::Funding, Name::Certainty) => t_string!(i18n, choices_certainty),
        (Kind::Source, Name::Kind) => t_string!(i18n, choices_source_kind),
        (Kind::Indicator, Name::Unit) => t_string!(i18n, choices_indicator_unit),
        (Kind::Indicator, Name::Disaggregation) => t_string!(i18n, choices_disaggregation),
        (Kind::Report, Name::Rating) => t_string!(i18n, choices_rating),
        (Kind::Organisation, Name::Kind) => t_string!(i18n, choices_organisation_kind),
        (Kind::Organisation, Name::Colour) => t_string!(i18n, choices_colour),
        (Kind::Plan, Name::Phase) => t_string!(i18n, choices_phase),
        (Kind::Plan, Name::Language) => t_string!(i18n, choices_language),
        (Kind::Section, Name::State) => t_string!(i18n, choices_section_state),
        (Kind::Outcome, Name::Provenance) => t_string!(i18n, choices_provenance),
        (Kind::Synergy, Name::Relation) => t_string!(i18n, choices_relation),
        _ => "",
    }
}

/// A word of a list, as the document names it, in the language of the screen.
pub(crate) fn word(i18n: I18n, kind: Kind, name: Name, word: &str) -> &'static str {
    let words = match name.content(kind) {
        Some(Content::Choice(words) | Content::Set(Members::Of(words))) => words,
        _ => &[],
    };
    let at = words.iter().position(|known| *known == word);
    at.and_then(|at| list(i18n, kind, name).split('|').nth(at)).unwrap_or_default()
}

/// One of a list, in the language of the screen.
pub(crate) fn choice<C: Choice>(i18n: I18n, kind: Kind, name: Name, choice: C) -> &'static str {
    word(i18n, kind, name, choice.as_str())
}

/// The word that stands in a field in which nobody has chosen yet; empty where that is nothing.
pub(crate) const fn usual(field: Field) -> &'static str {
    match (field.item.kind(), field.name) {
        (Kind::Activity, Name::Status) => "draft",
        (Kind::Funding, Name::Certainty) => "requested",
        (Kind::Source, Name::Kind) => "community",
        (Kind::Indicator, Name::Unit) => "number",
        (Kind::Report, Name::Rating) => "grey",
        (Kind::Organisation, Name::Kind) => "cso",
        (Kind::Organisation, Name::Colour) => "plain",
        (Kind::Plan, Name::Phase) => "setup",
        (Kind::Plan, Name::Language) => "en",
        (Kind::Section, Name::State) => "open",
        (Kind::Outcome, Name::Provenance) => "proposed",
        (Kind::Synergy, Name::Relation) => "overlap",
        _ => "",
    }
}

/// What stands in a field, as people say it.
pub(crate) fn value(i18n: I18n, view: PlanView, field: Field, value: &Value) -> String {
    let none = || t_string!(i18n, not_set).to_owned();
    match (field.content(), value) {
        (Some(Content::Reference(Kind::Organisation)), Value::Nothing) => t_string!(i18n, activity_lead_none).to_owned(),
        (Some(Content::Choice(_)), Value::Nothing) if !usual(field).is_empty() => {
            word(i18n, field.item.kind(), field.name, usual(field)).to_owned()
        }
        (_, Value::Nothing) => none(),
        (Some(Content::Choice(_) | Content::Set(Members::Of(_))), Value::Word(known)) => {
            word(i18n, field.item.kind(), field.name, known).to_owned()
        }
        (Some(Content::Reference(kind) | Content::Set(Members::References(kind))), Value::Word(id)) => {
            thing(view, field, kind, id).filter(|name| !name.is_empty()).unwrap_or_else(|| t_string!(i18n, unnamed).to_owned())
        }
        (Some(Content::Quarter), Value::Word(quarter)) => {
            quarter.parse().map_or_else(|_| quarter.clone(), |quarter| whole_quarter(i18n, quarter))
        }
        (Some(Content::Month | Content::Set(Members::Months)), Value::Word(known)) => {
            known.parse().map_or_else(|_| known.clone(), |known| month(i18n, known))
        }
        (Some(Content::Cents), Value::Number(cents)) => money(i18n, Cents(*cents)),
        (Some(Content::Thousandths), Value::Number(number)) => number::format_quantity(Thousandths(*number), language(i18n)),
        (Some(Content::Year), Value::Number(year)) => year.to_string(),
        (_, Value::Number(count)) => number::format_count(*count, language(i18n)),
        (_, Value::Word(words)) => words.clone(),
    }
}

/// What is in a set, as people say it.
pub(crate) fn members(i18n: I18n, view: PlanView, field: Field, members: &BTreeSet<String>) -> String {
    let mut said: Vec<String> = members.iter().map(|member| value(i18n, view, field, &Value::Word(member.clone()))).collect();
    if !matches!(field.content(), Some(Content::Set(Members::Months))) {
        said.sort();
    }
    said.join(", ")
}

/// What another thing is called.
fn thing(view: PlanView, field: Field, kind: Kind, id: &str) -> Option<String> {
    match kind {
        Kind::Organisation => view.organisation_label(id.parse().ok()?),
        Kind::Source => view.source_name(id.parse().ok()?),
        Kind::Person => person(view, id.parse().ok()?),
        Kind::Indicator => {
            let id = id.parse().ok()?;
            indicators(view, field).into_iter().find(|one| one.id == id).map(|one| one.text)
        }
        _ => None,
    }
}

/// Why a number was not taken, and what to do.
pub(crate) fn number_error(i18n: I18n, error: &NumberError) -> &'static str {
    match error {
        NumberError::NotANumber => t_string!(i18n, number_not_a_number),
        NumberError::Negative => t_string!(i18n, number_negative),
        NumberError::TooBig => t_string!(i18n, number_too_big),
        NumberError::TooFine { .. } => t_string!(i18n, number_too_fine),
        NumberError::OtherDigits => t_string!(i18n, number_other_digits),
        NumberError::OtherCurrency => t_string!(i18n, number_other_currency),
        NumberError::NotAYear => t_string!(i18n, number_not_a_year),
        NumberError::TooLong => t_string!(i18n, error_text_too_long),
    }
}

/// What a field is called.
pub(crate) fn field(i18n: I18n, kind: Kind, name: Name) -> &'static str {
    field_in(i18n.language(), kind, name)
}

/// What a field is called in a language.
pub(crate) fn field_in(language: Language, kind: Kind, name: Name) -> &'static str {
    match (kind, name) {
        (_, Name::Title) => td_string!(language, activity_title),
        (_, Name::Lead) => td_string!(language, activity_lead),
        (_, Name::Months) => td_string!(language, activity_months),
        (_, Name::Status) => td_string!(language, activity_status),
        (_, Name::Description) => td_string!(language, activity_description),
        (_, Name::Outcome) => td_string!(language, outcome),
        (_, Name::ExpectedOutput) => td_string!(language, field_expected_output),
        (_, Name::Kind) => td_string!(language, field_kind),
        (_, Name::Partners) => td_string!(language, field_partners),
        (_, Name::Counterparts) => td_string!(language, field_counterparts),
        (_, Name::Responsible) => td_string!(language, field_responsible),
        (_, Name::Municipalities) => td_string!(language, field_municipalities),
        (_, Name::Location) => td_string!(language, field_location),
        (_, Name::TargetGroups) => td_string!(language, field_target_groups),
        (_, Name::Women) => td_string!(language, field_women),
        (_, Name::Men) => td_string!(language, field_men),
        (_, Name::Others) => td_string!(language, field_others),
        (_, Name::Themes) => td_string!(language, field_themes),
        (_, Name::Priority) => td_string!(language, field_priority),
        (_, Name::Risks) => td_string!(language, field_risks),
        (_, Name::Assumptions) => td_string!(language, field_assumptions),
        (_, Name::Category) => td_string!(language, field_category),
        (_, Name::Unit) => td_string!(language, field_unit),
        (_, Name::Quantity) => td_string!(language, field_quantity),
        (_, Name::UnitCost) => td_string!(language, field_unit_cost),
        (_, Name::Quarter) => td_string!(language, field_quarter),
        (_, Name::Source) => td_string!(language, field_source),
        (_, Name::Amount) => td_string!(language, field_amount),
        (_, Name::Certainty) => td_string!(language, field_certainty),
        (_, Name::OwnName) => td_string!(language, field_name),
        (_, Name::Acronym) => td_string!(language, field_acronym),
        (_, Name::FocalPoint) => td_string!(language, field_focal_point),
        (_, Name::Colour) => td_string!(language, field_colour),
        (_, Name::Organisation) => td_string!(language, field_organisation),
        (Kind::Parked, Name::Text) => td_string!(language, field_parked),
        (_, Name::Text) => td_string!(language, field_indicator),
        (_, Name::Baseline) => td_string!(language, field_baseline),
        (_, Name::BaselineYear) => td_string!(language, field_baseline_year),
        (_, Name::Target) => td_string!(language, field_target),
        (_, Name::MilestoneQ1) => nth(td_string!(language, quarters), 1),
        (_, Name::MilestoneQ2) => nth(td_string!(language, quarters), 2),
        (_, Name::MilestoneQ3) => nth(td_string!(language, quarters), 3),
        (_, Name::MilestoneQ4) => nth(td_string!(language, quarters), 4),
        (_, Name::Disaggregation) => td_string!(language, field_disaggregation),
        (_, Name::Verification) => td_string!(language, field_verification),
        (_, Name::Collector) => td_string!(language, field_collector),
        (_, Name::Indicator) => td_string!(language, field_indicator),
        (_, Name::Value) => td_string!(language, field_value),
        (_, Name::Rating) => td_string!(language, field_rating),
        (_, Name::Expenditure) => td_string!(language, field_expenditure),
        (_, Name::Narrative) => td_string!(language, field_narrative),
        (_, Name::Challenges) => td_string!(language, field_challenges),
        (_, Name::Evidence) => td_string!(language, field_evidence),
        (_, Name::SubmittedBy) => td_string!(language, field_submitted_by),
        (_, Name::VerifiedBy) => td_string!(language, field_verified_by),
        (_, Name::Relation) => td_string!(language, field_relation),
        (_, Name::Vision) => td_string!(language, plan_vision),
        (_, Name::FirstMonth) => td_string!(language, field_first_month),
        (_, Name::LastMonth) => td_string!(language, field_last_month),
        (_, Name::Phase) => td_string!(language, field_phase),
        (_, Name::Language) => td_string!(language, field_language),
        (_, Name::Context) => td_string!(language, section_context),
        (_, Name::State) => td_string!(language, section_state),
        (_, Name::GroupName) => td_string!(language, field_group),
        (_, Name::Rapporteur) => td_string!(language, field_rapporteur),
        (_, Name::GroupMembers) => td_string!(language, field_group_members),
        (_, Name::Statement) => td_string!(language, outcome_statement),
        (_, Name::Reference) => td_string!(language, field_reference),
        (_, Name::Provenance) => td_string!(language, field_provenance),
        // These are in no form.
        (_, _) => "",
    }
}

/// "US$ 10,262.85".
pub(crate) fn money(i18n: I18n, cents: Cents) -> String {
    entry::money::format(cents, language(i18n))
}

/// "Q1 2025".
pub(crate) fn whole_quarter(i18n: I18n, of: Quarter) -> String {
    format!("{} {}", quarter(i18n, of.quarter), of.year)
}

/// "January 2025".
pub(crate) fn month(i18n: I18n, month: Month) -> String {
    t_string!(i18n, month_label, month = nth(t_string!(i18n, months), month.month()), year = month.year())
}

/// "Jan".
pub(crate) fn month_short(i18n: I18n, month: Month) -> &'static str {
    nth(t_string!(i18n, months_short), month.month())
}

/// "Jan", of a month from 1.
pub(crate) fn month_name_short(i18n: I18n, month: u8) -> &'static str {
    nth(t_string!(i18n, months_short), month)
}

/// "Q1".
pub(crate) fn quarter(i18n: I18n, quarter: u8) -> &'static str {
    nth(t_string!(i18n, quarters), quarter)
}

/// One of a list that is divided by bars, counted from 1.
fn nth(list: &'static str, number: u8) -> &'static str {
    list.split('|').nth(usize::from(number.saturating_sub(1))).unwrap_or_default()
}

/// "24/12/2024 17:05", by the clock of this device.
pub(crate) fn moment(at_ms: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are far below 2^53")]
    let date = js_sys::Date::new(&(at_ms as f64).into());
    let (day, month, year) = (date.get_date(), date.get_month() + 1, date.get_full_year());
    format!("{day:02}/{month:02}/{year:04} {:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Who wrote something, for whom, when, and whether their connection was down. Reactive.
pub(crate) fn origin(i18n: I18n, view: PlanView, origin: Origin) -> String {
    let Some(author) = origin.author else { return t_string!(i18n, origin_template).to_owned() };
    let organisation = view.person(author.participant).and_then(|person| person.organisation);
    let parts = [
        Some(person(view, author.participant).unwrap_or_else(|| t_string!(i18n, origin_unknown).to_owned())),
        organisation.and_then(|id| view.organisation_label(id)),
        Some(moment(origin.at_ms)),
        origin.made_offline.then(|| t_string!(i18n, origin_offline).to_owned()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What an activity is called. Reactive.
pub(crate) fn activity(i18n: I18n, view: PlanView, at: ActivityRef) -> String {
    let title = view.activity(at).map(|activity| activity.title.words.get()).filter(|title| !title.trim().is_empty());
    title.unwrap_or_else(|| t_string!(i18n, activity_untitled).to_owned())
}

/// Who wrote something; none while the plan does not name them, and for the server.
pub(crate) fn author(view: PlanView, author: Option<Author>) -> Option<String> {
    person(view, author?.participant)
}

/// What somebody is called.
pub(crate) fn person(view: PlanView, id: ParticipantId) -> Option<String> {
    view.person(id).map(|person| person.name).filter(|name| !name.is_empty())
}

/// What a link makes of whoever opens it, as it is said to them.
pub(crate) fn role(i18n: I18n, role: Role) -> &'static str {
    match role {
        Role::Facilitator => t_string!(i18n, join_role_facilitator),
        Role::Editor => t_string!(i18n, join_role_editor),
        Role::Commenter => t_string!(i18n, join_role_commenter),
        Role::Viewer => t_string!(i18n, join_role_viewer),
        Role::Replica => t_string!(i18n, join_role_replica),
    }
}

/// What a role is called among facilitators.
pub(crate) fn role_name(i18n: I18n, role: Role) -> &'static str {
    nth_role(t_string!(i18n, roles), role)
}

/// What a role may do.
pub(crate) fn role_hint(i18n: I18n, role: Role) -> &'static str {
    nth_role(t_string!(i18n, role_hints), role)
}

fn nth_role(list: &'static str, role: Role) -> &'static str {
    let at = Role::ALL.iter().position(|known| *known == role);
    at.and_then(|at| list.split('|').nth(at)).unwrap_or_default()
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

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn every_list_has_a_word_for_every_choice() {
        crate::test_page::owned(|| {
            crate::language::provide();
            let i18n = crate::i18n::use_i18n();
            for language in Language::ALL {
                i18n.set(*language);
                for kind in [Kind::Plan, Kind::Section, Kind::Outcome, Kind::Activity, Kind::BudgetLine, Kind::Funding, Kind::Indicator] {
                    lists_are_whole(i18n, kind);
                }
                for kind in [Kind::Report, Kind::Source, Kind::Organisation, Kind::Synergy] {
                    lists_are_whole(i18n, kind);
                }
                for role in Role::ALL {
                    assert!(!role_name(i18n, role).is_empty() && !role_hint(i18n, role).is_empty(), "{role:?}");
                }
                for month in 1..=12 {
                    assert!(!month_name_short(i18n, month).is_empty());
                }
            }
        });
    }

    fn lists_are_whole(i18n: I18n, kind: Kind) {
        for (name, content) in Name::fields(kind) {
            let (Content::Choice(words) | Content::Set(Members::Of(words))) = content else { continue };
            let said = list(i18n, kind, *name).split('|').filter(|word| !word.is_empty()).count();
            assert_eq!(said, words.len(), "{kind:?} {name:?} in {:?}", i18n.language());
        }
    }
}
