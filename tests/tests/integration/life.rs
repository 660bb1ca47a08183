//! Rooms that open and close, and a server that stops.

use std::time::Duration;

use hamutuk_server::live::Registry;
use hamutuk_shared::access::Role;
use hamutuk_shared::sync::frame::{Goodbye, ServerFrame};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::Request;
use hamutuk_tests::server::TestServer;
use hamutuk_tests::socket::Opening;
use hamutuk_tests::wait::{PATIENCE, eventually};

#[tokio::test]
async fn a_server_that_stops_says_so_and_has_stored_everything() {
    let mut server = TestServer::start().await.unwrap();
    let mut clients = Vec::new();
    for number in 0..5 {
        clients.push(WireClient::open(server.join(Role::Editor, &format!("Joana {number}")).await.unwrap()).await.unwrap());
    }
    let field = clients[0].context();
    for (number, client) in clients.iter_mut().enumerate() {
        client.write(field, &format!("{number} ")).await;
        client.round_trip().await;
    }
    server.stop();
    for client in &mut clients {
        assert_eq!(client.until_closed().await, Some(Goodbye::Stopping));
        assert_eq!(client.status().waiting, 0, "what was taken in is acked before the goodbye");
    }
    let (store, door) = (server.store(), server.door().clone());
    server.stopped().await.unwrap();
    let server = TestServer::resume(store, &door).await.unwrap();
    let late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    assert!((0..5).all(|number| late.text(field).contains(&format!("{number} "))), "{}", late.text(field));
}

#[tokio::test]
async fn a_server_that_stops_does_not_wait_for_a_client_that_does_not_answer() {
    let mut server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let mut silent = Opening::of(&joined).unwrap().open().await.unwrap();
    silent.catch_up(None).await.unwrap();
    server.stop();
    tokio::time::timeout(PATIENCE, server.stopped()).await.expect("it stops").unwrap();
    let last = loop {
        match silent.next().await.unwrap() {
            Some(ServerFrame::Goodbye(goodbye)) => break Some(goodbye),
            Some(_) => {}
            None => break None,
        }
    };
    assert_eq!(last, Some(Goodbye::Stopping));
}

#[tokio::test]
async fn a_room_with_nobody_in_it_closes_and_opens_again() {
    let server = TestServer::start().await.unwrap();
    let rooms = Registry::with_idle(server.store(), Duration::from_millis(50));
    let patient = Registry::with_idle(server.store(), Duration::from_secs(3600));
    for _ in 0..3 {
        assert!(patient.describe(server.plan()).await.unwrap().title.contains("1325"));
        assert_eq!(patient.open_rooms(), 1, "a room stays open for a while");
        assert!(rooms.describe(server.plan()).await.unwrap().title.contains("1325"));
        eventually("the room closes", async || (rooms.open_rooms() == 0).then_some(())).await;
    }
}

#[tokio::test]
async fn the_server_says_that_it_is_well() {
    let server = TestServer::start().await.unwrap();
    for (path, body) in [("/healthz", "ok\n"), ("/readyz", "ready\n")] {
        let answer = Request::get(path).send(server.door().address).await.unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (200, body));
    }
}
