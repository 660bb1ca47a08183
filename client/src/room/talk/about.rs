//! What is talked about: what it is called, and the panel that is open about it.

use std::cell::RefCell;
use std::collections::HashMap;

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::{Content, Location};
use hamutuk_shared::plan::{Edit, Field, Item, Name, OutcomeRef, suggestion};
use hamutuk_shared::text::Splice;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::i18n::t_string;
use crate::session::{Session, use_session};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What the panel is about, and what it begins with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Open {
    /// The thing or the field.
    pub(super) about: Location,
    /// The suggestion that is asked for at once.
    pub(super) asks: Option<Offer>,
}

/// What can be suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Offer {
    /// Something else in a field.
    Other(Field),
    /// A new activity towards an outcome.
    Activity(OutcomeRef),
}

impl Offer {
    /// What can be suggested about something.
    pub(super) fn all(about: Location) -> Vec<Self> {
        match about {
            Location::Field(field) if suggestion::is_possible(field) => vec![Self::Other(field)],
            Location::Item(Item::Outcome(at)) => vec![Self::Activity(at), Self::Other(Field::of_outcome(at, Name::Statement))],
            Location::Item(Item::Section(id)) => vec![Self::Other(Field::of_section(id, Name::Context))],
            Location::Field(_) | Location::Item(_) => Vec::new(),
        }
    }

    /// Whether the person may do it, and need not suggest it. Reactive.
    pub(super) fn may_be_done(self, session: Session) -> bool {
        session.may(&match self {
            Self::Other(field) => probe(field),
            Self::Activity(outcome) => {
                let at = hamutuk_shared::plan::ActivityRef { section: outcome.section, activity: [0; 10].into() };
                Edit::AddActivity { at, outcome: outcome.outcome, place: hamutuk_shared::plan::Place::Last }
            }
        })
    }

    /// Whether the person may suggest it. Reactive.
    pub(super) fn may_be_suggested(self, session: Session) -> bool {
        let section = match self {
            Self::Other(field) => field.item.section(),
            Self::Activity(outcome) => Some(outcome.section),
        };
        section.is_some_and(|section| session.may(&Edit::Add { item: Item::Suggestion(section, [0; 10].into()) }))
    }
}

/// An edit that writes into a field, to ask whether that may be done.
fn probe(field: Field) -> Edit {
    match field.content() {
        Some(Content::Text) => Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: String::new() } },
        Some(Content::Set(_)) => Edit::Include { field, member: String::new(), included: true },
        _ => Edit::Set { field, value: Value::Nothing },
    }
}

/// The panel of the page, and what was begun in it.
#[derive(Clone, Copy)]
pub(super) struct Talk {
    /// What it is about; none while it is closed.
    pub(super) open: RwSignal<Option<Open>>,
    /// Words that were begun and not handed in, by what they are for: closing the panel does not lose them.
    begun: StoredValue<HashMap<String, String>>,
}

impl Talk {
    /// That of the plan that is open around the caller.
    pub(super) fn of_page() -> Self {
        thread_local! {
            static TALK: RefCell<Option<Talk>> = const { RefCell::new(None) };
        }
        // A plan that was closed and opened again has signals of its own.
        let known = TALK.with_borrow(|talk| talk.filter(|talk| !talk.open.is_disposed()));
        let make = || Self { open: RwSignal::new(None), begun: StoredValue::new(HashMap::new()) };
        let talk = known.unwrap_or_else(|| use_session().within(make));
        TALK.set(Some(talk));
        talk
    }

    /// What was begun.
    pub(super) fn begun(self, key: &str) -> Option<String> {
        self.begun.with_value(|all| all.get(key).cloned())
    }

    /// Notes what was begun; empty words are none.
    pub(super) fn begin(self, key: &str, words: &str) {
        self.begun.update_value(|all| {
            if words.is_empty() {
                all.remove(key);
            } else {
                all.insert(key.to_owned(), words.to_owned());
            }
        });
    }
}

/// Gives the focus, once the screen has followed, to the last element that fits the first of these selectors that any fits: what was
/// pressed is gone.
pub(super) fn refocus(selectors: Vec<String>) {
    request_animation_frame(move || {
        let found = selectors.iter().find_map(|selector| {
            let all = document().query_selector_all(selector).ok()?;
            all.item(all.length().checked_sub(1)?)?.dyn_into::<web_sys::HtmlElement>().ok()
        });
        if let Some(found) = found {
            // It fails never for what is in the page.
            let _ = found.focus();
        }
    });
}

/// The path of something, read.
pub(super) fn location(path: &str) -> Option<Location> {
    Location::of(&path.split('/').collect::<Vec<_>>())
}

/// The code of the section that something is in.
pub(super) fn code(view: PlanView, about: Location) -> Option<String> {
    view.section(about.item().section()?).map(|section| section.code)
}

/// What something is called: "Training of mediators · Lead". Reactive.
pub(super) fn subject(i18n: I18n, view: PlanView, about: Location) -> String {
    let item = thing(i18n, view, about.item());
    match about {
        Location::Item(_) => item,
        Location::Field(field) => {
            let name = words::field(i18n, field.item.kind(), field.name);
            if name.is_empty() { item } else { format!("{item} · {name}") }
        }
    }
}

fn thing(i18n: I18n, view: PlanView, item: Item) -> String {
    let name = match item.owner().unwrap_or(item) {
        Item::Activity(at) => return words::activity(i18n, view, at),
        Item::Outcome(at) => view.outcome(at).map(|outcome| format!("{} {}", outcome.code, outcome.statement.words.get())),
        Item::Section(id) => view.section(id).map(|section| section.name.get(words::language(i18n)).to_owned()),
        Item::Organisation(id) => view.organisation_label(id),
        Item::Source(id) => view.source_name(id),
        _ => None,
    };
    name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| t_string!(i18n, review_whole_plan).to_owned())
}
