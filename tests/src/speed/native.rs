//! The core alone, on the same plan and this machine: what of an opening is the document, and how much slower WebAssembly is.

use std::time::Instant;

use anyhow::{Context as _, Result};
use hamutuk_shared::access::{Grant, Role};
use hamutuk_shared::derive::Totals;
use hamutuk_shared::id::{Author, TabId};
use hamutuk_shared::replica::{Replica, load_document};
use hamutuk_shared::sync::frame::{LogPoint, Welcome};
use hamutuk_shared::sync::peer::Position;
use serde::Serialize;

use crate::door::Joined;
use crate::load::person::Person;
use crate::load::spread::ms;

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Native {
    pub(super) saved_mb: f64,
    pub(super) load_ms: f64,
    pub(super) replica_ms: f64,
    /// The plan without its past, as a device shows it first: flattened, loaded as a document, and as a replica.
    pub(super) flatten_ms: f64,
    pub(super) flat_load_ms: f64,
    pub(super) flat_replica_ms: f64,
    pub(super) read_plan_ms: f64,
    pub(super) totals_ms: f64,
    pub(super) save_ms: f64,
}

pub(super) async fn measure(joined: &Joined) -> Result<Native> {
    let (person, caught_up) = Person::enter_again(joined.clone()).await?;
    person.socket.close().await;
    let author = Author { participant: joined.participant, tab: TabId::from_bytes([7; 8]) };
    let mut first = Replica::load(author, Grant::new(author.participant, Role::Editor), [&caught_up.chunks[..]], None)?;
    let saved = first.save();
    let began = Instant::now();
    let doc = load_document(&saved)?;
    let load_ms = ms(began.elapsed());
    drop(doc);
    // As a device knows it that has everything.
    let Welcome { log, head, heads, .. } = caught_up.welcome;
    let position = heads.first().map(|hash| Position { point: LogPoint { log, seq: head, hash: *hash }, heads: heads.clone() });
    let began = Instant::now();
    let mut replica = Replica::load(author, Grant::new(author.participant, Role::Editor), [&saved[..]], position)?;
    let replica_ms = ms(began.elapsed());
    let began = Instant::now();
    let flat = replica.flat().context("the plan can be flattened")?;
    let flatten_ms = ms(began.elapsed());
    let began = Instant::now();
    drop(load_document(&flat)?);
    let flat_load_ms = ms(began.elapsed());
    let began = Instant::now();
    drop(Replica::load(author, Grant::new(author.participant, Role::Editor), [&flat[..]], None)?);
    let flat_replica_ms = ms(began.elapsed());
    let began = Instant::now();
    let plan = replica.plan();
    let read_plan_ms = ms(began.elapsed());
    let began = Instant::now();
    let totals = Totals::of(&plan);
    let totals_ms = ms(began.elapsed());
    drop(totals);
    let began = Instant::now();
    drop(replica.save());
    let save_ms = ms(began.elapsed());
    let saved_mb = (saved.len() as f64 / 1e4).round() / 100.0;
    Ok(Native { saved_mb, load_ms, replica_ms, flatten_ms, flat_load_ms, flat_replica_ms, read_plan_ms, totals_ms, save_ms })
}
