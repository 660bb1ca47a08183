//! What the person at the laptop reads, and what a script reads, when the server is ready.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::Path;
use std::{env, fs, io};

use hamutuk_shared::id::PlanId;
use serde::Serialize;

use crate::qr::{self, Ink};

/// The plan that was just made.
pub(super) struct FirstPlan {
    pub(super) id: PlanId,
    pub(super) title: String,
    pub(super) facilitator_link: String,
    pub(super) editor_link: String,
}

pub(super) struct Announcement<'a> {
    pub(super) base: &'a str,
    pub(super) address: SocketAddr,
    pub(super) data: &'a Path,
    pub(super) first: Option<&'a FirstPlan>,
    pub(super) plan_count: usize,
}

pub(super) fn print(announcement: &Announcement<'_>) {
    say!("{}", text(announcement));
}

fn text(announcement: &Announcement<'_>) -> String {
    let Announcement { base, address, data, first, plan_count } = announcement;
    let mut text = String::new();
    let _ = match first {
        Some(plan) => write_first(&mut text, plan),
        None => write_later(&mut text, *plan_count),
    };
    let _ = writeln!(text, "  Listening on   {address}");
    let _ = writeln!(text, "  Address        {base}");
    let _ = writeln!(text, "  Data           {}", data.display());
    let _ = writeln!(text, "\nStop with Ctrl+C.");
    text
}

fn write_first(text: &mut String, plan: &FirstPlan) -> std::fmt::Result {
    writeln!(text, "\n  {}\n", plan.title)?;
    writeln!(text, "  Your own link, as facilitator. Keep it to yourself:\n    {}\n", plan.facilitator_link)?;
    writeln!(text, "  The link for everybody who writes. Send it, or let them scan the code:\n    {}\n", plan.editor_link)?;
    let is_coloured = io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none();
    if let Some(code) = qr::half_blocks(&plan.editor_link, if is_coloured { Ink::Escapes } else { Ink::Plain }) {
        for line in code.lines() {
            writeln!(text, "    {line}")?;
        }
        writeln!(text)?;
    }
    writeln!(text, "  The links are not shown again; nobody keeps them but you. The facilitator can make more.\n")
}

fn write_later(text: &mut String, plan_count: usize) -> std::fmt::Result {
    let plans = if plan_count == 1 { "1 plan".to_owned() } else { format!("{plan_count} plans") };
    writeln!(text, "\n  Hamutuk serves {plans}. The links that you gave out still work.")?;
    let first = if cfg!(unix) { "run" } else { "stop the server and run" };
    writeln!(text, "  For a new link, {first}: hamutuk link new --role editor (or facilitator)\n")
}

/// What a script is told.
#[derive(Serialize)]
pub(super) struct Ready<'a> {
    port: u16,
    plan: Option<PlanId>,
    facilitator_link: Option<&'a str>,
    editor_link: Option<&'a str>,
}

impl<'a> Ready<'a> {
    pub(super) fn new(port: u16, first: Option<&'a FirstPlan>) -> Self {
        Self {
            port,
            plan: first.map(|plan| plan.id),
            facilitator_link: first.map(|plan| plan.facilitator_link.as_str()),
            editor_link: first.map(|plan| plan.editor_link.as_str()),
        }
    }

    /// Writes the file whole or not at all: who waits for it must not read half of it.
    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        fs::write(&part, serde_json::to_vec(self)?)?;
        fs::rename(&part, path)
    }
}
