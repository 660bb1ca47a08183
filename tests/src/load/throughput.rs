//! Acked changes in a second, as fast as it goes.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use super::person::Person;
use super::plans;
use crate::writer::Writer;

const WRITERS_PER_PLAN: usize = 2;
const CHANGES_PER_WRITER: usize = 4_000;

/// How many changes come in one frame: a person who comes back after a while without a network.
const CHANGES_PER_PUSH: usize = 64;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Throughput {
    pub(super) plans: usize,
    pub(super) writers: usize,
    pub(super) changes: usize,
    pub(super) changes_per_push: usize,
    pub(super) acked_changes_per_second: f64,
    pub(super) server_cpu_us_per_change: f64,
}

pub(super) async fn measure(dir: &Path, plan_count: usize) -> Result<Throughput> {
    let (server, plans) = plans::serve(dir, plan_count).await?;
    let mut people = Vec::new();
    for keys in plans {
        let door = keys.at(server.door().address);
        for number in 0..WRITERS_PER_PLAN {
            let (person, plan) = Person::enter(&door, &format!("Writer {number}")).await?;
            let mut writer = Writer::new(person.joined.participant, &plan, number)?;
            let changes: Vec<_> = (0..CHANGES_PER_WRITER).map(|word| writer.type_words(&format!("word {word} "))).collect::<Result<_>>()?;
            people.push((person, changes));
        }
    }
    let writers = people.len();
    let (before, began) = (server.usage()?, Instant::now());
    let tasks: Vec<_> = people
        .into_iter()
        .map(|(mut person, changes)| tokio::spawn(async move { person.push_all(&changes, CHANGES_PER_PUSH).await }))
        .collect();
    for task in tasks {
        task.await??;
    }
    let (elapsed, cpu) = (began.elapsed(), server.usage()?.cpu.saturating_sub(before.cpu));
    server.stop().await?;
    let changes = writers * CHANGES_PER_WRITER;
    Ok(Throughput {
        plans: plan_count,
        writers,
        changes,
        changes_per_push: CHANGES_PER_PUSH,
        acked_changes_per_second: (changes as f64 / elapsed.as_secs_f64()).round(),
        server_cpu_us_per_change: (cpu.as_secs_f64() * 1e6 / changes as f64).round(),
    })
}
