//! A section: what its group is asked, what it starts from, and its outcomes.

use hamutuk_shared::plan::Item;
use hamutuk_shared::plan::schema::Location;
use leptos::prelude::*;

use super::grid::cursor::Cursor;
use super::outcome::Outcome;
use crate::field::TextInput;
use crate::i18n::{label, use_i18n};
use crate::later::{later, later_or_nothing};
use crate::ui::{Glyph, Icon, Show, dynamic, flag, list, text};
use crate::view_model::SectionView;
use crate::words;

/// The section.
#[component]
pub(crate) fn Section(section: SectionView) -> impl IntoView {
    let i18n = use_i18n();
    let (name, prompt) = (section.name.clone(), section.prompt.clone());
    let (outcomes, whole) = (section.outcomes, section.clone());
    let (more, id) = (section.clone(), section.id);
    Cursor::provide();
    view! {
        <div class="section-head">
            <span class="code">{section.code.clone()}</span>
            <h1>{dynamic(move || name.get(words::language(i18n)).to_owned())}</h1>
            <State section=section.clone() />
        </div>
        <p class="prompt">{dynamic(move || prompt.get(words::language(i18n)).to_owned())}</p>
        <div class="context">
            <TextInput
                field=section.context.field
                multiline=true
                label=label!(i18n, section_context)
                placeholder=label!(i18n, section_context_hint)
            />
        </div>
        {later_or_nothing(move |parts| (parts.talk)(Location::Item(Item::Section(id))))}
        {later_or_nothing(move |parts| (parts.of_section)(&more))}
        {later(move |parts| (parts.tools)(id))}
        {list(move || outcomes.get(), |outcome| outcome.id.to_string(), move |outcome| view! { <Outcome section=whole.clone() outcome /> })}
        {later_or_nothing(move |parts| (parts.archive)(section.clone()))}
    }
}

/// What may be done with the section.
#[component]
pub(crate) fn State(section: SectionView) -> impl IntoView {
    use hamutuk_shared::plan::schema::Kind;
    use hamutuk_shared::plan::{Choice, Name, SectionState};

    let i18n = use_i18n();
    let state = Memo::new(move |_| section.state.with(|state| state.value));
    let is_closed = move || matches!(state.get(), SectionState::Locked | SectionState::Adopted);
    view! {
        <span class="chip" data-state=text(move || state.get().as_str().to_owned())>
            <Show when=flag(is_closed)>
                <Icon glyph=Glyph::Lock />
            </Show>
            {dynamic(move || words::choice(i18n, Kind::Section, Name::State, state.get()))}
        </span>
    }
}
