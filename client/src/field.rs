//! Fields that edit the document while others edit it too.

pub(crate) mod candidates;
mod choice;
mod dispute;
mod frame;
mod months;
mod number;
mod reference;
mod set;
mod text;

use hamutuk_shared::plan::Field;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::plan::schema::{Content, Members};
use hamutuk_shared::text::Splice;
use leptos::{ev, html, prelude::*};

use crate::session::use_session;
use crate::ui::{dynamic, flag};
pub(crate) use choice::ChoiceInput;
pub(crate) use months::MonthsInput;
pub(crate) use number::{NumberInput, read as read_number};
pub(crate) use reference::ReferenceInput;
pub(crate) use set::SetInput;
use text::Binding;

/// The input for whatever may stand in a field, as a form shows it.
#[component]
pub(crate) fn FieldInput(
    /// Which field.
    field: Field,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    match field.content() {
        Some(Content::Text) => view! { <TextInput field label multiline=true /> }.into_any(),
        Some(Content::Choice(_) | Content::Quarter | Content::Month) => view! { <ChoiceInput field label /> }.into_any(),
        Some(Content::Set(Members::Months)) => view! { <MonthsInput field large=true /> }.into_any(),
        Some(Content::Set(_)) => view! { <SetInput field label /> }.into_any(),
        Some(Content::Reference(_)) => view! { <ReferenceInput field label /> }.into_any(),
        Some(Content::Cents | Content::Thousandths | Content::Count | Content::Year | Content::Answer) => {
            view! { <NumberInput field label /> }.into_any()
        }
        // These are written by deeds of their own: moving, archiving, accepting.
        Some(Content::ActivityPath | Content::Path | Content::Moment | Content::Own) | None => ().into_any(),
    }
}

/// A text that several people may write in at once, with the colour and the name of whoever else is in it.
#[component]
pub(crate) fn TextInput(
    /// Which text.
    field: Field,
    /// Whether it may have several lines. One line wraps, but Enter does not begin another.
    #[prop(optional)]
    multiline: bool,
    /// What is shown while it is empty.
    #[prop(into, optional)]
    placeholder: MaybeProp<String>,
    /// What it is, for those who do not see it.
    #[prop(into)]
    label: Signal<String>,
    /// More classes of the element around it.
    #[prop(into, optional)]
    class: String,
) -> impl IntoView {
    let session = use_session();
    let path = field.to_string();
    let here = session.here_at(&path);
    let first = move || here.with(|here| here.first().cloned());
    let change = Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: String::new() } };
    let area = NodeRef::<html::Textarea>::new();
    let binding = StoredValue::new_local(None);
    area.on_load(move |area| binding.set_value(Some(Binding::new(session, field, multiline, area))));
    let bound = move |act: fn(&Binding)| binding.with_value(|binding| binding.as_deref().map(act)).unwrap_or_default();
    let keep_to_one_line = move |event: ev::KeyboardEvent| {
        if !multiline && event.key() == "Enter" && !event.is_composing() {
            event.prevent_default();
        }
    };
    view! {
        <span
            class=format!("text-input {class}")
            class:is-shared=flag(move || here.with(|here| !here.is_empty()))
            data-who=Signal::derive(move || first().map(|here| here.colour.to_string()))
        >
            <textarea
                node_ref=area
                rows="1"
                data-path=path
                aria-label=label
                aria-multiline=multiline.to_string()
                placeholder=move || placeholder.get()
                readonly=flag(move || !session.may(&change))
                on:keydown=keep_to_one_line
                on:input=move |_| bound(Binding::input)
                on:compositionstart=move |_| bound(Binding::composition_start)
                on:compositionend=move |_| bound(Binding::composition_end)
            ></textarea>
            {dynamic(move || first().map(|here| view! { <span class="who-tag">{here.label()}</span> }))}
        </span>
    }
}

#[cfg(test)]
mod tests;
