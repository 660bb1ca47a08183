//! What the server can carry, measured from outside: the real binary, over real sockets, on this machine. Everything is bounded in count
//! and in time. The generator takes part of the machine's cores, so times are worse than those of a server that has them alone; the
//! server's own processor time and memory are read from `/proc` and are not affected.

mod catch_up;
mod joining;
pub(crate) mod machine;
mod memory;
pub(crate) mod person;
mod plans;
mod relay;
mod report;
pub(crate) mod spread;
mod start_up;
mod throughput;

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::{Parser, ValueEnum};
use hamutuk_shared::limits;

pub use report::Report;

use crate::process;

/// What is measured, and how much of it.
#[derive(Debug, Clone, Parser)]
#[command(name = "load", about = "Measure the server under load, on this machine only")]
pub struct Settings {
    /// How many people write in one plan, 2 changes a second each.
    #[arg(long, value_name = "COUNTS", value_delimiter = ',', default_value = "50,200")]
    people: Vec<usize>,
    /// For how long they write.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    seconds: u64,
    /// How many plans are stored when the server starts.
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    plans: usize,
    /// How many people catch up at once.
    #[arg(long, value_name = "COUNT", default_value_t = 500)]
    catch_up_people: usize,
    /// How many changes the plan has that they catch up on.
    #[arg(long, value_name = "COUNT", default_value_t = 10_000)]
    history: usize,
    /// How many people join.
    #[arg(long, value_name = "COUNT", default_value_t = 200)]
    join_people: usize,
    /// Within how long they join; they also do it at once.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    join_seconds: u64,
    /// Measure only these.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_enum)]
    only: Vec<Part>,
}

/// One thing that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// From one person's edit to the others' screens.
    Relay,
    /// Acked changes, as fast as it goes.
    Throughput,
    /// Memory of connections and plans.
    Memory,
    /// Everybody comes at once.
    CatchUp,
    /// Everybody joins, by one link and from one address.
    Join,
    /// Many plans are stored.
    StartUp,
}

/// Measures everything that is asked for.
///
/// # Errors
/// When the server fails, or does not keep to the protocol.
pub async fn run(settings: &Settings) -> Result<Report> {
    settings.check()?;
    let dir = bench_dir()?;
    std::fs::create_dir_all(&dir)?;
    // On the same disk as the data of a server would be, not in memory.
    let data = tempfile::Builder::new().prefix("load-").tempdir_in(&dir)?;
    let wanted = |part| settings.only.is_empty() || settings.only.contains(&part);
    let mut report = Report::new(machine::Machine::of_this()?);
    if wanted(Part::Relay) {
        for people in &settings.people {
            say(&format!("{people} people write in one plan for {} s", settings.seconds));
            report.relay.push(relay::measure(&data.path().join(format!("relay-{people}")), *people, settings.seconds).await?);
        }
    }
    if wanted(Part::Throughput) {
        for plans in [1, 8] {
            say(&format!("flat out, in {plans} plans"));
            report.throughput.push(throughput::measure(&data.path().join(format!("throughput-{plans}")), plans).await?);
        }
    }
    if wanted(Part::Memory) {
        say("memory of connections and plans");
        report.memory = Some(memory::measure(&data.path().join("memory")).await?);
    }
    if wanted(Part::CatchUp) {
        say(&format!("{} people catch up on {} changes", settings.catch_up_people, settings.history));
        let dir = data.path().join("catch-up");
        report.catch_up.extend(catch_up::measure(&dir, settings.catch_up_people, settings.history).await?);
    }
    if wanted(Part::Join) {
        for within_s in [settings.join_seconds, 0] {
            say(&format!("{} people join within {within_s} s", settings.join_people));
            let dir = data.path().join(format!("join-{within_s}"));
            report.joining.push(joining::measure(&dir, settings.join_people, within_s).await?);
        }
    }
    if wanted(Part::StartUp) {
        say(&format!("start with {} plans stored", settings.plans));
        report.start_up = Some(start_up::measure(&data.path().join("start-up"), settings.plans).await?);
    }
    report.write(&dir.join("load.json"))?;
    Ok(report)
}

impl Settings {
    fn check(&self) -> Result<()> {
        let people_max = limits::SESSIONS_PER_PLAN_MAX;
        ensure!(self.people.iter().all(|people| (2..=people_max).contains(people)), "--people: from 2 to {people_max}");
        ensure!((1..=people_max).contains(&self.catch_up_people), "--catch-up-people: from 1 to {people_max}");
        ensure!((1..=people_max).contains(&self.join_people), "--join-people: from 1 to {people_max}");
        ensure!((1..=600).contains(&self.join_seconds), "--join-seconds: from 1 to 600");
        ensure!((5..=600).contains(&self.seconds), "--seconds: from 5 to 600");
        ensure!((1..=100_000).contains(&self.plans), "--plans: from 1 to 100000");
        ensure!((1_000..=100_000).contains(&self.history), "--history: from 1000 to 100000");
        Ok(())
    }
}

fn bench_dir() -> Result<PathBuf> {
    Ok(process::target_dir()?.join("bench"))
}

fn say(what: &str) {
    eprintln!("… {what}");
}
