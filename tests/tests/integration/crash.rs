//! The real server under load, killed at random moments, again and again: every acked change is there after each restart.
//!
//! A killed process loses what it holds itself; what it gave to the kernel stays. That the disk has it before an ack is told is what
//! `durable` checks.

use std::collections::HashSet;
use std::ffi::OsString;
use std::sync::{Arc, Mutex};

use automerge::ChangeHash;
use hamutuk_shared::access::Role;
use hamutuk_shared::plan::{Field, Name};
use hamutuk_shared::sync::peer::Link;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::process::{Setup, hamutuk};
use hamutuk_tests::writer::activities;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::sync::watch;

const ROUNDS: u32 = 16;
const WRITERS: usize = 4;

/// How many changes a writer sends ahead of their acks.
const AHEAD_CHANGES_MAX: usize = 30;

/// What the test tells its writers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    /// The server was started so many times.
    Started(u32),
    /// The last round is over: write no more.
    Rest,
}

/// Every change of which somebody has an ack.
#[derive(Clone, Default)]
struct Acked(Arc<Mutex<HashSet<ChangeHash>>>);

impl Acked {
    fn add(&self, hashes: &HashSet<ChangeHash>) -> usize {
        let mut all = self.0.lock().unwrap();
        all.extend(hashes);
        all.len()
    }

    fn all(&self) -> Vec<ChangeHash> {
        self.0.lock().unwrap().iter().copied().collect()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acked_change_outlives_a_killed_server() {
    let seed = std::env::var("HAMUTUK_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| rand::random::<u32>().into());
    println!("play it again with: HAMUTUK_SEED={seed}");
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let dir = tempfile::tempdir().unwrap();
    let mut server = Setup::new(dir.path()).start().await.unwrap();
    let acked = Acked::default();
    let (tell, news) = watch::channel(News::Started(0));
    let (count, mut counted) = watch::channel(0);
    let mut writers = Vec::new();
    for number in 0..WRITERS {
        let role = if number == 0 { Role::Facilitator } else { Role::Editor };
        let client = WireClient::open(server.join(role, &format!("Writer {number}")).await.unwrap()).await.unwrap();
        let writer = Writer { client, number, news: news.clone(), acked: acked.clone(), count: count.clone() };
        writers.push(tokio::spawn(writer.write_through_everything()));
    }
    let reader = server.join(Role::Editor, "Reader").await.unwrap();

    for round in 1..=ROUNDS {
        let moment = *counted.borrow_and_update() + random.random_range(1..400);
        counted.wait_for(|count| *count >= moment).await.unwrap();
        let (setup, door) = server.kill().await.unwrap();
        // By the killed server. A writer that was slow to hear of the last start may come to the next one before the reader does.
        let told = acked.all();
        server = setup.resume(door).await.unwrap();
        let mut fresh = WireClient::open(reader.clone()).await.unwrap();
        for hash in told {
            assert!(fresh.holds(hash), "round {round}: an acked change is lost: {hash}");
        }
        tell.send_replace(if round == ROUNDS { News::Rest } else { News::Started(round) });
    }

    let mut clients = Vec::new();
    for writer in writers {
        clients.push(writer.await.unwrap());
    }
    let mut heads = HashSet::new();
    for client in &mut clients {
        assert_eq!(client.status().waiting, 0, "everything was received");
        // Whatever the others wrote was sent before the answer to this.
        client.round_trip().await;
        heads.insert(client.heads());
        assert_eq!(client.protocol_errors(), []);
    }
    let mut fresh = WireClient::open(reader).await.unwrap();
    heads.insert(fresh.heads());
    assert_eq!(heads.len(), 1, "all have one document in the end");
    let acked = acked.all();
    assert!(acked.iter().all(|hash| fresh.holds(*hash)));
    println!("killed {ROUNDS} times, {} acked changes, head {}", acked.len(), fresh.device().known_seq());

    let (setup, _) = server.kill().await.unwrap();
    let report = hamutuk([OsString::from("verify"), "--data".into(), setup.data().into()]).await.unwrap();
    assert!(report.contains("all is well"), "{report}");
}

struct Writer {
    client: WireClient,
    number: usize,
    news: watch::Receiver<News>,
    acked: Acked,
    count: watch::Sender<usize>,
}

impl Writer {
    /// Writes without a pause, comes back whenever the server does, and in the end waits until everything has arrived.
    async fn write_through_everything(mut self) -> WireClient {
        let fields: Vec<Field> = activities(&self.client.plan()).into_iter().map(|at| Field::of_activity(at, Name::Description)).collect();
        let mut heard = News::Started(0);
        while heard != News::Rest || self.client.status().link != Link::Live {
            for number in 0.. {
                // With nobody there, people write on.
                if self.client.status().link != Link::Live && number >= 3 {
                    break;
                }
                // Everywhere, and often where somebody else writes, too.
                let field = fields[(number + self.number * fields.len() / WRITERS) % fields.len()];
                self.client.write(field, &format!("{}.{number} ", self.number)).await;
                self.take_in(|client| client.status().waiting < AHEAD_CHANGES_MAX).await;
            }
            heard = *self.news.wait_for(|news| *news != heard).await.unwrap();
            // It may be killed again before everything is here; then there will be more news.
            if self.client.connect().await.is_ok() {
                self.take_in(|client| client.status().link == Link::Live).await;
            }
        }
        self.take_in(|client| client.status().waiting == 0).await;
        self.client
    }

    /// Takes in frames until enough is here or the connection ends.
    async fn take_in(&mut self, enough: impl Fn(&WireClient) -> bool) {
        while !enough(&self.client) && self.client.next().await {}
        let count = self.acked.add(self.client.acked());
        self.count.send_if_modified(|known| std::mem::replace(known, count) != count);
    }
}
