//! Who does what: each organisation with what it leads and what it takes part in, and how that falls on the sections.

mod facts;
mod matrix;
mod organisation;
mod part;

use std::cell::Cell;
use std::sync::Arc;

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::OrganisationId;
use leptos::prelude::*;

use self::facts::group;
use self::matrix::Matrix;
use self::organisation::Card;
use self::part::Parts;
use super::one_of::OneOf;
use crate::i18n::{label, t_string, use_i18n};
use crate::plan::derived::{shown, use_derived};
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, list, text};
use crate::view_model::PlanView;

/// The choices of the switch.
const ALL: usize = 0;
const MINE: usize = 1;

thread_local! {
    /// What was looked at last: whoever comes back finds it again.
    static LAST: Cell<usize> = const { Cell::new(ALL) };
}

/// The view.
#[component]
pub(crate) fn Who() -> impl IntoView {
    let i18n = use_i18n();
    let derived = use_derived();
    let view = expect_context::<PlanView>();
    let me = use_session().me();
    let chosen = RwSignal::new(LAST.get());
    Effect::new(move |_| LAST.set(chosen.get()));
    let parts = Memo::new(move |_| {
        let (plan, filter) = (derived.plan.get(), derived.filter.get());
        Arc::new(Parts::of(&shown(&plan, &filter)))
    });
    let order = order();
    let organisations = Memo::new(move |_| {
        if chosen.get() == MINE {
            return view.person(me).and_then(|person| person.organisation).into_iter().collect();
        }
        // Whoever asks for something is not shown all that have none of it.
        let is_all = derived.filter.with(Filter::is_empty);
        order.get().into_iter().filter(|id| is_all || parts.with(|parts| parts.has(*id))).collect::<Vec<_>>()
    });
    let options = vec![("all", label!(i18n, who_all)), ("mine", label!(i18n, who_mine))];
    let nobody = move || {
        if chosen.get() == MINE {
            t_string!(i18n, who_mine_unknown)
        } else if derived.filter.with(Filter::is_empty) {
            t_string!(i18n, who_nobody)
        } else {
            t_string!(i18n, who_nobody_shown)
        }
    };
    let leaderless = Memo::new(move |_| if chosen.get() == ALL { parts.with(|parts| parts.leaderless.clone()) } else { Vec::new() });
    let no_lead = text(move || t_string!(i18n, who_no_lead, count = leaderless.with(Vec::len)));
    view! {
        <OneOf label=label!(i18n, who_whose) options=options now=chosen />
        <Show when=flag(move || organisations.with(|all| !all.is_empty())) fallback=move || dynamic(move || view! { <p class="view-empty">{nobody()}</p> })>
            <Matrix organisations parts />
            <div class="who-cards">{list(move || organisations.get(), ToString::to_string, move |id| view! { <Card id parts /> })}</div>
        </Show>
        <div class="who-nobody">{group("none", no_lead, leaderless)}</div>
    }
}

/// All organisations, by label when the view was opened; new ones come last. Were one to move while somebody writes its acronym, the
/// words would be taken out of their hands.
fn order() -> Memo<Vec<OrganisationId>> {
    let derived = use_derived();
    Memo::new(move |before: Option<&Vec<OrganisationId>>| {
        let all: Vec<OrganisationId> = derived.plan.with(|plan| plan.organisations.iter().map(|one| one.id).collect());
        let mut order: Vec<OrganisationId> = before.cloned().unwrap_or_default();
        order.retain(|id| all.contains(id));
        let new: Vec<OrganisationId> = all.into_iter().filter(|id| !order.contains(id)).collect();
        order.extend(new);
        order
    })
}
