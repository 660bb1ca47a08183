//! The comments on something, and a box for another.

use hamutuk_shared::plan::schema::Location;
use hamutuk_shared::plan::{Edit, Item, remark};
use leptos::prelude::*;

use super::about::location;
use super::counts::{is_said_in, is_unsettled};
use super::say::Say;
use super::thread::Thread;
use crate::i18n::{label, t, t_string, use_i18n};
use crate::room::follow;
use crate::session::{new_id, use_session};
use crate::ui::{Show, announce, flag, list};

/// They. Those on what is in the thing say what they are about.
#[component]
pub(super) fn Comments(about: Location) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let room = follow();
    let all = move |is_open: bool| {
        room.with(|room| {
            let of_it = room.comments.iter().filter(|one| is_said_in(about, one) && is_unsettled(one) == is_open);
            of_it.map(|one| (one.id, location(&one.about) != Some(about))).collect::<Vec<_>>()
        })
    };
    let may = move || session.may(&Edit::Add { item: Item::Comment([0; 10].into()) });
    let said = Callback::new(move |words: String| {
        let done = session.write_all(&remark::comment(new_id(), &about.to_string(), &words, session.me()));
        if done {
            announce(untrack(|| t_string!(i18n, comment_is_said)));
        }
        done
    });
    let threads = move |is_open: bool| {
        view! {
            <ul class="review-list">
                {list(move || all(is_open), |(id, _)| id.to_string(), |(id, with_subject)| view! { <Thread id with_subject /> })}
            </ul>
        }
    };
    view! {
        <section class="talk-part">
            <h3 tabindex="-1">{t!(i18n, comments)}</h3>
            {threads(true)}
            <Show when=flag(may)>
                <Say
                    key=format!("comment {about}")
                    label=label!(i18n, comment_hint)
                    button=move || t!(i18n, comment_say)
                    action="comment"
                    said=said
                />
            </Show>
            <Show when=flag(move || !all(false).is_empty())>
                <details>
                    <summary>{t!(i18n, comments_settled, count = move || all(false).len())}</summary>
                    {threads(false)}
                </details>
            </Show>
        </section>
    }
}
