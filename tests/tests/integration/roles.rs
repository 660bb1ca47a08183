//! What the real server answers to each role and scope, in each state of a section. The pure function has a table of its own.

use hamutuk_server::links::{Links, NewLink};
use hamutuk_shared::access::{Refusal, Role, Scope};
use hamutuk_shared::id::{CommentId, ParkedId, ParticipantId, ReportId, SectionId, SuggestionId};
use hamutuk_shared::plan::schema::Home;
use hamutuk_shared::plan::{Choice, Edit, Field, Item, Name, SectionState, Value};
use hamutuk_shared::text::Splice;
use hamutuk_tests::client::WireClient;
use hamutuk_tests::server::TestServer;

/// Somebody who came by a link of this role.
pub(super) async fn come_as(server: &TestServer, role: Role, name: &str) -> WireClient {
    come_by(server, NewLink::of(role), name).await
}

/// Somebody who came by a new link.
async fn come_by(server: &TestServer, new: NewLink, name: &str) -> WireClient {
    let (_, token) = Links::new(server.store(), None).make(server.plan(), new).await.unwrap();
    WireClient::open(server.door().join_by(&token.reveal(), name).await.unwrap()).await.unwrap()
}

pub(super) fn state(client: &WireClient, state: SectionState) -> Edit {
    let field = Field::of_section(client.activity().section, Name::State);
    Edit::Set { field, value: Value::Word(state.as_str().to_owned()) }
}

/// What somebody tries, each on a new thing.
fn deeds(client: &WireClient, other: ParticipantId, number: u8) -> [(&'static str, Edit); 8] {
    let (at, me, id) = (client.activity(), client.participant(), [number; 10]);
    let dot = |person| Edit::Set { field: Field { item: Item::Ballot(person), name: Name::DOTS[0] }, value: Value::Word(at.to_string()) };
    let splice = Splice { at: 0, delete: 0, insert: "x".to_owned() };
    [
        ("types a title", Edit::Text { field: Field::of_activity(at, Name::Title), splice: splice.clone() }),
        ("reports", Edit::Add { item: Item::Report(Home::Activity(at), ReportId::from_bytes(id)) }),
        ("suggests", Edit::Add { item: Item::Suggestion(at.section, SuggestionId::from_bytes(id)) }),
        ("comments", Edit::Add { item: Item::Comment(CommentId::from_bytes(id)) }),
        ("gives a dot", dot(me)),
        ("gives a dot of somebody else", dot(other)),
        ("parks something", Edit::Add { item: Item::Parked(ParkedId::from_bytes(id)) }),
        ("retitles the plan", Edit::Text { field: Field::PLAN_TITLE, splice }),
    ]
}

/// What each of [`deeds`] is answered, by a link for all sections, for this one, or for others.
fn expected(role: Role, is_for_it: bool, state: SectionState) -> [Option<Refusal>; 8] {
    let (no, other) = (Some(Refusal::NotAllowed), Some(Refusal::OtherSection));
    let closed = match state {
        SectionState::Open => None,
        SectionState::Review => Some(Refusal::InReview),
        SectionState::Locked => Some(Refusal::Locked),
        SectionState::Adopted => Some(Refusal::Adopted),
    };
    match role {
        Role::Facilitator | Role::Replica => [None; 8],
        Role::Editor if !is_for_it => [other, other, None, None, None, no, None, no],
        Role::Editor => [closed, closed.filter(|_| state != SectionState::Adopted), None, None, None, no, None, no],
        Role::Commenter => [no, no, None, None, None, no, no, no],
        Role::Viewer => [no; 8],
    }
}

#[tokio::test]
async fn each_role_and_scope_is_answered_as_the_rule_says_in_each_state() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let sections: Vec<SectionId> = maria.plan().sections.iter().map(|section| section.id).collect();
    let only = |sections: &[SectionId]| Scope::Sections(sections.iter().copied().collect());
    let mut number = 0;
    // The facilitator last: what stands somewhere already is not written again.
    for (role, scope) in [
        (Role::Editor, Scope::Plan),
        (Role::Editor, only(&sections[..1])),
        (Role::Editor, only(&sections[1..])),
        (Role::Commenter, Scope::Plan),
        (Role::Viewer, Scope::Plan),
        (Role::Facilitator, Scope::Plan),
    ] {
        let is_for_it = scope.contains(sections[0]);
        let mut client = come_by(&server, NewLink { scope: scope.clone(), ..NewLink::of(role) }, "Joana").await;
        for now in SectionState::ALL {
            maria.edit(&state(&maria, *now)).await;
            maria.until_received().await;
            let section = maria.activity().section;
            client.until("the state is known", |client| client.plan().section(section).is_some_and(|one| one.state.value == *now)).await;
            number += 1;
            for ((what, deed), expected) in deeds(&client, maria.participant(), number).into_iter().zip(expected(role, is_for_it, *now)) {
                let before = client.refused().len();
                client.edit(&deed).await;
                client.until_received().await;
                let refused: Vec<Refusal> = client.refused()[before..].iter().map(|(_, refusal)| *refusal).collect();
                assert_eq!(refused, expected.into_iter().collect::<Vec<_>>(), "{role:?} of {scope:?} {what} while {now:?}");
            }
        }
    }
}

#[tokio::test]
async fn what_was_written_offline_into_a_section_that_was_locked_is_kept_and_the_rest_goes_through() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let mut joana = WireClient::open(server.join(Role::Editor, "Joana").await.unwrap()).await.unwrap();
    let parked = ParkedId::from_bytes([9; 10]);
    joana.disconnect();
    let title = Field::of_activity(joana.activity(), Name::Title);
    joana.write(title, "written too late").await;
    joana.edit(&Edit::Add { item: Item::Parked(parked) }).await;
    maria.edit(&state(&maria, SectionState::Locked)).await;
    maria.until_received().await;

    joana.go_live().await.unwrap();
    joana.until("the refusal comes", |joana| !joana.refused().is_empty()).await;
    joana.until_received().await;
    let [(Edit::Text { field, splice }, Refusal::Locked)] = joana.refused() else { panic!("{:?}", joana.refused()) };
    assert_eq!((*field, splice.insert.as_str()), (title, "written too late"), "handed back, with its reason");
    assert!(joana.device().aside() >= 1, "and kept on the device");
    maria.until("what is allowed comes", |maria| maria.plan().parking.iter().any(|one| one.id == parked)).await;
    assert_eq!(maria.text(title), "");
}
