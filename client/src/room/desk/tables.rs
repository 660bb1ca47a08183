//! Which tables are connected, and what their devices hold.

use std::collections::BTreeSet;

use hamutuk_shared::derive::{Device, Table, tables};
use hamutuk_shared::id::SectionId;
use leptos::prelude::*;

use crate::i18n::{t, t_string, use_i18n};
use crate::plan::derived::Derived;
use crate::session::use_session;
use crate::ui::{Show, dynamic, flag, text};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// The connected devices, this one too.
fn devices() -> Memo<Vec<Device>> {
    let session = use_session();
    let (connections, receipt) = (session.connections(), session.receipt());
    Memo::new(move |_| {
        receipt.track();
        let own = Device { participant: session.me(), waiting: session.waiting() };
        let others = connections.get().into_iter().map(|one| Device { participant: one.participant, waiting: one.waiting });
        std::iter::once(own).chain(others).collect()
    })
}

/// The tables.
pub(super) fn of(derived: Derived) -> Memo<Vec<Table>> {
    let devices = devices();
    Memo::new(move |_| derived.plan.with(|plan| devices.with(|devices| tables::tables(plan, devices))))
}

/// "3 changes on 2 devices".
fn said(i18n: I18n, waiting: u64, holding: usize) -> String {
    if waiting == 0 {
        return t_string!(i18n, desk_holds_none).to_owned();
    }
    t_string!(i18n, desk_holds, count = waiting, devices = holding)
}

/// All devices together, and what they are not.
#[component]
pub(super) fn Held(derived: Derived) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let devices = devices();
    let all = of(derived);
    let held = Memo::new(move |_| devices.with(|devices| tables::held(devices)));
    let people = move || devices.with(|devices| devices.iter().map(|device| device.participant).collect::<BTreeSet<_>>().len());
    let elsewhere = Memo::new(move |_| all.with(|all| all.last().map(|table| table.people.clone()).unwrap_or_default()));
    let names = move || {
        let names = elsewhere.get().into_iter().filter_map(|id| words::person(view, id));
        names.collect::<Vec<_>>().join(", ")
    };
    view! {
        <p data-people=text(move || people().to_string())>
            {t!(i18n, desk_connected, people = people, devices = move || devices.with(Vec::len))}
        </p>
        <p data-waiting=text(move || held.get().0.to_string()) data-holding=text(move || held.get().1.to_string())>
            <strong>{dynamic(move || said(i18n, held.get().0, held.get().1))}</strong>
        </p>
        <p class="note">{t!(i18n, desk_offline)}</p>
        <Show when=flag(move || elsewhere.with(|people| !people.is_empty()))>
            <p class="note">{t!(i18n, desk_elsewhere, names = names)}</p>
        </Show>
    }
}

/// Who of a group is here, and what their devices hold.
#[component]
pub(super) fn TableOf(section: SectionId, all: Memo<Vec<Table>>) -> impl IntoView {
    let i18n = use_i18n();
    let view = expect_context::<PlanView>();
    let table = Memo::new(move |_| all.with(|all| all.iter().find(|table| table.section == Some(section)).cloned().unwrap_or_default()));
    let names = move || {
        let names = table.get().people.into_iter().filter_map(|id| words::person(view, id));
        names.collect::<Vec<_>>().join(", ")
    };
    view! {
        <p
            data-here=text(move || table.with(|table| table.people.len()).to_string())
            data-waiting=text(move || table.with(|table| table.waiting).to_string())
        >
            {t!(i18n, desk_here, count = move || table.with(|table| table.people.len()), of = move || table.with(|table| table.members))}
            " "
            <span class="note">{dynamic(names)}</span>
        </p>
        <Show when=flag(move || table.with(|table| !table.people.is_empty()))>
            <p>{dynamic(move || table.with(|table| said(i18n, table.waiting, table.holding)))}</p>
        </Show>
    }
}
