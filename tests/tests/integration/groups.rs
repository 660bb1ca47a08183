//! Whoever joins may say in which group they sit.

use hamutuk_shared::access::Role;
use hamutuk_shared::id::SectionId;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Answer, Request};
use hamutuk_tests::server::TestServer;
use serde_json::{Value, json};

async fn post(server: &TestServer, what: &str, body: Value, cookie: &str) -> Answer {
    let request = Request::post(format!("/api/plans/{}/{what}", server.plan()), body.to_string()).header("cookie", cookie);
    request.send(server.door().address).await.unwrap()
}

#[tokio::test]
async fn whoever_joins_sits_in_the_group_that_they_name() {
    let server = TestServer::start().await.unwrap();
    let token = &server.door().editor;
    let peek = post(&server, "peek", json!({ "token": token }), "").await;
    let peek: Value = serde_json::from_str(&peek.body).unwrap();
    let groups = peek["groups"].as_array().unwrap();
    let codes: Vec<_> = groups.iter().map(|group| group["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["P1", "P2", "P3", "P4", "X"]);
    assert_eq!((&groups[0]["name"]["en"], &groups[0]["name"]["id"]), (&json!("Participation"), &json!("Partisipasi")));
    let sections: Vec<SectionId> = groups.iter().map(|group| group["section"].as_str().unwrap().parse().unwrap()).collect();

    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let join = json!({ "token": token, "name": "Joana", "group": sections[1] });
    let answer = post(&server, "join", join, "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let joana = serde_json::from_str::<Value>(&answer.body).unwrap()["participant"].as_str().unwrap().to_owned();
    let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let sits_in = |maria: &mut WireClient| {
        let plan = maria.plan();
        let of_joana = plan.sections.iter().filter(|section| section.group.members.iter().any(|member| member.to_string() == joana));
        of_joana.map(|section| section.code.clone()).collect::<Vec<_>>()
    };
    maria.until("Joana sits in P2", |maria| sits_in(maria) == ["P2"]).await;

    // She comes back and names another; then one that the plan does not have, and none, which leave her there.
    for group in [json!(sections[3]), json!("nonsense"), Value::Null] {
        let again = json!({ "token": token, "name": "Joana", "participant": joana, "group": group });
        assert_eq!(post(&server, "join", again, &cookie).await.status, 200);
    }
    maria.until("Joana sits in P4 alone", |maria| sits_in(maria) == ["P4"]).await;
    maria.round_trip().await;
    assert_eq!(sits_in(&mut maria), ["P4"]);
}
