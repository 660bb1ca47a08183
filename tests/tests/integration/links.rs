//! Links for some sections, for some people and for some time, with the real binary and open sockets.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Result;
use hamutuk_server::links::short;
use hamutuk_server::secret::Secret;
use hamutuk_shared::access::{Refusal, Role, Scope};
use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::{Edit, Field, Name};
use hamutuk_shared::sync::frame::Goodbye;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Answer, Joined, Request, token_of};
use hamutuk_tests::process::{ServerProcess, Setup, hamutuk};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

/// How long a change of a link may take to reach an open socket.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A server, and its facilitator.
struct Workshop {
    dir: TempDir,
    server: ServerProcess,
    maria: Joined,
}

impl Workshop {
    async fn begin() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let server = Setup::new(dir.path()).start().await.unwrap();
        let maria = server.join(Role::Facilitator, "Maria").await.unwrap();
        Self { dir, server, maria }
    }

    fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// What the facilitator asks.
    async fn ask(&self, method: &'static str, path: &str, body: Value) -> Answer {
        let request = Request::of(method, format!("/api/plans/{}/{path}", self.maria.plan), body.to_string());
        request.header("cookie", &self.maria.cookie).send(self.maria.address).await.unwrap()
    }

    /// Makes a link, and answers with its id and its token.
    async fn make(&self, ask: Value) -> (String, String) {
        let answer = self.ask("POST", "links", ask).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let made: Value = serde_json::from_str(&answer.body).unwrap();
        (made["id"].as_str().unwrap().to_owned(), token_of(made["url"].as_str().unwrap()).unwrap())
    }

    async fn change(&self, id: &str, change: Value) {
        let answer = self.ask("PATCH", &format!("links/{id}"), change).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Somebody who came by a link, with an open socket.
    async fn come(&self, token: &str, name: &str) -> WireClient {
        WireClient::open(self.server.door().join_by(token, name).await.unwrap()).await.unwrap()
    }
}

fn now_ms() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

fn code(answer: &Answer) -> (u16, String) {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    (answer.status, body["code"].as_str().unwrap_or_default().to_owned())
}

fn scope(sections: &[SectionId]) -> Scope {
    Scope::Sections(sections.iter().copied().collect())
}

/// Writes into the context of each section, and answers why which was refused.
async fn write_into(client: &mut WireClient, sections: &[SectionId]) -> Vec<(SectionId, Refusal)> {
    let before = client.refused().len();
    for section in sections {
        client.write(Field::of_section(*section, Name::Context), "x").await;
    }
    client.until_received().await;
    let refused = client.refused()[before..].iter().map(|(edit, refusal)| match edit {
        Edit::Text { field, .. } => (*sections.iter().find(|id| Field::of_section(**id, Name::Context) == *field).unwrap(), *refusal),
        other => panic!("{other:?} was not written"),
    });
    refused.collect()
}

#[tokio::test]
async fn a_link_for_one_section_is_enforced_and_moved_to_another_while_the_socket_is_open() {
    let workshop = Workshop::begin().await;
    let maria = WireClient::open(workshop.maria.clone()).await.unwrap();
    let sections: Vec<SectionId> = maria.plan().sections.iter().map(|section| section.id).collect();
    let (id, token) = workshop.make(json!({ "role": "editor", "label": "P1", "sections": sections[..1] })).await;
    let mut joana = workshop.come(&token, "Joana").await;
    assert_eq!(joana.welcome().unwrap().grant.scope, scope(&sections[..1]));
    let others: Vec<_> = sections[1..].iter().map(|section| (*section, Refusal::OtherSection)).collect();
    assert_eq!(write_into(&mut joana, &sections).await, others);

    workshop.change(&id, json!({ "sections": sections[1..2] })).await;
    timeout(AT_ONCE, joana.until("she is told", |joana| joana.grant().scope == scope(&sections[1..2]))).await.expect("within a second");
    assert_eq!(write_into(&mut joana, &sections[..2]).await, [(sections[0], Refusal::OtherSection)]);
    workshop.change(&id, json!({ "sections": null })).await;
    timeout(AT_ONCE, joana.until("she is told", |joana| joana.grant().scope == Scope::Plan)).await.expect("within a second");
    assert_eq!(write_into(&mut joana, &sections).await, []);
}

#[tokio::test]
async fn a_changed_role_reaches_an_open_socket_within_a_second() {
    let workshop = Workshop::begin().await;
    let (id, token) = workshop.make(json!({ "role": "editor" })).await;
    let (mut joana, mut other) = (workshop.come(&token, "Joana").await, workshop.come(&workshop.server.door().editor, "Ana").await);
    let section = joana.activity().section;
    for (role, name, expected) in [
        (Role::Viewer, "viewer", Some(Refusal::NotAllowed)),
        (Role::Editor, "editor", None),
        (Role::Commenter, "commenter", Some(Refusal::NotAllowed)),
        (Role::Facilitator, "facilitator", None),
    ] {
        workshop.change(&id, json!({ "role": name })).await;
        timeout(AT_ONCE, joana.until("she is told", |joana| joana.grant().role == role)).await.expect("within a second");
        let refused = write_into(&mut joana, &[section]).await;
        assert_eq!(refused.first().map(|(_, refusal)| *refusal), expected, "{name}");
    }
    other.round_trip().await;
    assert_eq!(other.grant().role, Role::Editor, "who came by another link is as before");
}

#[tokio::test]
async fn the_end_of_a_link_ends_its_open_sockets_and_no_other() {
    let workshop = Workshop::begin().await;
    let (id, token) = workshop.make(json!({ "role": "editor", "expires_ms": now_ms() + 3_600_000 })).await;
    let mut stays = workshop.come(&workshop.server.door().editor, "Ana").await;
    let (mut joana, mut second) = (workshop.come(&token, "Joana").await, workshop.come(&token, "Rosa").await);
    let section = joana.activity().section;
    assert_eq!(write_into(&mut joana, &[section]).await, [], "it lasts an hour");

    // What is open already hears of the new end, and ends then by itself.
    let end_ms = now_ms() + 3_000;
    workshop.change(&id, json!({ "expires_ms": end_ms })).await;
    let end = Instant::now() + Duration::from_millis(end_ms.saturating_sub(now_ms()));
    assert_eq!(write_into(&mut joana, &[section]).await, [], "until then she writes");
    for client in [&mut joana, &mut second] {
        let told = timeout(end + AT_ONCE - Instant::now(), client.until_closed()).await.expect("within a second after its end");
        assert_eq!(told, Some(Goodbye::Expired));
    }
    assert!(now_ms() >= end_ms, "and not before");
    let door = workshop.server.door();
    assert_eq!(code(&door.ask_to_join(&token, "Joaquim").await.unwrap()), (410, "link_expired".to_owned()));
    joana.connect().await.unwrap();
    assert_eq!(joana.until_closed().await, Some(Goodbye::Expired), "nobody comes back");
    stays.round_trip().await;

    workshop.change(&id, json!({ "expires_ms": null })).await;
    joana.go_live().await.unwrap();
    assert_eq!(write_into(&mut joana, &[section]).await, [], "given more time, it lets the same people in");
}

#[tokio::test]
async fn of_many_who_join_at_once_a_link_lets_in_as_many_as_it_is_for() {
    let workshop = Workshop::begin().await;
    let (id, token) = workshop.make(json!({ "role": "editor", "people_max": 10 })).await;
    let mut joining = JoinSet::new();
    for number in 0..40 {
        let (door, token) = (workshop.server.door().clone(), token.clone());
        joining.spawn(async move { door.ask_to_join(&token, &format!("Person {number}")).await });
    }
    let answers: Vec<(u16, String)> = joining.join_all().await.into_iter().collect::<Result<Vec<_>>>().unwrap().iter().map(code).collect();
    assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 10, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| **answer == (409, "link_full".to_owned())).count(), 30, "{answers:?}");
    let maria = WireClient::open(workshop.maria.clone()).await.unwrap();
    assert_eq!(maria.plan().people.len(), 11, "and who is not let in is not written into the plan");

    workshop.change(&id, json!({ "people_max": 11 })).await;
    workshop.come(&token, "One more").await;
    assert_eq!(code(&workshop.server.door().ask_to_join(&token, "And another").await.unwrap()), (409, "link_full".to_owned()));
}

#[tokio::test]
async fn facilitators_see_who_came_by_which_link_and_never_a_token() {
    let workshop = Workshop::begin().await;
    let (id, token) = workshop.make(json!({ "role": "viewer", "label": "Guests" })).await;
    let before = now_ms();
    let people: Vec<Joined> = [
        workshop.server.door().join_by(&token, "Guest 1").await.unwrap(),
        workshop.server.door().join_by(&token, "Guest 2").await.unwrap(),
    ]
    .into();
    let listed = workshop.ask("GET", "links", Value::Null).await;
    let links: Vec<Value> = serde_json::from_str(&listed.body).unwrap();
    let link = links.iter().find(|link| link["id"] == id).unwrap();
    let seen: Vec<&Value> = link["people"].as_array().unwrap().iter().map(|person| &person["participant"]).collect();
    assert_eq!(seen, [&json!(people[0].participant), &json!(people[1].participant)]);
    assert!(link["people"][0]["joined_ms"].as_u64().unwrap() >= before);
    assert_eq!(link["created_by"], json!(workshop.maria.participant));
    let door = workshop.server.door();
    for secret in [&token, &door.facilitator, &door.editor, &people[0].cookie] {
        assert!(!listed.body.contains(secret.as_str()));
    }
    for joined in &people {
        let request = Request::get(format!("/api/plans/{}/links", joined.plan)).header("cookie", &joined.cookie);
        assert_eq!(code(&request.send(joined.address).await.unwrap()), (403, "not_allowed".to_owned()));
    }
}

#[tokio::test]
async fn a_page_of_another_site_neither_makes_nor_changes_nor_revokes_a_link() {
    let workshop = Workshop::begin().await;
    let (id, token) = workshop.make(json!({ "role": "viewer" })).await;
    for origin in ["http://evil.example", "null"] {
        for (method, path) in [("POST", "links".to_owned()), ("PATCH", format!("links/{id}")), ("DELETE", format!("links/{id}"))] {
            let body = json!({ "role": "editor" }).to_string();
            let request = Request::of(method, format!("/api/plans/{}/{path}", workshop.maria.plan), body).header("origin", origin);
            let answer = request.header("cookie", &workshop.maria.cookie).send(workshop.maria.address).await.unwrap();
            assert_eq!(code(&answer), (403, "not_allowed".to_owned()), "{method} {origin}");
        }
    }
    assert_eq!(workshop.server.door().join_by(&token, "Guest").await.unwrap().role, Role::Viewer);
}

#[tokio::test]
async fn the_last_link_for_facilitators_is_not_lost_by_any_way() {
    let workshop = Workshop::begin().await;
    let id = short(&Secret::parse(&workshop.server.door().facilitator).unwrap().hash());
    let (path, last) = (format!("links/{id}"), (409, "last_facilitator_link".to_owned()));
    assert_eq!(code(&workshop.ask("DELETE", &path, Value::Null).await), last);
    assert_eq!(code(&workshop.ask("PATCH", &path, json!({ "role": "editor" })).await), last);
    assert_eq!(code(&workshop.ask("PATCH", &path, json!({ "expires_ms": now_ms() + 60_000 })).await), last);
    let refused = command(&workshop.data(), &["link", "revoke", &id]).await.unwrap_err().to_string();
    assert!(refused.contains("the last link for facilitators"), "{refused}");
    command(&workshop.data(), &["link", "new", "--role", "facilitator"]).await.unwrap();
    assert_eq!(workshop.ask("DELETE", &path, Value::Null).await.status, 204);
    assert_eq!(
        code(&workshop.ask("GET", "links", Value::Null).await),
        (410, "link_revoked".to_owned()),
        "who revokes their own is out too"
    );
}

#[tokio::test]
async fn a_link_made_by_command_is_for_its_sections_its_people_and_its_time() {
    let workshop = Workshop::begin().await;
    let data = workshop.data();
    let terms = ["link", "new", "--role", "editor", "--label", "Group 1", "--section", "P1,p3", "--people", "1", "--expires", "3d"];
    let token = token_of(command(&data, &terms).await.unwrap().trim()).unwrap();
    let joana = workshop.come(&token, "Joana").await;
    let sections = joana.plan().sections;
    assert_eq!((&*sections[0].code, &*sections[2].code), ("P1", "P3"));
    assert_eq!(joana.grant().scope, scope(&[sections[0].id, sections[2].id]));
    assert_eq!(code(&workshop.server.door().ask_to_join(&token, "Ana").await.unwrap()), (409, "link_full".to_owned()));
    let by_id = sections[1].id.to_string();
    command(&data, &["link", "new", "--role", "editor", "--section", &by_id, "--expires", "2199-12-31"]).await.unwrap();
    for (terms, expected) in [
        (&["--section", "P9"][..], "it has: P1, P2, P3"),
        (&["--expires", "2020-01-01"], "in the future"),
        (&["--expires", "soon"], "such as 3d"),
        (&["--people", "0"], "between 1 and"),
    ] {
        let refused = command(&data, &[&["link", "new", "--role", "editor"][..], terms].concat()).await.unwrap_err().to_string();
        assert!(refused.contains(expected), "{refused}");
    }
    // The same beside the running server as without it.
    let listed = command(&data, &["link", "list"]).await.unwrap();
    workshop.server.stop().await.unwrap();
    assert_eq!(command(&data, &["link", "list"]).await.unwrap(), listed);
    let line =
        |part: &str| listed.lines().find(|line| line.contains(part)).unwrap_or_else(|| panic!("{part} is not in {listed}")).to_owned();
    let group = line("Group 1");
    for part in [&short(&Secret::parse(&token).unwrap().hash()), "editor", "P1,P3", "1 of 1 joined", "ends 20"] {
        assert!(group.contains(part), "{part} is not in {group}");
    }
    assert!(line("ends 2200-01-01 00:00").contains("P2"), "{listed}");
    assert!(line("facilitator").contains("1 joined") && line("facilitator").contains("no end"), "{listed}");
    let again = token_of(command(&data, &terms).await.unwrap().trim()).unwrap();
    assert!(command(&data, &["link", "list"]).await.unwrap().contains(&short(&Secret::parse(&again).unwrap().hash())));
}

async fn command(data: &Path, arguments: &[&str]) -> Result<String> {
    hamutuk(arguments.iter().copied().chain(["--data", data.to_str().unwrap()])).await
}
