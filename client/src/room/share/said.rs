//! The words about links.

use hamutuk_shared::id::SectionId;
use leptos::prelude::*;

use super::wire::{Link, State};
use crate::api::ApiError;
use crate::i18n::{I18n, t_string};
use crate::join;
use crate::ui::{Glyph, Icon, dynamic};
use crate::view_model::PlanView;
use crate::words;

/// What a link is called: as the facilitator calls it, or else by what it is for.
pub(super) fn title(i18n: I18n, view: PlanView, link: &Link) -> String {
    if !link.label.trim().is_empty() {
        return link.label.clone();
    }
    let codes = link.sections.as_deref().map(|sections| codes(view, sections)).unwrap_or_default();
    format!("{} {codes}", words::role_name(i18n, link.role)).trim().to_owned()
}

/// "P1, P2": the codes of sections, in the order of the plan.
pub(super) fn codes(view: PlanView, sections: &[SectionId]) -> String {
    view.sections.with_untracked(|all| {
        let named = all.iter().filter(|section| sections.contains(&section.id));
        named.map(|section| section.code.as_str()).collect::<Vec<_>>().join(", ")
    })
}

/// Whether it lets people in, in a word and a drawing.
pub(super) fn state(i18n: I18n, state: State) -> (Glyph, &'static str) {
    match state {
        State::Valid => (Glyph::Check, t_string!(i18n, share_state_valid)),
        State::Expired => (Glyph::Warning, t_string!(i18n, share_state_expired)),
        State::Full => (Glyph::Lock, t_string!(i18n, share_state_full)),
        State::Revoked => (Glyph::Cross, t_string!(i18n, share_state_revoked)),
    }
}

/// The name of it that does not depend on the language.
pub(super) const fn state_name(state: State) -> &'static str {
    match state {
        State::Valid => "valid",
        State::Expired => "expired",
        State::Full => "full",
        State::Revoked => "revoked",
    }
}

/// What went wrong, and what to do.
pub(in crate::room) fn fault(i18n: I18n, error: &ApiError) -> &'static str {
    match error {
        ApiError::Network => t_string!(i18n, share_no_network),
        ApiError::Unreadable => join::what(i18n, "version"),
        ApiError::Refused { code, .. } => match code.as_str() {
            "not_allowed" | "not_joined" => t_string!(i18n, share_not_allowed),
            "last_facilitator_link" => t_string!(i18n, share_last_facilitator_link),
            "name_too_long" => t_string!(i18n, error_text_too_long),
            code => join::what(i18n, code),
        },
    }
}

/// A line that says what went wrong, once something has.
pub(super) fn fault_line(i18n: I18n, error: RwSignal<Option<ApiError>>) -> AnyView {
    dynamic(move || {
        error.get().map(|error| {
            view! {
                <p class="problem" role="alert">
                    <Icon glyph=Glyph::Warning />
                    <span>{dynamic(move || fault(i18n, &error))}</span>
                </p>
            }
        })
    })
}
