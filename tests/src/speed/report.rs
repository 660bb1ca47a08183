//! The table, and the same as JSON with the units in the names.

use std::fmt;

use anyhow::Result;
use serde::Serialize;

use super::native::Native;
use super::opening::Way;
use super::plant::Planted;
use super::remote::Remote;
use super::scrolling::Scrolling;
use super::typing::Typing;
use crate::load::machine::Machine;
use crate::process;

/// Everything that was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    machine: Machine,
    /// The load of the machine in the minute before: more than nothing makes all times worse.
    busy_cores: f64,
    plan: Planted,
    pub(super) native: Option<Native>,
    pub(super) opening: Option<Vec<Way>>,
    pub(super) typing: Vec<Typing>,
    pub(super) scrolling: Vec<Scrolling>,
    pub(super) remote: Vec<Remote>,
}

type Row = (String, String);

impl Report {
    pub(super) fn new(machine: Machine, plan: Planted) -> Self {
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let busy_cores = load.split(' ').next().and_then(|first| first.parse().ok()).unwrap_or_default();
        Self { machine, busy_cores, plan, native: None, opening: None, typing: Vec::new(), scrolling: Vec::new(), remote: Vec::new() }
    }

    /// Writes it to `target/bench/browser.json`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn save(&self) -> Result<()> {
        Ok(std::fs::write(process::target_dir()?.join("bench/browser.json"), serde_json::to_vec_pretty(self)?)?)
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = self.opening.iter().flatten().flat_map(Way::rows).collect();
        rows.extend(self.typing.iter().flat_map(Typing::rows));
        rows.extend(self.scrolling.iter().map(Scrolling::row));
        rows.extend(self.remote.iter().map(Remote::row));
        rows.extend(self.native.iter().flat_map(Native::rows));
        rows
    }
}

impl Way {
    fn rows(&self) -> Vec<Row> {
        let Self {
            what,
            readable_ms,
            live_ms,
            editable_ms,
            editable_max_ms,
            chosen_ms,
            opened_ms,
            all_rows_ms,
            frozen_ms,
            frozen_from_ms,
            blocked_ms,
            ..
        } = self;
        let shown = format!(
            "readable {readable_ms} ms, drawn by the program {live_ms} ms, words editable {editable_ms} ms (max {editable_max_ms}), choices {chosen_ms} ms, document open {opened_ms} ms, all rows {all_rows_ms} ms"
        );
        let longest = format!("longest task {frozen_ms} ms (at {frozen_from_ms}), {blocked_ms} ms blocked");
        let device = format!("the device had answered at {} ms, first row {} ms later", self.stored_read_ms, self.document_to_row_ms);
        vec![(format!("{what}: shown"), shown), (format!("{what}: frozen"), format!("{longest}; {device}"))]
    }
}

impl Typing {
    fn rows(&self) -> Vec<Row> {
        let who = &self.what;
        let Self { work_p50_ms, work_p95_ms, painted_p50_ms, painted_p95_ms, painted_max_ms, .. } = self;
        let painted = format!("p50 {painted_p50_ms} ms, p95 {painted_p95_ms} ms, max {painted_max_ms} ms");
        let parts = format!(
            "waited p95 {} ms, handlers p50 {} p95 {} ms, frame p95 {} ms",
            self.waited_p95_ms, self.handlers_p50_ms, self.handlers_p95_ms, self.frame_p95_ms
        );
        let events = format!("p95 {} ms, {} % over 16 ms; longest task {} ms", self.event_p95_ms, self.slow_percent, self.longest_task_ms);
        vec![
            (format!("key, {who}: work"), format!("p50 {work_p50_ms} ms, p95 {work_p95_ms} ms ({parts})")),
            (format!("key, {who}: drawn, with the wait for the display"), painted),
            (format!("key, {who}: what the page did for each"), self.work_each_ms.to_string()),
            (format!("key, {who}: the browser's event timing"), events),
        ]
    }
}

impl Scrolling {
    fn row(&self) -> Row {
        let Self { what, slower, frames_per_second, frame_p95_ms, frame_max_ms, missed_percent, .. } = self;
        let value = format!("{frames_per_second} frames/s, p95 {frame_p95_ms} ms, max {frame_max_ms} ms, {missed_percent} % late");
        let value = self.work_each_ms.map_or_else(|| value.clone(), |work| format!("{value}; a frame: {work}"));
        (format!("scrolling, {what}, processor /{slower}"), value)
    }
}

impl Remote {
    fn row(&self) -> Row {
        let Self { deed, times, in_the_row, elsewhere, what } = self;
        let value = format!("{in_the_row} in the row, {elsewhere} elsewhere {what:?}");
        (format!("DOM mutations, another does {times} times: {deed}"), value)
    }
}

impl Native {
    fn rows(&self) -> Vec<Row> {
        let Self { saved_mb, load_ms, replica_ms, flatten_ms, flat_load_ms, flat_replica_ms, read_plan_ms, totals_ms, save_ms } = self;
        let whole = format!(
            "{saved_mb} MB: load {load_ms} ms, as a replica {replica_ms} ms, read {read_plan_ms} ms, totals {totals_ms} ms, save {save_ms} ms"
        );
        let flat = format!("made in {flatten_ms} ms, load {flat_load_ms} ms, as a replica {flat_replica_ms} ms");
        vec![("the core in native code".to_owned(), whole), ("the plan without its past, in native code".to_owned(), flat)]
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Machine { cores, processor, kernel, date_utc } = &self.machine;
        let Planted { activities, budget_lines, changes, saved_mb, section_activities, section, .. } = &self.plan;
        writeln!(f, "{cores} cores ({processor}), Linux {kernel}, {date_utc}")?;
        writeln!(f, "other programs and this one kept {} of the cores busy in the minute before", self.busy_cores)?;
        writeln!(
            f,
            "{activities} activities, {budget_lines} budget lines, {changes} changes ({saved_mb} MB); {section_activities} in {section}"
        )?;
        let rows = self.rows();
        let width = rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
        for (what, value) in rows {
            writeln!(f, "  {what:<width$}  {value}")?;
        }
        Ok(())
    }
}
