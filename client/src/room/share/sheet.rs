//! One link for each breakout group, as a sheet to print: a page for each table, with a large QR code.

use hamutuk_shared::plan::{Choice, Field, Item, Language, Name};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::made::QrCode;
use super::said::fault_line;
use super::wire::{self, NewLink, Wanted};
use crate::i18n::{t, t_string, td_string, use_i18n};
use crate::language;
use crate::session::{Session, use_session};
use crate::ui::{Glyph, Icon, dynamic, flag};
use crate::view_model::{PlanView, SectionView};

/// What is on the page of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    code: String,
    section: String,
    group: String,
    made: NewLink,
    language: Language,
}

/// The press that makes the links. When they are made the sheet shows `cards`.
#[component]
pub(super) fn MakeSheet(cards: RwSignal<Vec<Card>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    // What was made before something went wrong: a link that nobody saw would be of no use.
    let made = RwSignal::new(Vec::<Card>::new());
    let (refused, is_working) = (RwSignal::new(None), RwSignal::new(false));
    let sections = view.sections.get_untracked();
    let count = sections.len();
    let make = move |_| {
        let sections = sections.clone();
        let language = content_language(session);
        is_working.set(true);
        refused.set(None);
        spawn_local(async move {
            // Without them the steps are in the language of the screen.
            let language = if language::load(language).await { language } else { untrack(|| i18n.language()) };
            let mut all = made.get_untracked();
            for section in sections.into_iter().skip(all.len()) {
                match card(session, &section, language).await {
                    Ok(card) => {
                        all.push(card);
                        let _ = made.try_set(all.clone());
                    }
                    Err(error) => {
                        // The dialog may be closed by now.
                        let _ = is_working.try_set(false);
                        let _ = refused.try_set(Some(error));
                        return;
                    }
                }
            }
            let _ = cards.try_set(all);
        });
    };
    view! {
        <p>{t!(i18n, share_sheet_what)}</p>
        <p class="note">{t!(i18n, share_sheet_new)}</p>
        {fault_line(i18n, refused)}
        <div class="buttons">
            <button type="button" class="button main" data-action="make-sheet" disabled=flag(move || is_working.get()) on:click=make>
                {t!(i18n, share_sheet_make, count = count)}
            </button>
            <span class="note" role="status">
                {dynamic(move || is_working.get().then(|| t_string!(i18n, share_sheet_working, count = made.with(Vec::len), of = count)))}
            </span>
        </div>
    }
}

async fn card(session: Session, section: &SectionView, language: Language) -> Result<Card, crate::api::ApiError> {
    let group = section.group.with_untracked(|group| group.name.trim().to_owned());
    let label = if group.is_empty() { section.code.clone() } else { group.clone() };
    let made = wire::make(session.speaker(), &Wanted::for_group(section.id, label)).await?;
    Ok(Card { code: section.code.clone(), section: section.name.get(language).to_owned(), group, made, language })
}

/// The language in which the plan is written.
fn content_language(session: Session) -> Language {
    let standing = session.standing_now(Field { item: Item::Plan, name: Name::Language });
    standing.word().and_then(Language::parse).unwrap_or_default()
}

/// The sheet, in the place of the page. On paper there is nothing else.
#[component]
pub(super) fn Sheet(cards: Vec<Card>, on_close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let title = expect_context::<PlanView>().title.words;
    let heading = NodeRef::<html::H1>::new();
    heading.on_load(|heading| drop(heading.focus()));
    let keys = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            on_close.run(());
        }
    });
    on_cleanup(move || keys.remove());
    let page = move |card: Card| {
        let Card { code, section, group, made, language } = card;
        let steps = [td_string!(language, share_step_scan), td_string!(language, share_step_name), td_string!(language, share_step_write)];
        let of = code.clone();
        view! {
            <article class="qr-page" data-section=of lang=language.as_str()>
                <p class="qr-plan">{title.get_untracked()}</p>
                <h2>
                    <span class="code">{code}</span>
                    " "
                    {section}
                </h2>
                {(!group.is_empty()).then(|| view! { <p class="qr-group">{group}</p> })}
                <QrCode code=made.code />
                <ol>{steps.map(|step| view! { <li>{step}</li> }).into_iter().collect_view()}</ol>
                <p class="qr-address">{made.url}</p>
            </article>
        }
    };
    view! {
        <section class="qr-sheet" aria-labelledby="qr-sheet">
            <header class="qr-head">
                <h1 id="qr-sheet" tabindex="-1" node_ref=heading>
                    {t!(i18n, share_sheet)}
                </h1>
                <p>{t!(i18n, share_sheet_only_now)}</p>
                <div class="buttons">
                    <button type="button" class="button main" data-action="print" on:click=|_| drop(window().print())>
                        {t!(i18n, share_print)}
                    </button>
                    <button type="button" class="button" data-action="close-sheet" on:click=move |_| on_close.run(())>
                        <Icon glyph=Glyph::Cross />
                        {t!(i18n, close)}
                    </button>
                </div>
            </header>
            {cards.into_iter().map(page).collect_view()}
        </section>
    }
}
