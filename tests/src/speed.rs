//! How fast the client is, measured in Chromium against the real server: a large plan is opened, written in, followed and scrolled.
//! The browser, the server and the crowd share this machine's cores, so times are worse than those of a laptop that has only the
//! browser to run. It fails only when it cannot measure, never for being slow.

mod browser;
mod crowd;
mod native;
mod opening;
mod pen;
mod plant;
mod remote;
mod report;
mod scrolling;
mod typing;

use std::sync::Arc;

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use hamutuk_shared::access::Role;

pub use report::Report;

use self::browser::Visitor;
use crate::browser::Driver;
use crate::load::machine::Machine;
use crate::process::{self, ServerProcess, Setup};

/// What is measured, and how much of it.
#[derive(Debug, Clone, Parser)]
#[command(name = "speed", about = "Measure the client in Chromium, on this machine only")]
pub struct Settings {
    /// How many activities the plan has.
    #[arg(long, value_name = "COUNT", default_value_t = 500)]
    activities: usize,
    /// How many budget lines each activity has.
    #[arg(long, value_name = "COUNT", default_value_t = 4)]
    lines: usize,
    /// How many changes its history has.
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    changes: usize,
    /// How many others type, 2 changes a second each.
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    people: usize,
    /// How many keys are typed for each measure.
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    keys: usize,
    /// How often the plan is opened anew.
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    openings: usize,
    /// What makes the plan what it is: the same number, the same plan.
    #[arg(long, value_name = "NUMBER", default_value_t = 1325)]
    seed: u64,
    /// Style rules to try on top of the client's own.
    #[arg(long, value_name = "CSS", default_value = "")]
    style: String,
    /// Measure only these.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_enum)]
    only: Vec<Part>,
}

/// One thing that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The first visit, and those after it.
    Opening,
    /// From a key to the screen.
    Typing,
    /// The frames of a page that scrolls.
    Scrolling,
    /// What somebody else's key changes on the page.
    Remote,
    /// The core alone, compiled for this machine.
    Native,
}

/// Measures everything that is asked for.
///
/// # Errors
/// When the server or the browser fails.
pub async fn run(settings: &Settings) -> Result<Report> {
    settings.check()?;
    let dir = process::target_dir()?.join("bench");
    std::fs::create_dir_all(&dir)?;
    // On the same disk as the data of a server would be, not in memory.
    let data = tempfile::Builder::new().prefix("speed-").tempdir_in(&dir)?;
    let server = Setup::new(data.path()).start().await?;
    say(&format!("making a plan of {} activities and {} changes", settings.activities, settings.changes));
    let planted = plant::plant(server.door(), settings).await?;
    let mut report = Report::new(Machine::of_this()?, planted.clone());
    measure(settings, &server, &planted, &mut report).await?;
    server.stop().await?;
    Ok(report)
}

async fn measure(settings: &Settings, server: &ServerProcess, planted: &plant::Planted, report: &mut Report) -> Result<()> {
    let wanted = |part| settings.only.is_empty() || settings.only.contains(&part);
    let joined = server.join(Role::Editor, "Visitor").await?;
    if wanted(Part::Native) {
        say("loading the plan in native code");
        report.native = Some(native::measure(&joined).await?);
    }
    if !wanted(Part::Opening) && !wanted(Part::Typing) && !wanted(Part::Scrolling) && !wanted(Part::Remote) {
        return Ok(());
    }
    let driver = Arc::new(Driver::start()?);
    let visitor = Visitor::open(&driver, &joined, planted, &settings.style).await?;
    say("opening the plan");
    report.opening = Some(opening::measure(&visitor, settings.openings).await?);
    if wanted(Part::Remote) {
        say("following somebody's typing");
        report.remote = remote::measure(&visitor, server.door()).await?;
    }
    if wanted(Part::Scrolling) {
        say("scrolling, the processor slowed down fourfold");
        report.scrolling = scrolling::measure(&visitor).await?;
    }
    if wanted(Part::Typing) {
        say("typing alone");
        report.typing.push(typing::in_the_plan(&visitor, 0, settings.keys).await?);
        say(&format!("typing while {} others type", settings.people));
        let crowd = crowd::Crowd::enter(server.door(), settings.people).await?;
        report.typing.push(typing::in_the_plan(&visitor, settings.people, settings.keys).await?);
        crowd.leave().await?;
        say("typing into a bare page");
        report.typing.push(typing::in_a_bare_page(&visitor, settings.keys).await?);
    }
    visitor.close().await
}

impl Settings {
    fn check(&self) -> Result<()> {
        ensure!((50..=5_000).contains(&self.activities), "--activities: from 50 to 5000");
        ensure!(self.lines <= 20, "--lines: up to 20");
        ensure!((1_000..=200_000).contains(&self.changes), "--changes: from 1000 to 200000");
        ensure!((1..=200).contains(&self.people), "--people: from 1 to 200");
        ensure!((20..=2_000).contains(&self.keys), "--keys: from 20 to 2000");
        ensure!((1..=20).contains(&self.openings), "--openings: from 1 to 20");
        Ok(())
    }
}

fn say(what: &str) {
    eprintln!("… {what}");
}
