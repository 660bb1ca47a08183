//! The activities of an outcome as a table that is written in, and what the keyboard and the clipboard do in it.

use hamutuk_shared::derive::Filter;
use hamutuk_shared::id::ActivityId;
use hamutuk_shared::plan::{OutcomeRef, Place as Order};
use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlTextAreaElement};

use super::columns::{Column, Layout, Shows};
use super::cursor::{self, Block, Cursor, Go, Spot};
use super::heading::Heading;
use super::keyboard::{self, Deed, Mode, Press};
use super::paste::{PasteDialog, Pasted, Pasting};
use super::row::Row;
use super::{clipboard, deeds, write};
use crate::i18n::use_i18n;
use crate::language;
use crate::plan::act::{self, Direction};
use crate::plan::place::{Place, use_place};
use crate::session::{Session, use_session};
use crate::ui::list;
use crate::view_model::{ActivityView, PlanView};
use crate::words::I18n;

/// So many rows are made at once, after those of the first screen. A long table comes in pieces, so that the page never stands still.
const ROWS_AT_ONCE: usize = 12;

/// What every deed needs.
#[derive(Clone, Copy)]
struct Hand {
    i18n: I18n,
    session: Session,
    view: PlanView,
    place: Place,
    cursor: Cursor,
    outcome: OutcomeRef,
    pasting: RwSignal<Option<Pasting>>,
    /// The cell whose input was entered, and what could be undone then.
    entered: StoredValue<Option<(Spot, usize)>>,
}

/// The table.
#[component]
pub(crate) fn Table(activities: Memo<Vec<ActivityView>>, outcome: OutcomeRef) -> impl IntoView {
    let cursor: Cursor = expect_context();
    let hand = Hand {
        i18n: use_i18n(),
        session: use_session(),
        view: expect_context(),
        place: use_place(),
        cursor,
        outcome,
        pasting: RwSignal::new(None),
        entered: StoredValue::new(None),
    };
    // What is pasted may have headings in any of them.
    spawn_local(language::load_all());
    if cursor.layout.with_untracked(Option::is_none) {
        cursor.layout.set(Some(Layout::load()));
    }
    let block = Memo::new(move |_| {
        let (anchor, head) = (cursor.anchor.get()?, cursor.head.get()?);
        // A block is between two cells: what comes between them is in it, and is shown so.
        activities.track();
        let columns = cursor.columns();
        cursor::block(&untrack(|| hand.ids()), &columns, anchor, head)
    });
    let (all, first) = (activities.with_untracked(Vec::len), cursor.take_first_rows(activities.with_untracked(Vec::len)));
    // One more that comes later must not push one out.
    let count = RwSignal::new(if first == all { all + ROWS_AT_ONCE } else { first });
    grow(count, activities);
    let rows = move || activities.with(|all| all.iter().take(count.get()).copied().collect::<Vec<_>>());
    let node = NodeRef::<html::Div>::new();
    let tracks = move || cursor.layout.with(|layout| layout.as_ref().map(Layout::tracks));
    view! {
        <div
            class="grid"
            role="grid"
            aria-multiselectable="true"
            node_ref=node
            style:--cols=tracks
            on:keydown=move |event| hand.key(&event)
            on:focusin=move |event| hand.came(&event)
            on:mousedown=move |event| hand.pressed(&event)
            on:copy=move |event| {
                hand.copy(&event);
            }
            on:cut=move |event| hand.cut(&event)
            on:paste=move |event| hand.paste(&event)
            on:scroll=move |_| scroll_all(node)
        >
            <Heading />
            {list(rows, |activity| activity.at.to_string(), move |activity| view! { <Row activity block /> })}
        </div>
        <PasteDialog pasting=hand.pasting />
    }
}

/// Makes the rest of the rows, some after each frame.
fn grow(count: RwSignal<usize>, activities: Memo<Vec<ActivityView>>) {
    Effect::new(move |_| {
        let is_short = count.get() < activities.with(Vec::len);
        if is_short {
            let more = move || {
                // The table may be gone by now.
                let _ = count.try_update(|count| *count += ROWS_AT_ONCE);
            };
            // What is there is drawn first.
            request_animation_frame(move || set_timeout(more, std::time::Duration::ZERO));
        }
    });
}

/// The tables of a section scroll sideways together.
fn scroll_all(node: NodeRef<html::Div>) {
    let Some(left) = node.get_untracked().map(|node| node.scroll_left()) else { return };
    let Ok(tables) = document().query_selector_all(".grid") else { return };
    for table in (0..tables.length()).filter_map(|index| tables.get(index)?.dyn_into::<Element>().ok()) {
        if table.scroll_left() != left {
            table.set_scroll_left(left);
        }
    }
}

impl Hand {
    /// All rows of the section's tables, in the order in which they stand.
    fn rows(self) -> Vec<ActivityView> {
        let Some(section) = self.view.section(self.outcome.section) else { return Vec::new() };
        let outcomes = section.outcomes.get_untracked();
        let rows = section.activities.with_untracked(|all| {
            let of = |outcome| all.iter().filter(move |one| one.outcome.get_untracked() == outcome);
            let rows = outcomes.iter().flat_map(|outcome| of(outcome.id));
            rows.filter(|one| untrack(|| one.is_kept())).copied().collect()
        });
        self.cursor.pass(self.view, &self.place.filter.get_untracked(), rows)
    }

    fn ids(self) -> Vec<ActivityId> {
        self.rows().iter().map(|row| row.at.activity).collect()
    }

    fn columns(self) -> Vec<Column> {
        untrack(|| self.cursor.columns())
    }

    fn block(self) -> Option<Block> {
        let (anchor, head) = (self.cursor.anchor.get_untracked()?, self.cursor.head.get_untracked()?);
        cursor::block(&self.ids(), &self.columns(), anchor, head)
    }

    /// The focus came to a cell, or into its input.
    fn came(self, event: &ev::FocusEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(spot) = self.spot(&target) else { return };
        if self.cursor.head.get_untracked() != Some(spot) {
            self.cursor.go(spot, false);
        }
        let is_on_cell = target.get_attribute("role").as_deref() == Some("gridcell");
        // The window that comes back to the front is no new coming.
        if is_on_cell || self.entered.get_value().is_none_or(|(at, _)| at != spot) {
            self.entered.set_value((!is_on_cell).then(|| (spot, self.session.undo_mark())));
        }
    }

    /// Where an element is.
    fn spot(self, element: &Element) -> Option<Spot> {
        let cell = element.closest("[data-column]").ok().flatten()?;
        let row = cell.closest("[data-activity]").ok().flatten()?;
        let key = cell.get_attribute("data-column")?;
        let shows = self.columns().into_iter().map(|column| column.shows).find(|shows| shows.key() == key)?;
        Some(Spot { activity: row.get_attribute("data-activity")?.parse().ok()?, shows })
    }

    /// Shift and a press: the block reaches to there.
    fn pressed(self, event: &ev::MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let active = document().active_element().filter(|active| active.get_attribute("role").as_deref() != Some("gridcell"));
        let is_own = |target: &Element| active.as_ref().is_some_and(|active| active.is_same_node(Some(target)));
        let is_elsewhere = |target: &Element| is_own(target) || target.closest(".popover").ok().flatten().is_some();
        if !event.shift_key() || self.cursor.anchor.get_untracked().is_none() || target.as_ref().is_none_or(is_elsewhere) {
            return;
        }
        if let Some(spot) = target.and_then(|target| self.spot(&target)) {
            event.prevent_default();
            self.cursor.go(spot, true);
            cursor::focus(spot);
        }
    }

    fn key(self, event: &ev::KeyboardEvent) {
        let Some(mode) = keyboard::mode(event) else { return };
        let Some(deed) = keyboard::deed(&Press::from(event), mode) else { return };
        if self.does(deed, event, mode) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Does it. Whether the key is used up.
    fn does(self, deed: Deed, event: &ev::KeyboardEvent, mode: Mode) -> bool {
        let Some(head) = self.cursor.head.get_untracked() else { return false };
        let Self { i18n, session, .. } = self;
        let row = || self.rows().into_iter().find(|row| row.at.activity == head.activity);
        match deed {
            Deed::Go(go, extend) => return self.go(head, go, extend),
            Deed::GoWriting(direction) => return self.go_writing(head, direction, event),
            Deed::Enter => enter(head, false),
            Deed::Replace => return !enter_to_replace(head),
            Deed::Leave => self.leave(head, mode),
            Deed::Done => {
                if !self.go(head, Go::By(1, 0), false) {
                    cursor::focus(head);
                }
            }
            Deed::Single => self.cursor.go(head, false),
            Deed::All => self.all(),
            Deed::Add { above } => {
                let Some(row) = row() else { return false };
                let outcome = OutcomeRef { section: row.at.section, outcome: row.outcome.get_untracked() };
                let order = if above { Order::Before(head.activity) } else { Order::After(head.activity) };
                return act::add(session, i18n, outcome, order).is_some();
            }
            Deed::Shift(direction) => {
                if let Some(row) = row() {
                    self.shift(row, direction);
                }
            }
            Deed::FillDown => self.on_block(|rows, columns, block| deeds::fill_down(session, i18n, rows, columns, block)),
            Deed::Clear => self.on_block(|rows, columns, block| deeds::clear(session, i18n, rows, columns, block)),
            Deed::Archive => self.on_block(|rows, _, block| {
                let next = deeds::neighbour(rows, block);
                deeds::archive(session, i18n, rows, block);
                if let Some(activity) = next {
                    let spot = Spot { activity, shows: head.shows };
                    self.cursor.go(spot, false);
                    request_animation_frame(move || cursor::focus(spot));
                }
            }),
        }
        true
    }

    /// Among the rows that are shown: past those that a filter hides.
    fn shift(self, row: ActivityView, direction: Direction) {
        let Self { i18n, session, view, .. } = self;
        if self.place.filter.with_untracked(Filter::is_empty) {
            return act::shift(session, view, i18n, row, direction);
        }
        let rows = self.rows();
        let Some(at) = rows.iter().position(|one| *one == row) else { return };
        let (neighbour, place): (_, fn(ActivityId) -> Order) = match direction {
            Direction::Up => (at.checked_sub(1).and_then(|at| rows.get(at)), Order::Before),
            Direction::Down => (rows.get(at + 1), Order::After),
        };
        if let Some(neighbour) = neighbour {
            act::move_to(session, i18n, row.at, neighbour.outcome.get_untracked(), place(neighbour.at.activity));
        }
    }

    fn on_block(self, act: impl FnOnce(&[ActivityView], &[Column], &Block)) {
        if let Some(block) = self.block() {
            act(&self.rows(), &self.columns(), &block);
        }
    }

    fn go(self, from: Spot, go: Go, extend: bool) -> bool {
        let Some(to) = cursor::target(&self.ids(), &self.columns(), from, go) else { return false };
        self.cursor.go(to, extend);
        cursor::focus(to);
        true
    }

    fn all(self) {
        let (ids, columns) = (self.ids(), self.columns());
        if let (Some(first), Some(last), Some(left), Some(right)) = (ids.first(), ids.last(), columns.first(), columns.last()) {
            self.cursor.anchor.set(Some(Spot { activity: *first, shows: left.shows }));
            let head = Spot { activity: *last, shows: right.shows };
            self.cursor.head.set(Some(head));
            cursor::focus(head);
        }
    }

    /// To the same input of another row: of twelve months, to the same month.
    fn go_writing(self, from: Spot, direction: Direction, event: &ev::KeyboardEvent) -> bool {
        let by = if direction == Direction::Up { -1 } else { 1 };
        let Some(to) = cursor::target(&self.ids(), &self.columns(), from, Go::By(by, 0)).filter(|to| *to != from) else { return false };
        let month = event.target().and_then(|target| target.dyn_into::<Element>().ok()?.get_attribute("data-month"));
        let same = month.and_then(|month| cursor::element(to)?.query_selector(&format!("[data-month=\"{month}\"]")).ok().flatten());
        match same.and_then(|same| same.dyn_into::<HtmlElement>().ok()).or_else(|| input(to)) {
            Some(input) => input.focus().is_ok(),
            None => self.go(from, Go::By(by, 0), false),
        }
    }

    /// Out of the input of a cell. What was written since it was entered is taken back, as in a spreadsheet; it can be done again.
    fn leave(self, head: Spot, mode: Mode) {
        if let (Mode::Writing { is_text: true, .. }, Some((_, before))) = (mode, self.entered.get_value()) {
            self.session.undo_to(before);
        }
        cursor::focus(head);
    }

    fn copy(self, event: &ev::ClipboardEvent) -> bool {
        let Some(block) = self.block().filter(|_| is_on_cell()) else { return false };
        let is_taken = clipboard::copy(event, (self.i18n, self.session, self.view), &self.rows(), &self.columns(), &block);
        if is_taken {
            event.prevent_default();
        }
        is_taken
    }

    fn cut(self, event: &ev::ClipboardEvent) {
        if self.copy(event) {
            self.on_block(|rows, columns, block| deeds::clear(self.session, self.i18n, rows, columns, block));
        }
    }

    fn paste(self, event: &ev::ClipboardEvent) {
        let (Some(block), Some(read)) = (self.block(), clipboard::read(event)) else { return };
        let grid = match read {
            Ok(grid) => grid,
            // One long text goes into a text as it is; the field says what it cannot hold.
            Err(_) if !is_on_cell() => return,
            Err(error) => {
                event.prevent_default();
                return self.pasting.set(Some(Pasting::Refused(error)));
            }
        };
        // Lines that are pasted where one writes are words; a table is a table.
        if !is_on_cell() && (grid.width() == 1 || is_in_popover(event)) {
            return;
        }
        event.prevent_default();
        let rows = self.rows();
        let Some(first) = rows.iter().position(|row| block.rows.contains(&row.at.activity)) else { return };
        let outcome = OutcomeRef { section: rows[first].at.section, outcome: rows[first].outcome.get_untracked() };
        let below: Vec<ActivityView> =
            rows[first..].iter().take_while(|row| row.outcome.get_untracked() == outcome.outcome).copied().collect();
        let columns = self.columns();
        let pasted = Pasted::new((self.i18n, self.view), &grid, &columns, block.columns.0, (&below, outcome));
        match pasted.single() {
            // One clear value goes into every cell of that column in the block.
            Some((name, what)) => {
                let of_block = rows.iter().filter(|row| block.rows.contains(&row.at.activity));
                let edits: Vec<_> = of_block.flat_map(|row| write::edits(self.session, row.field(name), &what, false)).collect();
                self.session.write_all(&edits);
            }
            None => self.pasting.set(Some(Pasting::Table(pasted))),
        }
    }
}

/// Whether the focus is on a cell, not in its input.
fn is_on_cell() -> bool {
    document().active_element().is_some_and(|active| active.get_attribute("role").as_deref() == Some("gridcell"))
}

/// Whether something is pasted into an open list, not into the table.
fn is_in_popover(event: &ev::ClipboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest(".popover").ok().flatten().is_some())
}

/// What is written in, in a cell.
fn input(spot: Spot) -> Option<HtmlElement> {
    let cell = cursor::element(spot)?;
    let found = cell.query_selector("textarea, input, select, [tabindex=\"0\"], button").ok().flatten()?;
    found.dyn_into().ok()
}

/// Into the input of a cell. A button, which opens a list, is pressed.
fn enter(spot: Spot, all: bool) {
    let Some(input) = input(spot) else { return };
    let _ = input.focus();
    if let Some(text) = input.dyn_ref::<HtmlTextAreaElement>() {
        let end = text.text_length();
        let _ = text.set_selection_range(if all { 0 } else { end }, end);
    } else if let Some(text) = input.dyn_ref::<HtmlInputElement>() {
        text.select();
    } else if input.tag_name() == "BUTTON" && input.has_attribute("popovertarget") {
        input.click();
    }
}

/// Into the text of a cell, all of it selected, so that the letter that is being typed takes its place. Whether the cell has one.
fn enter_to_replace(spot: Spot) -> bool {
    let is_text = matches!(spot.shows, Shows::Field(_))
        && input(spot).is_some_and(|input| input.is_instance_of::<HtmlTextAreaElement>() || input.is_instance_of::<HtmlInputElement>());
    if is_text {
        enter(spot, true);
    }
    is_text
}
