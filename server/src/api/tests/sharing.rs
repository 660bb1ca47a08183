//! One browser, several people.

use axum::http::{Method, StatusCode, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::id::ParticipantId;
use hamutuk_shared::limits::COMPANIONS_MAX;
use serde_json::{Value, json};

use super::bench::{Answer, Bench};
use crate::api::identity::{self, Asker};

fn id(joined: &Answer) -> ParticipantId {
    joined.body["participant"].as_str().unwrap().parse().unwrap()
}

/// What a browser sends that has all these cookies.
fn jar(joined: &[&Answer]) -> String {
    joined.iter().map(|answer| answer.cookie()).collect::<Vec<_>>().join("; ")
}

/// Whom the server takes the browser for that says who it is.
async fn taken_for(bench: &Bench, jar: &str, claimed: Option<ParticipantId>) -> Result<ParticipantId, (u16, String)> {
    let path = claimed.map_or("me".to_owned(), |claimed| format!("me?as={claimed}"));
    let answer = bench.ask(Method::GET, &path, jar, Value::Null).await;
    if answer.status == StatusCode::OK { Ok(id(&answer)) } else { Err((answer.status.as_u16(), answer.code().1.to_owned())) }
}

async fn companions(bench: &Bench, jar: &str, me: ParticipantId) -> Vec<ParticipantId> {
    let headers = [(header::COOKIE, jar.parse().unwrap())].into_iter().collect();
    let all = identity::companions(&*bench.store, bench.plan, &Asker::of(headers, Some(me)), me).await.unwrap();
    all.into_iter().map(|companion| companion.grant.participant).collect()
}

/// Whoever has the browser lets somebody else join.
async fn hand_over(bench: &Bench, jar: &str, from: ParticipantId, name: &str) -> Answer {
    bench.post(&format!("join?as={from}"), jar, json!({ "name": name, "organisation": "JSMP" })).await
}

#[tokio::test]
async fn each_speaks_for_themselves_and_nobody_for_who_has_no_cookie_there() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.editor, "Rosa").await;
    let ana = hand_over(&bench, &rosa.cookie(), id(&rosa), "Ana").await;
    assert_eq!((ana.status, &ana.body["role"]), (StatusCode::OK, &json!("editor")));
    assert_ne!(id(&ana), id(&rosa));
    let elsewhere = bench.join(&bench.editor, "Zita").await;
    let jar = jar(&[&rosa, &ana]);
    assert_eq!(taken_for(&bench, &jar, Some(id(&rosa))).await, Ok(id(&rosa)));
    assert_eq!(taken_for(&bench, &jar, Some(id(&ana))).await, Ok(id(&ana)));
    assert_eq!(taken_for(&bench, &jar, Some(id(&elsewhere))).await, Err((401, "not_joined".to_owned())));
    assert_eq!(bench.ask(Method::GET, "me?as=nobody", &jar, Value::Null).await.code(), (400, "malformed"));
    assert_eq!(companions(&bench, &jar, id(&rosa)).await, [id(&ana)]);
    assert_eq!(companions(&bench, &rosa.cookie(), id(&rosa)).await, []);
}

#[tokio::test]
async fn somebody_else_comes_by_the_same_link_and_takes_a_place_of_it() {
    let bench = Bench::new(None).await;
    let facilitator = bench.join(&bench.facilitator, "Maria").await;
    let (link, token) = bench.make(&facilitator.cookie(), json!({ "role": "editor", "people_max": 2 })).await;
    let rosa = bench.join(&token, "Rosa").await;
    let ana = hand_over(&bench, &rosa.cookie(), id(&rosa), "Ana").await;
    let came = bench.link(&facilitator.cookie(), &link).await["people"].as_array().unwrap().len();
    assert_eq!(came, 2);
    let third = hand_over(&bench, &jar(&[&rosa, &ana]), id(&ana), "Eva").await;
    assert_eq!(third.code(), (409, "link_full"));
    bench.revoke(&token).await;
    let late = hand_over(&bench, &jar(&[&rosa, &ana]), id(&ana), "Eva").await;
    assert_eq!(late.code(), (410, "link_revoked"));
}

#[tokio::test]
async fn who_is_handed_a_facilitators_laptop_is_no_facilitator() {
    let bench = Bench::new(None).await;
    let maria = bench.join(&bench.facilitator, "Maria").await;
    assert_eq!(hand_over(&bench, &maria.cookie(), id(&maria), "Ana").await.code(), (403, "not_allowed"));
    assert_eq!(hand_over(&bench, "", id(&maria), "Ana").await.code(), (401, "not_joined"));
    let ana = bench.post("join", &maria.cookie(), json!({ "token": bench.editor.reveal(), "name": "Ana" })).await;
    assert_eq!(ana.body["role"], json!(Role::Editor.as_str()));
    let jar = jar(&[&maria, &ana]);
    let of = |person: ParticipantId| format!("links?as={person}");
    assert_eq!(bench.ask(Method::GET, &of(id(&ana)), &jar, Value::Null).await.code(), (403, "not_allowed"));
    assert_eq!(bench.ask(Method::GET, &of(id(&maria)), &jar, Value::Null).await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_leaves_a_browser_is_not_spoken_for_by_it_any_more() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.editor, "Rosa").await;
    let ana = hand_over(&bench, &rosa.cookie(), id(&rosa), "Ana").await;
    let jar = jar(&[&rosa, &ana]);
    let left = bench.post(&format!("leave?as={}", id(&ana)), &jar, json!({ "participant": id(&rosa) })).await;
    assert_eq!(left.status, StatusCode::OK);
    let set = left.headers[header::SET_COOKIE].to_str().unwrap();
    assert_eq!(set, format!("hamutuk_{}_{}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0", bench.plan, id(&rosa)));
    assert_eq!(taken_for(&bench, &jar, Some(id(&rosa))).await, Err((401, "not_joined".to_owned())), "a kept cookie is worth nothing");
    assert_eq!(taken_for(&bench, &jar, Some(id(&ana))).await, Ok(id(&ana)));
    assert_eq!(companions(&bench, &jar, id(&ana)).await, []);
    let zita = bench.join(&bench.editor, "Zita").await;
    assert_eq!(
        bench.post("leave", &jar, json!({ "participant": id(&zita) })).await.status,
        StatusCode::OK,
        "there is nothing to take back"
    );
    assert_eq!(taken_for(&bench, &zita.cookie(), Some(id(&zita))).await, Ok(id(&zita)), "nobody is made to leave another browser");
}

#[tokio::test]
async fn the_cookie_from_before_laptops_could_be_shared_is_good() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.editor, "Rosa").await;
    let old = rosa.cookie().replace(&format!("_{}", id(&rosa)), "");
    assert!(old.starts_with(&format!("hamutuk_{}=", bench.plan)), "{old}");
    assert_eq!(taken_for(&bench, &old, Some(id(&rosa))).await, Ok(id(&rosa)));
}

#[tokio::test]
async fn a_browser_speaks_for_so_many_and_no_more() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.editor, "Rosa").await;
    let false_ones: Vec<String> =
        (0..4 * COMPANIONS_MAX).map(|number| format!("hamutuk_{}_{number}=AAAAAAAAAAAAAAAAAAAAAA", bench.plan)).collect();
    let jar = format!("{}; {}", false_ones.join("; "), rosa.cookie());
    assert_eq!(taken_for(&bench, &jar, None).await, Err((401, "not_joined".to_owned())));
    assert_eq!(taken_for(&bench, &jar, Some(id(&rosa))).await, Ok(id(&rosa)), "what is asked for by name is found");
}
