//! Exchanges on a real socket, and what is not one.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use hamutuk_shared::access::Role;
use hamutuk_shared::id::PlanId;
use hamutuk_shared::limits::CONTROL_REQUEST_BYTES_MAX;
use hamutuk_shared::plan::Language;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;
use tokio::task::JoinSet;

use super::*;
use crate::admin::{Admin, LinkOrder};
use crate::links::{Links, short};
use crate::store::{MemoryStore, Store};

fn serve(data: &Path) -> JoinSet<()> {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let admin = Admin { links: Links::new(Arc::clone(&store), None), store, base_url: "http://plan.example".into() };
    let mut tasks = JoinSet::new();
    tasks.spawn(Listener::bind(data).unwrap().serve(admin));
    tasks
}

async fn say(data: &Path, bytes: &[u8]) -> String {
    let mut stream = UnixStream::connect(data.join(NAME)).await.unwrap();
    // The server may have had enough before the end.
    let _ = stream.write_all(bytes).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

fn editor(plan: Option<PlanId>) -> LinkOrder {
    let (sections, label, public_url) = (Vec::new(), String::new(), None);
    LinkOrder { plan, role: Role::Editor, sections, label, expires_ms: None, people_max: None, public_url }
}

#[tokio::test]
async fn orders_are_carried_out() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    assert!(matches!(ask(data, Order::ListPlans).await, Err(ControlError::Nobody)));
    let mut tasks = serve(data);
    assert_eq!(std::fs::metadata(data.join(NAME)).unwrap().permissions().mode() & 0o777, 0o600);

    let new = Order::NewPlan { template: "nap1325-2025".into(), language: Language::Tet, public_url: None };
    let Outcome::PlanMade { plan, links } = ask(data, new).await.unwrap() else { panic!("another outcome") };
    assert!(links.iter().all(|(_, url)| url.starts_with(&format!("http://plan.example/p/{}#", plan.id))), "{links:?}");
    assert_eq!(ask(data, Order::ListPlans).await.unwrap(), Outcome::Plans(vec![plan.clone()]));

    let public_url = Some("https://other.example".parse().unwrap());
    let new = Order::NewLink(LinkOrder {
        label: "Group 1".into(),
        sections: vec!["p1".into()],
        people_max: Some(20),
        public_url,
        ..editor(None)
    });
    let Outcome::LinkMade { url } = ask(data, new).await.unwrap() else { panic!("another outcome") };
    assert!(url.starts_with("https://other.example/p/"), "{url}");

    let Outcome::Links(links) = ask(data, Order::ListLinks).await.unwrap() else { panic!("another outcome") };
    let group = links.iter().find(|listed| listed.link.label == "Group 1").unwrap();
    assert_eq!((&group.sections, group.people, group.link.people_max), (&vec!["P1".to_owned()], 0, Some(20)));
    let hash = data_encoding::HEXLOWER.encode(&group.link.hash);
    for before in [false, true] {
        let outcome = ask(data, Order::RevokeLink { hash: hash.clone() }).await.unwrap();
        assert_eq!(outcome, Outcome::Revoked { hash: hash[..12].to_owned(), before });
    }
    let last = links.iter().find(|listed| listed.link.role == Role::Facilitator).unwrap();
    let refused = ask(data, Order::RevokeLink { hash: short(&last.link.hash) }).await;
    assert!(matches!(&refused, Err(ControlError::Failed(why)) if why.contains("last link for facilitators")), "{refused:?}");
    tasks.shutdown().await;
    assert!(!data.join(NAME).exists(), "its name goes with it");
}

#[tokio::test]
async fn a_link_that_cannot_be_is_not_made() {
    let dir = tempfile::tempdir().unwrap();
    let _tasks = serve(dir.path());
    ask(dir.path(), Order::NewPlan { template: "nap1325-2025".into(), language: Language::En, public_url: None }).await.unwrap();
    for (order, expected) in [
        (LinkOrder { sections: vec!["P9".into()], ..editor(None) }, "no section \"P9\"; it has: P1, P2"),
        (LinkOrder { sections: vec!["P1".into()], role: Role::Viewer, ..editor(None) }, "only an editors' link"),
        (LinkOrder { expires_ms: Some(1), ..editor(None) }, "in the future"),
        (LinkOrder { people_max: Some(0), ..editor(None) }, "between 1 and"),
        (LinkOrder { label: "a".repeat(81), ..editor(None) }, "80 characters"),
    ] {
        let said = ask(dir.path(), Order::NewLink(order.clone())).await;
        assert!(matches!(&said, Err(ControlError::Failed(why)) if why.contains(expected)), "{order:?}: {said:?}");
    }
    let Outcome::Links(links) = ask(dir.path(), Order::ListLinks).await.unwrap() else { panic!("another outcome") };
    assert_eq!(links.len(), 2, "those that the plan came with");
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    let dir = tempfile::tempdir().unwrap();
    let _tasks = serve(dir.path());
    for (order, expected) in [
        (Order::NewPlan { template: "none".into(), language: Language::En, public_url: None }, "nap1325-2025"),
        (Order::NewLink(editor(None)), "there is no plan yet"),
        (Order::NewLink(editor(Some(PlanId::from_bytes([1; 16])))), "no plan"),
        (Order::RevokeLink { hash: String::new() }, "no link"),
        (Order::RevokeLink { hash: "00".into() }, "no link"),
    ] {
        let said = ask(dir.path(), order.clone()).await;
        assert!(matches!(&said, Err(ControlError::Failed(why)) if why.contains(expected)), "{order:?}: {said:?}");
    }
}

#[tokio::test]
async fn what_is_no_request_is_answered_and_the_next_one_too() {
    let dir = tempfile::tempdir().unwrap();
    let _tasks = serve(dir.path());
    let long = [br#"{"version":2,"order":{"revoke_link":{"hash":""#, "a".repeat(CONTROL_REQUEST_BYTES_MAX).as_bytes(), b"\"}}}\n"].concat();
    for (request, expected) in [
        (&b"\n"[..], "cannot read"),
        (b"{}\n", "cannot read"),
        (b"GET / HTTP/1.1\r\n\r\n", "cannot read"),
        (b"{\"version\":2,\"order\":\"burn\"}\n", "cannot read"),
        (
            br#"{"version":2,"order":{"new_plan":{"template":"nap1325-2025","language":"xx"}}}
"#,
            "cannot read",
        ),
        (b"{\"version\":2,\"order\":\"list_plans\"}", "line break"),
        (b"{\"version\":1,\"order\":\"burn\"}\n", "another version"),
        (&long, "bytes"),
        (b"", "bytes"),
    ] {
        let said = say(dir.path(), request).await;
        let shown = String::from_utf8_lossy(&request[..request.len().min(60)]);
        // With bytes unread, closing is a reset, which may overtake the answer.
        assert!(said.contains(expected) || (said.is_empty() && request.len() > CONTROL_REQUEST_BYTES_MAX), "{shown}: {said}");
        assert!(said.is_empty() || said.starts_with("{\"version\":2,"), "{shown}: {said}");
    }
    let said = say(dir.path(), b"{\"version\":2,\"order\":\"list_plans\"}\n").await;
    assert_eq!(said, "{\"version\":2,\"result\":{\"done\":{\"plans\":[]}}}\n");
}

#[tokio::test]
async fn what_a_killed_server_left_behind_is_replaced() {
    let dir = tempfile::tempdir().unwrap();
    std::mem::forget(std::os::unix::net::UnixListener::bind(dir.path().join(NAME)).unwrap());
    let _tasks = serve(dir.path());
    assert_eq!(ask(dir.path(), Order::ListPlans).await.unwrap(), Outcome::Plans(Vec::new()));
}
