//! A comment and what was answered to it.

use hamutuk_shared::id::CommentId;
use hamutuk_shared::plan::{Comment, Edit, Item, Reply, remark};
use leptos::prelude::*;

use super::about::{code, location, refocus, subject};
use super::card::Jump;
use super::counts::is_unsettled;
use super::say::Say;
use super::who;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::room::follow;
use crate::session::{new_id, use_session};
use crate::ui::{Glyph, Icon, Show, announce, dynamic, flag, list};
use crate::view_model::PlanView;

/// A comment of a list. `with_subject` says what it is about, where that is not plain from around it.
#[component]
pub(super) fn Thread(id: CommentId, #[prop(optional)] with_subject: bool) -> impl IntoView {
    let room = follow();
    let one = Memo::new(move |_| room.with(|room| room.comments.iter().find(|one| one.id == id).cloned()));
    let view = expect_context::<PlanView>();
    let about = Memo::new(move |_| one.with(|one| one.as_ref().and_then(|one| location(&one.about))));
    let code = about.get_untracked().and_then(|about| code(view, about));
    let replies = move || one.with(|one| one.as_ref().map(kept).unwrap_or_default());
    view! {
        <li class="review-card talk-card" data-section=code data-comment=id.to_string()>
            {dynamic(move || one.get().map(|one| said(&one, with_subject)))}
            <ul class="talk-replies">{list(replies, |one| one.id.to_string(), move |one| answer(id, &one))}</ul>
            <Deeds id one with_jump=with_subject />
        </li>
    }
}

fn kept(one: &Comment) -> Vec<Reply> {
    one.replies.iter().filter(|one| one.archived.is_kept()).cloned().collect()
}

fn said(one: &Comment, with_subject: bool) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let (item, by) = (Item::Comment(one.id), one.submitted_by.value);
    let about = location(&one.about).filter(|_| with_subject);
    let is_settled = !is_unsettled(one);
    view! {
        {about.map(|about| view! { <p class="subject"><strong>{dynamic(move || subject(i18n, view, about))}</strong></p> })}
        <p class="note">
            {dynamic(move || who::said(i18n, session, view, item, by))} " "
            {is_settled.then(|| view! { <span class="chip"><Icon glyph=Glyph::Check /> {t!(i18n, comment_settled)}</span> })}
        </p>
        <p class="said">{one.text.clone()}</p>
    }
    .into_any()
}

fn answer(comment: CommentId, one: &Reply) -> AnyView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let (item, by) = (Item::Reply(comment, one.id), one.submitted_by.value);
    view! {
        <li data-reply=one.id.to_string()>
            <p class="note">{dynamic(move || who::said(i18n, session, view, item, by))}</p>
            <p class="said">{one.text.clone()}</p>
            <TakeBack item is_mine=by == Some(session.me()) />
        </li>
    }
    .into_any()
}

/// What can be done about a comment.
#[component]
fn Deeds(id: CommentId, one: Memo<Option<Comment>>, with_jump: bool) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let is_answering = RwSignal::new(false);
    let is_settled = Memo::new(move |_| one.with(|one| one.as_ref().is_some_and(|one| !is_unsettled(one))));
    let by = Memo::new(move |_| one.with(|one| one.as_ref().and_then(|one| one.submitted_by.value)));
    let about = one.with_untracked(|one| one.as_ref().and_then(|one| location(&one.about))).filter(|_| with_jump);
    let may_answer = move || session.may(&Edit::Add { item: Item::Reply(id, [0; 10].into()) });
    let may_settle = move || session.may(&remark::settle(id, true));
    let answer = Callback::new(move |words: String| {
        let done = session.write_all(&remark::reply(id, new_id(), &words, session.me()));
        if done {
            is_answering.set(false);
            announce(untrack(|| t_string!(i18n, comment_is_said)));
            refocus(vec![format!("[data-comment=\"{id}\"] [data-action=answer]")]);
        }
        done
    });
    let settle = move |_| {
        let now = !is_settled.get_untracked();
        session.write(remark::settle(id, now));
        announce(untrack(|| if now { t_string!(i18n, comment_is_settled) } else { t_string!(i18n, comment_is_reopened) }));
        refocus(vec![format!("[data-comment=\"{id}\"] [data-action=settle]"), "[data-talk-about] h3".to_owned(), "#comments".to_owned()]);
    };
    view! {
        <Show when=is_answering.into()>
            <Say
                key=format!("reply {id}")
                label=label!(i18n, comment_reply_hint)
                button=move || t!(i18n, comment_reply)
                action="reply"
                said=answer
                cancel=Callback::new(move |()| is_answering.set(false))
            />
        </Show>
        <div class="buttons">
            <Show when=flag(move || may_answer() && !is_answering.get())>
                <button type="button" class="button" data-action="answer" on:click=move |_| is_answering.set(true)>
                    {t!(i18n, comment_reply)}
                </button>
            </Show>
            <Show when=flag(may_settle)>
                <button type="button" class="button" data-action="settle" on:click=settle>
                    {dynamic(move || if is_settled.get() { t_string!(i18n, comment_reopen) } else { t_string!(i18n, comment_settle) })}
                </button>
            </Show>
            {dynamic(move || view! { <TakeBack item=Item::Comment(id) is_mine=by.get() == Some(session.me()) /> })}
            {about.map(|about| view! { <Jump about /> })}
        </div>
    }
}

/// Takes back what the person said themselves.
#[component]
fn TakeBack(item: Item, is_mine: bool) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let edit = Edit::Archive { item, archived: true };
    let press = {
        let edit = edit.clone();
        move |_| {
            session.write(edit.clone());
            announce(untrack(|| t_string!(i18n, comment_is_taken_back)));
        }
    };
    (is_mine && untrack(|| session.may(&edit))).then(|| {
        view! {
            <button type="button" class="button quiet" data-action="take-back" on:click=press>
                {t!(i18n, comment_take_back)}
            </button>
        }
    })
}
