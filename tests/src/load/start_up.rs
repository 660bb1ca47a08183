//! How long a start takes with many plans stored, and how long the first person waits then.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::person::Person;
use super::plans;
use super::spread::ms;
use crate::process::Setup;

/// What came of it. The files are in the system's cache; a first start after the machine has started also reads them from the disk.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StartUp {
    pub(super) plans: usize,
    pub(super) data_mb: f64,
    /// From the start of the process until people can connect.
    pub(super) ready_ms: f64,
    /// From then until the first person has joined and caught up.
    pub(super) first_plan_open_ms: f64,
    /// With one plan open.
    pub(super) rss_mb: f64,
    /// The same start after the process was killed.
    pub(super) ready_after_kill_ms: f64,
}

pub(super) async fn measure(dir: &Path, count: usize) -> Result<StartUp> {
    let setup = Setup::new(dir);
    let all = plans::make(&setup, count).await?;
    let data_bytes: u64 = std::fs::read_dir(setup.data())?.filter_map(|entry| Some(entry.ok()?.metadata().ok()?.len())).sum();
    let door = all[count / 2].clone().at(([127, 0, 0, 1], 0).into());
    let began = Instant::now();
    let server = setup.resume(door).await?;
    let ready = began.elapsed();
    let began = Instant::now();
    let _person = Person::enter(server.door(), "First").await?;
    let opened = began.elapsed();
    let rss_bytes = server.usage()?.rss_bytes;
    let (setup, door) = server.kill().await?;
    let began = Instant::now();
    let server = setup.resume(door).await?;
    let after_kill = began.elapsed();
    server.stop().await?;
    Ok(StartUp {
        plans: count,
        data_mb: mb(data_bytes),
        ready_ms: ms(ready),
        first_plan_open_ms: ms(opened),
        rss_mb: mb(rss_bytes),
        ready_after_kill_ms: ms(after_kill),
    })
}

fn mb(bytes: u64) -> f64 {
    (bytes as f64 / 1e5).round() / 10.0
}
