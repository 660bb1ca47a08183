//! Facilitators list, make, change and revoke links, and nobody else does.

use axum::http::{Method, StatusCode};
use hamutuk_shared::id::SectionId;
use hamutuk_shared::limits;
use serde_json::{Value, json};

use super::bench::Bench;
use crate::links::short;
use crate::secret::{Secret, now_ms};

const HOUR_MS: u64 = 3_600_000;

#[tokio::test]
async fn only_a_facilitator_has_to_do_with_links() {
    let bench = Bench::new(None).await;
    let (facilitator, editor) = (bench.join(&bench.facilitator, "Rosa").await.cookie(), bench.join(&bench.editor, "Ana").await.cookie());
    let (id, _) = bench.make(&facilitator, json!({ "role": "viewer" })).await;
    let named = format!("links/{id}");
    for (method, path, body) in [
        (Method::GET, "links", Value::Null),
        (Method::POST, "links", json!({ "role": "viewer" })),
        (Method::PATCH, &named, json!({ "role": "facilitator" })),
        (Method::DELETE, &named, Value::Null),
        (Method::DELETE, "links/000000000000", Value::Null),
    ] {
        for (cookie, expected) in [("", (401, "not_joined")), (&*editor, (403, "not_allowed"))] {
            assert_eq!(bench.ask(method.clone(), path, cookie, body.clone()).await.code(), expected, "{method} {path}");
        }
    }
    let link = bench.link(&facilitator, &id).await;
    assert_eq!((&link["role"], &link["revoked_ms"]), (&json!("viewer"), &Value::Null), "nothing of it was done");
}

#[tokio::test]
async fn a_link_is_made_listed_changed_and_revoked() {
    let bench = Bench::new(None).await;
    let rosa = bench.join(&bench.facilitator, "Rosa").await;
    let (cookie, sections, expires_ms) = (rosa.cookie(), bench.sections().await, now_ms() + HOUR_MS);
    let ask = json!({ "role": "editor", "label": " Baucau ", "sections": [sections[1]], "expires_ms": expires_ms, "people_max": 20 });
    let made = bench.post("links", &cookie, ask).await;
    let (url, id) = (made.body["url"].as_str().unwrap(), made.body["id"].as_str().unwrap());
    let token = Secret::parse(url.strip_prefix(&format!("http://plan.example/p/{}#", bench.plan)).unwrap()).unwrap();
    assert_eq!(id, short(&token.hash()));
    assert_eq!(made.body["qr"], serde_json::to_value(crate::qr::drawing(url).unwrap()).unwrap());

    let ana = bench.join(&token, "Ana").await;
    let link = bench.link(&cookie, id).await;
    let joined_ms = link["people"][0]["joined_ms"].as_u64().unwrap();
    assert!(joined_ms.abs_diff(now_ms()) < HOUR_MS);
    let expected = json!({
        "id": id, "label": "Baucau", "role": "editor", "sections": [sections[1]], "created_ms": link["created_ms"],
        "created_by": rosa.body["participant"], "expires_ms": expires_ms, "people_max": 20, "revoked_ms": null,
        "people": [{ "participant": ana.body["participant"], "joined_ms": joined_ms }],
    });
    assert_eq!(link, expected);

    let named = format!("links/{id}");
    for (change, key, value) in [
        (json!({ "label": "Group 2" }), "label", json!("Group 2")),
        (json!({ "sections": [sections[0], sections[2]] }), "sections", json!(sorted(&[&sections[0], &sections[2]]))),
        (json!({ "sections": null }), "sections", Value::Null),
        (json!({ "expires_ms": null }), "expires_ms", Value::Null),
        (json!({ "people_max": null }), "people_max", Value::Null),
        (json!({ "sections": [sections[0]] }), "sections", json!([sections[0]])),
        (json!({ "role": "commenter" }), "role", json!("commenter")),
    ] {
        let mut expected = bench.link(&cookie, id).await;
        expected[key] = value;
        if key == "role" {
            expected["sections"] = Value::Null;
        }
        let changed = bench.ask(Method::PATCH, &named, &cookie, change.clone()).await;
        assert_eq!((changed.status, &changed.body), (StatusCode::OK, &expected), "{change}");
        assert_eq!(bench.link(&cookie, id).await, expected, "{change}");
    }
    for _ in 0..2 {
        assert_eq!(bench.ask(Method::DELETE, &named, &cookie, Value::Null).await.status, StatusCode::NO_CONTENT);
    }
    assert!(bench.link(&cookie, id).await["revoked_ms"].is_u64());
    assert_eq!(bench.join(&token, "Maria").await.code(), (410, "link_revoked"));
    assert_eq!(bench.me("cookie", &ana.cookie()).await.code(), (410, "link_revoked"));
}

/// As sections are told: in the order of their ids.
fn sorted(ids: &[&String]) -> Vec<SectionId> {
    let mut ids: Vec<SectionId> = ids.iter().map(|id| id.parse().unwrap()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn a_link_that_cannot_be_is_refused_with_its_reason() {
    let bench = Bench::new(None).await;
    let cookie = bench.join(&bench.facilitator, "Rosa").await.cookie();
    let section = bench.sections().await.remove(0);
    let (id, _) = bench.make(&cookie, json!({ "role": "editor" })).await;
    for (terms, expected) in [
        (json!({ "label": "x".repeat(limits::NAME_CHARS_MAX + 1) }), (422, "name_too_long")),
        (json!({ "sections": ["a".repeat(16)] }), (422, "sections_wrong")),
        (json!({ "sections": [section, "a".repeat(16)] }), (422, "sections_wrong")),
        (json!({ "sections": [] }), (422, "sections_wrong")),
        (json!({ "sections": [section], "role": "facilitator" }), (422, "sections_wrong")),
        (json!({ "sections": ["P1"] }), (400, "malformed")),
        (json!({ "expires_ms": 1 }), (422, "expiry_wrong")),
        (json!({ "expires_ms": u64::MAX }), (422, "expiry_wrong")),
        (json!({ "people_max": 0 }), (422, "people_max_wrong")),
        (json!({ "people_max": limits::LINK_PEOPLE_MAX + 1 }), (422, "people_max_wrong")),
        (json!({ "people_max": -1 }), (400, "malformed")),
        (json!({ "role": "king" }), (400, "malformed")),
    ] {
        let mut whole = json!({ "role": "editor" });
        whole.as_object_mut().unwrap().extend(terms.as_object().unwrap().clone());
        assert_eq!(bench.post("links", &cookie, whole).await.code(), expected, "making {terms}");
        assert_eq!(bench.ask(Method::PATCH, &format!("links/{id}"), &cookie, terms.clone()).await.code(), expected, "changing {terms}");
    }
    let elsewhere = short(&Bench::new(None).await.editor.hash());
    for unknown in ["000000000000", "", "..", &elsewhere, &id[..11]] {
        let answer = bench.ask(Method::DELETE, &format!("links/{unknown}"), &cookie, Value::Null).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{unknown}");
    }
    assert_eq!(bench.link(&cookie, &id).await["revoked_ms"], Value::Null);
}

#[tokio::test]
async fn the_last_link_for_facilitators_is_not_lost() {
    let bench = Bench::new(None).await;
    let cookie = bench.join(&bench.facilitator, "Rosa").await.cookie();
    let (last, soon) = (format!("links/{}", short(&bench.facilitator.hash())), now_ms() + HOUR_MS);
    let refused = async |why: &str| {
        for (method, body) in [
            (Method::DELETE, Value::Null),
            (Method::PATCH, json!({ "role": "editor" })),
            (Method::PATCH, json!({ "expires_ms": soon, "label": "the end" })),
        ] {
            assert_eq!(bench.ask(method, &last, &cookie, body).await.code(), (409, "last_facilitator_link"), "{why}");
        }
    };
    refused("there is no other").await;
    bench.make(&cookie, json!({ "role": "editor" })).await;
    let (other, _) = bench.make(&cookie, json!({ "role": "facilitator", "expires_ms": soon })).await;
    refused("the other one ends").await;
    assert_eq!(bench.link(&cookie, &last[6..]).await["label"], "", "of a change that is refused nothing is done");
    let other = format!("links/{other}");
    assert_eq!(bench.ask(Method::PATCH, &other, &cookie, json!({ "expires_ms": null })).await.status, StatusCode::OK);
    assert_eq!(bench.ask(Method::PATCH, &last, &cookie, json!({ "expires_ms": soon })).await.status, StatusCode::OK);
    assert_eq!(bench.ask(Method::DELETE, &other, &cookie, Value::Null).await.code(), (409, "last_facilitator_link"));
    assert_eq!(bench.ask(Method::DELETE, &last, &cookie, Value::Null).await.status, StatusCode::NO_CONTENT);
}
