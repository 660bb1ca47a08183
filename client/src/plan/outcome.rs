//! An outcome: what it says, where its words come from, and the activities towards it.

use hamutuk_shared::id::ActivityId;
use hamutuk_shared::plan::schema::{Kind, Location};
use hamutuk_shared::plan::{ActivityRef, Edit, Item, Name, Place as Order};
use leptos::prelude::*;

use super::act;
use super::grid::Grid;
use super::place::use_place;
use crate::field::TextInput;
use crate::i18n::{label, t, use_i18n};
use crate::later::later_or_nothing;
use crate::session::use_session;
use crate::ui::{Glyph, Icon, Viewport, dynamic, text, use_viewport};
use crate::view_model::{OutcomeView, SectionView};
use crate::words;

/// The outcome.
#[component]
pub(crate) fn Outcome(section: SectionView, outcome: OutcomeView) -> impl IntoView {
    let i18n = use_i18n();
    let kept = section.kept(outcome.id);
    let (statement, whole, at) = (outcome.statement, outcome.whole, outcome.at);
    let provenance = Memo::new(move |_| whole.with(|whole| whole.provenance.value));
    let heading = crate::ui::unique("outcome");
    let heading_id = heading.clone();
    let (code, more) = (outcome.code.clone(), outcome);
    view! {
        <section class="outcome" aria-labelledby=heading>
            <div class="outcome-head">
                // The words themselves are a field, which a list of headings would not show.
                <h2 class="unseen" id=heading_id>
                    {code.clone()}
                    " "
                    {dynamic(move || statement.words.get())}
                </h2>
                <span class="number" aria-hidden="true">
                    {code}
                </span>
                <div class="statement">
                    <TextInput field=statement.field label=label!(i18n, outcome_statement) />
                </div>
                <p class="provenance">{dynamic(move || words::choice(i18n, Kind::Outcome, Name::Provenance, provenance.get()))}</p>
            </div>
            <Grid activities=kept outcome=at />
            <AddButton outcome=at />
            {later_or_nothing(move |parts| (parts.talk)(Location::Item(Item::Outcome(at))))}
            {later_or_nothing(move |parts| (parts.of_outcome)(&more))}
        </section>
    }
}

#[component]
fn AddButton(outcome: hamutuk_shared::plan::OutcomeRef) -> impl IntoView {
    let i18n = use_i18n();
    let (session, place, viewport) = (use_session(), use_place(), use_viewport());
    let any = Edit::AddActivity {
        at: ActivityRef { section: outcome.section, activity: ActivityId::from_bytes([0; 10]) },
        outcome: outcome.outcome,
        place: Order::Last,
    };
    let may = move || session.may(&any);
    let press = move |_| {
        let added = act::add(session, i18n, outcome, Order::Last);
        // On a phone one writes in the details.
        if let (Some(at), Viewport::Phone) = (added, viewport.get_untracked()) {
            place.open(at);
        }
    };
    view! {
        <div class="add-row">
            // It can be pressed all the same, and says why not.
            <button type="button" class="button quiet" data-action="add" aria-disabled=text(move || (!may()).to_string()) on:click=press>
                <Icon glyph=Glyph::Plus />
                {t!(i18n, activity_add)}
            </button>
            <span class="hint" aria-hidden="true">
                <kbd>"Ctrl"</kbd>
                " "
                <kbd>"Enter"</kbd>
            </span>
        </div>
    }
}
