//! A plan that an older version stored. `tests/fixtures/schema-1.backup` was made by the last version that wrote schema 1: a new plan from
//! its template, and nothing else.

use std::path::Path;

use hamutuk_shared::access::Role;
use hamutuk_shared::id::{IndicatorId, SuggestionId};
use hamutuk_shared::plan::schema::Home;
use hamutuk_shared::plan::{Edit, Field, Item, Name, OutcomeRef, Value};
use hamutuk_shared::text::Splice;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Door, token_of};
use hamutuk_tests::process::{ServerProcess, Setup, hamutuk};

/// A server with the plan of a backup.
async fn restored(setup: Setup, backup: &str) -> ServerProcess {
    let data = setup.data();
    let backup = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(backup);
    hamutuk(["restore".into(), backup.into_os_string(), "--data".into(), data.clone().into_os_string()]).await.unwrap();
    let list = hamutuk(["plan".into(), "list".into(), "--data".into(), data.clone().into_os_string()]).await.unwrap();
    let plan = list.split_whitespace().next().unwrap().parse().unwrap();
    let mut tokens = Vec::new();
    for role in ["facilitator", "editor"] {
        let arguments = ["link", "new", "--role", role, "--public-url", "http://localhost", "--data"].map(Into::into);
        let said = hamutuk(arguments.into_iter().chain([data.clone().into_os_string()])).await.unwrap();
        tokens.push(token_of(said.split_whitespace().find(|word| word.contains('#')).unwrap()).unwrap());
    }
    let [facilitator, editor] = <[String; 2]>::try_from(tokens).unwrap();
    let door = Door { address: ([127, 0, 0, 1], 0).into(), plan, facilitator, editor };
    setup.resume(door).await.unwrap()
}

#[tokio::test]
async fn a_plan_of_an_older_version_is_brought_to_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let server = restored(Setup::new(dir.path()), "schema-1.backup").await;

    // What schema 1 had no place for can be written, and everybody reads it.
    let mut rosa = WireClient::open(server.join(Role::Editor, "Rosa").await.unwrap()).await.unwrap();
    let section = &rosa.plan().sections[0];
    let home = Home::Outcome(OutcomeRef { section: section.id, outcome: section.outcomes[0].id });
    let item = Item::Indicator(home, IndicatorId::from_bytes([7; 10]));
    rosa.edit(&Edit::Add { item }).await;
    let splice = Splice { at: 0, delete: 0, insert: "Women in suku councils".to_owned() };
    rosa.edit(&Edit::Text { field: Field { item, name: Name::Text }, splice }).await;
    rosa.round_trip().await;
    let (setup, door) = server.stop().await.unwrap();
    let server = setup.resume(door).await.unwrap();
    let late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    assert_eq!(late.plan().sections[0].outcomes[0].indicators[0].text, "Women in suku councils");
}

#[tokio::test]
async fn who_joined_under_an_older_version_can_vote_and_suggest_under_this_one() {
    let dir = tempfile::tempdir().unwrap();
    let server = restored(Setup::new(dir.path()), "schema-2.backup").await;
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let (at, plan) = (maria.activity(), maria.plan());
    let rosa = plan.people.values().find(|person| person.name == "Rosa").unwrap().id;
    assert!(plan.ballots.contains_key(&rosa), "Rosa, who joined before there were ballots, has one");
    let dot = Field { item: Item::Ballot(maria.participant()), name: Name::DOTS[0] };
    let highlight = Field::of_section(at.section, Name::Highlights);
    let suggestion = SuggestionId::from_bytes([7; 10]);
    for edit in [
        Edit::Set { field: dot, value: Value::Word(at.to_string()) },
        Edit::Include { field: highlight, member: at.activity.to_string(), included: true },
        Edit::Add { item: Item::Suggestion(at.section, suggestion) },
        Edit::Set { field: Field { item: Item::Desk, name: Name::Dots }, value: Value::Number(3) },
    ] {
        maria.edit(&edit).await;
    }
    maria.until_received().await;
    let late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    let (plan, me) = (late.plan(), maria.participant());
    let section = plan.section(at.section).unwrap();
    assert_eq!((plan.ballots[&me].dots[0], plan.desk.dots.value), (Some(at), Some(3)));
    assert_eq!((section.group.highlights.as_slice(), section.suggestions[0].id), (&[at.activity][..], suggestion));
}
