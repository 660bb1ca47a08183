//! A workshop begins: everybody opens the link within some seconds, from one address, under the limits that a server has by default.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use hamutuk_shared::access::Role;
use serde::Serialize;
use serde_json::json;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};

use super::plans;
use super::spread::{Spread, ms};
use crate::door::{Door, Request};
use crate::socket::{Opening, Socket};
use crate::wait::PATIENCE;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Joining {
    pub(super) people: usize,
    /// Within how long they come, evenly; 0 is all at once.
    pub(super) within_s: u64,
    /// From the first who comes until the last can write.
    pub(super) last_ms: f64,
    /// From opening the link until they can write: they have joined, and hold the whole plan.
    pub(super) each: Spread,
    /// Of that, until the server has answered that they have joined.
    pub(super) joined: Spread,
    pub(super) kb_per_person: f64,
    pub(super) server_cpu_ms_per_person: f64,
}

/// Somebody who can write now.
struct Arrived {
    joined: Duration,
    took: Duration,
    bytes: u64,
    socket: Socket,
}

pub(super) async fn measure(dir: &Path, people: usize, within_s: u64) -> Result<Joining> {
    let (server, _) = plans::serve(dir, 1).await?;
    let (before, began) = (server.usage()?, Instant::now());
    let pause = Duration::from_secs(within_s).div_f64(people as f64);
    let mut coming = JoinSet::new();
    for number in 0..people {
        let (door, at) = (server.door().clone(), began + pause.mul_f64(number as f64));
        coming.spawn(async move {
            sleep_until(at).await;
            arrive(&door, number).await
        });
    }
    let mut arrived = Vec::new();
    while let Some(one) = timeout(PATIENCE + Duration::from_secs(within_s), coming.join_next()).await.context("somebody never came")? {
        arrived.push(one??);
    }
    let (last, cpu) = (began.elapsed(), server.usage()?.cpu.saturating_sub(before.cpu));
    let bytes: u64 = arrived.iter().map(|one| one.bytes).sum();
    let (each, joined) = (arrived.iter().map(|one| one.took).collect(), arrived.iter().map(|one| one.joined).collect());
    for one in arrived {
        one.socket.close().await;
    }
    server.stop().await?;
    Ok(Joining {
        people,
        within_s,
        last_ms: ms(last),
        each: Spread::of(each),
        joined: Spread::of(joined),
        kb_per_person: (bytes as f64 / 100.0 / people as f64).round() / 10.0,
        server_cpu_ms_per_person: (cpu.as_secs_f64() * 1e5 / people as f64).round() / 100.0,
    })
}

/// Opens the link, joins with a name, and takes in the plan. Whoever is refused ends the measurement.
async fn arrive(door: &Door, number: usize) -> Result<Arrived> {
    let began = Instant::now();
    let body = json!({ "token": door.editor }).to_string();
    let peek = Request::post(format!("/api/plans/{}/peek", door.plan), body).send(door.address).await?;
    ensure!(peek.status == 200, "a link was answered {}: {}", peek.status, peek.body);
    let joined = door.join(Role::Editor, &format!("Person {number}")).await?;
    let after_join = began.elapsed();
    let mut socket = Opening::of(&joined)?.open().await?;
    let bytes = socket.catch_up(None).await?.bytes;
    Ok(Arrived { joined: after_join, took: began.elapsed(), bytes, socket })
}
