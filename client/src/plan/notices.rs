//! What the person should know and can act on, below the bar.

use hamutuk_shared::access::Refusal;
use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{Field, Name};
use hamutuk_shared::sync::frame::Goodbye;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::later::later_or_nothing;
use crate::session::{Aside, Notice, Phase, Session, use_session};
use crate::ui::{CopyButton, Glyph, Icon, dynamic};
use crate::words::{self, I18n};

/// How loud a notice is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Warning,
    Bad,
}

/// What can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Reload,
    Reconnect,
    SaveCopy,
    Dismiss,
}

/// The bar of notices.
#[component]
pub(crate) fn Notices() -> impl IntoView {
    let notices = use_session().notices();
    view! {
        <div class="notices" aria-live="polite">
            {dynamic(move || notices.get().into_iter().map(|notice| view! { <One notice /> }).collect_view())}
        </div>
    }
}

#[component]
fn One(notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let (tone, actions) = kind(&notice);
    let refused = match &notice {
        Notice::Refused(aside) => Some(words_of(aside)),
        _ => None,
    };
    let further = match &notice {
        Notice::Refused(aside) => {
            let aside = aside.clone();
            later_or_nothing(move |parts| (parts.hand_in)(aside.clone()))
        }
        Notice::NotAllowed(_, Some(about)) => {
            let about = *about;
            later_or_nothing(move |parts| (parts.suggest)(about))
        }
        _ => ().into_any(),
    };
    let glyph = if tone == Tone::Plain { Glyph::Info } else { Glyph::Warning };
    let shown = notice.clone();
    view! {
        <div class="notice" data-notice=name(&notice) class:is-bad=tone == Tone::Bad class:is-plain=tone == Tone::Plain>
            <Icon glyph=glyph />
            <div class="words">
                {dynamic(move || {
                    let (what, and_then) = say(i18n, session, &shown);
                    view! {
                        <strong>{what}</strong>
                        " "
                        {and_then}
                    }
                })}
                {refused.clone().filter(|words| !words.is_empty()).map(|words| view! { <blockquote>{words}</blockquote> })}
            </div>
            <div class="buttons">
                {further}
                {refused
                    .filter(|words| !words.is_empty())
                    .map(|words| {
                        let words = Signal::stored(words);
                        view! { <CopyButton words=words label=move || t!(i18n, error_denied_copy) /> }
                    })}
                {actions.iter().map(|&deed| view! { <DeedButton deed notice=notice.clone() /> }).collect_view()}
            </div>
        </div>
    }
}

#[component]
fn DeedButton(deed: Deed, notice: Notice) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let is_refusal = matches!(notice, Notice::Refused(_));
    let press = move |_| match deed {
        // A page that cannot be loaded again stays as it is.
        Deed::Reload => drop(window().location().reload()),
        Deed::Reconnect => session.reconnect(),
        Deed::SaveCopy => session.save_copy(),
        Deed::Dismiss => session.dismiss(&notice),
    };
    let words = move || match deed {
        Deed::Reload => t_string!(i18n, reload),
        Deed::Reconnect => t_string!(i18n, retry),
        Deed::SaveCopy => t_string!(i18n, nav_save_copy),
        Deed::Dismiss if is_refusal => t_string!(i18n, error_denied_dismiss),
        Deed::Dismiss => t_string!(i18n, close),
    };
    view! {
        <button type="button" class="button" on:click=press>
            {words}
        </button>
    }
}

/// A word for it that does not depend on the language.
const fn name(notice: &Notice) -> &'static str {
    match notice {
        Notice::Refused(_) => "refused",
        Notice::NotAllowed(..) => "not-allowed",
        Notice::TooLong => "too-long",
        Notice::NotDone => "not-done",
        Notice::Damaged => "damaged",
        Notice::StorageRefused => "storage-refused",
        Notice::StorageFull => "storage-full",
        Notice::StorageClosed => "storage-closed",
        Notice::ServerVersion => "server-version",
        Notice::UpdateReady => "update-ready",
        Notice::Rejoin(_) => "rejoin",
        Notice::PlanNotFound => "plan-not-found",
        Notice::TooManyPeople => "too-many-people",
    }
}

fn kind(notice: &Notice) -> (Tone, &'static [Deed]) {
    use Deed::{Dismiss, Reconnect, Reload, SaveCopy};

    match notice {
        Notice::Refused(_) => (Tone::Bad, &[SaveCopy, Dismiss]),
        Notice::NotAllowed(..) | Notice::TooLong | Notice::NotDone => (Tone::Warning, &[Dismiss]),
        Notice::Damaged => (Tone::Bad, &[SaveCopy, Dismiss]),
        Notice::StorageRefused => (Tone::Warning, &[SaveCopy, Dismiss]),
        Notice::StorageFull => (Tone::Bad, &[SaveCopy, Dismiss]),
        Notice::StorageClosed => (Tone::Bad, &[SaveCopy, Reload]),
        Notice::ServerVersion => (Tone::Warning, &[Reload, SaveCopy]),
        Notice::UpdateReady => (Tone::Plain, &[Reload, Dismiss]),
        Notice::Rejoin(_) | Notice::PlanNotFound => (Tone::Bad, &[SaveCopy, Dismiss]),
        Notice::TooManyPeople => (Tone::Warning, &[Reconnect]),
    }
}

/// What happened, and what to do.
fn say(i18n: I18n, session: Session, notice: &Notice) -> (&'static str, String) {
    let (what, and_then) = match notice {
        Notice::Refused(aside) => {
            let why = reasons(i18n, session, aside).join(" ");
            return (t_string!(i18n, error_denied_title), format!("{why} {}", t_string!(i18n, error_denied_kept)));
        }
        Notice::NotAllowed(refusal, _) => (self::refusal(i18n, *refusal), ""),
        Notice::TooLong => (t_string!(i18n, error_text_too_long), ""),
        Notice::NotDone => (t_string!(i18n, error_not_done), ""),
        Notice::Damaged => (t_string!(i18n, error_damaged), t_string!(i18n, error_damaged_do)),
        Notice::StorageRefused => (t_string!(i18n, error_storage_refused), t_string!(i18n, error_storage_refused_do)),
        Notice::StorageFull => (t_string!(i18n, error_storage_full), t_string!(i18n, error_storage_full_do)),
        Notice::StorageClosed => (t_string!(i18n, error_storage_closed), t_string!(i18n, error_storage_closed_do)),
        Notice::ServerVersion => (t_string!(i18n, error_server_newer), t_string!(i18n, error_server_newer_do)),
        Notice::UpdateReady => (t_string!(i18n, error_update_ready), ""),
        Notice::Rejoin(Goodbye::Revoked) => (t_string!(i18n, error_link_revoked), t_string!(i18n, error_link_revoked_do)),
        Notice::Rejoin(Goodbye::Expired) => (t_string!(i18n, error_link_expired), t_string!(i18n, error_link_revoked_do)),
        Notice::Rejoin(_) => (t_string!(i18n, error_rejoin), ""),
        Notice::PlanNotFound => (t_string!(i18n, error_plan_not_found), t_string!(i18n, error_plan_not_found_do)),
        Notice::TooManyPeople => (t_string!(i18n, error_too_many_people), ""),
    };
    (what, and_then.to_owned())
}

/// Why each piece was refused, each reason once: "P2: The section is locked. (Maria · Ba Futuru · 24/12/2024 14:05)".
fn reasons(i18n: I18n, session: Session, aside: &Aside) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for item in &aside.items {
        let said = reason(i18n, session, item.refusal.unwrap_or(aside.refusal), &item.path);
        if !all.contains(&said) {
            all.push(said);
        }
    }
    if all.is_empty() {
        all.push(refusal(i18n, aside.refusal).to_owned());
    }
    all
}

fn reason(i18n: I18n, session: Session, why: Refusal, path: &str) -> String {
    let said = refusal(i18n, why);
    let path: Vec<&str> = path.split('/').collect();
    let section = Location::of(&path).and_then(|location| location.item().section());
    let Phase::Open(view) = session.phase().get() else { return said.to_owned() };
    let Some(section) = section.and_then(|id| view.section(id)) else { return said.to_owned() };
    let state = Field::of_section(section.id, Name::State);
    section.state.track();
    match session.origin(state).filter(|origin| why.is_about_state() && origin.author.is_some()) {
        Some(origin) => format!("{}: {said} ({})", section.code, words::origin(i18n, view, origin)),
        None => format!("{}: {said}", section.code),
    }
}

/// Why something is refused.
pub(crate) fn refusal(i18n: I18n, refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotAllowed => t_string!(i18n, error_denied_not_allowed),
        Refusal::OtherSection => t_string!(i18n, error_denied_other_section),
        Refusal::InReview => t_string!(i18n, error_denied_in_review),
        Refusal::Locked => t_string!(i18n, error_denied_locked),
        Refusal::Adopted => t_string!(i18n, error_denied_adopted),
        Refusal::OfAnother => t_string!(i18n, error_denied_of_another),
        Refusal::Forged => t_string!(i18n, error_denied_forged),
        Refusal::Destroys => t_string!(i18n, error_denied_destroys),
        Refusal::TooLarge => t_string!(i18n, error_denied_too_large),
        Refusal::Malformed => t_string!(i18n, error_denied_malformed),
        Refusal::BuildsOnRefused => t_string!(i18n, error_denied_builds_on),
    }
}

/// The words that were refused, one piece a line.
fn words_of(aside: &Aside) -> String {
    aside.items.iter().map(|item| item.words.as_str()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
}
