//! Frames while the section scrolls, with the processor slowed down.

use anyhow::Result;
use serde::Serialize;
use serde_json::{Value, json};

use super::browser::{Visitor, Work, numbers, percentile, round};

const SLOWER: u32 = 4;
const SECONDS: f64 = 5.0;

/// A frame that comes later than this missed the beat of a display with 60 frames a second.
const MISSED_MS: f64 = 20.0;

/// One way to scroll.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Scrolling {
    pub(super) what: &'static str,
    pub(super) slower: u32,
    pub(super) frames_per_second: f64,
    pub(super) frame_p95_ms: f64,
    pub(super) frame_max_ms: f64,
    pub(super) missed_percent: f64,
    pub(super) pixels: f64,
    /// What the page did for each frame, if it moved.
    pub(super) work_each_ms: Option<Work>,
}

const SCROLLER: &str = "
    const scroller = document.querySelector('.content').scrollHeight > document.querySelector('.content').clientHeight + 50
        ? document.querySelector('.content') : document.scrollingElement;
    const top = () => scroller.scrollTop;
";

pub(super) async fn measure(visitor: &Visitor) -> Result<Vec<Scrolling>> {
    visitor.browser().until("all rows", "return window.__probe.marks.allRows > 0", vec![]).await?;
    visitor.ask("document.activeElement?.blur()", vec![]).await?;
    let mut all = vec![still(visitor).await?];
    visitor.browser().devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWER })).await?;
    all.push(by_script(visitor).await?);
    all.push(by_wheel(visitor).await?);
    visitor.browser().devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 1 })).await?;
    Ok(all)
}

/// What this machine gives when nothing moves.
async fn still(visitor: &Visitor) -> Result<Scrolling> {
    visitor.ask("window.__probe.frames(2).then((times) => (window.__times = times)); return true", vec![]).await?;
    visitor.browser().until("the frames", "return window.__times !== undefined", vec![]).await?;
    let times = visitor.ask("const times = window.__times; delete window.__times; return times", vec![]).await?;
    Ok(Scrolling::of("nothing moves, full speed", 1, &times, 0.0))
}

/// The page moves by the same way in each frame, down and up again.
async fn by_script(visitor: &Visitor) -> Result<Scrolling> {
    let before = visitor.work().await?;
    let script = format!(
        "{SCROLLER}
        let way = 24;
        window.__moved = 0;
        const step = () => {{
            const before = top();
            scroller.scrollTop += way;
            if (top() === before) way = -way;
            window.__moved += Math.abs(top() - before);
        }};
        window.__probe.frames(arguments[0], step).then((times) => (window.__times = times));
        return true"
    );
    visitor.ask(&script, vec![json!(SECONDS)]).await?;
    visitor.browser().until("the frames", "return window.__times !== undefined", vec![]).await?;
    taken(visitor, "24 px a frame", before).await
}

/// As a hand on a wheel or a touchpad does it.
async fn by_wheel(visitor: &Visitor) -> Result<Scrolling> {
    let before = visitor.work().await?;
    let start = format!(
        "{SCROLLER} scroller.scrollTop = 0; window.__probe.frames({SECONDS}).then((times) => (window.__times = times)); return true"
    );
    visitor.ask(&start, vec![]).await?;
    let began = tokio::time::Instant::now();
    let mut way = 120.0;
    while began.elapsed().as_secs_f64() < SECONDS {
        let wheel = json!({ "type": "mouseWheel", "x": 700, "y": 500, "deltaX": 0, "deltaY": way });
        visitor.browser().devtools("Input.dispatchMouseEvent", wheel).await?;
        if began.elapsed().as_secs_f64() > SECONDS / 2.0 {
            way = -120.0;
        }
    }
    visitor.browser().until("the frames", "return window.__times !== undefined", vec![]).await?;
    taken(visitor, "by the wheel", before).await
}

async fn taken(visitor: &Visitor, what: &'static str, before: Work) -> Result<Scrolling> {
    let work = visitor.work().await?;
    let script = format!("{SCROLLER} const times = window.__times; delete window.__times; return [times, window.__moved ?? top()]");
    let seen = visitor.ask(&script, vec![]).await?;
    let mut scrolling = Scrolling::of(what, SLOWER, &seen[0], seen[1].as_f64().unwrap_or_default());
    scrolling.work_each_ms = Some(work.since(before, numbers(&seen[0]).len()));
    Ok(scrolling)
}

impl Scrolling {
    fn of(what: &'static str, slower: u32, times: &Value, pixels: f64) -> Self {
        let times = numbers(times);
        let frames: Vec<f64> = times.windows(2).map(|two| two[1] - two[0]).collect();
        let whole = times.last().unwrap_or(&0.0) - times.first().unwrap_or(&0.0);
        let missed = frames.iter().filter(|took| **took > MISSED_MS).count();
        Self {
            what,
            slower,
            frames_per_second: round(frames.len() as f64 * 1_000.0 / whole.max(1.0)),
            frame_p95_ms: percentile(&frames, 95),
            frame_max_ms: round(frames.iter().copied().fold(0.0, f64::max)),
            missed_percent: round(missed as f64 * 100.0 / frames.len().max(1) as f64),
            pixels: round(pixels),
            work_each_ms: None,
        }
    }
}
