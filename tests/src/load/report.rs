//! The table, and the same as JSON with the units in the names.

use std::fmt;
use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::catch_up::CatchUp;
use super::joining::Joining;
use super::machine::Machine;
use super::memory::Memory;
use super::relay::Relay;
use super::start_up::StartUp;
use super::throughput::Throughput;

/// Everything that was measured.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    machine: Machine,
    pub(super) relay: Vec<Relay>,
    pub(super) throughput: Vec<Throughput>,
    pub(super) memory: Option<Memory>,
    pub(super) catch_up: Vec<CatchUp>,
    pub(super) joining: Vec<Joining>,
    pub(super) start_up: Option<StartUp>,
}

impl Report {
    pub(super) const fn new(machine: Machine) -> Self {
        Self { machine, relay: Vec::new(), throughput: Vec::new(), memory: None, catch_up: Vec::new(), joining: Vec::new(), start_up: None }
    }

    pub(super) fn write(&self, path: &Path) -> Result<()> {
        Ok(std::fs::write(path, serde_json::to_vec_pretty(self)?)?)
    }

    fn rows(&self) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        let mut row = |what: String, value: String| rows.push((what, value));
        for Relay { people, seen, acked, server_cpu_us_per_delivery, server_cpu_percent, deliveries_per_second, .. } in &self.relay {
            let who = format!("{people} people, 2 changes a second each");
            row(
                format!("{who}: edit seen by the others"),
                format!("p50 {} ms, p99 {} ms, max {} ms", seen.p50_ms, seen.p99_ms, seen.max_ms),
            );
            row(format!("{who}: edit acked, durable"), format!("p50 {} ms, p99 {} ms", acked.p50_ms, acked.p99_ms));
            row(
                format!("{who}: server CPU per delivery"),
                format!("{server_cpu_us_per_delivery} µs ({server_cpu_percent} % of a core, {deliveries_per_second} deliveries/s)"),
            );
        }
        for Throughput { plans, writers, acked_changes_per_second, server_cpu_us_per_change, changes_per_push, .. } in &self.throughput {
            row(
                format!("flat out: {plans} plans, {writers} writers, {changes_per_push} changes a push"),
                format!("{acked_changes_per_second} acked changes/s, {server_cpu_us_per_change} µs CPU a change"),
            );
        }
        if let Some(memory) = &self.memory {
            row("memory of an idle server".to_owned(), format!("{} MB", memory.idle_server_mb));
            row("memory per connection".to_owned(), format!("{} kB", memory.per_connection_kb));
            row("memory per open plan, with a connection".to_owned(), format!("{} kB", memory.per_open_plan_kb));
            row(
                format!("memory of an open plan of {} changes", memory.history_changes),
                format!("{} MB", memory.open_plan_with_history_mb),
            );
        }
        for CatchUp { what, people, history_changes, kb_per_person, last_ms, each, server_cpu_ms_per_person } in &self.catch_up {
            row(
                format!("{people} people at once, {history_changes} changes: {what}"),
                format!("last {last_ms} ms, p50 {} ms, {kb_per_person} kB and {server_cpu_ms_per_person} ms server CPU each", each.p50_ms),
            );
        }
        for Joining { people, within_s, last_ms, each, joined, kb_per_person, server_cpu_ms_per_person } in &self.joining {
            let when = if *within_s == 0 { "at once".to_owned() } else { format!("within {within_s} s") };
            row(
                format!("{people} people join {when}: until they can write"),
                format!("p50 {} ms, p99 {} ms, the last after {last_ms} ms", each.p50_ms, each.p99_ms),
            );
            row(
                format!("{people} people join {when}: until they have joined"),
                format!(
                    "p50 {} ms, p99 {} ms; {kb_per_person} kB and {server_cpu_ms_per_person} ms server CPU each",
                    joined.p50_ms, joined.p99_ms
                ),
            );
        }
        if let Some(start) = &self.start_up {
            row(format!("start with {} plans ({} MB) stored", start.plans, start.data_mb), format!("{} ms", start.ready_ms));
            row("the same after a kill".to_owned(), format!("{} ms", start.ready_after_kill_ms));
            row(
                "then: the first person in their plan".to_owned(),
                format!("{} ms, server at {} MB", start.first_plan_open_ms, start.rss_mb),
            );
        }
        rows
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Machine { cores, processor, kernel, date_utc } = &self.machine;
        writeln!(f, "{cores} cores ({processor}), Linux {kernel}, {date_utc}")?;
        let rows = self.rows();
        let width = rows.iter().map(|(what, _)| what.chars().count()).max().unwrap_or(0);
        for (what, value) in rows {
            writeln!(f, "  {what:<width$}  {value}")?;
        }
        Ok(())
    }
}
