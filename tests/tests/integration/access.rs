//! Who gets in, and what they may write.

use anyhow::Result;
use hamutuk_server::records::{self, LinkRecord};
use hamutuk_server::secret::Secret;
use hamutuk_shared::access::{Refusal, Role};
use hamutuk_shared::id::{ParticipantId, PlanId};
use hamutuk_shared::plan::{Edit, Field};
use hamutuk_shared::sync::frame::{Goodbye, Presence};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::door::{Answer, Request};
use hamutuk_tests::server::TestServer;
use hamutuk_tests::socket::{Opening, refusal};
use serde_json::json;

#[tokio::test]
async fn an_editor_may_not_retitle_the_plan_and_keeps_everything_else() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let mut joana = WireClient::open(server.join(Role::Editor, "Joana").await.unwrap()).await.unwrap();
    let (field, title) = (joana.context(), joana.text(Field::PLAN_TITLE));
    joana.disconnect();
    joana.write(field, "allowed, before. ").await;
    joana.write(Field::PLAN_TITLE, "not allowed").await;
    joana.write(field, "allowed, after.").await;
    joana.go_live().await.unwrap();
    joana.until("the refusal comes", |joana| !joana.refused().is_empty()).await;
    joana.until_received().await;

    let [(Edit::Text { field: refused, splice }, Refusal::NotAllowed)] = joana.refused() else { panic!("{:?}", joana.refused()) };
    assert_eq!((*refused, splice.insert.as_str()), (Field::PLAN_TITLE, "not allowed"), "handed back to the person");
    assert!(joana.device().aside() >= 1, "and kept on the device");
    maria.until("Maria sees what is allowed", |maria| maria.text(field) == "allowed, before. allowed, after.").await;
    for client in [&mut maria, &mut joana] {
        assert_eq!(client.text(Field::PLAN_TITLE), title);
    }
    maria.round_trip().await;
    assert_eq!(maria.heads(), joana.heads());
    joana.write_acked(field, " And more.").await;
    joana.reopen().unwrap();
    joana.go_live().await.unwrap();
    assert_eq!(joana.text(field), "allowed, before. allowed, after. And more.", "also after the browser was closed");
}

#[tokio::test]
async fn a_shared_laptop_sends_what_each_wrote_under_their_own_name_and_rights() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let [joana, rosa] = [server.join(Role::Editor, "Joana").await.unwrap(), server.join(Role::Facilitator, "Rosa").await.unwrap()];
    let mut laptop = WireClient::open(joana.clone()).await.unwrap();
    let (field, title) = (laptop.context(), laptop.text(Field::PLAN_TITLE));
    laptop.disconnect();
    // Rosa may write the title, and Joana may not, whoever of them has the laptop when the connection comes back.
    laptop.write(field, "Joana. ").await;
    laptop.hand_to(rosa.clone()).unwrap();
    laptop.write(Field::PLAN_TITLE, " by Rosa").await;
    laptop.hand_to(joana.clone()).unwrap();
    laptop.write(Field::PLAN_TITLE, " by Joana").await;
    laptop.write(field, "Joana again. ").await;
    laptop.hand_to(rosa.clone()).unwrap();
    laptop.write(field, "Rosa.").await;
    laptop.go_live().await.unwrap();
    laptop.until("the refusal comes", |laptop| !laptop.refused().is_empty()).await;
    laptop.until_received().await;

    let [(Edit::Text { splice, .. }, Refusal::NotAllowed)] = laptop.refused() else { panic!("{:?}", laptop.refused()) };
    assert_eq!(splice.insert, " by Joana");
    maria.until("Maria sees the rest", |maria| maria.text(field) == "Joana. Joana again. Rosa.").await;
    assert_eq!(maria.text(Field::PLAN_TITLE), format!("{title} by Rosa"));
    maria.round_trip().await;
    assert_eq!(maria.heads(), laptop.heads());
}

#[tokio::test]
async fn people_see_where_the_others_are() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let mut joana = WireClient::open(server.join(Role::Editor, "Joana").await.unwrap()).await.unwrap();
    let at = |path: &str| Presence { path: Some(path.to_owned()), selection: Some((2, 5)), ..Presence::default() };
    let sees = |client: &WireClient, who: ParticipantId, presence: &Presence| {
        client.others().values().any(|seen| *seen == (who, presence.clone()))
    };
    joana.be_at(at("meta/vision")).await;
    maria.until("Maria sees Joana", |maria| sees(maria, joana.participant(), &at("meta/vision"))).await;

    let mut late = WireClient::open(server.join(Role::Editor, "Late").await.unwrap()).await.unwrap();
    late.until("whoever comes later does, too", |late| sees(late, joana.participant(), &at("meta/vision"))).await;
    joana.disconnect();
    maria.until("Maria sees that Joana left", |maria| maria.others().is_empty()).await;
}

#[tokio::test]
async fn a_wrong_link_opens_nothing_and_says_why() {
    let server = TestServer::start().await.unwrap();
    let (wrong, elsewhere) = (Secret::new().unwrap().reveal(), TestServer::start().await.unwrap().door().editor.clone());
    let mut other_plan = server.door().clone();
    other_plan.plan = PlanId::from_bytes([7; 16]);
    let right = &server.door().editor;
    for (door, token, name, status, code) in [
        (server.door(), wrong.as_str(), "Ana", 403, "link_wrong"),
        (server.door(), elsewhere.as_str(), "Ana", 403, "link_wrong"),
        (server.door(), "", "Ana", 403, "link_wrong"),
        (server.door(), right, "  ", 422, "name_missing"),
        (server.door(), right, &"a".repeat(81), 422, "name_too_long"),
        (&other_plan, right, "Ana", 404, "plan_not_found"),
    ] {
        check(&door.ask_to_join(token, name).await.unwrap(), status, code);
    }
}

#[tokio::test]
async fn a_revoked_link_shuts_out_whoever_came_by_it() {
    let server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let store = server.store();
    let hash = Secret::parse(&server.door().editor).unwrap().hash();
    let link: LinkRecord = records::load(&*store, &hash).await.unwrap().unwrap();
    records::save(&*store, &LinkRecord { revoked_ms: Some(1), ..link }).await.unwrap();

    check(&server.door().ask_to_join(&server.door().editor, "Ana").await.unwrap(), 410, "link_revoked");
    let mut joana = WireClient::new(joined.clone()).unwrap();
    joana.connect().await.unwrap();
    assert_eq!(joana.until_closed().await, Some(Goodbye::Revoked));
    let me = Request::get(format!("/api/plans/{}/me", server.plan())).header("cookie", &joined.cookie);
    check(&me.send(server.door().address).await.unwrap(), 410, "link_revoked");
    assert!(server.join(Role::Facilitator, "Maria").await.is_ok(), "the other link works");
}

#[tokio::test]
async fn a_socket_without_a_cookie_is_told_to_go() {
    let server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let elsewhere =
        server.join(Role::Editor, "Joana").await.map(|joined| hamutuk_tests::door::Joined { plan: PlanId::from_bytes([7; 16]), ..joined });
    let opening = |name: &str, value: &str| Opening::of(&joined).unwrap().header(name, value).unwrap();
    for (opening, expected) in [
        (opening("cookie", "hamutuk=1"), Goodbye::NotJoined),
        (opening("sec-websocket-protocol", "hamutuk.v9"), Goodbye::Version),
        (Opening::of(&elsewhere.unwrap()).unwrap(), Goodbye::PlanNotFound),
    ] {
        let mut socket = opening.open().await.unwrap();
        let frame = socket.next().await.unwrap();
        assert_eq!(frame, Some(hamutuk_shared::sync::frame::ServerFrame::Goodbye(expected)));
        assert_eq!(socket.next().await.unwrap(), None, "{expected:?}");
    }
}

#[tokio::test]
async fn a_page_of_another_site_gets_nothing() {
    let server = TestServer::start().await.unwrap();
    let joined = server.join(Role::Editor, "Joana").await.unwrap();
    let own = format!("http://{}", server.door().address);
    for (origin, allowed) in [(own.as_str(), true), ("http://evil.example", false), ("null", false), ("http://127.0.0.1", false)] {
        let upgrade: Result<_> = Opening::of(&joined).unwrap().header("origin", origin).unwrap().open().await;
        assert_eq!(upgrade.as_ref().err().map(refusal), if allowed { None } else { Some(Some(403)) }, "{origin}");
        for verb in ["join", "peek", "links"] {
            let body = json!({ "token": server.door().editor, "name": "Ana", "role": "editor" });
            let request = Request::post(format!("/api/plans/{}/{verb}", server.plan()), body.to_string()).header("origin", origin);
            let answer = request.header("cookie", &joined.cookie).send(server.door().address).await.unwrap();
            // An editor may not make links, whatever page asks.
            let expected = if allowed && verb != "links" { 200 } else { 403 };
            assert_eq!(answer.status, expected, "{verb} {origin}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn a_form_of_another_site_is_no_json() {
    let server = TestServer::start().await.unwrap();
    let body = json!({ "token": server.door().editor, "name": "Ana" }).to_string();
    let path = format!("/api/plans/{}/join", server.plan());
    for kind in ["text/plain", "application/x-www-form-urlencoded"] {
        let request = Request::post(path.clone(), body.clone()).header("content-type", kind);
        check(&request.send(server.door().address).await.unwrap(), 400, "malformed");
    }
    let long = json!({ "token": "a".repeat(20_000), "name": "Ana" }).to_string();
    check(&Request::post(path, long).send(server.door().address).await.unwrap(), 413, "too_large");
}

#[tokio::test]
async fn the_cookie_is_for_the_server_alone() {
    let plain = TestServer::start().await.unwrap();
    let public = TestServer::behind("https://plan.example.org".parse().unwrap()).await.unwrap();
    for (server, secure) in [(plain, false), (public, true)] {
        let joined = server.join(Role::Editor, "Joana").await.unwrap();
        let flags: Vec<&str> = joined.set_cookie.split(';').skip(1).map(str::trim).collect();
        for flag in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(flags.contains(&flag), "{flag}: {flags:?}");
        }
        assert_eq!(flags.contains(&"Secure"), secure, "{flags:?}");
        assert!(!joined.set_cookie.contains(&server.door().editor), "the link's token is not in it");
    }
}

fn check(answer: &Answer, status: u16, code: &str) {
    let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
    assert_eq!((answer.status, body["code"].as_str()), (status, Some(code)), "{answer:?}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}
