//! A real server on a free port, and real sockets.

use std::sync::Arc;

use automerge::Change;
use futures_util::{SinkExt, StreamExt};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::{Author, ParticipantId, PlanId, Seq, TabId};
use hamutuk_shared::plan::edit::{self, Edit};
use hamutuk_shared::plan::{Field, Language, Name, read, template};
use hamutuk_shared::replica;
use hamutuk_shared::sync::frame::{self, CatchUp, ClientFrame, Goodbye, Presence, ServerFrame};
use hamutuk_shared::text::Splice;
use hamutuk_shared::{limits, version};
use serde_bytes::ByteBuf;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::records::{self, LinkRecord};
use crate::secret::Secret;
use crate::store::{MemoryStore, Store};
use crate::{AppParts, links, plans, serve};

struct Server {
    store: Arc<dyn Store>,
    port: u16,
    plan: PlanId,
    editor: Secret,
    stop: oneshot::Sender<()>,
    task: JoinHandle<std::io::Result<()>>,
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

impl Server {
    async fn start() -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let template = template::find("nap1325-2025").unwrap();
        let plan = plans::create(&*store, &template, "nap1325-2025", Language::En).await.unwrap().id;
        let editor = links::create(&*store, plan, Role::Editor, "").await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async move { stopped.await.unwrap_or_default() };
        let task = tokio::spawn(serve(AppParts {
            listener,
            store: store.clone(),
            control: None,
            public_url: None,
            trusted_proxies: Vec::new(),
            shutdown,
        }));
        Self { store, port, plan, editor, stop, task }
    }

    /// Joins by HTTP, and gives the cookie.
    async fn join(&self) -> String {
        let body = format!(r#"{{"token":"{}","name":"Rosa"}}"#, self.editor.reveal());
        let head = format!(
            "POST /api/plans/{}/join HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json",
            self.plan
        );
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        stream.write_all(format!("{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let cookie = answer.lines().find_map(|line| line.strip_prefix("set-cookie: ")).expect(&answer);
        cookie.split(';').next().unwrap().to_owned()
    }

    async fn connect(&self, plan: &str, headers: &[(&'static str, &str)]) -> Result<Socket, Error> {
        let mut request = format!("ws://127.0.0.1:{}/live/{plan}", self.port).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        connect_async(request).await.map(|(socket, _)| socket)
    }

    async fn live(&self, cookie: &str) -> Socket {
        let plan = self.plan.to_string();
        let mut socket = self.connect(&plan, &[("cookie", cookie), PROTOCOL]).await.unwrap();
        send(&mut socket, &ClientFrame::Hello { after: None }).await;
        socket
    }
}

const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", version::SUBPROTOCOL);

async fn send(socket: &mut Socket, frame: &ClientFrame) {
    socket.send(Message::Binary(frame::encode(frame).into())).await.unwrap();
}

/// The next frame; none when the socket has closed.
async fn next(socket: &mut Socket) -> Option<ServerFrame> {
    match socket.next().await? {
        Ok(Message::Binary(bytes)) => Some(frame::decode(&bytes).unwrap()),
        Ok(Message::Close(_)) | Err(_) => None,
        Ok(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn two_people_see_each_other_and_are_told_when_the_server_stops() {
    let server = Server::start().await;
    let cookies = (server.join().await, server.join().await);
    let (mut one, mut two) = (server.live(&cookies.0).await, server.live(&cookies.1).await);
    for socket in [&mut one, &mut two] {
        let Some(ServerFrame::Welcome(welcome)) = next(socket).await else { panic!("no welcome") };
        assert_eq!(welcome.catch_up, CatchUp::FromStart);
        let Some(ServerFrame::Changes { changes, .. }) = next(socket).await else { panic!("no changes") };
        assert_eq!(changes.len(), 3, "the plan and two people");
    }
    let presence = Presence { path: Some("meta/title".into()), selection: None, ..Presence::default() };
    send(&mut one, &ClientFrame::Presence(presence.clone())).await;
    assert!(matches!(next(&mut two).await, Some(ServerFrame::Presence { presence: seen, .. }) if seen == presence));
    drop(one);
    assert!(matches!(next(&mut two).await, Some(ServerFrame::Left { .. })));
    server.stop.send(()).unwrap();
    assert_eq!(next(&mut two).await, Some(ServerFrame::Goodbye(Goodbye::Stopping)));
    assert_eq!(next(&mut two).await, None);
    server.task.await.unwrap().unwrap();
}

#[tokio::test]
async fn what_one_writes_is_acked_and_told_to_the_other_and_stored() {
    let server = Server::start().await;
    let cookies = (server.join().await, server.join().await);
    let (mut one, mut two) = (server.live(&cookies.0).await, server.live(&cookies.1).await);
    let Some(ServerFrame::Welcome(welcome)) = next(&mut one).await else { panic!("no welcome") };
    let Some(ServerFrame::Changes { changes, .. }) = next(&mut one).await else { panic!("no changes") };
    next(&mut two).await;
    next(&mut two).await;
    let change = edit(welcome.grant.participant, changes);
    send(&mut one, &ClientFrame::Push { changes: vec![change.clone()] }).await;
    assert!(matches!(next(&mut one).await, Some(ServerFrame::Ack { first: Some(Seq(4)), hashes }) if hashes.len() == 1));
    assert_eq!(next(&mut two).await, Some(ServerFrame::Changes { first: Seq(4), changes: vec![change.clone()] }));
    server.stop.send(()).unwrap();
    server.task.await.unwrap().unwrap();
    let stored = server.store.read(server.plan, Seq(3), 1).await.unwrap();
    assert_eq!(&*stored[0].1.bytes, &**change);
}

/// A word in a section's context, on top of everything so far.
fn edit(participant: ParticipantId, changes: Vec<ByteBuf>) -> ByteBuf {
    let mut doc = replica::empty_document();
    doc.apply_changes(changes.into_iter().map(|change| Change::from_bytes(change.into_vec()).unwrap()).collect::<Vec<_>>()).unwrap();
    doc.set_actor(Author { participant, tab: TabId::from_bytes([1; 8]) }.actor());
    let section = read::plan(&doc).sections[0].id;
    let mut tx = doc.transaction();
    let splice = Splice { at: 0, delete: 0, insert: "Hamutuk".into() };
    edit::apply(&mut tx, &Edit::Text { field: Field::of_section(section, Name::Context), splice }).unwrap();
    tx.commit();
    ByteBuf::from(doc.get_last_local_change().unwrap().bytes().to_vec())
}

#[tokio::test]
async fn who_may_not_come_in_is_told_why() {
    let server = Server::start().await;
    let (plan, cookie) = (server.plan.to_string(), server.join().await);
    let host = format!("http://127.0.0.1:{}", server.port);
    for (plan, headers, expected) in [
        (&*plan, vec![PROTOCOL], Goodbye::NotJoined),
        (&*plan, vec![PROTOCOL, ("cookie", "hamutuk_x=1")], Goodbye::NotJoined),
        (&*plan, vec![("cookie", &*cookie)], Goodbye::Version),
        (&*plan, vec![("cookie", &*cookie), ("sec-websocket-protocol", "hamutuk.v0")], Goodbye::Version),
        ("nothing", vec![("cookie", &*cookie), PROTOCOL], Goodbye::PlanNotFound),
        (&"a".repeat(26), vec![("cookie", &*cookie), PROTOCOL, ("origin", &*host)], Goodbye::PlanNotFound),
    ] {
        let mut socket = server.connect(plan, &headers).await.unwrap();
        assert_eq!(next(&mut socket).await, Some(ServerFrame::Goodbye(expected)), "{plan} {headers:?}");
        assert_eq!(next(&mut socket).await, None);
    }
    let link: LinkRecord = records::load(&*server.store, &server.editor.hash()).await.unwrap().unwrap();
    records::save(&*server.store, &LinkRecord { revoked_ms: Some(1), ..link }).await.unwrap();
    let mut socket = server.connect(&plan, &[("cookie", &cookie), PROTOCOL]).await.unwrap();
    assert_eq!(next(&mut socket).await, Some(ServerFrame::Goodbye(Goodbye::Revoked)));
}

#[tokio::test]
async fn a_page_of_another_site_does_not_get_a_socket() {
    let server = Server::start().await;
    let (plan, cookie) = (server.plan.to_string(), server.join().await);
    let own = format!("http://127.0.0.1:{}", server.port);
    for (origin, allowed) in [("http://evil.example", false), ("null", false), (&*own, true)] {
        let connected = server.connect(&plan, &[("cookie", &cookie), PROTOCOL, ("origin", origin)]).await;
        match connected {
            Ok(_) => assert!(allowed, "{origin}"),
            Err(Error::Http(response)) => assert!(!allowed && response.status() == 403, "{origin}"),
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn what_is_not_a_frame_ends_the_socket_with_its_reason() {
    let server = Server::start().await;
    let mut with_tail = frame::encode(&ClientFrame::Ping);
    with_tail.push(0);
    let mut of_another_version = frame::encode(&ClientFrame::Ping);
    of_another_version[0] = 9;
    for (message, expected) in [
        (Message::Binary(with_tail.into()), Goodbye::Malformed),
        (Message::Binary(of_another_version.into()), Goodbye::Version),
        (Message::Binary(vec![].into()), Goodbye::Malformed),
        (Message::Text("hello".into()), Goodbye::Malformed),
        (Message::Binary(vec![1; limits::FRAME_BYTES_MAX + 1].into()), Goodbye::Malformed),
    ] {
        let mut socket = server.live(&server.join().await).await;
        // The server may close before it has read a message that is too long to its end.
        let _ = socket.send(message).await;
        let mut last = None;
        while let Some(frame) = next(&mut socket).await {
            last = Some(frame);
        }
        assert!(last == Some(ServerFrame::Goodbye(expected)), "{last:?} instead of {expected:?}");
    }
}
