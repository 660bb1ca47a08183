//! A pasted table, shown as it was read before anything is written.

use hamutuk_shared::derive::fold::fold;
use hamutuk_shared::entry::candidates::Candidates;
use hamutuk_shared::entry::paste::{self, CellReading, Context, Preview, Refusal, Written};
use hamutuk_shared::entry::table::{Grid, TableError};
use hamutuk_shared::entry::{MonthsError, Period};
use hamutuk_shared::id::{ActivityId, OrganisationId};
use hamutuk_shared::limits::NAME_CHARS_MAX;
use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::schema::{Content, Kind, Members};
use hamutuk_shared::plan::{ActivityRef, Choice, Edit, Field, Language, Name, OrganisationKind, OutcomeRef, Place};
use leptos::prelude::*;

use super::columns::Column;
use super::write;
use crate::field::candidates::{Pick, candidates};
use crate::i18n::{t, t_string, use_i18n};
use crate::session::{Session, new_id, use_session};
use crate::ui::{Dialog, Glyph, Icon, announce, dynamic};
use crate::view_model::{ActivityView, PlanView};
use crate::words::{self, I18n};

/// Of a long table, so many rows are shown before it is taken in.
const ROWS_SHOWN: usize = 100;

/// What waits to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pasted {
    preview: Preview,
    /// The rows that are there, from the one where it was pasted on.
    rows: Vec<ActivityRef>,
    /// Where rows are added that are too many for these.
    outcome: OutcomeRef,
}

/// What the dialog shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pasting {
    /// A table, to be looked at.
    Table(Pasted),
    /// Why it cannot be taken in.
    Refused(TableError),
}

impl Pasted {
    /// Reads a table for the place where it was pasted.
    pub(super) fn new(
        (i18n, view): (I18n, PlanView),
        grid: &Grid,
        columns: &[Column],
        start: usize,
        (rows, outcome): (&[ActivityView], OutcomeRef),
    ) -> Self {
        let context = Context { period: Period { first: view.first(), last: view.last() }, language: words::language(i18n) };
        // A sum has its column too, so that what is right of it falls into its place; nothing is written there.
        let columns: Vec<paste::Column> = untrack(|| columns.iter().map(|column| column_of(i18n, view, column)).collect());
        let preview = paste::preview(grid, &columns, start, context);
        Self { preview, rows: rows.iter().map(|row| row.at).collect(), outcome }
    }

    /// The one thing that it writes, where that is all and clear.
    pub(super) fn single(&self) -> Option<(Name, Written)> {
        match (self.preview.rows.as_slice(), self.preview.placed.as_slice()) {
            ([row], [Some((name, _))]) => match row.as_slice() {
                [CellReading::Read(what)] => Some((*name, what.clone())),
                _ => None,
            },
            _ => None,
        }
    }

    fn new_rows(&self) -> usize {
        self.preview.rows.len().saturating_sub(self.rows.len())
    }

    /// The names of organisations that are not in the plan, each once.
    fn unknown(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (reading, placed) in self.preview.rows.iter().flat_map(|row| row.iter().zip(&self.preview.placed)) {
            if let (CellReading::Unknown { names: found, .. }, Some((_, content))) = (reading, placed)
                && is_organisation(*content)
            {
                let found = found.iter().filter(|name| name.chars().count() <= NAME_CHARS_MAX);
                names.extend(found.filter(|name| !names.iter().any(|known| fold(known) == fold(name))).cloned().collect::<Vec<_>>());
            }
        }
        names
    }

    /// All edits that it takes. `adds`: organisations that are not there are added.
    fn edits(&self, session: Session, view: PlanView, adds: bool) -> Vec<Edit> {
        let known: Vec<(String, OrganisationId)> =
            if adds { self.unknown().into_iter().map(|name| (name, new_id())).collect() } else { Vec::new() };
        let add = |(name, id): &(String, OrganisationId)| Edit::AddOrganisation {
            id: *id,
            acronym: String::new(),
            name: name.clone(),
            kind: OrganisationKind::default(),
        };
        let mut edits: Vec<Edit> = known.iter().map(add).collect();
        let mut rows = self.rows.clone();
        for _ in 0..self.new_rows() {
            let at = ActivityRef { section: self.outcome.section, activity: new_id() };
            // Somebody may have moved the last row elsewhere meanwhile.
            let is_there =
                |last: &&ActivityRef| view.activity(**last).is_none_or(|last| last.outcome.get_untracked() == self.outcome.outcome);
            let place = rows.last().filter(is_there).map_or(Place::Last, |last| Place::After(last.activity));
            edits.push(Edit::AddActivity { at, outcome: self.outcome.outcome, place });
            rows.push(at);
        }
        for (index, (row, at)) in self.preview.rows.iter().zip(&rows).enumerate() {
            for (reading, placed) in row.iter().zip(&self.preview.placed) {
                let (Some((name, _)), Some(what)) = (placed, with_new(reading, *placed, &known)) else { continue };
                let field = Field::of_activity(*at, *name);
                edits.extend(write::edits(session, field, &what, index >= self.rows.len()));
            }
        }
        edits
    }
}

/// What a cell writes, once the organisations that it names are there.
fn with_new(reading: &CellReading, placed: Option<(Name, Content)>, known: &[(String, OrganisationId)]) -> Option<Written> {
    let CellReading::Unknown { value, names } = reading else { return reading.value().cloned() };
    let ids = names.iter().filter_map(|name| known.iter().find(|(one, _)| fold(one) == fold(name)).map(|(_, id)| id.to_string()));
    match placed?.1 {
        Content::Reference(Kind::Organisation) => ids.map(|id| Written::Value(Value::Word(id))).next().or_else(|| value.clone()),
        Content::Set(Members::References(Kind::Organisation)) => {
            let mut members = match value {
                Some(Written::Set(members)) => members.clone(),
                _ => Vec::new(),
            };
            members.extend(ids);
            (!members.is_empty()).then_some(Written::Set(members))
        }
        _ => value.clone(),
    }
}

const fn is_organisation(content: Content) -> bool {
    matches!(content, Content::Reference(Kind::Organisation) | Content::Set(Members::References(Kind::Organisation)))
}

fn column_of(i18n: I18n, view: PlanView, column: &Column) -> paste::Column {
    let Some(name) = column.shows.field() else {
        return paste::Column {
            name: Name::Order,
            content: Content::Own,
            titles: vec![column.shows.title(i18n).to_owned()],
            candidates: Candidates::default(),
        };
    };
    let field = Field { item: hamutuk_shared::plan::Item::Activity(no_activity()), name };
    let mut all = Candidates::default();
    for item in candidates(i18n, view, field) {
        if let Pick::Known(key) = item.key {
            all.add(&key, [item.label.as_str(), item.detail.as_str()].into_iter().filter(|name| !name.is_empty()));
        }
    }
    if let Some(Content::Choice(list)) = field.content() {
        for word in list {
            all.add(word, [words::word(i18n, Kind::Activity, name, word)]);
        }
    }
    let titles = Language::ALL
        .iter()
        .map(|language| words::field_in(*language, Kind::Activity, name).to_owned())
        .filter(|title| !title.is_empty())
        .collect();
    paste::Column { name, content: field.content().unwrap_or(Content::Own), titles, candidates: all }
}

/// Only what kind of field it is counts here.
fn no_activity() -> ActivityRef {
    use hamutuk_shared::id::SectionId;

    ActivityRef { section: SectionId::from_bytes([0; SectionId::BYTES]), activity: ActivityId::from_bytes([0; ActivityId::BYTES]) }
}

/// The dialog; closed while nothing was pasted.
#[component]
pub(super) fn PasteDialog(pasting: RwSignal<Option<Pasting>>) -> impl IntoView {
    let i18n = use_i18n();
    let is_open = Signal::derive(move || pasting.with(Option::is_some));
    view! {
        <Dialog open=is_open on_close=Callback::new(move |()| pasting.set(None)) title=move || t!(i18n, paste_title)>
            {dynamic(move || match pasting.get() {
                Some(Pasting::Table(pasted)) => view! { <Look pasted pasting /> }.into_any(),
                Some(Pasting::Refused(error)) => view! { <p class="problem" role="alert">{table_error(i18n, &error)}</p> }.into_any(),
                None => ().into_any(),
            })}
        </Dialog>
    }
}

#[component]
fn Look(pasted: Pasted, pasting: RwSignal<Option<Pasting>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = use_session();
    let view = expect_context::<PlanView>();
    let adds = RwSignal::new(true);
    let unknown = pasted.unknown();
    let preview = &pasted.preview;
    let placed = preview.placed.clone();
    let has_unknown = !unknown.is_empty();
    let note = |words: String| view! { <li>{words}</li> };
    let mut notes = vec![t_string!(i18n, paste_rows, count = preview.rows.len(), new = pasted.new_rows())];
    if preview.has_header {
        notes.push(t_string!(i18n, paste_header).to_owned());
    }
    if preview.has_merged {
        notes.push(t_string!(i18n, paste_merged).to_owned());
    }
    for left in &preview.left_out {
        notes.push(t_string!(i18n, paste_left_out, title = left.title.clone()));
    }
    let refused = preview.rows.iter().flatten().filter(|reading| matches!(reading, CellReading::Refused(_))).count();
    if refused > 0 {
        notes.push(t_string!(i18n, paste_refused, count = refused));
    }
    let hidden = preview.rows.len().saturating_sub(ROWS_SHOWN);
    let head =
        placed.iter().flatten().map(|(name, _)| view! { <th scope="col">{words::field(i18n, Kind::Activity, *name)}</th> }).collect_view();
    let rows = preview.rows.iter().take(ROWS_SHOWN).map(|row| {
        let cells = row.iter().zip(&placed).filter_map(|(reading, placed)| Some(shown(i18n, view, (*placed)?.0, reading)));
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let take = {
        let pasted = pasted.clone();
        move |_| {
            let edits = pasted.edits(session, view, adds.get_untracked());
            pasting.set(None);
            if session.write_all(&edits) {
                announce(untrack(|| t_string!(i18n, paste_done, count = pasted.preview.rows.len())));
            }
        }
    };
    view! {
        <ul class="notes">{notes.into_iter().map(note).collect_view()}</ul>
        {has_unknown
            .then(|| {
                view! {
                    <label class="tick-label">
                        <input type="checkbox" checked on:change=move |event| adds.set(event_target_checked(&event)) />
                        {t!(i18n, paste_add_organisations, names = unknown.join(", "))}
                    </label>
                }
            })}
        <div class="paste-table">
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        {(hidden > 0).then(|| view! { <p class="note">{t!(i18n, paste_more_rows, count = hidden)}</p> })}
        <div class="buttons">
            <button type="button" class="button main" data-action="paste" data-autofocus="" on:click=take>
                {t!(i18n, paste_do)}
            </button>
            <button type="button" class="button" on:click=move |_| pasting.set(None)>
                {t!(i18n, cancel)}
            </button>
        </div>
    }
}

/// A cell as it was read.
fn shown(i18n: I18n, view: PlanView, name: Name, reading: &CellReading) -> AnyView {
    let field = Field { item: hamutuk_shared::plan::Item::Activity(no_activity()), name };
    let (state, words, note) = match reading {
        CellReading::Empty => ("empty", String::new(), String::new()),
        CellReading::Read(what) => ("read", write::plain(i18n, view, field, what), String::new()),
        CellReading::Guessed { value, .. } => {
            ("guessed", write::plain(i18n, view, field, value), t_string!(i18n, paste_guessed).to_owned())
        }
        CellReading::Ambiguous { value, .. } => {
            ("guessed", write::plain(i18n, view, field, value), t_string!(i18n, paste_ambiguous).to_owned())
        }
        CellReading::Unknown { value, names } => {
            let words = value.as_ref().map(|value| write::plain(i18n, view, field, value)).unwrap_or_default();
            let key = if field.content().is_some_and(is_organisation) {
                t_string!(i18n, paste_new, names = names.join(", "))
            } else {
                t_string!(i18n, paste_unknown, names = names.join(", "))
            };
            ("unknown", words, key)
        }
        CellReading::Refused(refusal) => ("refused", String::new(), refusal_words(i18n, view, refusal)),
    };
    let glyph = (state == "refused" || state == "unknown").then(|| view! { <Icon glyph=Glyph::Warning /> });
    view! {
        <td data-reading=state>
            {words}
            {(!note.is_empty()).then(|| view! { <span class="note">{glyph} " " {note}</span> })}
        </td>
    }
    .into_any()
}

fn refusal_words(i18n: I18n, view: PlanView, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Number(error) => words::number_error(i18n, error).to_owned(),
        Refusal::Months(MonthsError::Backwards) => t_string!(i18n, paste_months_backwards).to_owned(),
        Refusal::Months(MonthsError::Outside) | Refusal::Outside { .. } => {
            t_string!(i18n, paste_months_outside, first = words::month(i18n, view.first()), last = words::month(i18n, view.last()))
        }
        Refusal::Months(_) => t_string!(i18n, paste_months_unclear).to_owned(),
        Refusal::Several { written, .. } => t_string!(i18n, paste_several, written = written.clone()),
    }
}

fn table_error(i18n: I18n, error: &TableError) -> String {
    match error {
        TableError::TooManyBytes { .. } => t_string!(i18n, paste_too_long).to_owned(),
        TableError::TooManyRows { rows, most } => t_string!(i18n, paste_too_many_rows, rows = *rows, max = *most),
        TableError::TooManyCells { cells, most } => t_string!(i18n, paste_too_many_cells, cells = *cells, max = *most),
        TableError::CellTooLong { row, .. } => t_string!(i18n, paste_cell_too_long, row = *row + 1),
    }
}
