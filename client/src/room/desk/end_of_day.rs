//! The end of a day: the plan as it is gets a name, and what is open goes into review.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::limits::NAME_CHARS_MAX;
use hamutuk_shared::plan::{Choice, Edit, Field, Item, Name, SectionState, Value};
use leptos::html;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::room::follow;
use crate::session::{new_id, use_session};
use crate::ui::{Dialog, Show, dynamic, flag, toast, unique};
use crate::view_model::PlanView;
use crate::words;

/// The button, and what was done.
#[component]
pub(super) fn EndOfDay() -> impl IntoView {
    let i18n = use_i18n();
    let room = follow();
    let (is_asking, done) = (RwSignal::new(false), RwSignal::new(None::<String>));
    let last = move || room.with(|room| room.versions.last().map(|version| version.name.clone()));
    view! {
        <p class="note">{t!(i18n, day_hint)}</p>
        <button type="button" class="button main" data-action="end-day" on:click=move |_| is_asking.set(true)>
            {t!(i18n, day_button)}
        </button>
        <p role="status" data-done=flag(move || done.with(Option::is_some))>
            {dynamic(move || done.get())}
        </p>
        <Show when=flag(move || room.with(|room| !room.versions.is_empty()))>
            <p class="note">{t!(i18n, day_last, name = move || last().unwrap_or_default())}</p>
        </Show>
        <Dialog open=is_asking on_close=Callback::new(move |()| is_asking.set(false)) title=move || t!(i18n, day_title)>
            <Ask is_asking done />
        </Dialog>
    }
}

/// What it will do, and the name.
#[component]
fn Ask(is_asking: RwSignal<bool>, done: RwSignal<Option<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let room = follow();
    let access = session.access();
    let open = Memo::new(move |_| {
        let is_open = |id: SectionId| access.with(|access| access.states.of(id)) == SectionState::Open;
        view.sections.with(|all| all.iter().filter(|one| is_open(one.id)).map(|one| (one.id, one.code.clone())).collect::<Vec<_>>())
    });
    let codes = move || open.get().into_iter().map(|(_, code)| code).collect::<Vec<_>>().join(", ");
    let suggested = untrack(|| {
        let today = words::moment(session.server_now_ms());
        let date = today.split(' ').next().unwrap_or_default().to_owned();
        t_string!(i18n, day_name, day = room.with_untracked(|room| room.versions.len()) + 1, date = date)
    });
    let input = NodeRef::<html::Input>::new();
    let id = unique("day");
    let end = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let name = input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        if name.is_empty() {
            return;
        }
        let said = untrack(codes);
        if session.write_all(&edits(session.heads(), session.me(), &name, &open.get_untracked())) {
            let words = untrack(|| match said.as_str() {
                "" => t_string!(i18n, day_done_only, name = name),
                _ => t_string!(i18n, day_done, name = name, sections = said),
            });
            toast(words.clone());
            done.set(Some(words));
            is_asking.set(false);
        }
    };
    view! {
        <form class="dialog-form" on:submit=end>
            <p>{t!(i18n, day_will_name)}</p>
            <Show when=flag(move || open.with(|open| !open.is_empty())) fallback=move || t!(i18n, day_none_open)>
                <p>{t!(i18n, day_will_review, sections = codes)}</p>
            </Show>
            <div class="field">
                <label for=id.clone()>{t!(i18n, day_name_label)}</label>
                <input id=id class="input" name="version" node_ref=input value=suggested required maxlength=NAME_CHARS_MAX.to_string() autocomplete="off" />
            </div>
            <button type="submit" class="button main" data-action="end-day-now">
                {t!(i18n, day_button)}
            </button>
        </form>
    }
}

fn edits(heads: String, me: hamutuk_shared::id::ParticipantId, name: &str, open: &[(SectionId, String)]) -> Vec<Edit> {
    let id = new_id();
    let by = Field { item: Item::Version(id), name: Name::SubmittedBy };
    let mut edits =
        vec![Edit::NameVersion { id, name: name.to_owned(), heads }, Edit::Set { field: by, value: Value::Word(me.to_string()) }];
    let review = || Value::Word(SectionState::Review.as_str().to_owned());
    edits.extend(open.iter().map(|(id, _)| Edit::Set { field: Field::of_section(*id, Name::State), value: review() }));
    edits
}
