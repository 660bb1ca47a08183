//! Share: a facilitator makes links, hands them on, sees who joined by which, and takes them back. And what happened, in the log.

mod form;
mod link;
mod list;
mod made;
mod said;
mod sheet;
mod wire;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::audit::Log;
use crate::api::{ApiError, Speaker};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::session::{Access, use_session};
use crate::ui::{Dialog, dynamic, flag, text};
use crate::view_model::PlanView;
pub(super) use said::fault;
use wire::Link;

/// What the dialog shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    /// The links.
    Links,
    /// A link for each group, on paper.
    Sheet,
    /// What happened.
    Log,
}

/// The links of the plan, as the server told last.
#[derive(Clone, Copy)]
struct Links {
    speaker: Speaker,
    all: RwSignal<Option<Vec<Link>>>,
    /// Why it did not answer the last time.
    trouble: RwSignal<Option<ApiError>>,
}

impl Links {
    /// A link. Reactive.
    fn find(self, id: &str) -> Option<Link> {
        self.all.with(|all| all.iter().flatten().find(|link| link.id == id).cloned())
    }

    /// Asks the server for them again. What was told before stays until it answers.
    fn ask(self) {
        spawn_local(async move {
            let answer = wire::list(self.speaker).await;
            // The page may be closed by now.
            let _ = self.trouble.try_set(answer.as_ref().err().cloned());
            if let Ok(all) = answer {
                let _ = self.all.try_set(Some(all));
            }
        });
    }
}

/// The dialog, and the sheet that takes the place of the page.
pub(crate) fn share(open: RwSignal<bool>) -> AnyView {
    Share(ShareProps { open }).into_any()
}

#[component]
fn Share(open: RwSignal<bool>) -> impl IntoView {
    let i18n = use_i18n();
    let access = use_session().access();
    let is_facilitator = Memo::new(move |_| access.with(Access::is_facilitator));
    let cards = RwSignal::new(Vec::new());
    let has_sheet = Memo::new(move |_| !cards.with(Vec::is_empty));
    // The dialog also closes because the sheet opens.
    let close = Callback::new(move |()| {
        if !has_sheet.get_untracked() {
            open.set(false);
        }
    });
    let leave_sheet = Callback::new(move |()| cards.set(Vec::new()));
    view! {
        <Dialog open=flag(move || open.get() && !has_sheet.get()) on_close=close title=move || t!(i18n, share_title)>
            {dynamic(move || {
                if is_facilitator.get() {
                    view! { <Desk cards /> }.into_any()
                } else {
                    view! { <p>{t!(i18n, share_ask_facilitator)}</p> }.into_any()
                }
            })}
        </Dialog>
        {dynamic(move || {
            let cards = cards.get();
            (!cards.is_empty()).then(|| view! { <sheet::Sheet cards on_close=leave_sheet /> })
        })}
    }
}

#[component]
fn Desk(cards: RwSignal<Vec<sheet::Card>>) -> impl IntoView {
    let i18n = use_i18n();
    let tab = RwSignal::new(Tab::Links);
    let links = Links { speaker: use_session().speaker(), all: RwSignal::new(None), trouble: RwSignal::new(None) };
    let view = expect_context::<PlanView>();
    // Whoever joins is written into the plan, and that comes by itself.
    Effect::new(move |_| {
        view.people.with(|_| ());
        links.ask();
    });
    let button = move |of: Tab| {
        let words = move || match of {
            Tab::Links => t_string!(i18n, share_links),
            Tab::Sheet => t_string!(i18n, share_sheet),
            Tab::Log => t_string!(i18n, audit_title),
        };
        view! {
            <button
                type="button"
                class="button"
                data-tab=match of {
                    Tab::Links => "links",
                    Tab::Sheet => "sheet",
                    Tab::Log => "log",
                }
                aria-pressed=text(move || (tab.get() == of).to_string())
                on:click=move |_| tab.set(of)
            >
                {dynamic(words)}
            </button>
        }
    };
    view! {
        <div class="languages" role="group" aria-label=label!(i18n, share_title)>
            {[Tab::Links, Tab::Sheet, Tab::Log].map(button).into_iter().collect_view()}
        </div>
        {dynamic(move || match tab.get() {
            Tab::Links => view! { <list::LinkList links /> }.into_any(),
            Tab::Sheet => view! { <sheet::MakeSheet cards /> }.into_any(),
            Tab::Log => {
                let link = Callback::new(move |id: String| links.find(&id).map(|link| said::title(i18n, view, &link)));
                view! { <Log link /> }.into_any()
            }
        })}
    }
}
