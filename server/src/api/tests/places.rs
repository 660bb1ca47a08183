//! How many come by a link, until when, and what somebody has who came by several.

use axum::http::{Method, StatusCode};
use futures_util::future::join_all;
use hamutuk_shared::access::Scope;
use serde_json::{Value, json};

use super::bench::Bench;
use crate::api::identity::{self, Asker};
use crate::links::short;
use crate::records::{self, LinkRecord};

#[tokio::test]
async fn the_last_place_of_a_link_is_given_once() {
    let bench = Bench::new(None).await;
    let cookie = bench.join(&bench.facilitator, "Rosa").await.cookie();
    let (id, token) = bench.make(&cookie, json!({ "role": "editor", "people_max": 7 })).await;
    let names: Vec<String> = (0..30).map(|number| format!("Person {number}")).collect();
    let answers = join_all(names.iter().map(|name| bench.join(&token, name))).await;
    let (joined, full): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == StatusCode::OK);
    assert_eq!((joined.len(), full.len()), (7, 23));
    assert!(full.iter().all(|answer| answer.code() == (409, "link_full")));
    assert_eq!(bench.link(&cookie, &id).await["people"].as_array().unwrap().len(), 7);
    assert_eq!(bench.join(&bench.editor, "Maria").await.status, StatusCode::OK, "the other link is not full");

    bench.ask(Method::PATCH, &format!("links/{id}"), &cookie, json!({ "people_max": 8 })).await;
    assert_eq!(bench.join(&token, "One more").await.status, StatusCode::OK);
    assert_eq!(bench.join(&token, "And another").await.code(), (409, "link_full"));
}

#[tokio::test]
async fn who_comes_back_to_a_full_link_needs_no_place() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.facilitator, "Rosa").await;
    let (id, token) = bench.make(&rosa.cookie(), json!({ "role": "editor", "people_max": 1 })).await;
    // A name that does not do takes no place.
    assert_eq!(bench.join(&token, " ").await.code(), (422, "name_missing"));
    let ana = bench.join(&token, "Ana").await;
    let again = |who: &super::bench::Answer| json!({ "token": token.reveal(), "name": "Ana", "participant": who.body["participant"] });
    for _ in 0..3 {
        let back = bench.post("join", &ana.cookie(), again(&ana)).await;
        assert_eq!((back.status, &back.body["participant"]), (StatusCode::OK, &ana.body["participant"]));
    }
    assert_eq!(bench.link(&rosa.cookie(), &id).await["people"].as_array().unwrap().len(), 1, "she counts once");
    for (cookie, expected) in [("", 409), (&*ana.cookie(), 200), (&*rosa.cookie(), 200)] {
        let peek = bench.post("peek", cookie, json!({ "token": token.reveal() })).await;
        assert_eq!(peek.status.as_u16(), expected, "said before the form is filled in, and only to whom it concerns");
    }
    let facilitator = bench.post("join", &rosa.cookie(), again(&rosa)).await;
    assert_eq!((facilitator.status, &facilitator.body["role"]), (StatusCode::OK, &json!("facilitator")), "she takes no place");
}

#[tokio::test]
async fn a_link_whose_time_is_over_shuts_out_until_it_gets_more() {
    let bench = Bench::new(None).await;
    let cookie = bench.join(&bench.facilitator, "Rosa").await.cookie();
    let ana = bench.join(&bench.editor, "Ana").await;
    let link: LinkRecord = records::load(&*bench.store, &bench.editor.hash()).await.unwrap().unwrap();
    records::save(&*bench.store, &LinkRecord { expires_ms: Some(1), ..link }).await.unwrap();
    let token = json!({ "token": bench.editor.reveal() });
    assert_eq!(bench.post("peek", "", token).await.code(), (410, "link_expired"));
    assert_eq!(bench.join(&bench.editor, "Joana").await.code(), (410, "link_expired"));
    assert_eq!(bench.me("cookie", &ana.cookie()).await.code(), (410, "link_expired"));

    let named = format!("links/{}", short(&bench.editor.hash()));
    let longer = bench.ask(Method::PATCH, &named, &cookie, json!({ "expires_ms": null })).await;
    assert_eq!((longer.status, &longer.body["expires_ms"]), (StatusCode::OK, &Value::Null));
    let me = bench.me("cookie", &ana.cookie()).await;
    assert_eq!((me.status, &me.body["participant"]), (StatusCode::OK, &ana.body["participant"]), "she is let in again, as who she was");
}

#[tokio::test]
async fn opening_another_link_takes_what_it_gives_unless_that_is_less() {
    let bench = Bench::new(None).await;
    let cookie = bench.join(&bench.facilitator, "Rosa").await.cookie();
    let sections = bench.sections().await;
    let made = |sections: &[String]| json!({ "role": "editor", "sections": sections });
    let (first, one) = bench.make(&cookie, made(&sections[..1])).await;
    let (second, other) = bench.make(&cookie, made(&sections[1..2])).await;
    let (third, both) = bench.make(&cookie, made(&sections[..2])).await;
    let ana = bench.join(&one, "Ana").await;
    let me = ana.body["participant"].clone();
    let editor = short(&bench.editor.hash());
    for (token, expected, why) in [
        (&other, &second, "another section"),
        (&one, &first, "and back"),
        (&both, &third, "more sections"),
        (&one, &third, "fewer"),
        (&bench.editor, &editor, "all sections"),
        (&both, &editor, "fewer"),
    ] {
        let body = json!({ "token": token.reveal(), "name": "Ana", "participant": me });
        assert_eq!(bench.post("join", &ana.cookie(), body).await.body["participant"], me);
        for id in [&first, &second, &third, &editor] {
            let is_there = bench.link(&cookie, id).await["people"].as_array().unwrap().iter().any(|one| one["participant"] == me);
            assert_eq!(is_there, id == expected, "{why}");
        }
    }
    let grant = identity::of(&*bench.store, bench.plan, &Asker::of(headers(&ana.cookie()), None)).await.unwrap().grant;
    assert_eq!(grant.scope, Scope::Plan);
}

fn headers(cookie: &str) -> axum::http::HeaderMap {
    [(axum::http::header::COOKIE, cookie.parse().unwrap())].into_iter().collect()
}
