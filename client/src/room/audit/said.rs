//! What happened, in words.

use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::Name;
use hamutuk_shared::plan::schema::Kind as Thing;

use super::wire::Event;
use crate::i18n::{I18n, t_string};
use crate::view_model::PlanView;
use crate::words;

/// What the log is narrowed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Who joined.
    Joined,
    /// Links made, changed and revoked.
    Links,
    /// Sections opened and closed.
    States,
    /// States of the plan that got a name.
    Versions,
    /// Changes that were refused.
    Denied,
    /// The rest, and what a newer server notes.
    Other,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub(super) const ALL: [Self; 6] = [Self::Joined, Self::Links, Self::States, Self::Versions, Self::Denied, Self::Other];

    /// The kind of what the server calls so.
    pub(super) fn of(what: &str) -> Self {
        match what {
            "joined" => Self::Joined,
            "denied" => Self::Denied,
            what if what.starts_with("link") || what.starts_with("role") => Self::Links,
            what if what.contains("state") => Self::States,
            what if what.starts_with("version") => Self::Versions,
            _ => Self::Other,
        }
    }

    /// A name that does not depend on the language.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Links => "links",
            Self::States => "states",
            Self::Versions => "versions",
            Self::Denied => "denied",
            Self::Other => "other",
        }
    }

    /// The kind of this name; none for all of them.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// What it is called.
    pub(super) fn said(self, i18n: I18n) -> &'static str {
        match self {
            Self::Joined => t_string!(i18n, audit_kind_joined),
            Self::Links => t_string!(i18n, audit_kind_links),
            Self::States => t_string!(i18n, audit_kind_states),
            Self::Versions => t_string!(i18n, audit_kind_versions),
            Self::Denied => t_string!(i18n, audit_kind_denied),
            Self::Other => t_string!(i18n, audit_kind_other),
        }
    }
}

/// What happened, after the name of who did it.
pub(super) fn said(i18n: I18n, view: PlanView, event: &Event) -> String {
    let deed = match event.what.as_str() {
        "joined" => t_string!(i18n, audit_joined),
        "link_made" => t_string!(i18n, audit_link_made),
        "link_changed" => t_string!(i18n, audit_link_changed),
        "link_revoked" => t_string!(i18n, audit_link_revoked),
        what => match Kind::of(what) {
            Kind::States => t_string!(i18n, audit_state_changed),
            Kind::Versions => t_string!(i18n, audit_version_named),
            Kind::Denied => t_string!(i18n, audit_denied),
            Kind::Joined | Kind::Links | Kind::Other => what,
        },
    };
    let parts = parts(i18n, view, event);
    if parts.is_empty() { deed.to_owned() } else { format!("{deed}: {}", parts.join(" · ")) }
}

/// The details that people understand. The file has all of them.
fn parts(i18n: I18n, view: PlanView, event: &Event) -> Vec<String> {
    let sections = [event.get("section"), event.get("sections")].into_iter().flat_map(str::split_whitespace);
    let codes = sections.filter_map(|id| Some(view.section(id.parse::<SectionId>().ok()?)?.code)).collect::<Vec<_>>().join(", ");
    let quoted = |name: &str| Some(event.get(name)).filter(|words| !words.trim().is_empty()).map(|words| format!("“{words}”"));
    let state = |name: &str| words::word(i18n, Thing::Section, Name::State, event.get(name));
    let role = Role::parse(event.get("role")).map(|role| words::role_name(i18n, role).to_owned());
    let parts = [
        quoted("label"),
        role,
        Some(codes),
        Some(state("state").to_owned()),
        quoted("name"),
        Some(reason(i18n, event.get("reason")).to_owned()),
    ];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect()
}

/// Why a change was refused.
fn reason(i18n: I18n, reason: &str) -> &'static str {
    match reason {
        "locked" => t_string!(i18n, error_denied_locked),
        _ => "",
    }
}
