//! A link becomes a person with a cookie, or does not.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use hamutuk_shared::access::Role;
use hamutuk_shared::limits;
use serde_json::{Value, json};

use super::bench::Bench;
use crate::links;
use crate::secret::Secret;

#[tokio::test]
async fn a_link_becomes_a_person_with_a_cookie() {
    let bench = Bench::new(None).await;
    let peek = bench.post("peek", "", json!({ "token": bench.editor.reveal() })).await;
    assert_eq!((peek.status, &peek.body["role"]), (StatusCode::OK, &json!("editor")));
    assert!(peek.body["organisations"].as_array().unwrap().contains(&json!("JSMP")));

    let joined = bench.join(&bench.editor, "Rosa").await;
    assert_eq!((joined.status, &joined.body["role"], &joined.body["title"]), (StatusCode::OK, &json!("editor"), &peek.body["title"]));
    assert!(joined.body["organisation"].is_string());
    let set = joined.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(set.starts_with(&format!("hamutuk_{}_{}=", bench.plan, joined.body["participant"].as_str().unwrap())), "{set}");
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/; Max-Age=31536000"), "{set}");

    let (cookie, secret) = (joined.cookie(), joined.cookie().split_once('=').unwrap().1.to_owned());
    for (header, value) in [("cookie", format!("a=b; {cookie}; c=d")), ("authorization", format!("Bearer {secret}"))] {
        let me = bench.me(header, &value).await;
        assert_eq!((me.status, &me.body["participant"]), (StatusCode::OK, &joined.body["participant"]));
    }
    for (header, value) in
        [("cookie", "a=b"), ("cookie", &format!("hamutuk_{}_x=AAAAAAAAAAAAAAAAAAAAAA", bench.plan)), ("authorization", "Basic x")]
    {
        assert_eq!(bench.me(header, value).await.code(), (401, "not_joined"));
    }
}

#[tokio::test]
async fn a_cookie_is_secure_where_the_address_is() {
    let bench = Bench::new(Some("https://plan.example")).await;
    let joined = bench.join(&bench.editor, "Rosa").await;
    assert!(joined.headers[header::SET_COOKIE].to_str().unwrap().ends_with("; Secure"));
}

#[tokio::test]
async fn who_comes_back_stays_the_same_person() {
    let bench = Bench::new(None).await;
    let first = bench.join(&bench.facilitator, "Rosa").await;
    let me = first.body["participant"].clone();
    let again =
        |participant: Value| json!({ "token": bench.editor.reveal(), "name": "Rosa M", "organisation": "", "participant": participant });
    let same = bench.post("join", &first.cookie(), again(me.clone())).await;
    assert_eq!((&same.body["participant"], &same.body["role"]), (&me, &json!("facilitator")), "opening a weaker link takes nothing away");
    assert_eq!(same.body["organisation"], Value::Null);
    for (cookie, participant) in [(first.cookie(), Value::Null), (String::new(), me.clone()), (first.cookie(), json!("a".repeat(26)))] {
        let other = bench.post("join", &cookie, again(participant)).await;
        assert_eq!((other.status, &other.body["role"]), (StatusCode::OK, &json!("editor")));
        assert_ne!(other.body["participant"], me);
    }
}

#[tokio::test]
async fn each_mistake_has_its_code() {
    let bench = Bench::new(None).await;
    let stranger = Secret::new().unwrap();
    let revoked = links::create(&*bench.store, bench.plan, Role::Editor, "").await.unwrap();
    bench.revoke(&revoked).await;
    let long = "x".repeat(limits::NAME_CHARS_MAX + 1);
    for (token, name, expected) in [
        (stranger.reveal(), "Rosa", (403, "link_wrong")),
        ("short".to_owned(), "Rosa", (403, "link_wrong")),
        (revoked.reveal(), "Rosa", (410, "link_revoked")),
        (bench.editor.reveal(), " ", (422, "name_missing")),
        (bench.editor.reveal(), &*long, (422, "name_too_long")),
    ] {
        let answer = bench.post("join", "", json!({ "token": token, "name": name })).await;
        assert_eq!(answer.code(), expected);
    }
    assert_eq!(bench.post("join", "", json!({ "name": 5 })).await.code(), (400, "malformed"));
    assert_eq!(bench.post("join", "", json!({ "name": "Rosa" })).await.code(), (401, "not_joined"), "there is no link to come by");
    assert_eq!(bench.post("join", "", json!({ "token": "x".repeat(20_000), "name": "" })).await.code(), (413, "too_large"));

    let other = Bench::new(None).await;
    assert_eq!(other.join(&bench.editor, "Rosa").await.code(), (403, "link_wrong"), "a link opens one plan");
    for plan in ["x".to_owned(), "a".repeat(26)] {
        let request = Request::get(format!("/api/plans/{plan}/me")).body(Body::empty()).unwrap();
        assert_eq!(bench.send(request).await.code(), (404, "plan_not_found"));
    }
}

#[tokio::test]
async fn revoking_a_link_shuts_out_who_came_by_it() {
    let bench = Bench::new(None).await;
    let joined = bench.join(&bench.editor, "Rosa").await;
    bench.revoke(&bench.editor).await;
    assert_eq!(bench.me("cookie", &joined.cookie()).await.code(), (410, "link_revoked"));
}
