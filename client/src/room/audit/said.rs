//! What happened, in words.

use hamutuk_shared::access::{Refusal, Role};
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::schema::Kind as Thing;
use hamutuk_shared::plan::{Name, Room};
use leptos::prelude::Callable as _;
use leptos::prelude::Callback;
use serde::Deserialize as _;
use serde::de::IntoDeserializer as _;
use serde::de::value::StrDeserializer;

use super::wire::Event;
use crate::i18n::{I18n, t_string};
use crate::plan::refusal;
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
            "change_denied" => Self::Denied,
            what if what.starts_with("link") || what.starts_with("role") => Self::Links,
            "section_state" => Self::States,
            "version_named" => Self::Versions,
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

/// What happened, after the name of who did it. `link` gives what a link is called.
pub(super) fn said(i18n: I18n, view: PlanView, room: &Room, link: Callback<String, Option<String>>, event: &Event) -> String {
    let deed = match event.what.as_str() {
        "joined" => t_string!(i18n, audit_joined),
        "role_changed" => t_string!(i18n, audit_role_changed),
        "link_made" => t_string!(i18n, audit_link_made),
        "link_changed" => t_string!(i18n, audit_link_changed),
        "link_revoked" => t_string!(i18n, audit_link_revoked),
        "section_state" => t_string!(i18n, audit_state_changed),
        "version_named" => t_string!(i18n, audit_version_named),
        "change_denied" => t_string!(i18n, audit_denied),
        "restored" => t_string!(i18n, audit_restored),
        // A newer server notes something else: its word is better than none.
        what => what,
    };
    let parts: Vec<String> = parts(i18n, view, room, link, event).into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { deed.to_owned() } else { format!("{deed}: {}", parts.join(" · ")) }
}

/// The details that people understand. The file has all of them.
fn parts(i18n: I18n, view: PlanView, room: &Room, link: Callback<String, Option<String>>, event: &Event) -> Vec<Option<String>> {
    // Of a link that was changed, what it is now.
    let get = |name: &str| Some(event.get(name)).filter(|value| !value.is_empty()).unwrap_or_else(|| event.get(&format!("now.{name}")));
    let codes = || {
        let sections = [get("section"), get("sections")].into_iter().flat_map(str::split_whitespace);
        sections.filter_map(|id| Some(view.section(id.parse::<SectionId>().ok()?)?.code)).collect::<Vec<_>>().join(", ")
    };
    let role = |name: &str| Role::parse(event.get(name)).map(|role| words::role_name(i18n, role).to_owned());
    let label = || {
        let own = Some(get("label").to_owned()).filter(|label| !label.trim().is_empty());
        own.or_else(|| link.run(get("link").to_owned())).map(|label| format!("“{label}”"))
    };
    match event.what.as_str() {
        "role_changed" => vec![label(), [role("was"), role("now")].into_iter().collect::<Option<Vec<_>>>().map(|roles| roles.join(" → "))],
        "section_state" => {
            let state = |name: &str| words::word(i18n, Thing::Section, Name::State, event.get(name));
            vec![Some(codes()), Some(format!("{} → {}", state("was"), state("now")))]
        }
        "version_named" => {
            let named = room.versions.iter().find(|version| version.id.to_string() == event.get("version"));
            vec![named.map(|version| format!("“{}”", version.name))]
        }
        "change_denied" => {
            let count = event.get("count").parse::<u32>().ok().filter(|count| *count > 1);
            vec![Some(codes()), reason(i18n, event.get("refusal")), count.map(|count| t_string!(i18n, audit_times, count = count))]
        }
        _ => vec![label(), role("role").or(role("now.role")), Some(codes())],
    }
}

/// Why a change was refused.
fn reason(i18n: I18n, name: &str) -> Option<String> {
    let named: StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
    Refusal::deserialize(named).ok().map(|why| refusal(i18n, why).to_owned())
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::i18n::use_i18n;
    use crate::session::test_plan::whole_plan;
    use crate::session::{Phase, Session};
    use crate::test_page::owned;

    #[wasm_bindgen_test]
    fn each_event_says_what_people_need_to_know() {
        let plan = whole_plan();
        owned(|| {
            crate::language::provide();
            let i18n = use_i18n();
            let session = Session::of(std::rc::Rc::clone(&plan.core));
            let Phase::Open(view) = session.phase().get_untracked() else { panic!("the plan is open") };
            let section = view.sections.with_untracked(|all| all[1].id.to_string());
            let link = Callback::new(|id: String| (id == "0a1b").then(|| "Group B".to_owned()));
            let check = |what: &str, detail: &[(&str, &str)], expected: &[&str]| {
                let detail = detail.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
                let event = Event { seq: 1, at_ms: 1, actor: None, what: what.to_owned(), detail };
                let said = said(i18n, view, &Room::default(), link, &event);
                for part in expected {
                    assert!(said.contains(part), "{part} in {said}");
                }
            };
            let (editor, viewer) = (words::role_name(i18n, Role::Editor), words::role_name(i18n, Role::Viewer));
            check("joined", &[("link", "0a1b"), ("role", "editor")], &["“Group B”", editor]);
            check(
                "role_changed",
                &[("link", "0a1b"), ("was", "editor"), ("now", "viewer")],
                &["“Group B”", &format!("{editor} → {viewer}")],
            );
            check("link_made", &[("label", "Own"), ("link", "0a1b"), ("role", "editor"), ("sections", &section)], &["“Own”", editor, "P2"]);
            check("link_changed", &[("was.label", "Old"), ("now.label", "New"), ("now.role", "viewer")], &["“New”", viewer]);
            let (open, locked) = ("open", "locked");
            let state = |word: &str| words::word(i18n, Thing::Section, Name::State, word);
            check("section_state", &[("section", &section), ("was", open), ("now", locked)], &["P2", state(open), state(locked)]);
            check(
                "change_denied",
                &[("refusal", "Locked"), ("section", &section), ("count", "3")],
                &["P2", refusal(i18n, Refusal::Locked), "3"],
            );
            check("of a newer server", &[("x", "y")], &["of a newer server"]);
        });
    }
}
