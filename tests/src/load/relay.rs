//! From one person's edit to the others' screens, with many who write in one plan. Every change is durable before anybody is told.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame};
use serde::Serialize;
use serde_bytes::ByteBuf;
use tokio::sync::{Barrier, watch};
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use super::person::Person;
use super::plans;
use super::spread::Spread;
use crate::wait::PATIENCE;
use crate::writer::Writer;

/// How often one person's typing becomes a change.
const CHANGE_EVERY: Duration = Duration::from_millis(500);

/// What is sent this early is not counted: everything is still warming up.
const WARM_UP: Duration = Duration::from_secs(2);

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Relay {
    pub(super) people: usize,
    pub(super) seconds: u64,
    pub(super) changes_per_second: f64,
    pub(super) deliveries_per_second: f64,
    /// From the moment that a change is handed to the writer's socket until another person's client has decoded it.
    pub(super) seen: Spread,
    /// Until the writer's client has decoded the ack.
    pub(super) acked: Spread,
    pub(super) server_cpu_us_per_delivery: f64,
    pub(super) server_cpu_percent: f64,
}

/// When each change was sent, by a short name for its bytes. Written once, before anybody can have received the change.
type SentAt = HashMap<u64, std::sync::OnceLock<Instant>>;

struct Member {
    person: Person,
    changes: Vec<(u64, Vec<u8>)>,
    by_hash: HashMap<[u8; 32], u64>,
    offset: Duration,
}

#[derive(Default)]
struct Seen {
    others: Vec<Duration>,
    own: Vec<Duration>,
    deliveries: u64,
    acked: usize,
}

pub(super) async fn measure(dir: &Path, people: usize, seconds: u64) -> Result<Relay> {
    let (server, _) = plans::serve(dir, 1).await?;
    let each = usize::try_from(seconds)? * 1_000 / usize::try_from(CHANGE_EVERY.as_millis())?;
    let (mut members, mut sent_at) = (Vec::new(), SentAt::new());
    for number in 0..people {
        let (person, plan) = Person::enter(server.door(), &format!("Person {number}")).await?;
        let mut writer = Writer::new(person.joined.participant, &plan, number)?;
        let (mut changes, mut by_hash) = (Vec::new(), HashMap::new());
        for word in 0..each {
            let change = writer.type_words(&format!("word {word} "))?;
            let name = name_of(change.raw_bytes());
            by_hash.insert(change.hash().0, name);
            changes.push((name, change.raw_bytes().to_vec()));
            ensure!(sent_at.insert(name, std::sync::OnceLock::new()).is_none(), "two changes have one name");
        }
        let offset = CHANGE_EVERY.mul_f64(rand::random());
        members.push(Member { person, changes, by_hash, offset });
    }
    // Who entered early has been told of everybody who entered later; that is no delivery of an edit.
    let (sent_at, ready) = (Arc::new(sent_at), Arc::new(Barrier::new(people + 1)));
    let (done, everybody_is_done) = watch::channel(0);
    let tasks: Vec<_> = members
        .into_iter()
        .map(|member| {
            let (sent_at, ready, done, all) = (Arc::clone(&sent_at), Arc::clone(&ready), done.clone(), everybody_is_done.clone());
            tokio::spawn(async move { member.take_part(&sent_at, &ready, done, all, people).await })
        })
        .collect();
    ready.wait().await;
    let (before, began) = (server.usage()?, Instant::now());
    let mut total = Seen::default();
    for task in tasks {
        let seen = tokio::time::timeout(Duration::from_secs(seconds) + PATIENCE, task).await.context("somebody was never done")???;
        total.others.extend(seen.others);
        total.own.extend(seen.own);
        total.deliveries += seen.deliveries;
        total.acked += seen.acked;
    }
    let (cpu, elapsed) = (server.usage()?.cpu.saturating_sub(before.cpu), began.elapsed());
    ensure!(total.acked == people * each, "{} changes of {} were acked", total.acked, people * each);
    let expected = (people * each * (people - 1)) as u64;
    ensure!(total.deliveries == expected, "{} changes of {expected} were delivered", total.deliveries);
    server.stop().await?;
    Ok(Relay {
        people,
        seconds,
        changes_per_second: (total.acked as f64 / elapsed.as_secs_f64()).round(),
        deliveries_per_second: (total.deliveries as f64 / elapsed.as_secs_f64()).round(),
        seen: Spread::of(total.others),
        acked: Spread::of(total.own),
        server_cpu_us_per_delivery: (cpu.as_secs_f64() * 1e8 / total.deliveries as f64).round() / 100.0,
        server_cpu_percent: (cpu.as_secs_f64() / elapsed.as_secs_f64() * 100.0).round(),
    })
}

impl Member {
    /// Writes, reads, and goes on reading until everybody has everything.
    async fn take_part(
        mut self,
        sent_at: &SentAt,
        ready: &Barrier,
        done: watch::Sender<usize>,
        mut all: watch::Receiver<usize>,
        people: usize,
    ) -> Result<Seen> {
        let mut seen = Seen::default();
        let expected = (people - 1) as u64 * self.changes.len() as u64;
        let mut changes = std::mem::take(&mut self.changes).into_iter();
        ready.wait().await;
        let began = Instant::now();
        let mut ticks = interval_at(began + self.offset, CHANGE_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        let (mut is_told, count) = (false, changes.len());
        loop {
            tokio::select! {
                _ = ticks.tick(), if changes.len() > 0 => {
                    let Some((name, bytes)) = changes.next() else { continue };
                    if let Some(slot) = sent_at.get(&name) {
                        let _ = slot.set(Instant::now());
                    }
                    self.person.socket.send(&ClientFrame::Push { changes: vec![ByteBuf::from(bytes)] }).await?;
                }
                frame = self.person.next() => self.note(&frame?, sent_at, began, &mut seen),
                everybody = async { all.wait_for(|count| *count == people).await.map(drop) } => {
                    everybody?;
                    return Ok(seen);
                }
            }
            if !is_told && seen.acked == count && seen.deliveries == expected {
                is_told = true;
                done.send_modify(|count| *count += 1);
            }
        }
    }

    fn note(&self, frame: &ServerFrame, sent_at: &SentAt, began: Instant, seen: &mut Seen) {
        let now = Instant::now();
        let took = |name: u64| {
            let sent = sent_at.get(&name)?.get()?;
            (*sent >= began + WARM_UP).then(|| now.saturating_duration_since(*sent))
        };
        match frame {
            ServerFrame::Changes { changes, .. } => {
                for change in changes {
                    let name = name_of(change);
                    if sent_at.contains_key(&name) {
                        seen.deliveries += 1;
                        seen.others.extend(took(name));
                    }
                }
            }
            ServerFrame::Ack { hashes, .. } => {
                seen.acked += hashes.len();
                seen.own.extend(hashes.iter().filter_map(|hash| took(*self.by_hash.get(&hash.0)?)));
            }
            _ => {}
        }
    }
}

fn name_of(change: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    change.hash(&mut hasher);
    hasher.finish()
}
