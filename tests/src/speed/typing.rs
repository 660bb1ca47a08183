//! From a key to the screen: real key events into a cell of the table.

use std::time::Duration;

use anyhow::{Context as _, Result};
use rand::Rng;
use serde::Serialize;
use serde_json::{Value, json};

use super::browser::{Visitor, Work, percentile, round};

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Typing {
    /// Where, and who else types.
    pub(super) what: String,
    pub(super) keys: usize,
    /// What the page computes for the key: in the handlers, and in the frame that shows it. Includes what the key had to wait for.
    pub(super) work_p50_ms: f64,
    pub(super) work_p95_ms: f64,
    /// Until that frame is drawn, with the wait for the beat of the display.
    pub(super) painted_p50_ms: f64,
    pub(super) painted_p95_ms: f64,
    pub(super) painted_max_ms: f64,
    /// How long the key waited for the page to be free.
    pub(super) waited_p95_ms: f64,
    pub(super) handlers_p50_ms: f64,
    pub(super) handlers_p95_ms: f64,
    pub(super) frame_p95_ms: f64,
    /// By the browser's own event timing: the share of keys that took longer than 16 ms, display included, and the p95 of all.
    pub(super) slow_percent: f64,
    pub(super) event_p95_ms: f64,
    pub(super) longest_task_ms: f64,
    /// What the page did for each key and all else that happened meanwhile.
    pub(super) work_each_ms: Work,
}

/// In the cell of an activity's title, while so many others type.
pub(super) async fn in_the_plan(visitor: &Visitor, others: usize, keys: usize) -> Result<Typing> {
    let script = "return shown(\".grid textarea[data-path$='/title']\").find((at) => !at.readOnly)?.dataset.path";
    let path = visitor.browser().until("a title", script, vec![]).await?;
    visitor.browser().put_caret(path.as_str().context("a path is a text")?, 0).await?;
    visitor.ask("document.activeElement.setSelectionRange(1e6, 1e6)", vec![]).await?;
    measure(visitor, if others == 0 { "alone".to_owned() } else { format!("{others} others type") }, keys).await
}

/// In a page that has nothing but a text field: what this machine and its browser take for themselves.
pub(super) async fn in_a_bare_page(visitor: &Visitor, keys: usize) -> Result<Typing> {
    visitor.browser().goto("data:text/html,<textarea autofocus></textarea>").await?;
    visitor.browser().until("a text field", "return document.activeElement?.tagName === 'TEXTAREA'", vec![]).await?;
    measure(visitor, "in a bare page".to_owned(), keys).await
}

async fn measure(visitor: &Visitor, what: String, keys: usize) -> Result<Typing> {
    // The first keys warm up.
    press(visitor, 10).await?;
    let clear =
        "const probe = window.__probe; probe.keys.length = probe.events.length = probe.longTasks.length = 0; return performance.now()";
    visitor.ask(clear, vec![]).await?;
    let before = visitor.work().await?;
    press(visitor, keys).await?;
    let work = visitor.work().await?.since(before, keys);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let seen = visitor.ask("const { keys, events, longTasks } = window.__probe; return { keys, events, longTasks }", vec![]).await?;
    Ok(Typing::of(what, work, &seen))
}

async fn press(visitor: &Visitor, keys: usize) -> Result<()> {
    for number in 0..keys {
        let letter = char::from(b'a' + u8::try_from(number % 26)?);
        // As fast as a good typist, and not in step with the display.
        tokio::time::sleep(Duration::from_millis(rand::rng().random_range(60..110))).await;
        let code = letter.to_ascii_uppercase();
        let key = json!({ "key": letter.to_string(), "code": format!("Key{code}"), "windowsVirtualKeyCode": u32::from(code) });
        let event = |kind: &str, text: Value| {
            let mut event = key.clone();
            event["type"] = json!(kind);
            event["text"] = text;
            event
        };
        visitor.browser().devtools("Input.dispatchKeyEvent", event("keyDown", json!(letter.to_string()))).await?;
        visitor.browser().devtools("Input.dispatchKeyEvent", event("keyUp", json!(""))).await?;
    }
    Ok(())
}

impl Typing {
    fn of(what: String, work_each_ms: Work, seen: &Value) -> Self {
        let all = seen["keys"].as_array().cloned().unwrap_or_default();
        let between = |from: &str, to: &str| {
            let took = |key: &Value| Some(key[to].as_f64()? - key[from].as_f64()?);
            all.iter().filter_map(took).collect::<Vec<f64>>()
        };
        let (waited, handlers, frame) = (between("stamp", "began"), between("began", "handled"), between("frame", "painted"));
        let work: Vec<f64> = waited.iter().zip(&handlers).zip(&frame).map(|((one, two), three)| one + two + three).collect();
        let painted = between("stamp", "painted");
        let second = |name: &str| serde_json::from_value::<Vec<(f64, f64)>>(seen[name].clone()).unwrap_or_default();
        let mut events: Vec<f64> = second("events").into_iter().map(|(_, took)| took).collect();
        let slow = events.iter().filter(|took| **took > 16.0).count();
        // Faster ones are not told of.
        events.resize(events.len().max(all.len()), 0.0);
        Self {
            what,
            work_each_ms,
            keys: all.len(),
            work_p50_ms: percentile(&work, 50),
            work_p95_ms: percentile(&work, 95),
            painted_p50_ms: percentile(&painted, 50),
            painted_p95_ms: percentile(&painted, 95),
            painted_max_ms: round(painted.iter().copied().fold(0.0, f64::max)),
            waited_p95_ms: percentile(&waited, 95),
            handlers_p50_ms: percentile(&handlers, 50),
            handlers_p95_ms: percentile(&handlers, 95),
            frame_p95_ms: percentile(&frame, 95),
            slow_percent: round(slow as f64 * 100.0 / all.len().max(1) as f64),
            event_p95_ms: percentile(&events, 95),
            longest_task_ms: round(second("longTasks").into_iter().map(|(_, took)| took).fold(0.0, f64::max)),
        }
    }
}
