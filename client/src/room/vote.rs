//! Dots on activities: everybody gives theirs on a phone; the result is shown once no more are given.

use std::sync::Arc;

use hamutuk_shared::derive::Votes;
use hamutuk_shared::derive::votes::Own;
use hamutuk_shared::plan::{Activity, ActivityRef, Edit, Field, Item, Name, Section, Value, Voting};
use leptos::prelude::*;

use super::follow;
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::{Derived, use_derived};
use crate::plan::view::View;
use crate::session::use_session;
use crate::ui::{Show, announce, dynamic, flag, list, text};
use crate::view_model::PlanView;
use crate::words;

/// What the parts of the view share.
#[derive(Clone, Copy)]
struct Dots {
    own: Memo<Own>,
    votes: Memo<Votes>,
    is_open: Memo<bool>,
}

/// The view.
pub(crate) fn vote() -> AnyView {
    let i18n = use_i18n();
    let derived = Derived::provide();
    let (room, me) = (follow(), use_session().me());
    let dots = Dots {
        own: Memo::new(move |_| derived.plan.with(|plan| room.with(|room| Own::of(plan, room, me)))),
        votes: votes(derived),
        is_open: Memo::new(move |_| room.with(|room| room.desk.voting.value == Voting::Open)),
    };
    provide_context(dots);
    view! {
        <div class="view vote" data-view=View::Vote.as_str() data-voting=text(move || if dots.is_open.get() { "open" } else { "closed" })>
            <h1>{t!(i18n, view_vote)}</h1>
            <Show when=flag(move || dots.is_open.get()) fallback=move || view! { <Closed /> }>
                <Ballot />
            </Show>
        </div>
    }
    .into_any()
}

/// All dots of the plan.
pub(super) fn votes(derived: Derived) -> Memo<Votes> {
    let room = follow();
    Memo::new(move |_| derived.plan.with(|plan| room.with(|room| Votes::of(plan, room))))
}

#[component]
fn Closed() -> impl IntoView {
    let i18n = use_i18n();
    let Dots { votes, .. } = expect_context();
    view! {
        <p class="note">
            {dynamic(move || if votes.with(Votes::total) > 0 { t_string!(i18n, vote_closed) } else { t_string!(i18n, vote_not_begun) })}
        </p>
        <Ranking votes />
    }
}

#[component]
fn Ballot() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let derived = use_derived();
    let Dots { own, votes, .. } = expect_context();
    let may = change(session.me(), Name::Dot1, None);
    let left = Memo::new(move |_| own.with(Own::left));
    Effect::new(move |before: Option<usize>| {
        let left = left.get();
        if before.is_some_and(|before| before != left) {
            announce(untrack(|| t_string!(i18n, vote_left, count = left, of = own.with(Own::each))));
        }
        left
    });
    let sections = move || derived.plan.with(|plan| plan.sections.iter().filter(|one| one.begun().next().is_some()).cloned().collect());
    view! {
        <div class="vote-head">
            <p class="vote-left" data-left=text(move || own.with(Own::left).to_string())>
                <strong>{t!(i18n, vote_left, count = move || own.with(Own::left), of = move || votes.with(|votes| votes.each))}</strong>
            </p>
            <p class="note" data-given=text(move || votes.with(Votes::total).to_string())>
                {t!(i18n, vote_given, count = move || votes.with(Votes::total))}
            </p>
        </div>
        <p class="note">{dynamic(move || if session.may(&may) { t_string!(i18n, vote_hint) } else { t_string!(i18n, vote_not_you) })}</p>
        {list(sections, |section: &Section| section.id.to_string(), |section| view! { <Of section /> })}
    }
}

#[component]
fn Of(section: Section) -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let (id, code, name) = (section.id, section.code.clone(), section.name);
    let activities = move || {
        derived.plan.with(|plan| {
            let section = plan.sections.iter().find(|one| one.id == id);
            section.map(|section| section.begun().map(|(at, activity)| (at, Arc::new(activity.clone()))).collect()).unwrap_or_default()
        })
    };
    let key = |(at, _): &(ActivityRef, Arc<Activity>)| at.to_string();
    view! {
        <section class="vote-section" data-section=code.clone()>
            <h2>
                <span class="code">{code.clone()}</span>
                " "
                {dynamic(move || name.get(words::language(i18n)).to_owned())}
            </h2>
            <ul>{list(activities, key, |(at, _)| view! { <One at /> })}</ul>
        </section>
    }
}

#[component]
fn One(at: ActivityRef) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let Dots { own, .. } = expect_context();
    let me = session.me();
    let on = Memo::new(move |_| own.with(|own| own.on(at)));
    let title = move || words::activity(i18n, view, at);
    let more = Memo::new(move |_| own.with(Own::free).map(|name| change(me, name, Some(at))));
    let less = Memo::new(move |_| own.with(|own| own.last_on(at)).map(|name| change(me, name, None)));
    let press = move |edit: Memo<Option<Edit>>| {
        if let Some(edit) = edit.get_untracked() {
            session.write(edit);
        }
    };
    let button = move |edit: Memo<Option<Edit>>, action: &'static str, sign: &'static str| {
        let may = move || edit.with(|edit| edit.as_ref().is_some_and(|edit| session.may(edit)));
        let said = move || {
            if action == "more" { t_string!(i18n, vote_more, title = title()) } else { t_string!(i18n, vote_less, title = title()) }
        };
        view! {
            <button type="button" class="button" data-action=action aria-label=text(said) disabled=flag(move || !may()) on:click=move |_| press(edit)>
                <span aria-hidden="true">{sign}</span>
            </button>
        }
    };
    view! {
        <li class="vote-one" data-activity=at.activity.to_string()>
            <span class="title">{dynamic(title)}</span>
            <span class="stepper">
                {button(less, "less", "−")}
                <output data-dots=text(move || on.get().to_string())>
                    {dynamic(move || on.get())}
                    <span class="unseen">{t!(i18n, vote_mine)}</span>
                </output>
                {button(more, "more", "+")}
            </span>
        </li>
    }
}

fn change(me: hamutuk_shared::id::ParticipantId, name: Name, at: Option<ActivityRef>) -> Edit {
    let value = at.map_or(Value::Nothing, |at| Value::Word(at.to_string()));
    Edit::Set { field: Field { item: Item::Ballot(me), name }, value }
}

/// How the dots fell.
#[component]
pub(super) fn Ranking(votes: Memo<Votes>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let derived = use_derived();
    let ranking = Memo::new(move |_| derived.plan.with(|plan| votes.with(|votes| votes.ranking(plan))));
    let most = Memo::new(move |_| ranking.with(|all| all.first().map_or(1, |(_, _, dots)| *dots)));
    let row = move |(place, at, dots): (usize, ActivityRef, u32)| {
        let code = view.section(at.section).map(|section| section.code);
        let share = move || format!("{}%", dots * 100 / most.get().max(1));
        view! {
            <li data-section=code.clone() data-activity=at.activity.to_string() data-dots=dots.to_string()>
                <span class="place">{format!("{place}.")}</span>
                <span class="code">{code.clone()}</span>
                <span class="title">{dynamic(move || words::activity(i18n, view, at))}</span>
                <strong>{dots}<span class="unseen">" " {t!(i18n, vote_dots)}</span></strong>
                <span class="vote-bar" aria-hidden="true"><span style:width=text(share)></span></span>
            </li>
        }
    };
    view! {
        <ol class="ranking">{list(move || ranking.get(), |(place, at, dots)| format!("{at} {place} {dots}"), row)}</ol>
        <p class="note" data-total=text(move || votes.with(Votes::total).to_string())>
            {t!(i18n, vote_total, count = move || votes.with(Votes::total), people = move || votes.with(|votes| votes.voters))}
        </p>
    }
}
