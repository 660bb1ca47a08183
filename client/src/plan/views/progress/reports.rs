//! The reports of a quarter, one after the other: who reports, when, and what.

use hamutuk_shared::plan::{Cents, Field, Item, Name, Rating, Report};
use leptos::prelude::*;

use super::activities::lamp;
use super::{OpenReport, use_progress};
use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Session, use_session};
use crate::ui::{dynamic, list};
use crate::view_model::PlanView;
use crate::words::{self, I18n};

/// What a report says, in short.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Said {
    who: String,
    rating: Rating,
    value: Option<String>,
    spent: Option<Cents>,
    narrative: String,
}

/// The list.
#[component]
pub(super) fn Reports(reports: Memo<Vec<Item>>) -> impl IntoView {
    let i18n = use_i18n();
    let quarter = use_progress().quarter;
    let heading = move || {
        let quarter = words::whole_quarter(i18n, quarter.get());
        t_string!(i18n, progress_reports, quarter = quarter, count = reports.with(Vec::len))
    };
    view! {
        <h3>{dynamic(heading)}</h3>
        <ul class="reports">{list(move || reports.get(), Item::to_string, |item| view! { <OneReport item /> })}</ul>
    }
}

#[component]
fn OneReport(item: Item) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let open = use_progress().open;
    let (Item::Report(_, id), Some(at)) = (item, item.activity()) else { return ().into_any() };
    let said = Memo::new(move |_| {
        let find = |report: &&Report| report.id == id;
        let say = |report: &Report| say(i18n, view, session, item, report);
        view.activity(at)
            .and_then(|activity| activity.whole.with(|activity| activity.reports.iter().find(find).map(say)))
            .unwrap_or_default()
    });
    let figures = move || {
        let Said { value, spent, .. } = said.get();
        let figures = [value, spent.map(|spent| format!("{}: {}", t_string!(i18n, field_expenditure), words::money(i18n, spent)))];
        figures.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <li data-item=item.to_string()>
            <p>
                <strong>{dynamic(move || words::activity(i18n, view, at))}</strong>
                " "
                {dynamic(move || lamp(i18n, said.get().rating))}
            </p>
            <p class="note">{dynamic(move || said.get().who)}</p>
            <p class="note">{dynamic(figures)}</p>
            <p>{dynamic(move || said.get().narrative)}</p>
            <button type="button" class="button quiet" data-action="open-report" on:click=move |_| open.set(Some(OpenReport { item, is_new: false }))>
                {t!(i18n, progress_report_open)}
            </button>
        </li>
    }
    .into_any()
}

fn say(i18n: I18n, view: PlanView, session: Session, item: Item, report: &Report) -> Said {
    Said {
        who: who(i18n, view, session, item, report),
        rating: report.rating.value,
        value: report.value.value.clone(),
        spent: report.expenditure.value,
        narrative: report.narrative.clone(),
    }
}

/// For whom a report is, who wrote it and when.
fn who(i18n: I18n, view: PlanView, session: Session, item: Item, report: &Report) -> String {
    let organisation = report.organisation.value.and_then(|id| view.organisation_label(id));
    let person = report.submitted_by.value.and_then(|id| words::person(view, id));
    let when = written_at(session, item).map(words::moment);
    let all = [organisation.or_else(|| Some(t_string!(i18n, organisation_none).to_owned())), person, when];
    all.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// When somebody last chose something in a report, in milliseconds since 1970.
fn written_at(session: Session, item: Item) -> Option<i64> {
    let names = [Name::SubmittedBy, Name::Quarter, Name::Rating, Name::Value, Name::Expenditure];
    names.into_iter().filter_map(|name| session.origin(Field { item, name })).map(|origin| origin.at_ms).max()
}
