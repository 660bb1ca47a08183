//! The first visit, and those after it, when the plan is on the device.

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use serde_json::Value;

use super::browser::{Visitor, percentile, round};

/// So long the page has after an opening to put in order what it stored, and to keep what it shows for the next time.
const SETTLE: Duration = Duration::from_secs(9);

/// One way to open the plan; the middle of several times.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Way {
    pub(super) what: &'static str,
    pub(super) times: usize,
    /// The first row can be read, be it on the picture of the last time.
    pub(super) readable_ms: f64,
    /// The program has drawn it.
    pub(super) live_ms: f64,
    /// Words are taken.
    pub(super) editable_ms: f64,
    /// The slowest.
    pub(super) editable_max_ms: f64,
    /// All of them, in order.
    pub(super) each_editable_ms: Vec<f64>,
    /// A month that is pressed is taken.
    pub(super) chosen_ms: f64,
    /// The document is open: everything can be done.
    pub(super) opened_ms: f64,
    pub(super) all_rows_ms: f64,
    /// The device has given the document.
    pub(super) stored_read_ms: f64,
    /// The long tasks of each, from when and how long: also those after the document is open.
    pub(super) long_tasks_ms: Vec<Vec<(f64, f64)>>,
    /// The longest task: the page stands still for so long.
    pub(super) frozen_ms: f64,
    /// When that task began.
    pub(super) frozen_from_ms: f64,
    /// All that tasks took beyond their first 50 ms.
    pub(super) blocked_ms: f64,
    /// From the last byte of the document to the first row.
    pub(super) document_to_row_ms: f64,
}

pub(super) async fn measure(visitor: &Visitor, times: usize) -> Result<Vec<Way>> {
    let first = one(visitor).await?;
    let mut ways = vec![Way::of("first visit", &[first])];
    let mut cold = Vec::new();
    for _ in 0..times {
        visitor.reopen().await?;
        cold.push(one(visitor).await?);
    }
    ways.push(Way::of("from the device, browser opened anew", &cold));
    let mut warm = Vec::new();
    for _ in 0..times {
        warm.push(one(visitor).await?);
    }
    ways.push(Way::of("from the device, page opened anew", &warm));
    Ok(ways)
}

async fn one(visitor: &Visitor) -> Result<Value> {
    visitor.goto_plan().await?;
    visitor.browser().until("the plan to be editable", "return window.__probe?.marks.editable > 0", vec![]).await?;
    visitor.browser().until("a month to be taken", "return window.__probe.marks.chosen > 0", vec![]).await?;
    visitor.browser().until("the document to be open", "return window.__probe.marks.opened > 0", vec![]).await?;
    visitor.browser().until("all rows", "return window.__probe.marks.allRows > 0", vec![]).await?;
    visitor.browser().receipt_is("received").await?;
    tokio::time::sleep(SETTLE).await;
    visitor.ask("const { marks, longTasks, requests } = window.__probe; return { marks, longTasks, requests }", vec![]).await
}

impl Way {
    fn of(what: &'static str, seen: &[Value]) -> Self {
        let mark = |name: &str| seen.iter().filter_map(|one| one["marks"][name].as_f64()).collect::<Vec<_>>();
        let editable = mark("editable");
        let tasks = |one: &Value| serde_json::from_value::<Vec<(f64, f64)>>(one["longTasks"].clone()).unwrap_or_default();
        // What comes after the screen is there, such as putting the storage in order, is a freeze too, but another one.
        let until = |one: &Value| one["marks"]["opened"].as_f64().unwrap_or(f64::MAX);
        let opening = |one: &Value| tasks(one).into_iter().filter(|(from, _)| *from < until(one)).collect::<Vec<_>>();
        let longest = |one: &Value| opening(one).into_iter().max_by(|one, other| one.1.total_cmp(&other.1)).unwrap_or_default();
        let frozen: Vec<f64> = seen.iter().map(|one| longest(one).1).collect();
        let from: Vec<f64> = seen.iter().map(|one| longest(one).0).collect();
        let blocked: Vec<f64> = seen.iter().map(|one| opening(one).iter().map(|(_, took)| took - 50.0).sum()).collect();
        let stored: Vec<f64> = seen.iter().map(stored_read).collect();
        let (readable, live) = (mark("readable"), mark("live"));
        let gap: Vec<f64> = live.iter().zip(&stored).filter(|(_, stored)| **stored > 0.0).map(|(row, stored)| row - stored).collect();
        Self {
            what,
            times: seen.len(),
            readable_ms: percentile(&readable, 50),
            live_ms: percentile(&live, 50),
            editable_ms: percentile(&editable, 50),
            editable_max_ms: round(editable.iter().copied().fold(0.0, f64::max)),
            each_editable_ms: editable.iter().copied().map(round).collect(),
            chosen_ms: percentile(&mark("chosen"), 50),
            opened_ms: percentile(&mark("opened"), 50),
            all_rows_ms: percentile(&mark("allRows"), 50),
            stored_read_ms: percentile(&stored, 50),
            long_tasks_ms: seen.iter().map(|one| tasks(one).into_iter().map(|(from, took)| (round(from), round(took))).collect()).collect(),
            frozen_ms: percentile(&frozen, 50),
            frozen_from_ms: percentile(&from, 50),
            blocked_ms: percentile(&blocked, 50),
            document_to_row_ms: percentile(&gap, 50),
        }
    }
}

fn stored_read(seen: &Value) -> f64 {
    let requests: Vec<(String, f64, f64)> = serde_json::from_value(seen["requests"].clone()).unwrap_or_default();
    requests.into_iter().filter(|(store, ..)| store == "chunks").map(|(.., got)| got).fold(0.0, f64::max)
}
