//! All suggestions and all comments, as parts of what is to be settled.

use hamutuk_shared::plan::Room;
use leptos::prelude::*;

use super::about::location;
use super::card::Card;
use super::counts::{is_open, is_unsettled};
use super::thread::Thread;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::plan::place::use_place;
use crate::room::follow;
use crate::ui::{Show, dynamic, flag, list, text};
use crate::words::I18n;

/// One of the two lists. Its name is its anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Suggestions,
    Comments,
}

impl Part {
    const ALL: [Self; 2] = [Self::Suggestions, Self::Comments];

    const fn anchor(self) -> &'static str {
        match self {
            Self::Suggestions => "suggestions",
            Self::Comments => "comments",
        }
    }

    fn heading(self, i18n: I18n, count: usize) -> String {
        match self {
            Self::Suggestions => t_string!(i18n, review_suggestions, count = count),
            Self::Comments => t_string!(i18n, review_comments, count = count),
        }
    }

    /// What is in it, open or dealt with: the section and the id of each.
    fn of(self, room: &Room, is_wanted_open: bool) -> Vec<Entry> {
        match self {
            Self::Suggestions => {
                let kept = room.suggestions.iter().filter(|(_, one)| one.archived.is_kept() && is_open(one) == is_wanted_open);
                kept.map(|(section, one)| Entry { section: Some(*section), shown: Shown::Suggestion(*section, one.id) }).collect()
            }
            Self::Comments => {
                let kept = room.comments.iter().filter(|one| one.archived.is_kept() && is_unsettled(one) == is_wanted_open);
                let section = |about: &str| location(about)?.item().section();
                kept.map(|one| Entry { section: section(&one.about), shown: Shown::Comment(one.id) }).collect()
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    section: Option<hamutuk_shared::id::SectionId>,
    shown: Shown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Suggestion(hamutuk_shared::id::SectionId, hamutuk_shared::id::SuggestionId),
    Comment(hamutuk_shared::id::CommentId),
}

impl Shown {
    fn key(self) -> String {
        match self {
            Self::Suggestion(_, id) => id.to_string(),
            Self::Comment(id) => id.to_string(),
        }
    }
}

/// What of a part the filter of the page lets through: it has nothing but its section by which it could be filtered.
fn entries(part: Part, is_open: bool) -> Memo<Vec<Entry>> {
    let room = follow();
    let filter = use_place().filter;
    Memo::new(move |_| {
        let section = filter.with(|filter| filter.section);
        let mut all = room.with(|room| part.of(room, is_open));
        all.retain(|one| section.is_none() || one.section == section);
        all
    })
}

/// The links to the lists, with how much is open in each.
pub(crate) fn links() -> AnyView {
    let i18n = use_i18n();
    let link = move |part: Part| {
        let open = entries(part, true);
        view! { <a href=format!("#{}", part.anchor())>{dynamic(move || part.heading(i18n, open.with(Vec::len)))}</a> }
    };
    Part::ALL.map(link).into_iter().collect_view().into_any()
}

/// The lists.
pub(crate) fn lists() -> AnyView {
    Part::ALL.map(|part| view! { <List part /> }).into_iter().collect_view().into_any()
}

#[component]
fn List(part: Part) -> impl IntoView {
    let i18n = use_i18n();
    let (open, done) = (entries(part, true), entries(part, false));
    let shows_done = RwSignal::new(false);
    let shown = move || if shows_done.get() { done.get() } else { open.get() };
    let choice = move |is_done: bool| {
        let words = move || match (part, is_done) {
            (_, false) => t_string!(i18n, talk_open, count = open.with(Vec::len)),
            (Part::Suggestions, true) => t_string!(i18n, suggestions_decided, count = done.with(Vec::len)),
            (Part::Comments, true) => t_string!(i18n, comments_settled, count = done.with(Vec::len)),
        };
        view! {
            <button
                type="button"
                class="button"
                data-shows=if is_done { "done" } else { "open" }
                aria-pressed=text(move || (shows_done.get() == is_done).to_string())
                on:click=move |_| shows_done.set(is_done)
            >
                {dynamic(words)}
            </button>
        }
    };
    let none = move || match part {
        Part::Suggestions => t!(i18n, review_no_suggestions),
        Part::Comments => t!(i18n, review_no_comments),
    };
    let card = |entry: Entry| match entry.shown {
        Shown::Suggestion(section, id) => view! { <Card section id with_subject=true /> }.into_any(),
        Shown::Comment(id) => view! { <Thread id with_subject=true /> }.into_any(),
    };
    view! {
        <h2 id=part.anchor() tabindex="-1" data-count=text(move || open.with(Vec::len).to_string())>
            {dynamic(move || part.heading(i18n, open.with(Vec::len)))}
        </h2>
        <Show when=flag(move || !done.with(Vec::is_empty))>
            <div class="buttons talk-filter" role="group" aria-label=label!(i18n, talk_filter)>
                {choice(false)}
                {choice(true)}
            </div>
        </Show>
        <Show when=flag(move || open.with(Vec::is_empty) && !shows_done.get())>
            <p class="note">{none()}</p>
        </Show>
        <ul class="review-list" data-list=part.anchor()>
            {list(shown, |entry| entry.shown.key(), card)}
        </ul>
    }
}
