//! What no client of ours sends. Whoever sends it is told clearly, nobody else notices, and the server's memory stays bounded.

mod bomb;
mod rows;

use hamutuk_shared::access::{Refusal, Role};
use hamutuk_shared::sync::frame::{Goodbye, ServerFrame};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::Joined;
use hamutuk_tests::process::{ServerProcess, Setup, peak_bytes, reset_peak, rss_bytes};
use hamutuk_tests::socket::{CaughtUp, Opening, Socket};
use hamutuk_tests::wait::PATIENCE;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;

use self::rows::{Row, Start};

/// How much more memory the server may hold at any moment of it.
const GROWTH_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What the sender is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    /// A goodbye, and the connection ends.
    Goodbye(Goodbye),
    /// The change is refused, and the connection lives on.
    Denied(Refusal),
    /// The change is not taken in, and the connection lives on.
    Missing,
    /// Nothing: it does no harm, and the connection lives on.
    Nothing,
    /// The connection ended without a word.
    End,
}

/// A person who does nothing wrong, all the time.
struct Bystander {
    writes: WireClient,
    reads: WireClient,
    written: usize,
}

impl Bystander {
    async fn new(server: &ServerProcess) -> Self {
        let joined = server.join(Role::Editor, "Bystander").await.unwrap();
        Self { writes: WireClient::open(joined.clone()).await.unwrap(), reads: WireClient::open(joined).await.unwrap(), written: 0 }
    }

    /// Writes something that arrives. A connection that ended meanwhile would make it fail.
    async fn carries_on(&mut self, after: &str) {
        self.written += 1;
        let (field, words) = (self.writes.context(), format!("({}) ", self.written));
        self.writes.write_acked(field, &words).await;
        self.reads.until(after, |reads| reads.text(field).ends_with(&words)).await;
        assert_eq!(self.reads.text(field), self.writes.text(field), "{after}");
        assert!(self.reads.protocol_errors().is_empty() && self.writes.protocol_errors().is_empty(), "{after}");
    }
}

async fn server() -> (tempfile::TempDir, ServerProcess) {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    (dir, server)
}

#[tokio::test]
async fn whoever_sends_it_is_told_and_nobody_else_notices() {
    let (_dir, server) = server().await;
    let joined = server.join(Role::Editor, "Mallory").await.unwrap();
    // Made before the bystander is there, who must not be kept from answering the server's pings.
    let rows = rows::all(joined.participant, &plan(&joined).await);
    let mut bystander = Bystander::new(&server).await;
    // What the server keeps ready anyway is not growth.
    for row in &rows {
        send(&joined, row).await;
        bystander.carries_on(row.name).await;
    }
    let before = start_counting(&server);
    let mut count = 0;
    for row in std::iter::repeat_n(&rows, 3).flatten() {
        let told = send(&joined, row).await;
        assert!(row.expected.contains(&told), "{}: {told:?}, not one of {:?}", row.name, row.expected);
        bystander.carries_on(row.name).await;
        count += 1;
    }
    let growth = peak_bytes(server.pid().unwrap()).unwrap().saturating_sub(before);
    println!("{count} times bad input: the server grew by {} MiB", growth >> 20);
    assert!(growth < GROWTH_BYTES_MAX, "the server grew by {growth} bytes");
    server.stop().await.unwrap();
}

async fn plan(joined: &Joined) -> CaughtUp {
    Opening::of(joined).unwrap().open().await.unwrap().catch_up(None).await.unwrap()
}

/// Sends what the row says, and waits for what comes of it.
async fn send(joined: &Joined, row: &Row) -> Told {
    let mut socket = Opening::of(joined).unwrap().open().await.unwrap();
    if row.start == Start::Welcomed {
        socket.catch_up(None).await.unwrap();
    }
    for message in &row.messages {
        // The server may have had enough already.
        if socket.feed_message(message.clone()).await.is_err() {
            break;
        }
    }
    // Whoever is still welcome after all that gets an answer to this.
    let _ = socket.send(&hamutuk_shared::sync::frame::ClientFrame::Ping).await;
    timeout(PATIENCE, told(&mut socket)).await.unwrap_or_else(|_| panic!("{}: nothing came of it", row.name))
}

/// What the server holds now; from here on its peak counts.
fn start_counting(server: &ServerProcess) -> u64 {
    let pid = server.pid().unwrap();
    reset_peak(pid).unwrap();
    rss_bytes(pid).unwrap()
}

async fn told(socket: &mut Socket) -> Told {
    loop {
        match socket.next().await.expect("the server sends frames") {
            Some(ServerFrame::Goodbye(goodbye)) => {
                assert_eq!(socket.next().await.unwrap(), None, "after a goodbye the connection ends");
                return Told::Goodbye(goodbye);
            }
            Some(ServerFrame::Denied { refusal, .. }) => return Told::Denied(refusal),
            Some(ServerFrame::Missing { .. }) => return Told::Missing,
            Some(ServerFrame::Pong) => return Told::Nothing,
            Some(_) => {}
            None => return Told::End,
        }
    }
}

#[tokio::test]
async fn ten_thousand_tiny_frames_are_too_many() {
    let (_dir, server) = server().await;
    let mut bystander = Bystander::new(&server).await;
    let joined = server.join(Role::Editor, "Mallory").await.unwrap();
    bystander.carries_on("a first time").await;
    let before = start_counting(&server);
    for (name, frame) in rows::tiny() {
        let mut socket = Opening::of(&joined).unwrap().open().await.unwrap();
        socket.catch_up(None).await.unwrap();
        for _ in 0..10_000 {
            if socket.feed_message(Message::Binary(frame.clone().into())).await.is_err() {
                break;
            }
        }
        let _ = socket.flush().await;
        let told = timeout(PATIENCE, async {
            loop {
                match told(&mut socket).await {
                    Told::Nothing | Told::Missing => {}
                    told => break told,
                }
            }
        });
        let told = told.await.unwrap();
        // A close with frames unread is a reset, which may overtake the goodbye.
        assert!(matches!(told, Told::Goodbye(Goodbye::Overflow) | Told::End), "{name}: {told:?}");
        bystander.carries_on(name).await;
    }
    let growth = peak_bytes(server.pid().unwrap()).unwrap().saturating_sub(before);
    println!("three floods: the server grew by {} MiB", growth >> 20);
    assert!(growth < GROWTH_BYTES_MAX, "the server grew by {growth} bytes");
}
