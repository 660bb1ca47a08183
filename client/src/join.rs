//! The way into a plan: who somebody is, and what to do when a link does not lead anywhere.

mod form;
mod group;
mod organisation;
mod plain;
mod problem;

use hamutuk_shared::id::{ParticipantId, PlanId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{self, ApiError, Peek, Speaker, Who};
use crate::device::{self, Companion};
use crate::i18n::{t, use_i18n};
use crate::ui::{LanguageMenu, flag, text};
use crate::words;
pub(crate) use form::Form;
pub(crate) use organisation::Organisation;
pub(crate) use plain::{Opening, Plain};
pub(crate) use problem::{ApiProblem, Problem, what};

/// The page of a link, for a device that has not joined by it.
#[component]
pub(crate) fn Join(plan: PlanId, token: String, on_joined: Callback<()>) -> impl IntoView {
    let found = RwSignal::new(None);
    let token = StoredValue::new(token);
    let ask = move || {
        found.set(None);
        spawn_local(async move {
            let answer = api::peek(Speaker::now(plan).await, &token.get_value()).await;
            let people = device::plan(plan).await.map(|known| known.people()).unwrap_or_default();
            // The person may have gone elsewhere.
            let _ = found.try_set(Some(answer.map(|peek| (peek, people))));
        });
    };
    ask();
    move || match found.get() {
        None => view! { <Opening percent=None /> }.into_any(),
        Some(Err(error)) => view! { <ApiProblem error on_retry=Callback::new(move |()| ask()) /> }.into_any(),
        Some(Ok((peek, people))) => view! { <Welcome plan token peek people on_joined /> }.into_any(),
    }
}

/// Who joins: whoever uses this device alone, one of those who have joined with it, or somebody beside them.
#[component]
fn Welcome(
    plan: PlanId,
    token: StoredValue<String>,
    peek: Peek,
    /// Who has joined the plan with this device.
    people: Vec<Companion>,
    on_joined: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (title, role) = (peek.title.clone(), peek.role);
    let (is_working, trouble) = (RwSignal::new(false), RwSignal::new(None));
    let enter = move |who: Who, known: Option<ParticipantId>| {
        is_working.set(true);
        spawn_local(async move {
            let speaker = Speaker { plan, participant: known };
            // Who comes back sits where they sit by now.
            let said = if known.is_some() { Who { group: String::new(), ..who.clone() } } else { who.clone() };
            match api::join(speaker, Some(&token.get_value()), &said, known).await {
                Ok(joined) => {
                    let replaced = known.filter(|known| *known != joined.participant);
                    device::remember_joined(plan, &joined, &who, replaced).await;
                    on_joined.run(());
                }
                Err(error) => {
                    is_working.set(false);
                    trouble.set(Some(error));
                }
            }
        });
    };
    // Somebody of whom this device knows no more than that they are here says who they are.
    let (people, nameless): (Vec<_>, Vec<_>) = people.into_iter().partition(|person| !person.name.is_empty());
    let nameless = nameless.first().map(|person| person.participant);
    let is_shared = !people.is_empty();
    let button = move |person: Companion| {
        let words = [person.name.clone(), person.organisation.clone()].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>();
        let words = words.join(" · ");
        let Companion { participant, name, organisation, group, .. } = person;
        let who = Who { name, organisation, group };
        view! {
            <li>
                <button type="button" class="button big" disabled=flag(move || is_working.get()) on:click=move |_| enter(who.clone(), Some(participant))>
                    {t!(i18n, join_as, name = words)}
                </button>
            </li>
        }
    };
    view! {
        <Plain with_languages=false>
            <div class="sheet">
                <div class="stack">
                    <p class="label">{t!(i18n, join_title)}</p>
                    <h1>{title.clone()}</h1>
                    <p class="lead">{t!(i18n, join_intro, title = title)}</p>
                    <p>
                        <span class="chip">
                            {text(move || words::role(i18n, role).to_owned())}
                        </span>
                    </p>
                </div>
                <div class="field">
                    <span class="field-label">{t!(i18n, join_language)}</span>
                    <LanguageMenu class="languages" />
                </div>
                {is_shared
                    .then(|| {
                        view! {
                            <h2>{t!(i18n, join_who)}</h2>
                            <ul class="join-known">{people.into_iter().map(button).collect_view()}</ul>
                            <h2>{t!(i18n, join_other)}</h2>
                        }
                    })}
                <Form peek prefilled=(!is_shared).then_some(plan) is_working trouble on_done=Callback::new(move |who| enter(who, nameless)) />
            </div>
        </Plain>
    }
}

/// Whether the error says that the name is at fault, and not the link.
fn is_about_name(error: &ApiError) -> bool {
    matches!(error, ApiError::Refused { code, .. } if code.starts_with("name_"))
}
