//! People who write at once, lose the network, come back and have one plan.

use std::sync::Arc;

use automerge::ChangeHash;
use hamutuk_server::store::backup::{backup, restore};
use hamutuk_server::store::sled::SledSettings;
use hamutuk_server::store::{MemoryStore, SledStore, Store};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::Seq;
use hamutuk_shared::limits;
use hamutuk_shared::plan::Field;
use hamutuk_shared::sync::frame::{CatchUp, ClientFrame, ServerFrame};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::Joined;
use hamutuk_tests::server::TestServer;
use hamutuk_tests::socket::Opening;
use hamutuk_tests::wait::eventually;
use hamutuk_tests::writer::Writer;
use serde_bytes::ByteBuf;

async fn two_people(server: &TestServer) -> (WireClient, WireClient) {
    let maria = server.join(Role::Facilitator, "Maria").await.unwrap();
    let joana = server.join(Role::Editor, "Joana").await.unwrap();
    (WireClient::open(maria).await.unwrap(), WireClient::open(joana).await.unwrap())
}

/// Waits until all have the same document with nothing on the way, and compares what they read.
async fn check_converged(clients: &mut [&mut WireClient]) {
    for client in &mut *clients {
        client.until_received().await;
    }
    let mut all: Vec<Vec<ChangeHash>> = Vec::new();
    for client in &mut *clients {
        // Whatever was sent before the pong is here.
        client.round_trip().await;
        all.push(client.heads());
        assert_eq!(client.protocol_errors(), []);
    }
    assert!(all.windows(2).all(|pair| pair[0] == pair[1]), "the documents differ");
    let plan = clients[0].plan();
    assert!(clients.iter().all(|client| client.plan() == plan), "the plans differ");
}

/// Pushes changes without a replica, and waits for their acks.
async fn push_many(joined: &Joined, count: usize) {
    let mut socket = Opening::of(joined).unwrap().open().await.unwrap();
    let caught_up = socket.catch_up(None).await.unwrap();
    let mut writer = Writer::new(joined.participant, &caught_up, 0).unwrap();
    for _ in 0..count.div_ceil(limits::PUSH_CHANGES_MAX) {
        let changes: Vec<ByteBuf> =
            (0..limits::PUSH_CHANGES_MAX).map(|_| ByteBuf::from(writer.type_words("pás ").unwrap().raw_bytes())).collect();
        let mut waiting = changes.len();
        socket.send(&ClientFrame::Push { changes }).await.unwrap();
        while waiting > 0 {
            match socket.next().await.unwrap().expect("the server is there") {
                ServerFrame::Ack { hashes, .. } => waiting -= hashes.len(),
                frame @ (ServerFrame::Denied { .. } | ServerFrame::Missing { .. } | ServerFrame::Goodbye(_)) => panic!("{frame:?}"),
                _ => {}
            }
        }
    }
    socket.close().await;
}

#[tokio::test]
async fn two_people_write_at_once_and_have_one_plan() {
    let server = TestServer::start().await.unwrap();
    let (mut maria, mut joana) = two_people(&server).await;
    let field = maria.context();
    for number in 0..20 {
        maria.write(field, &format!("feto {number} ")).await;
        joana.write(field, &format!("👩‍🌾 {number} ")).await;
    }
    maria.write(Field::PLAN_TITLE, " 2025–2028").await;
    check_converged(&mut [&mut maria, &mut joana]).await;
    let words = joana.text(field);
    assert!((0..20).all(|number| words.contains(&format!("feto {number} ")) && words.contains(&format!("👩‍🌾 {number} "))), "{words}");
    assert!(joana.text(Field::PLAN_TITLE).ends_with(" 2025–2028"));
}

#[tokio::test]
async fn a_first_visit_gets_the_log_from_its_start() {
    let server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let client = WireClient::open(joined).await.unwrap();
    assert_eq!(client.welcome().unwrap().catch_up, CatchUp::FromStart);
    assert!(client.plan().sections.len() >= 4, "the pillars are here");
    assert!(client.plan().people.contains_key(&client.participant()), "and whoever joined is in it");
}

#[tokio::test]
async fn a_reconnect_is_a_range_read_and_brings_both_sides_level() {
    let server = TestServer::start().await.unwrap();
    let (mut maria, mut joana) = two_people(&server).await;
    let field = maria.context();
    joana.disconnect();
    for number in 0..5 {
        maria.write_acked(field, &format!("with {number} ")).await;
        joana.write(field, &format!("without {number} ")).await;
    }
    assert_eq!(joana.status().waiting, 5);
    // The browser is closed, too: what comes back is what the device holds.
    joana.reopen().unwrap();
    assert_eq!(joana.status().waiting, 5);
    joana.go_live().await.unwrap();
    assert_eq!(joana.welcome().unwrap().catch_up, CatchUp::Entries);
    check_converged(&mut [&mut maria, &mut joana]).await;
    let words = maria.text(field);
    assert!((0..5).all(|number| words.contains(&format!("with {number}")) && words.contains(&format!("without {number}"))), "{words}");
}

#[tokio::test]
async fn two_tabs_of_one_person_write_side_by_side() {
    let server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let mut one = WireClient::open(joined.clone()).await.unwrap();
    let mut other = WireClient::open(joined.clone()).await.unwrap();
    let field = one.context();
    for number in 0..10 {
        one.write(field, &format!("left {number} ")).await;
        other.write(field, &format!("right {number} ")).await;
    }
    check_converged(&mut [&mut one, &mut other]).await;
    assert!(one.text(field).contains("right 9"));
    assert_eq!(one.plan().people.len(), 1, "they are one person");
}

#[tokio::test]
async fn a_long_log_is_read_from_a_snapshot_and_its_old_end_is_dropped() {
    let server = TestServer::start().await.unwrap();
    let (mut maria, mut joana) = two_people(&server).await;
    maria.disconnect();
    joana.disconnect();
    let field = joana.context();
    joana.write(field, "written far away").await;
    let ant = server.join(Role::Editor, "Ant").await.unwrap();

    push_many(&ant, 600).await;
    let store = server.store();
    let snapshot = eventually("a snapshot is written", async || store.snapshot(server.plan()).await.unwrap()).await;
    assert!(snapshot.seq > Seq(limits::SNAPSHOT_EVERY_CHANGES));
    let bee = server.join(Role::Editor, "Bee").await.unwrap();
    let mut bee = WireClient::open(bee).await.unwrap();
    assert!(matches!(bee.welcome().unwrap().catch_up, CatchUp::Snapshot { .. }), "{:?}", bee.welcome());

    push_many(&ant, 5_500).await;
    let first = eventually("the old end of the log is dropped", async || {
        let range = store.range(server.plan()).await.unwrap();
        (range.first > Seq(10)).then_some(range.first)
    })
    .await;
    // Where Joana stood is not in the log any more.
    assert!(first > joana.device().known_seq());
    joana.go_live().await.unwrap();
    assert!(matches!(joana.welcome().unwrap().catch_up, CatchUp::Snapshot { .. }), "{:?}", joana.welcome());
    maria.go_live().await.unwrap();
    assert!(maria.text(field).contains("far away"));
    bee.disconnect();
    bee.go_live().await.unwrap();
    check_converged(&mut [&mut maria, &mut joana, &mut bee]).await;

    // Everybody has lost everything but the server.
    let door = server.door().clone();
    server.stopped().await.unwrap();
    let server = TestServer::resume(store, &door).await.unwrap();
    let late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    assert!(late.text(field).contains("far away"));
}

#[tokio::test]
async fn what_an_old_backup_lacks_comes_back_from_the_facilitator() {
    let dir = tempfile::tempdir().unwrap();
    let open = |name: &str| -> Arc<dyn Store> { Arc::new(SledStore::open(&dir.path().join(name), &SledSettings::default()).unwrap()) };
    let server = TestServer::with_store(open("data")).await.unwrap();
    let (mut maria, mut joana) = two_people(&server).await;
    let field = maria.context();
    maria.write_acked(field, "before the backup. ").await;
    let door = server.door().clone();
    server.stopped().await.unwrap();
    backup(&dir.path().join("data"), &dir.path().join("old.backup")).await.unwrap();

    let server = TestServer::resume(open("data"), &door).await.unwrap();
    for client in [&mut maria, &mut joana] {
        client.move_to(server.door().address);
        client.go_live().await.unwrap();
    }
    for number in 0..10 {
        maria.write(field, &format!("Maria {number}. ")).await;
        joana.write(field, &format!("Joana {number}. ")).await;
    }
    check_converged(&mut [&mut maria, &mut joana]).await;
    server.stopped().await.unwrap();
    maria.disconnect();

    restore(&dir.path().join("old.backup"), &dir.path().join("restored")).await.unwrap();
    let server = TestServer::resume(open("restored"), &door).await.unwrap();
    let mut late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    assert!(late.text(field).contains("before the backup") && !late.text(field).contains("Joana 9"), "an old backup");
    // Joana stays at home: her words come back from Maria's device.
    maria.move_to(server.door().address);
    maria.go_live().await.unwrap();
    late.until("everything is back", |late| late.text(field).contains("Joana 9") && late.text(field).contains("Maria 9")).await;
    check_converged(&mut [&mut maria, &mut late]).await;
    joana.move_to(server.door().address);
    joana.go_live().await.unwrap();
    check_converged(&mut [&mut maria, &mut joana, &mut late]).await;
}

#[tokio::test]
async fn an_ack_waits_for_the_store_and_outlives_a_crash() {
    let store = MemoryStore::manual();
    let server = committing(&store, TestServer::with_store(Arc::new(store.clone()))).await.unwrap();
    let joined = committing(&store, server.join(Role::Editor, "Joana")).await.unwrap();
    let mut joana = WireClient::open(joined.clone()).await.unwrap();
    let field = joana.context();

    joana.write(field, "durable. ").await;
    joana.round_trip().await;
    assert_eq!((joana.status().waiting, store.waiting()), (1, 1), "taken in, and not acked");
    let mut other = WireClient::open(joined.clone()).await.unwrap();
    other.round_trip().await;
    assert_eq!(other.text(field), "", "and nobody is shown it");
    store.commit();
    joana.until_received().await;
    other.until("the others are shown it", |other| other.text(field) == "durable. ").await;

    joana.write(field, "lost. ").await;
    joana.round_trip().await;
    assert_eq!((store.crash(), joana.acked().len()), (1, 1));
    assert!(joana.until_closed().await.is_some(), "a room that cannot store ends");
    let mut late = WireClient::open(joined.clone()).await.unwrap();
    assert_eq!(late.text(field), "durable. ");
    joana.go_live().await.unwrap();
    joana.round_trip().await;
    store.commit();
    joana.until_received().await;
    late.until("what was lost is back", |late| late.text(field) == "durable. lost. ").await;
}

/// Does something while the store makes durable whatever comes.
async fn committing<T>(store: &MemoryStore, work: impl Future<Output = T>) -> T {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return done,
            () = tokio::task::yield_now() => drop(store.commit()),
        }
    }
}
