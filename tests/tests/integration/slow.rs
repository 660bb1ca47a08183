//! A phone that does not keep up costs the others nothing, and loses nothing.

use hamutuk_shared::access::Role;
use hamutuk_shared::limits;
use hamutuk_shared::sync::frame::{CatchUp, ClientFrame, Goodbye, Presence, ServerFrame};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::process::{ServerProcess, Setup};
use hamutuk_tests::socket::Opening;
use hamutuk_tests::writer::Writer;
use serde_bytes::ByteBuf;

/// What one change holds: so much that the buffers of the system are soon full.
const CHANGE_BYTES: usize = 16 * 1024;

/// More than the system and the server keep for somebody who does not read.
const CHANGES_MAX: usize = 1_500;

/// How many read nothing.
const SLOW: usize = 8;

/// How much more the server may hold because of all of them. Their queues hold the same frames.
const GROWTH_BYTES_MAX: u64 = 64 * 1024 * 1024;

#[tokio::test]
async fn a_slow_reader_is_let_go_and_catches_up_from_the_log() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path().join("slow")).start().await.unwrap();
    let mut slow = Vec::new();
    for number in 0..SLOW {
        let mut client = WireClient::new(server.join(Role::Editor, &format!("Slow {number}")).await.unwrap()).unwrap();
        client.receive_little();
        client.go_live().await.unwrap();
        client.be_at(Presence::default()).await;
        client.round_trip().await;
        slow.push(client);
    }
    let (changes, with_slow) = write_until_gone(&server, SLOW, CHANGES_MAX).await;
    assert!(changes > limits::SESSION_QUEUE_FRAMES_MAX && changes < CHANGES_MAX, "everybody who does not read is let go: {changes}");

    for client in &mut slow {
        let goodbye = client.until_closed().await;
        // Whoever reads too late to hear why sees only the end.
        assert!(matches!(goodbye, Some(Goodbye::Overflow) | None), "{goodbye:?}");
        client.go_live().await.unwrap();
        assert_eq!(client.welcome().unwrap().catch_up, CatchUp::Entries);
        assert_eq!(client.protocol_errors(), []);
    }
    let heads = slow[0].heads();
    assert!(slow.iter_mut().all(|client| client.heads() == heads));

    // The same plan with nobody slow in it.
    let server = Setup::new(dir.path().join("alone")).start().await.unwrap();
    let (_, alone) = write_until_gone(&server, SLOW, changes).await;
    println!(
        "{changes} changes of {CHANGE_BYTES} bytes: the server grew by {} MiB, without slow readers by {} MiB",
        with_slow >> 20,
        alone >> 20
    );
    assert!(with_slow.saturating_sub(alone) < GROWTH_BYTES_MAX);
}

/// Pushes changes until so many others have gone, or all changes are pushed. Returns how many changes that took, and how much the
/// server's memory grew.
async fn write_until_gone(server: &ServerProcess, others: usize, changes_max: usize) -> (usize, u64) {
    let joined = server.join(Role::Editor, "Fast").await.unwrap();
    let mut socket = Opening::of(&joined).unwrap().open().await.unwrap();
    let caught_up = socket.catch_up(None).await.unwrap();
    let mut writer = Writer::new(joined.participant, &caught_up, 0).unwrap();
    let before = server.usage().unwrap().rss_bytes;
    let words: String = (0..CHANGE_BYTES).map(|_| char::from(rand::random_range(b'a'..=b'z'))).collect();
    let (mut pushed, mut gone) = (0, 0);
    while pushed < changes_max && gone < others {
        let change = writer.put_words(&format!("{pushed} {words}")).unwrap();
        pushed += 1;
        socket.send(&ClientFrame::Push { changes: vec![ByteBuf::from(change.raw_bytes())] }).await.unwrap();
        loop {
            match socket.next().await.unwrap().expect("whoever reads is not let go") {
                ServerFrame::Ack { .. } => break,
                ServerFrame::Left { .. } => gone += 1,
                ServerFrame::Presence { .. } => {}
                frame => panic!("{frame:?}"),
            }
        }
    }
    (pushed, server.usage().unwrap().rss_bytes.saturating_sub(before))
}
