//! Dots: how many each has, whether they are given, and how they fell.

use hamutuk_shared::derive::Votes;
use hamutuk_shared::plan::{Choice, Edit, Field, Item, Name, Value, Voting as State};
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::room::follow;
use crate::room::vote::{Ranking, votes};
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, text, toast, unique};

/// The buttons and the result.
#[component]
pub(super) fn Voting(derived: Derived) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = follow();
    let votes = votes(derived);
    let is_open = Memo::new(move |_| room.with(|room| room.desk.voting.value == State::Open));
    let set = move |name, value| session.edit(Edit::Set { field: Field { item: Item::Desk, name }, value });
    let turn = move |_| {
        let state = if is_open.get_untracked() { State::Closed } else { State::Open };
        if set(Name::Voting, Value::Word(state.as_str().to_owned())) {
            toast(untrack(|| if state == State::Open { t_string!(i18n, vote_is_open) } else { t_string!(i18n, vote_is_closed) }));
        }
    };
    let each = Memo::new(move |_| votes.with(|votes| votes.each));
    let id = unique("dots");
    view! {
        <div class="desk-line">
            <label for=id.clone()>{t!(i18n, vote_each)}</label>
            <select
                id=id
                class="select boxed-select"
                data-action="dots"
                prop:value=text(move || each.get().to_string())
                on:change=move |event| drop(event_target_value(&event).parse().map(|dots| set(Name::Dots, Value::Number(dots))))
            >
                {(1..=Name::DOTS.len()).map(|dots| view! { <option value=dots.to_string() selected=flag(move || each.get() == dots)>{dots}</option> }).collect_view()}
            </select>
        </div>
        <button type="button" class="button" class:main=flag(move || !is_open.get()) data-action="voting" on:click=turn>
            {dynamic(move || if is_open.get() { t_string!(i18n, vote_close) } else { t_string!(i18n, vote_open) })}
        </button>
        <Show when=flag(move || votes.with(Votes::total) > 0)>
            <details class="result">
                <summary>{t!(i18n, vote_total, count = move || votes.with(Votes::total), people = move || votes.with(|votes| votes.voters))}</summary>
                <Ranking votes />
            </details>
        </Show>
    }
}
