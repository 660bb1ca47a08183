//! Commands while the server runs.

use std::path::Path;
use std::time::Duration;

use hamutuk_server::control;
use hamutuk_server::links::short;
use hamutuk_server::secret::Secret;
use hamutuk_shared::access::Role;
use hamutuk_shared::sync::frame::{ClientFrame, Goodbye, ServerFrame};
use hamutuk_tests::door::{Door, Joined, token_of};
use hamutuk_tests::process::{Setup, hamutuk};
use hamutuk_tests::socket::{Opening, Socket};
use hamutuk_tests::wait::PATIENCE;
use tokio::time::timeout;

async fn command(data: &Path, arguments: &[&str]) -> String {
    hamutuk(arguments.iter().copied().chain(["--data", data.to_str().unwrap()])).await.unwrap()
}

async fn socket(joined: &Joined) -> Socket {
    let mut socket = Opening::of(joined).unwrap().open().await.unwrap();
    socket.catch_up(None).await.unwrap();
    socket
}

/// What ends a socket.
async fn goodbye(socket: &mut Socket) -> Option<Goodbye> {
    loop {
        if let ServerFrame::Goodbye(goodbye) = socket.next().await.unwrap()? {
            return Some(goodbye);
        }
    }
}

async fn is_alive(socket: &mut Socket) -> bool {
    socket.send(&ClientFrame::Ping).await.unwrap();
    loop {
        match socket.next().await.unwrap() {
            Some(ServerFrame::Pong) => return true,
            Some(ServerFrame::Goodbye(_)) | None => return false,
            Some(_) => {}
        }
    }
}

#[tokio::test]
async fn a_link_revoked_on_the_command_line_ends_its_sockets_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    let data = dir.path().join("data");
    let (maria, joana) = (server.join(Role::Facilitator, "Maria").await.unwrap(), server.join(Role::Editor, "Joana").await.unwrap());
    let (mut stays, mut first, mut second) = (socket(&maria).await, socket(&joana).await, socket(&joana).await);

    let hash = short(&Secret::parse(&server.door().editor).unwrap().hash());
    let said = command(&data, &["link", "revoke", &hash]).await;
    assert!(said.contains(&format!("{hash} is revoked")), "{said}");
    for socket in [&mut first, &mut second] {
        let told = timeout(Duration::from_secs(1), goodbye(socket)).await.expect("within a second after the command");
        assert_eq!(told, Some(Goodbye::Revoked));
    }
    assert!(timeout(PATIENCE, is_alive(&mut stays)).await.unwrap(), "who came by another link stays");
    let mut again = Opening::of(&joana).unwrap().open().await.unwrap();
    assert_eq!(goodbye(&mut again).await, Some(Goodbye::Revoked), "and nobody comes back");
    let listed = command(&data, &["link", "list"]).await;
    assert!(listed.lines().any(|line| line.contains(&hash) && line.contains("revoked")), "{listed}");
    assert!(command(&data, &["link", "revoke", &hash]).await.contains("was revoked already"));
    server.stop().await.unwrap();
}

#[tokio::test]
async fn plans_and_links_are_made_with_and_without_the_server() {
    let dir = tempfile::tempdir().unwrap();
    let mut server = Setup::new(dir.path()).start().await.unwrap();
    let data = dir.path().join("data");
    // A running server knows where it is reached.
    let url = command(&data, &["link", "new", "--role", "editor", "--label", "Group 1"]).await;
    assert!(url.contains(&format!(":{}/p/", server.door().address.port())), "{url}");
    let door = Door { editor: token_of(url.trim()).unwrap(), ..server.door().clone() };
    door.join(Role::Editor, "Joana").await.unwrap();
    let url = command(&data, &["link", "new", "--role", "editor", "--public-url", "https://plan.example.org"]).await;
    assert!(url.starts_with("https://plan.example.org/p/"), "{url}");

    let made = command(&data, &["plan", "new", "--language", "tet"]).await;
    let id = made.lines().find_map(|line| line.trim().strip_prefix("plan ")).unwrap().to_owned();
    let link = made.lines().find_map(|line| line.trim().strip_prefix("editor ")).unwrap().trim();
    let door = Door { plan: id.parse().unwrap(), editor: token_of(link).unwrap(), ..server.door().clone() };
    door.join(Role::Editor, "Joana").await.unwrap();
    let listed = command(&data, &["plan", "list"]).await;
    assert_eq!((listed.lines().count(), listed.contains(&id)), (2, true), "{listed}");
    let refused = hamutuk(["link", "new", "--role", "editor", "--data", data.to_str().unwrap()]).await.unwrap_err().to_string();
    assert!(refused.contains("--plan"), "{refused}");

    // Killed, it leaves its socket behind: the commands do without, and the next server replaces it.
    let (setup, door) = server.kill().await.unwrap();
    assert!(data.join(control::NAME).exists());
    assert_eq!(command(&data, &["plan", "list"]).await, listed);
    server = setup.resume(door).await.unwrap();
    assert_eq!(command(&data, &["plan", "list"]).await, listed);
    server.stop().await.unwrap();
    assert!(!data.join(control::NAME).exists(), "stopped, it leaves nothing");
    assert_eq!(command(&data, &["plan", "list"]).await, listed);
}
