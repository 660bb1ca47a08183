//! Everybody comes at once: on a first visit, and after the network was away.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use hamutuk_shared::sync::frame::{CatchUp as How, LogPoint};
use serde::Serialize;
use tokio::sync::Barrier;
use tokio::time::{Instant, timeout};

use super::person::Person;
use super::plans;
use super::spread::{Spread, ms};
use crate::door::Joined;
use crate::process::ServerProcess;
use crate::socket::Opening;
use crate::wait::PATIENCE;
use crate::writer::Writer;

/// How much has happened while the network was away.
const AWAY_CHANGES: u64 = 100;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CatchUp {
    pub(super) what: &'static str,
    pub(super) people: usize,
    pub(super) history_changes: usize,
    pub(super) kb_per_person: f64,
    /// From the first connection until the last has everything.
    pub(super) last_ms: f64,
    pub(super) each: Spread,
    pub(super) server_cpu_ms_per_person: f64,
}

pub(super) async fn measure(dir: &Path, people: usize, history: usize) -> Result<[CatchUp; 2]> {
    let (server, _) = plans::serve(dir, 1).await?;
    let (mut person, plan) = Person::enter(server.door(), "Writer").await?;
    let mut writer = Writer::new(person.joined.participant, &plan, 0)?;
    let changes: Vec<_> = (0..history).map(|word| writer.type_words(&format!("word {word} "))).collect::<Result<_>>()?;
    person.push_all(&changes, 64).await?;
    let joined = person.joined.clone();
    drop(person);
    let head = Opening::of(&joined)?.open().await?.catch_up(None).await?.welcome;
    let seq = hamutuk_shared::id::Seq(head.head.0 - AWAY_CHANGES);
    let hash = changes[changes.len() - 1 - usize::try_from(AWAY_CHANGES)?].hash().into();
    // The server is started anew: nothing is in its memory.
    let (setup, door) = server.stop().await?;
    let server = setup.resume(door).await?;
    let joined = Joined { address: server.door().address, ..joined };
    let first = everybody(&server, &joined, people, None).await?;
    let back = everybody(&server, &joined, people, Some(LogPoint { log: head.log, seq, hash })).await?;
    ensure!(matches!(back.1, How::Entries), "a reconnect is a range read, not {:?}", back.1);
    server.stop().await?;
    let named = |what, (measured, _): (CatchUp, How)| CatchUp { what, history_changes: history, ..measured };
    Ok([named("first visit", first), named("reconnect, 100 behind", back)])
}

async fn everybody(server: &ServerProcess, joined: &Joined, people: usize, after: Option<LogPoint>) -> Result<(CatchUp, How)> {
    let ready = Arc::new(Barrier::new(people + 1));
    let tasks: Vec<_> = (0..people)
        .map(|_| {
            let (ready, opening) = (Arc::clone(&ready), Opening::of(joined));
            tokio::spawn(async move {
                ready.wait().await;
                let began = Instant::now();
                let mut socket = opening?.open().await?;
                let caught_up = socket.catch_up(after).await?;
                let took = began.elapsed();
                anyhow::Ok((took, caught_up.bytes, caught_up.welcome.catch_up, socket))
            })
        })
        .collect();
    let before = server.usage()?;
    ready.wait().await;
    let began = Instant::now();
    let (mut times, mut bytes, mut how, mut sockets) = (Vec::new(), 0, None, Vec::new());
    for task in tasks {
        let (took, some, came, socket) = timeout(PATIENCE, task).await.context("somebody never caught up")???;
        times.push(took);
        bytes += some;
        how = Some(came);
        sockets.push(socket);
    }
    let (last, cpu) = (began.elapsed(), server.usage()?.cpu.saturating_sub(before.cpu));
    for socket in sockets {
        socket.close().await;
    }
    let measured = CatchUp {
        what: "",
        people,
        history_changes: 0,
        kb_per_person: (bytes as f64 / 100.0 / people as f64).round() / 10.0,
        last_ms: ms(last),
        each: Spread::of(times),
        server_cpu_ms_per_person: (cpu.as_secs_f64() * 1e5 / people as f64).round() / 100.0,
    };
    Ok((measured, how.context("nobody came")?))
}
