//! The browser that is measured, with the probe in each of its pages.

use std::fmt;

use anyhow::{Context as _, Result};
use serde::Serialize;
use serde_json::{Value, json};

use super::plant::Planted;
use crate::browser::{Browser, Driver, LAPTOP};
use crate::door::Joined;

const PROBE: &str = include_str!("probe.js");

/// Somebody who joined elsewhere: the browser has the cookie, and nothing else yet.
pub(super) struct Visitor {
    browser: Browser,
    url: String,
    cookie: (String, String),
    origin: String,
    /// What runs before each page.
    probe: String,
}

impl Visitor {
    pub(super) async fn open(driver: &Driver, joined: &Joined, planted: &Planted, style: &str) -> Result<Self> {
        let browser = Browser::open(driver, "Visitor", LAPTOP).await?;
        let origin = format!("http://{}", joined.address);
        let url = format!("{origin}/p/{}?s={}", joined.plan, planted.section);
        let (name, value) = joined.cookie.split_once('=').context("a cookie has a name")?;
        let probe = format!("window.__rows = {}; window.__style = {};\n{PROBE}", planted.section_activities, json!(style));
        let visitor = Self { browser, url, cookie: (name.to_owned(), value.to_owned()), origin, probe };
        visitor.prepare().await?;
        Ok(visitor)
    }

    async fn prepare(&self) -> Result<()> {
        let (name, value) = &self.cookie;
        self.browser.devtools("Network.setCookie", json!({ "name": name, "value": value, "url": self.origin })).await?;
        self.browser.before_pages(&self.probe).await
    }

    /// The browser is closed and opened again: its profile stays, and nothing is in its memory.
    pub(super) async fn reopen(&self) -> Result<()> {
        self.browser.reopen().await?;
        self.prepare().await
    }

    pub(super) async fn goto_plan(&self) -> Result<()> {
        self.browser.goto(&self.url).await
    }

    pub(super) const fn browser(&self) -> &Browser {
        &self.browser
    }

    /// What a script answers.
    pub(super) async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        self.browser.look(script, arguments).await
    }

    /// What the page has used up to now, in seconds: see [`Work`].
    pub(super) async fn work(&self) -> Result<Work> {
        self.browser.devtools("Performance.enable", json!({})).await?;
        let answer = self.browser.devtools("Performance.getMetrics", json!({})).await?;
        let metrics = answer["metrics"].as_array().cloned().unwrap_or_default();
        let of = |name: &str| metrics.iter().find(|one| one["name"] == name).and_then(|one| one["value"].as_f64()).unwrap_or_default();
        let [script, style, layout, all] = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration", "TaskDuration"].map(of);
        Ok(Work { script, style, layout, other: all - script - style - layout })
    }

    pub(super) async fn close(&self) -> Result<()> {
        self.browser.close().await
    }
}

/// What a page works on, in milliseconds for each of something.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Work {
    pub(super) script: f64,
    pub(super) style: f64,
    pub(super) layout: f64,
    /// Painting, mostly.
    pub(super) other: f64,
}

impl Work {
    /// Since `before`, for each of so many.
    pub(super) fn since(self, before: Self, count: usize) -> Self {
        let each = |now: f64, then: f64| round((now - then) * 1_000.0 / count.max(1) as f64);
        Self {
            script: each(self.script, before.script),
            style: each(self.style, before.style),
            layout: each(self.layout, before.layout),
            other: each(self.other, before.other),
        }
    }
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { script, style, layout, other } = self;
        write!(f, "script {script} ms, style {style} ms, layout {layout} ms, painting and the rest {other} ms")
    }
}

/// A list of numbers that a script answered.
pub(super) fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().map(|all| all.iter().filter_map(Value::as_f64).collect()).unwrap_or_default()
}

/// The value that `share` percent are not above; 0 of none.
pub(super) fn percentile(values: &[f64], share: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() * share / 100).min(sorted.len().saturating_sub(1));
    round(sorted.get(at).copied().unwrap_or_default())
}

/// To the tenth.
pub(super) fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
