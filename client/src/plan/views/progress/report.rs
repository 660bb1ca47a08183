//! The quarterly report of an organisation on an activity: found or made by one press, and written in a dialog.

use hamutuk_shared::id::{IndicatorId, OrganisationId, ParticipantId};
use hamutuk_shared::plan::schema::Home;
use hamutuk_shared::plan::{Activity, ActivityRef, Edit, Field, Item, Name, Quarter, Rating, Report, Value};
use leptos::prelude::*;

use super::{OpenReport, Progress, use_progress};
use crate::i18n::{t, t_string, use_i18n};
use crate::plan::form::Labelled;
use crate::session::{Session, new_id, use_session};
use crate::ui::{Dialog, Glyph, Icon, dynamic, flag, text};
use crate::view_model::{ActivityView, PlanView};
use crate::words;

/// What the form asks, below the indicator.
const FIELDS: [Name; 7] =
    [Name::Value, Name::Rating, Name::Expenditure, Name::Narrative, Name::Challenges, Name::Evidence, Name::VerifiedBy];

/// Who reports: the person, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reporter {
    person: ParticipantId,
    organisation: Option<OrganisationId>,
}

impl Reporter {
    /// The person at this device. Reactive.
    fn me(session: Session, view: PlanView) -> Self {
        let person = session.me();
        Self { person, organisation: view.person(person).and_then(|one| one.organisation) }
    }

    /// Whether a report is of this organisation; of this person, where they write for none.
    fn wrote(self, report: &Report) -> bool {
        match self.organisation {
            Some(organisation) => report.organisation.value == Some(organisation),
            None => report.organisation.value.is_none() && report.submitted_by.value == Some(self.person),
        }
    }
}

/// Opens the person's report on an activity in the quarter, which it makes if there is none.
#[component]
pub(super) fn ReportButton(activity: ActivityView) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let progress = use_progress();
    let at = activity.at;
    let own = Memo::new(move |_| {
        let (me, quarter) = (Reporter::me(session, view), progress.quarter.get());
        activity.whole.with(|activity| own(activity, me, quarter).map(|report| Item::Report(Home::Activity(at), report.id)))
    });
    let may = move || own.get().is_some() || session.may(&Edit::Add { item: Item::Report(Home::Activity(at), new_id()) });
    let words = move || if own.get().is_some() { t_string!(i18n, progress_report_open) } else { t_string!(i18n, progress_report) };
    let press = move |_| {
        let open = own.get_untracked().map(|item| OpenReport { item, is_new: false });
        progress.open.set(Some(open.unwrap_or_else(|| {
            let (me, quarter) = untrack(|| (Reporter::me(session, view), progress.quarter.get()));
            let (item, edits) = activity.whole.with_untracked(|activity| begin(at, activity, me, quarter));
            session.write_all(&edits);
            OpenReport { item, is_new: true }
        })));
    };
    view! {
        <button
            type="button"
            class="button"
            data-action="report"
            aria-label=text(move || format!("{}: {}", words(), words::activity(i18n, view, at)))
            disabled=flag(move || !may())
            on:click=press
        >
            {dynamic(words)}
        </button>
    }
}

/// The report of this reporter in a quarter.
fn own(activity: &Activity, me: Reporter, quarter: Quarter) -> Option<&Report> {
    super::facts::of_quarter(&activity.reports, quarter).find(|report| me.wrote(report))
}

/// A new report, and the edits that make it; or one that was begun before and put aside empty. Where an activity has one indicator, it
/// is about that.
fn begin(at: ActivityRef, activity: &Activity, me: Reporter, quarter: Quarter) -> (Item, Vec<Edit>) {
    let is_spare = |report: &&Report| report.quarter.value == Some(quarter) && me.wrote(report) && is_empty(report);
    if let Some(spare) = activity.reports.iter().find(is_spare) {
        let item = Item::Report(Home::Activity(at), spare.id);
        return (item, vec![Edit::Archive { item, archived: false }]);
    }
    let item = Item::Report(Home::Activity(at), new_id());
    let indicators: Vec<IndicatorId> = activity.kept_indicators().map(|one| one.id).collect();
    let only = if let [only] = indicators.as_slice() { Some(only.to_string()) } else { None };
    let values = [
        (Name::Quarter, Some(quarter.to_string())),
        (Name::Organisation, me.organisation.map(|id| id.to_string())),
        (Name::SubmittedBy, Some(me.person.to_string())),
        (Name::Indicator, only),
    ];
    let set = |(name, word): (Name, Option<String>)| Some(Edit::Set { field: Field { item, name }, value: Value::Word(word?) });
    let edits = std::iter::once(Edit::Add { item }).chain(values.into_iter().filter_map(set)).collect();
    (item, edits)
}

/// Whether a report says nothing.
fn is_empty(report: &Report) -> bool {
    report.value.value.is_none()
        && report.rating.value == Rating::default()
        && report.expenditure.value.is_none()
        && report.verified_by.value.is_none()
        && [&report.narrative, &report.challenges, &report.evidence].iter().all(|words| words.trim().is_empty())
}

/// Closes the form. A new report in which nothing was written is put aside: nobody has reported.
fn close(session: Session, view: PlanView, progress: Progress) {
    let Some(OpenReport { item, is_new }) = progress.open.get_untracked() else { return };
    progress.open.set(None);
    let (Item::Report(_, id), Some(at)) = (item, item.activity()) else { return };
    let says_nothing = |activity: &Activity| activity.reports.iter().any(|report| report.id == id && is_empty(report));
    if is_new && view.activity(at).is_some_and(|activity| activity.whole.with_untracked(says_nothing)) {
        session.write(Edit::Archive { item, archived: true });
    }
}

/// The dialog with the form of the open report.
#[component]
pub(super) fn ReportDialog() -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let progress = use_progress();
    let close = Callback::new(move |()| close(session, view, progress));
    let title =
        move || dynamic(move || t_string!(i18n, progress_report_title, quarter = words::whole_quarter(i18n, progress.quarter.get())));
    view! {
        <Dialog open=flag(move || progress.open.get().is_some()) on_close=close title=title>
            {dynamic(move || progress.open.get().map(|OpenReport { item, .. }| view! { <ReportForm item close /> }))}
        </Dialog>
    }
}

#[component]
fn ReportForm(item: Item, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let Some(at) = item.activity() else { return ().into_any() };
    let code = view.section(at.section).map(|section| section.code);
    let organisation = session.standing(Field { item, name: Name::Organisation });
    let person = session.standing(Field { item, name: Name::SubmittedBy });
    let who = move || {
        let of = |standing: Signal<crate::session::Standing>, name| {
            standing.with(|standing| words::value(i18n, view, Field { item, name }, &standing.value.value))
        };
        let has_organisation = organisation.with(|standing| standing.word().is_some());
        let names = [has_organisation.then(|| of(organisation, Name::Organisation)), Some(of(person, Name::SubmittedBy))];
        names.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <div class="boxed report-form" data-section=code data-item=item.to_string()>
            <div>
                <h3>{dynamic(move || words::activity(i18n, view, at))}</h3>
                <p class="note">{dynamic(who)}</p>
                <p class="note">{t!(i18n, progress_report_note)}</p>
            </div>
            <Labelled field=Field { item, name: Name::Indicator } />
            {FIELDS.map(|name| view! { <Labelled field=Field { item, name } /> }).into_iter().collect_view()}
            <div class="buttons">
                <button type="button" class="button main" data-action="done" on:click=move |_| close.run(())>
                    <Icon glyph=Glyph::Check />
                    {t!(i18n, progress_done)}
                </button>
            </div>
        </div>
    }
    .into_any()
}
