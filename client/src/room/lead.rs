//! Who leads the plenary, and where to.

use std::cell::RefCell;
use std::collections::BTreeMap;

use hamutuk_shared::derive::Shown;
use hamutuk_shared::id::{ParticipantId, PlanId};
use leptos::prelude::*;

use crate::address::use_address;
use crate::plan::view::View;
use crate::session::{Connection, Session, use_session};

/// Whether this tab leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Lead {
    /// It does not.
    #[default]
    No,
    /// The plenary shows what the person looks at.
    Here,
    /// The plenary shows this, wherever the person is.
    To(Shown),
}

thread_local! {
    /// One for an open plan: it leads on while the person goes from view to view.
    static LEADING: RefCell<Option<(PlanId, RwSignal<Lead>)>> = const { RefCell::new(None) };
}

/// Whether this tab leads, to be set by the desk.
pub(super) fn leading() -> RwSignal<Lead> {
    let session = use_session();
    let known = LEADING.with_borrow(|leading| leading.filter(|(plan, lead)| *plan == session.plan() && !lead.is_disposed()));
    if let Some((_, lead)) = known {
        return lead;
    }
    let address = use_address();
    let lead = session.within(|| {
        let lead = RwSignal::new(Lead::No);
        Effect::new(move |before: Option<Option<String>>| {
            let search = address.search();
            let here = match View::parse(&address.query("v").unwrap_or_default()) {
                // From the desk one looks at nothing: what was seen before stays.
                View::Desk | View::Plenary => before.flatten().unwrap_or_else(|| Shown::Plan.query()),
                _ => Shown::of(&search).query(),
            };
            let view = match lead.get() {
                Lead::No => None,
                Lead::Here => Some(here),
                Lead::To(shown) => Some(shown.query()),
            };
            session.lead(view.clone());
            view
        });
        yield_to_others(session, lead);
        lead
    });
    LEADING.set(Some((session.plan(), lead)));
    lead
}

/// Whoever begins to lead takes over: there is one projector.
fn yield_to_others(session: Session, lead: RwSignal<Lead>) {
    let connections = session.connections();
    Effect::new(move |before: Option<BTreeMap<_, bool>>| {
        let now: BTreeMap<_, bool> = connections.with(|all| all.iter().map(|one| (one.session, one.leads_to.is_some())).collect());
        // One that was leading already when we first heard of it did not begin now: we may have been away.
        let begins = |session, leads: bool| leads && before.as_ref().is_some_and(|before| before.get(session) == Some(&false));
        if now.iter().any(|(session, leads)| begins(session, *leads)) && lead.with_untracked(|lead| *lead != Lead::No) {
            lead.set(Lead::No);
        }
        now
    });
}

/// Who leads, and to what. None while nobody does.
pub(super) fn led() -> Memo<Option<(ParticipantId, Shown)>> {
    let session = use_session();
    let (lead, connections) = (leading(), session.connections());
    let (address, me) = (use_address(), session.me());
    Memo::new(move |before: Option<&Option<(ParticipantId, Shown)>>| {
        let before = before.cloned().flatten();
        match lead.get() {
            Lead::To(shown) => return Some((me, shown)),
            Lead::Here => {
                let here = match View::parse(&address.query("v").unwrap_or_default()) {
                    View::Desk | View::Plenary => before.map(|(_, shown)| shown).unwrap_or_default(),
                    _ => Shown::of(&address.search()),
                };
                return Some((me, here));
            }
            Lead::No => {}
        }
        // The newest connection, should there be two.
        let leads = |all: &Vec<Connection>| {
            let leader = all.iter().filter(|one| one.leads_to.is_some()).max_by_key(|one| one.session)?;
            Some((leader.participant, Shown::of(leader.leads_to.as_deref().unwrap_or_default())))
        };
        connections.with(leads)
    })
}
