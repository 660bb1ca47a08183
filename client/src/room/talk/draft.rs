//! The form in which somebody suggests something.

use hamutuk_shared::plan::suggestion::{self, Proposal};
use hamutuk_shared::plan::{Field, Name};
use leptos::html;
use leptos::prelude::*;

use super::about::{Offer, Talk, refocus};
use super::wanted::{Draft, Wanted, input, key, key_of_base};
use crate::i18n::{label, t, t_string, use_i18n};
use crate::session::{Session, new_id, use_session};
use crate::ui::{announce, dynamic, text};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// The form. `done` is run when the suggestion is in the plan, or is not to be made.
#[component]
pub(super) fn DraftForm(offer: Offer, done: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let talk = Talk::of_page();
    let now = Wanted::now(session, offer);
    // Words that were begun before others wrote there were meant for what stood there then.
    let base = talk.begun(&key(offer)).and_then(|_| talk.begun(&key_of_base(offer))).map(Wanted::Words);
    let before = StoredValue::new(base.unwrap_or(now));
    let draft = Draft { wanted: RwSignal::new(before.get_value()), error: RwSignal::new(None) };
    let forget = move || {
        talk.begin(&key(offer), "");
        talk.begin(&key_of_base(offer), "");
    };
    let finish = move || {
        done.run(());
        refocus(vec!["[data-talk-about] [data-action=suggest]".to_owned()]);
    };
    let note = NodeRef::<html::Textarea>::new();
    let is_same = RwSignal::new(false);
    let hand_in = move |_| {
        let Some(note) = note.get_untracked().map(|note| note.value()) else { return };
        let wanted = draft.wanted.get_untracked();
        if draft.error.with_untracked(Option::is_some) {
            return;
        }
        let drafts = untrack(|| before.with_value(|before| drafts(i18n, view, offer, before, &wanted, note.trim())));
        if drafts.is_empty() {
            return is_same.set(true);
        }
        if write(session, &drafts) {
            forget();
            announce(untrack(|| t_string!(i18n, suggest_is_made)));
            finish();
        }
    };
    let cancel = move |_| {
        forget();
        finish();
    };
    let label = text(move || name(i18n, offer));
    view! {
        <div class="draft boxed" data-draft="">
            <p class="field-label">{dynamic(move || label.get())}</p>
            {matches!(offer, Offer::Activity(_)).then(|| view! { <p class="note">{t!(i18n, suggest_activity_hint)}</p> })}
            {input(offer, draft, label)}
            <textarea node_ref=note class="input" rows="2" maxlength=hamutuk_shared::limits::REMARK_UTF16_MAX.to_string() data-note="" aria-label=label!(i18n, suggest_note) placeholder=label!(i18n, suggest_note)></textarea>
            <p class="field-note warn" aria-live="polite">
                {dynamic(move || is_same.get().then(|| t_string!(i18n, suggest_same)))}
            </p>
            <div class="buttons">
                <button type="button" class="button main" data-action="hand-in" on:click=hand_in>
                    {t!(i18n, suggest_hand_in)}
                </button>
                <button type="button" class="button quiet" on:click=cancel>
                    {t!(i18n, cancel)}
                </button>
            </div>
        </div>
    }
}

/// What is suggested, as a heading.
pub(super) fn name(i18n: I18n, offer: Offer) -> String {
    match offer {
        Offer::Activity(_) => t_string!(i18n, suggest_new_activity).to_owned(),
        Offer::Other(field) => words::field(i18n, field.item.kind(), field.name).to_owned(),
    }
}

/// Puts suggestions into the plan, as one step.
pub(super) fn write(session: Session, drafts: &[suggestion::Draft]) -> bool {
    let edits: Vec<_> = drafts.iter().flat_map(|draft| draft.edits(new_id(), session.me())).collect();
    session.write_all(&edits)
}

/// What somebody wants to be otherwise; nothing where it is as before.
fn drafts(i18n: I18n, view: PlanView, offer: Offer, before: &Wanted, wanted: &Wanted, note: &str) -> Vec<suggestion::Draft> {
    let field = match offer {
        Offer::Other(field) => field,
        // What is new is not said: its words are all there is.
        Offer::Activity(outcome) => Field::of_outcome(outcome, Name::Statement),
    };
    let proposals = match (offer, before, wanted) {
        (_, before, wanted) if before == wanted => Vec::new(),
        (Offer::Activity(outcome), _, Wanted::Words(text)) => {
            let text = text.trim();
            if text.is_empty() { Vec::new() } else { vec![Proposal::Activity { outcome, text: text.to_owned() }] }
        }
        (_, _, Wanted::Words(text)) => vec![Proposal::Words { field, text: text.clone() }],
        (_, _, Wanted::Value(value)) => vec![Proposal::Value { field, value: value.clone() }],
        (_, Wanted::Members(before), Wanted::Members(after)) => Proposal::members(field, before, after),
        (_, _, Wanted::Members(_)) => Vec::new(),
    };
    let draft = |proposal| suggestion::Draft {
        proposal,
        was: before.say(i18n, view, field),
        said: wanted.say(i18n, view, field),
        note: note.to_owned(),
    };
    proposals.into_iter().map(draft).collect()
}
