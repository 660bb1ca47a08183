//! What a connection and an open plan cost in memory, as differences of what the process holds.

use std::path::Path;

use anyhow::Result;
use serde::Serialize;

use super::person::Person;
use super::plans;
use crate::writer::Writer;

const CONNECTIONS: usize = 400;
const PLANS: usize = 200;
const HISTORY: usize = 10_000;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Memory {
    /// After the start, with nothing open.
    pub(super) idle_server_mb: f64,
    pub(super) connections: usize,
    pub(super) per_connection_kb: f64,
    pub(super) plans: usize,
    /// A plan as it comes from the template, and one connection.
    pub(super) per_open_plan_kb: f64,
    pub(super) history_changes: usize,
    /// One plan with a long history, and one connection.
    pub(super) open_plan_with_history_mb: f64,
}

pub(super) async fn measure(dir: &Path) -> Result<Memory> {
    let (server, all) = plans::serve(dir, PLANS + 2).await?;
    let address = server.door().address;
    let rss = || anyhow::Ok(server.usage()?.rss_bytes as f64);
    let idle = rss()?;

    // The first connections bring the program's own pages and threads.
    let (first, _) = Person::enter(&all[0].clone().at(address), "First").await?;
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(Person::enter_again(first.joined.clone()).await?);
    }
    let before = rss()?;
    for _ in 0..CONNECTIONS {
        open.push(Person::enter_again(first.joined.clone()).await?);
    }
    let per_connection_kb = per(rss()? - before, CONNECTIONS);
    drop((first, open));

    let before = rss()?;
    let mut open = Vec::new();
    for keys in &all[1..=PLANS] {
        open.push(Person::enter(&keys.clone().at(address), "Somebody").await?);
    }
    let per_open_plan_kb = per(rss()? - before, PLANS);
    drop(open);

    let (mut person, plan) = Person::enter(&all[PLANS + 1].clone().at(address), "Writer").await?;
    let mut writer = Writer::new(person.joined.participant, &plan, 0)?;
    let changes: Vec<_> = (0..HISTORY).map(|word| writer.type_words(&format!("word {word} "))).collect::<Result<_>>()?;
    person.push_all(&changes, 64).await?;
    let joined = person.joined.clone();
    drop(person);
    // A new process: what writing needed is gone.
    let (setup, door) = server.stop().await?;
    let server = setup.resume(door).await?;
    let before = server.usage()?.rss_bytes as f64;
    let joined = crate::door::Joined { address: server.door().address, ..joined };
    let (_person, _) = Person::enter_again(joined).await?;
    let open_plan_with_history_mb = (server.usage()?.rss_bytes as f64 - before) / 1e6;
    server.stop().await?;
    Ok(Memory {
        idle_server_mb: round(idle / 1e6),
        connections: CONNECTIONS,
        per_connection_kb,
        plans: PLANS,
        per_open_plan_kb,
        history_changes: HISTORY,
        open_plan_with_history_mb: round(open_plan_with_history_mb),
    })
}

fn per(bytes: f64, count: usize) -> f64 {
    round(bytes / 1e3 / count as f64)
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}
