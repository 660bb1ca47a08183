//! The audit log of the real server: who joined, what was done with links and states, and what was denied.

use std::path::Path;

use hamutuk_server::links::short;
use hamutuk_server::secret::Secret;
use hamutuk_shared::access::Role;
use hamutuk_shared::id::VersionId;
use hamutuk_shared::plan::{Edit, Field, Name, Value};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Door, Joined, Request, token_of};
use hamutuk_tests::process::{Setup, hamutuk};
use hamutuk_tests::wait::eventually;
use serde_json::{Value as Json, json};

/// What somebody who is allowed to is told after an entry.
async fn read(joined: &Joined, after: u64) -> (Vec<Json>, bool) {
    let request = Request::get(format!("/api/plans/{}/audit?after={after}", joined.plan)).header("cookie", &joined.cookie);
    let answer = request.send(joined.address).await.unwrap();
    assert_eq!(answer.status, 200, "{answer:?}");
    let body: Json = serde_json::from_str(&answer.body).unwrap();
    (body["events"].as_array().unwrap().clone(), body["more"].as_bool().unwrap())
}

async fn csv(joined: &Joined) -> String {
    let request = Request::get(format!("/api/plans/{}/audit.csv", joined.plan)).header("cookie", &joined.cookie);
    let answer = request.send(joined.address).await.unwrap();
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    assert!(answer.header("content-disposition").unwrap().starts_with("attachment"));
    answer.body
}

async fn command(data: &Path, arguments: &[&str]) -> String {
    hamutuk(arguments.iter().copied().chain(["--data", data.to_str().unwrap()])).await.unwrap()
}

fn whats(events: &[Json]) -> Vec<&str> {
    events.iter().map(|event| event["what"].as_str().unwrap()).collect()
}

fn set_state(client: &WireClient, state: &str) -> Edit {
    Edit::Set { field: Field::of_section(client.activity().section, Name::State), value: Value::Word(state.to_owned()) }
}

#[tokio::test]
async fn what_happens_is_on_record_and_outlives_the_server() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    let data = dir.path().join("data");
    let (facilitators, editors) = (id_of(&server.door().facilitator), id_of(&server.door().editor));
    let joined = server.join(Role::Facilitator, "Maria").await.unwrap();
    let (mut maria, mut joana) = (
        WireClient::open(joined.clone()).await.unwrap(),
        WireClient::open(server.join(Role::Editor, "=Joana").await.unwrap()).await.unwrap(),
    );
    let section = maria.activity().section;
    // Joana writes offline, while Maria locks the section; Maria names a version.
    let title = Field::of_activity(joana.activity(), Name::Title);
    joana.disconnect();
    joana.write(title, "the words of Joana").await;
    maria.edit(&set_state(&maria, "locked")).await;
    maria.edit(&Edit::NameVersion { id: VersionId::from_bytes([7; 10]), name: "Day one".into(), heads: String::new() }).await;
    maria.until_received().await;
    joana.go_live().await.unwrap();
    joana.until("she is refused", |joana| !joana.refused().is_empty()).await;
    let link = command(&data, &["link", "new", "--role", "viewer", "--label", "@guests"]).await;
    let guests = id_of(&token_of(link.trim()).unwrap());
    command(&data, &["link", "revoke", &guests]).await;

    let expected =
        ["link_made", "link_made", "joined", "joined", "section_state", "version_named", "change_denied", "link_made", "link_revoked"];
    let (events, more) = read(&joined, 0).await;
    assert_eq!((whats(&events), more), (expected.to_vec(), false), "{events:#?}");
    for (number, event) in (1_u64..).zip(&events) {
        assert_eq!(event["seq"], number, "numbers have no gaps");
        assert!(event["at_ms"].as_u64().unwrap() > 1_700_000_000_000);
    }
    assert_eq!((&events[0]["detail"]["link"], &events[0]["actor"]), (&json!(facilitators), &Json::Null));
    assert_eq!(events[3]["detail"], json!({"link": editors, "role": "editor"}));
    let state = &events[4]["detail"];
    assert_eq!((&state["section"], &state["was"], &state["now"]), (&json!(section), &json!("open"), &json!("locked")));
    assert!(state["written_ms"].as_u64().unwrap() > 1_700_000_000_000);
    assert_eq!((&events[4]["actor"], &events[6]["actor"]), (&json!(maria.participant()), &json!(joana.participant())));
    assert_eq!(events[6]["detail"], json!({"refusal": "Locked", "section": section, "path": title.to_string(), "count": 1}));
    assert_eq!((&events[7]["detail"]["label"], &events[8]["detail"]["link"]), (&json!("@guests"), &json!(guests)));
    assert_eq!(whats(&read(&joined, 7).await.0), ["link_made", "link_revoked"]);

    // As a table: names where they are known, and no cell is a formula.
    let table = csv(&joined).await;
    assert!(table.starts_with("\u{feff}number,time_utc,person,"), "{table}");
    assert_eq!(table.matches("\r\n").count(), events.len() + 1);
    for part in ["\"'=Joana\"", "\"Maria\"", "\"P1\"", "\"Day one\"", "“@guests”", "the section is locked"] {
        assert!(table.contains(part), "{part} is not in {table}");
    }
    for secret in [&server.door().facilitator, &server.door().editor, "the words of Joana"] {
        assert!(!table.contains(secret) && !serde_json::to_string(&events).unwrap().contains(secret));
    }
    // The command gives the same, beside the server and without it.
    let plan = server.door().plan.to_string();
    assert_eq!(command(&data, &["audit", &plan, "--csv"]).await, table);
    let shown = command(&data, &["audit", &plan]).await;
    assert_eq!(shown.lines().count(), events.len(), "{shown}");
    server.stop().await.unwrap();
    assert_eq!(command(&data, &["audit", &plan, "--csv"]).await, table);
    assert_eq!(command(&data, &["audit"]).await, shown);
}

fn id_of(token: &str) -> String {
    short(&Secret::parse(token).unwrap().hash())
}

#[tokio::test]
async fn only_a_facilitator_reads_it_and_many_denials_are_few_entries() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    let door: &Door = server.door();
    let (maria, joana) = (server.join(Role::Facilitator, "Maria").await.unwrap(), server.join(Role::Editor, "Joana").await.unwrap());
    for (cookie, status, code) in [(joana.cookie.as_str(), 403, "not_allowed"), ("", 401, "not_joined")] {
        for path in ["audit", "audit.csv"] {
            let request = Request::get(format!("/api/plans/{}/{path}", door.plan)).header("cookie", cookie);
            let answer = request.send(door.address).await.unwrap();
            let body: Json = serde_json::from_str(&answer.body).unwrap();
            assert_eq!((answer.status, body["code"].as_str()), (status, Some(code)), "{path}");
        }
    }
    let mut client = WireClient::open(joana).await.unwrap();
    for _ in 0..20 {
        client.write(Field::PLAN_TITLE, "no ").await;
        client.until_received().await;
    }
    let refused = client.refused().len();
    assert_eq!(refused, 20);
    let denied = |events: &[Json]| -> Vec<u64> {
        events.iter().filter(|event| event["what"] == "change_denied").map(|event| event["detail"]["count"].as_u64().unwrap()).collect()
    };
    assert_eq!(denied(&read(&maria, 0).await.0), [1]);
    drop(client);
    let counts = eventually("who is gone is counted", async || {
        let counts = denied(&read(&maria, 0).await.0);
        (counts.len() > 1).then_some(counts)
    })
    .await;
    assert_eq!(counts, [1, 19]);
    server.stop().await.unwrap();
}

#[tokio::test]
async fn a_backup_holds_it_and_a_restore_adds_to_it() {
    let dir = tempfile::tempdir().unwrap();
    let server = Setup::new(dir.path()).start().await.unwrap();
    server.join(Role::Facilitator, "Maria").await.unwrap();
    let (setup, _) = server.stop().await.unwrap();
    let before = command(&setup.data(), &["audit", "--csv"]).await;
    let (file, new) = (dir.path().join("backup"), dir.path().join("new"));
    command(&setup.data(), &["backup", file.to_str().unwrap()]).await;
    command(&new, &["restore", file.to_str().unwrap()]).await;
    let after = command(&new, &["audit", "--csv"]).await;
    assert!(after.starts_with(&before), "{after}");
    assert!(after[before.len()..].contains("\"4\",") && after.contains("\"restored\""), "{after}");
    assert!(command(&new, &["verify"]).await.contains("all is well"));
}
