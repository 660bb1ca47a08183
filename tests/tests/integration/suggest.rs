//! Suggestions and comments over real sockets: who makes them, who decides, and that nothing of it can be had by whom it is not for.

use hamutuk_shared::access::{Refusal, Role};
use hamutuk_shared::id::{ActivityId, CommentId, ReplyId, SuggestionId};
use hamutuk_shared::plan::suggestion::{Draft, Proposal, accept, decide};
use hamutuk_shared::plan::{Decision, Edit, Field, Item, Name, SectionState, remark};
use hamutuk_tests::client::WireClient;
use hamutuk_tests::server::TestServer;

use super::roles::{come_as, state};

const SUGGESTED: SuggestionId = SuggestionId::from_bytes([7; 10]);
const NEW: ActivityId = ActivityId::from_bytes([8; 10]);

fn draft(client: &WireClient, text: &str) -> Draft {
    let field = Field::of_activity(client.activity(), Name::Title);
    let proposal = Proposal::Words { field, text: text.to_owned() };
    Draft { proposal, was: client.text(field), said: String::new(), note: "It is shorter".to_owned() }
}

fn decision(client: &WireClient) -> Option<Decision> {
    client.room().suggestions.first().map(|(_, one)| one.decision.value)
}

/// The server has what the person did, or has refused it.
async fn refused(client: &mut WireClient) -> Vec<Refusal> {
    client.until_received().await;
    client.refused().iter().map(|(_, refusal)| *refusal).collect()
}

#[tokio::test]
async fn a_commenter_suggests_an_editor_accepts_and_a_viewer_does_neither() {
    let server = TestServer::start().await.unwrap();
    let mut bea = come_as(&server, Role::Editor, "Bea").await;
    let mut joana = come_as(&server, Role::Commenter, "Joana").await;
    let mut celia = come_as(&server, Role::Viewer, "Celia").await;
    let (at, title) = (bea.activity(), Field::of_activity(bea.activity(), Name::Title));
    bea.write_acked(title, "Training of women").await;
    joana.until("the title comes", |joana| joana.text(title) == "Training of women").await;

    let me = joana.participant();
    joana.edit_all(&draft(&joana, "Training of young women").edits(SUGGESTED, me)).await;
    assert_eq!(refused(&mut joana).await, []);
    // What others write meanwhile is still there afterwards.
    bea.write_acked(title, " in Baucau").await;
    bea.until("the suggestion comes", |bea| !bea.room().suggestions.is_empty()).await;
    let (section, suggestion) = bea.room().suggestions[0].clone();
    assert_eq!((section, suggestion.submitted_by.value), (at.section, Some(me)));

    // Not her own, and not a viewer's.
    joana.edit(&decide(section, SUGGESTED, Decision::Accepted)).await;
    assert_eq!(refused(&mut joana).await, [Refusal::NotAllowed]);
    celia.until("the suggestion comes", |celia| !celia.room().suggestions.is_empty()).await;
    celia.edit(&decide(section, SUGGESTED, Decision::Declined)).await;
    celia.edit_all(&remark::comment(CommentId::from_bytes([1; 10]), &title.to_string(), "Why?", celia.participant())).await;
    let said = refused(&mut celia).await;
    assert!(!said.is_empty() && said.iter().all(|why| *why == Refusal::NotAllowed), "{said:?}");
    assert_eq!((decision(&bea), bea.room().comments.len()), (Some(Decision::Open), 0));

    let edits = accept(section, &suggestion, Some(&bea.text(title)), NEW).unwrap();
    bea.edit_all(&edits).await;
    assert_eq!(refused(&mut bea).await, []);
    joana.until("the decision comes", |joana| decision(joana) == Some(Decision::Accepted)).await;
    assert_eq!(joana.text(title), "Training of young women in Baucau");
}

#[tokio::test]
async fn while_a_section_is_in_review_only_a_facilitator_decides() {
    let server = TestServer::start().await.unwrap();
    let mut maria = WireClient::open(server.join(Role::Facilitator, "Maria").await.unwrap()).await.unwrap();
    let mut bea = come_as(&server, Role::Editor, "Bea").await;
    let mut joana = come_as(&server, Role::Commenter, "Joana").await;
    maria.edit(&state(&maria, SectionState::Review)).await;
    maria.until_received().await;
    let me = joana.participant();
    joana.edit_all(&draft(&joana, "Radio").edits(SUGGESTED, me)).await;
    joana.until_received().await;
    for client in [&mut maria, &mut bea] {
        client.until("the suggestion comes", |client| !client.room().suggestions.is_empty()).await;
    }
    let (section, suggestion) = maria.room().suggestions[0].clone();
    let no = decide(section, SUGGESTED, Decision::Declined);
    assert_eq!(bea.may(&no), Err(Refusal::InReview), "the device knows it too");
    bea.edit(&no).await;
    assert_eq!(refused(&mut bea).await, [Refusal::InReview]);
    maria.edit_all(&accept(section, &suggestion, Some(""), NEW).unwrap()).await;
    assert_eq!(refused(&mut maria).await, []);
    bea.until("the decision comes", |bea| decision(bea) == Some(Decision::Accepted)).await;
    assert_eq!(bea.text(Field::of_activity(bea.activity(), Name::Title)), "Radio");
}

#[tokio::test]
async fn people_answer_each_other_and_take_back_only_what_they_said_themselves() {
    let server = TestServer::start().await.unwrap();
    let mut bea = come_as(&server, Role::Editor, "Bea").await;
    let mut joana = come_as(&server, Role::Commenter, "Joana").await;
    let (comment, reply) = (CommentId::from_bytes([1; 10]), ReplyId::from_bytes([2; 10]));
    let (about, me) = (Field::PLAN_VISION.to_string(), joana.participant());
    joana.edit_all(&remark::comment(comment, &about, "For whom?", me)).await;
    joana.until_received().await;
    bea.until("the comment comes", |bea| !bea.room().comments.is_empty()).await;
    bea.edit_all(&remark::reply(comment, reply, "For all.", bea.participant())).await;
    bea.edit(&remark::settle(comment, true)).await;
    assert_eq!(refused(&mut bea).await, []);
    joana
        .until("it is answered and settled", |joana| {
            let room = joana.room();
            room.comments[0].decision.value == Decision::Accepted && room.comments[0].replies.len() == 1
        })
        .await;
    joana.edit(&Edit::Archive { item: Item::Reply(comment, reply), archived: true }).await;
    assert_eq!(refused(&mut joana).await, [Refusal::OfAnother]);
    joana.edit(&Edit::Archive { item: Item::Comment(comment), archived: true }).await;
    joana.until_received().await;
    bea.until("it is taken back", |bea| !bea.room().comments[0].archived.is_kept()).await;
}
