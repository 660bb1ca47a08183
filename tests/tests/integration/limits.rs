//! Too often is refused, and a whole workshop behind one address is not.

use std::net::SocketAddr;

use hamutuk_shared::access::Role;
use hamutuk_shared::limits::WRONG_TOKENS_PER_ADDRESS_PER_MINUTE;
use hamutuk_tests::door::{Answer, Door, Joined, Request};
use hamutuk_tests::process::{ServerProcess, Setup};
use hamutuk_tests::socket::{Opening, Socket, refusal};
use hamutuk_tests::wait::eventually;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// How many people come within some seconds.
const PEOPLE: usize = 200;
/// The page, and what it loads.
const FILES: usize = 16;
/// How many come back at once.
const STORM: usize = 500;
/// How many requests are sent before the answers are read.
const PIPELINE: usize = 500;

async fn server(setup: impl FnOnce(Setup) -> Setup) -> (tempfile::TempDir, ServerProcess) {
    let dir = tempfile::tempdir().unwrap();
    let server = setup(Setup::new(dir.path())).start().await.unwrap();
    (dir, server)
}

/// Somebody opens the link: the page, what it leads to, joining, who they are, and a socket.
async fn arrive(door: Door, number: usize) -> (Joined, Socket) {
    for _ in 0..FILES {
        let page = Request::get(format!("/p/{}", door.plan)).send(door.address).await.unwrap();
        assert_eq!(page.status, 200, "{page:?}");
    }
    let body = json!({ "token": door.editor }).to_string();
    let peek = Request::post(format!("/api/plans/{}/peek", door.plan), body).send(door.address).await.unwrap();
    assert_eq!(peek.status, 200, "{peek:?}");
    let joined = door.join(Role::Editor, &format!("Person {number}")).await.unwrap();
    let me = Request::get(format!("/api/plans/{}/me", door.plan)).header("cookie", &joined.cookie).send(door.address).await.unwrap();
    assert_eq!(me.status, 200, "{me:?}");
    let socket = Opening::of(&joined).unwrap().open().await.unwrap();
    (joined, socket)
}

#[tokio::test]
async fn a_workshop_behind_one_address_gets_in_and_comes_back_at_once() {
    let (_dir, server) = server(|setup| setup).await;
    let mut people = JoinSet::new();
    for number in 0..PEOPLE {
        people.spawn(arrive(server.door().clone(), number));
    }
    let people = people.join_all().await;
    assert_eq!(people.len(), PEOPLE);
    // The network goes, for everybody, and comes.
    let joined: Vec<Joined> = people.into_iter().map(|(joined, _)| joined).collect();
    let mut storm = JoinSet::new();
    for number in 0..STORM {
        storm.spawn(Opening::of(&joined[number % PEOPLE]).unwrap().open());
    }
    let refused: Vec<_> = storm.join_all().await.into_iter().filter_map(Result::err).collect();
    assert!(refused.is_empty(), "{} of {STORM} were refused: {:?}", refused.len(), refused[0]);
    server.stop().await.unwrap();
}

fn check_too_often(answer: &Answer) {
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((answer.status, body["code"].as_str()), (429, Some("too_often")), "{answer:?}");
    let wait: u32 = answer.header("retry-after").expect("when to come again").parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    assert!(answer.header("content-security-policy").is_some(), "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}

/// A wrong token, by way of a proxy that names a client, or of none that is believed.
async fn guess(door: &Door, client: &str) -> Answer {
    let body = json!({ "token": "AAAAAAAAAAAAAAAAAAAAAA", "name": "Mallory" }).to_string();
    let request = Request::post(format!("/api/plans/{}/join", door.plan), body).header("x-forwarded-for", client);
    request.send(door.address).await.unwrap()
}

/// Guesses until it is refused, and answers how often it was not.
async fn guess_until_refused(door: &Door, client: impl Fn(u32) -> String) -> u32 {
    for number in 0..2 * WRONG_TOKENS_PER_ADDRESS_PER_MINUTE {
        let answer = guess(door, &client(number)).await;
        if answer.status == 429 {
            check_too_often(&answer);
            return number;
        }
        assert_eq!(answer.status, 403, "{answer:?}");
    }
    panic!("nobody stops a guesser");
}

#[tokio::test]
async fn whoever_guesses_is_refused_and_cannot_lock_the_others_out() {
    let (_dir, server) = server(|setup| setup).await;
    let door = server.door();
    // What a client says of its own address does not help it.
    let guesses = guess_until_refused(door, |number| format!("10.0.0.{number}")).await;
    assert!(guesses >= WRONG_TOKENS_PER_ADDRESS_PER_MINUTE, "{guesses}");
    let joined = door.join(Role::Editor, "Joana").await.expect("a right link works from the same address");
    assert!(Opening::of(&joined).unwrap().open().await.is_ok());
    check_too_often(&guess(door, "10.0.0.1").await);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn behind_a_proxy_of_ours_each_client_is_counted_by_itself() {
    let (_dir, server) = server(|setup| setup.option("--trusted-proxy", "10.9.9.9,127.0.0.0/8")).await;
    let door = server.door();
    let guesses = guess_until_refused(door, |number| format!("10.0.0.{number}, 198.51.100.1")).await;
    assert!(guesses >= WRONG_TOKENS_PER_ADDRESS_PER_MINUTE, "{guesses}");
    assert_eq!(guess(door, "198.51.100.2").await.status, 403, "another client");
    server.stop().await.unwrap();
}

/// Sends a burst on one connection, and answers how many of it were refused.
async fn burst(address: SocketAddr) -> usize {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\n\r\n").repeat(PIPELINE - 1);
    let last = format!("GET /healthz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let (mut read, mut write) = stream.split();
    let mut answers = Vec::new();
    let (sent, got) = tokio::join!(
        async {
            write.write_all(request.as_bytes()).await?;
            write.write_all(last.as_bytes()).await
        },
        read.read_to_end(&mut answers)
    );
    sent.unwrap();
    got.unwrap();
    String::from_utf8(answers).unwrap().matches("HTTP/1.1 429 ").count()
}

#[tokio::test]
async fn a_flood_is_refused_and_ends() {
    let (_dir, server) = server(|setup| setup).await;
    let door = server.door();
    let joined = door.join(Role::Editor, "Joana").await.unwrap();
    let mut open = Opening::of(&joined).unwrap().open().await.unwrap();
    let flood = async || {
        for _ in 0..200 {
            if burst(door.address).await > PIPELINE / 2 {
                return;
            }
        }
        panic!("nobody stops a flood");
    };
    // Meanwhile some are let through again; so it may take two.
    eventually("a socket is refused in a flood", async || {
        flood().await;
        let opened = Opening::of(&joined).unwrap().open().await;
        opened.err().filter(|error| refusal(error) == Some(429))
    })
    .await;
    eventually("a page is refused in a flood", async || {
        flood().await;
        let answer = Request::get("/").send(door.address).await.unwrap();
        (answer.status == 429).then(|| check_too_often(&answer))
    })
    .await;
    open.catch_up(None).await.expect("who is there already is not touched");
    eventually("it is over", async || (Request::get("/").send(door.address).await.unwrap().status == 200).then_some(())).await;
    server.stop().await.unwrap();
}
