//! What an activity's line of the timeline holds and does: its runs, the one that is being dragged, and how a change is written.

use hamutuk_shared::plan::{Edit, Month};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::runs::{Part, Run, changes, runs};
use super::said;
use crate::i18n::{t_string, use_i18n};
use crate::plan::details;
use crate::plan::place::{Place, use_place};
use crate::session::{Session, use_session};
use crate::ui::announce;
use crate::view_model::{ActivityView, PlanView};
use crate::words::I18n;

/// The line of an activity.
#[derive(Clone, Copy)]
pub(super) struct Track {
    pub(super) activity: ActivityView,
    /// The months of the plan.
    pub(super) period: Run,
    runs: Memo<Vec<Run>>,
    drag: RwSignal<Option<Drag>>,
    session: Session,
    place: Place,
    pub(super) i18n: I18n,
}

/// A bar under a pointer.
#[derive(Clone, Copy)]
pub(super) struct Drag {
    /// Which of the runs.
    pub(super) bar: usize,
    /// What of it.
    pub(super) part: Part,
    /// The run as it was.
    pub(super) from: Run,
    /// The run as it is shown, and written in the end.
    pub(super) to: Run,
    /// Where the pointer went down, in pixels of the screen.
    pub(super) down_at: i32,
    /// How wide a month is, in pixels.
    pub(super) month_width: f64,
}

impl Track {
    /// The line of an activity, which ends with the current owner.
    pub(super) fn new(activity: ActivityView) -> Self {
        let view = expect_context::<PlanView>();
        let period = Run { first: view.first(), last: view.last() };
        Self {
            activity,
            period,
            runs: Memo::new(move |_| activity.whole.with(|activity| runs(&activity.months, period))),
            drag: RwSignal::new(None),
            session: use_session(),
            place: use_place(),
            i18n: use_i18n(),
        }
    }

    /// How many bars there are. Reactive.
    pub(super) fn len(self) -> usize {
        self.runs.with(Vec::len)
    }

    /// The run of a bar: as it is dragged, else as it is. Reactive.
    pub(super) fn shown(self, bar: usize) -> Option<Run> {
        match self.drag.get() {
            Some(drag) if drag.bar == bar => Some(drag.to),
            _ => self.runs.with(|runs| runs.get(bar).copied()),
        }
    }

    /// Whether a bar is being dragged. Reactive.
    pub(super) fn is_dragged(self, bar: usize) -> bool {
        self.drag.with(|drag| drag.is_some_and(|drag| drag.bar == bar))
    }

    /// Whether the person may change the months. Reactive.
    pub(super) fn may(self) -> bool {
        self.session.may(&Edit::month(self.activity.at, self.period.first, true))
    }

    /// The run of a bar, if the person may change it now. Not reactive.
    pub(super) fn run_to_change(self, bar: usize) -> Option<Run> {
        untrack(|| self.runs.with(|runs| runs.get(bar).copied()).filter(|_| self.may()))
    }

    /// Begins to drag a bar.
    pub(super) fn grab(self, drag: Drag) {
        self.drag.set(Some(drag));
    }

    /// The pointer is there now.
    pub(super) fn drag_to(self, x: i32) {
        let Some(drag) = self.drag.get_untracked() else { return };
        #[expect(clippy::cast_possible_truncation, reason = "a cast to i32 stops at its ends, and a run at those of the period")]
        let by = (f64::from(x - drag.down_at) / drag.month_width).round() as i32;
        let to = drag.from.moved(drag.part, by, self.period);
        if to != drag.to {
            self.drag.set(Some(Drag { to, ..drag }));
        }
    }

    /// Ends the drag and writes what came of it. Whether a bar was moved.
    pub(super) fn drop(self) -> bool {
        let Some(drag) = self.release() else { return false };
        if drag.from != drag.to {
            self.put(Some(drag.from), drag.to);
        }
        drag.from != drag.to
    }

    /// Ends the drag without a change.
    pub(super) fn release(self) -> Option<Drag> {
        let drag = self.drag.get_untracked();
        if drag.is_some() {
            self.drag.set(None);
        }
        drag
    }

    /// Writes what becomes of a run, says it, and goes to its bar.
    pub(super) fn put(self, from: Option<Run>, to: Run) {
        self.write(from, Some(to));
        announce(untrack(|| said::run(self.i18n, to)));
        let at = to.first;
        request_animation_frame(move || self.focus(Some(at)));
    }

    /// Takes a run out.
    pub(super) fn remove(self, run: Run) {
        self.write(Some(run), None);
        announce(untrack(|| t_string!(self.i18n, timeline_removed, months = said::run(self.i18n, run))));
        request_animation_frame(move || self.focus(None));
    }

    /// Adds a month.
    pub(super) fn add(self, month: Month) {
        if untrack(|| self.may()) {
            self.put(None, Run::of(month));
        }
    }

    /// Opens the activity's form.
    pub(super) fn open(self) {
        details::open(self.place, self.activity.at);
    }

    /// The months as they are now, which may be other ones than when a bar was grabbed.
    fn write(self, from: Option<Run>, to: Option<Run>) {
        let months = self.activity.whole.with_untracked(|activity| changes(&activity.months, from, to));
        let edits: Vec<Edit> = months.into_iter().map(|(month, included)| Edit::month(self.activity.at, month, included)).collect();
        self.session.write_all(&edits);
    }

    /// Focuses the bar of this month; without one, what the line has to be pressed.
    fn focus(self, month: Option<Month>) {
        let bar_of = |runs: &Vec<Run>| runs.iter().position(|run| month.is_some_and(|month| run.contains(month)));
        // The line may be gone by now.
        let Some(bar) = self.runs.try_with_untracked(bar_of) else { return };
        let line = format!(".tl-row[data-activity=\"{}\"] ", self.activity.at.activity);
        let found = [format!(".tl-bar:nth-of-type({})", bar.unwrap_or_default() + 1), ".tl-first".into(), "button".into()]
            .iter()
            .find_map(|part| document().query_selector(&format!("{line}{part}")).ok().flatten());
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            let _ = found.focus();
        }
    }
}
