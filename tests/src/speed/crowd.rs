//! Others who type meanwhile: real sockets, two changes a second each, spread over all sections.

use std::time::Duration;

use anyhow::{Context as _, Result};
use automerge::transaction::Transactable;
use automerge::{Automerge, ReadDoc};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{Author, TabId};
use hamutuk_shared::plan::{ActivityRef, Field, Name, read};
use hamutuk_shared::replica;
use hamutuk_shared::sync::frame::ClientFrame;
use serde_bytes::ByteBuf;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

use crate::door::{Door, Joined};
use crate::load::person::Person;
use crate::writer::{activities, object_at};

/// How often one person's typing becomes a change.
const CHANGE_EVERY: Duration = Duration::from_millis(500);

/// So many changes are made beforehand; then the person is done.
const CHANGES_EACH: usize = 400;

/// People who type until they leave.
pub(super) struct Crowd {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<Result<()>>>,
}

impl Crowd {
    /// They come, and begin.
    pub(super) async fn enter(door: &Door, people: usize) -> Result<Self> {
        let mut joined = Vec::new();
        for number in 0..people {
            joined.push(door.join(Role::Editor, &format!("Person {number}")).await?);
        }
        let (person, plan) = Person::enter_again(joined[0].clone()).await?;
        person.socket.close().await;
        let mut doc = replica::empty_document();
        doc.load_incremental(&plan.chunks)?;
        drop(plan);
        // Everything is made before anybody comes: making it takes longer than a server waits for somebody who says nothing.
        let mut changes = Vec::new();
        for (number, one) in joined.iter().enumerate() {
            changes.push(words(doc.clone(), one, number, people)?);
        }
        let (stop, stopped) = watch::channel(false);
        let mut tasks = Vec::new();
        for (joined, changes) in joined.into_iter().zip(changes) {
            let (person, _) = Person::enter_again(joined).await?;
            tasks.push(tokio::spawn(write(person, changes, stopped.clone())));
        }
        Ok(Self { stop, tasks })
    }

    /// They go.
    pub(super) async fn leave(self) -> Result<()> {
        self.stop.send_replace(true);
        for task in self.tasks {
            task.await??;
        }
        Ok(())
    }
}

/// What somebody types: a word in one of their activities, then in the next, half of it in titles.
fn words(mut doc: Automerge, joined: &Joined, number: usize, people: usize) -> Result<Vec<Vec<u8>>> {
    doc.set_actor(Author { participant: joined.participant, tab: TabId::from_bytes(rand::random()) }.actor());
    let all: Vec<ActivityRef> = activities(&read::plan(&doc));
    let own: Vec<ActivityRef> = all.into_iter().skip(number).step_by(people).collect();
    let mut texts = Vec::new();
    for at in own {
        for name in [Name::Title, Name::Description] {
            texts.push(object_at(&doc, &Field::of_activity(at, name).to_string())?);
        }
    }
    (0..CHANGES_EACH)
        .map(|count| {
            let text = &texts[count % texts.len()];
            let end = doc.length(text);
            let mut tx = doc.transaction();
            tx.splice_text(text, end, 0, "dame ")?;
            tx.commit();
            Ok(doc.get_last_local_change().context("a change was made")?.raw_bytes().to_vec())
        })
        .collect()
}

async fn write(mut person: Person, changes: Vec<Vec<u8>>, mut stopped: watch::Receiver<bool>) -> Result<()> {
    let mut changes = changes.into_iter();
    let mut ticks = interval_at(Instant::now() + CHANGE_EVERY.mul_f64(rand::random()), CHANGE_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = ticks.tick(), if changes.len() > 0 => {
                let Some(bytes) = changes.next() else { continue };
                person.socket.send(&ClientFrame::Push { changes: vec![ByteBuf::from(bytes)] }).await?;
            }
            frame = person.next() => drop(frame?),
            stop = async { stopped.wait_for(|stop| *stop).await.map(drop) } => {
                stop?;
                person.socket.close().await;
                return Ok(());
            }
        }
    }
}
