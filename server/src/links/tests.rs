//! What a change leaves of a plan's links, without a server.

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{ParticipantId, PlanId};

use super::keep::is_last_lost;
use super::*;
use crate::records::LinkRecord;
use crate::store::MemoryStore;

const NOW: u64 = 1_000;

fn link(number: u8, role: Role, expires_ms: Option<u64>) -> LinkRecord {
    LinkRecord { hash: [number; 32], expires_ms, ..NewLink::of(role).record(PlanId::from_bytes([1; 16]), &Secret::new().unwrap()) }
}

#[test]
fn a_way_in_for_facilitators_stays() {
    let facilitator = |number, expires_ms| link(number, Role::Facilitator, expires_ms);
    let revoked = |link: LinkRecord| LinkRecord { revoked_ms: Some(1), ..link };
    let (lasting, ending, ended) = (facilitator(1, None), facilitator(2, Some(NOW + 1)), facilitator(3, Some(NOW)));
    let editor = link(4, Role::Editor, None);
    for (links, after, lost, why) in [
        (vec![&lasting, &editor], revoked(lasting.clone()), true, "the only one"),
        (vec![&lasting, &ending], revoked(lasting.clone()), true, "the only one without an end"),
        (vec![&lasting, &ended], facilitator(1, Some(NOW + 5)), true, "it would end"),
        (vec![&lasting], link(1, Role::Editor, None), true, "it would be for editors"),
        (vec![&lasting], LinkRecord { label: "x".into(), ..lasting.clone() }, false, "a name is no matter"),
        (vec![&lasting, &ending], revoked(ending.clone()), false, "the lasting one stays"),
        (vec![&lasting, &editor], revoked(editor.clone()), false, "it is not for facilitators"),
        (vec![&ending], revoked(ending.clone()), true, "the only one, though it ends"),
        (vec![&ending], facilitator(2, Some(NOW + 9)), false, "it ends as it would have"),
        (vec![&ended, &editor], revoked(editor.clone()), false, "there was none before either"),
    ] {
        let links: Vec<LinkRecord> = links.into_iter().cloned().collect();
        assert_eq!(is_last_lost(&links, &after, NOW), lost, "{why}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_those_who_revoke_the_last_links_at_the_same_moment_one_is_refused() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let (links, plan) = (Links::new(Arc::clone(&store), None), PlanId::from_bytes([1; 16]));
    for number in 1..=5 {
        records::save(&*store, &link(number, Role::Facilitator, None)).await.unwrap();
    }
    let mut revoking = tokio::task::JoinSet::new();
    for number in 1..=5 {
        let links = links.clone();
        revoking.spawn(async move { links.revoke([number; 32], None).await });
    }
    let refused: Vec<_> = revoking.join_all().await.into_iter().filter_map(Result::err).collect();
    assert!(matches!(refused[..], [LinkError::LastFacilitator]), "{refused:?}");
    let left = links.of_plan(plan).await.unwrap().into_iter().filter(|link| link.revoked_ms.is_none());
    assert_eq!(left.count(), 1);
}

#[tokio::test]
async fn a_place_is_free_again_when_somebody_does_not_come() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    let links = Links::new(store, None);
    let link = LinkRecord { people_max: Some(1), ..link(1, Role::Editor, None) };
    let (ana, rosa) = (ParticipantId::from_bytes([1; 16]), ParticipantId::from_bytes([2; 16]));
    let place = links.place(&link, ana).await.unwrap().unwrap();
    assert!(matches!(links.place(&link, rosa).await, Err(LinkError::Full)));
    let twice = links.place(&link, ana).await.unwrap().unwrap();
    drop(place);
    assert!(matches!(links.place(&link, rosa).await, Err(LinkError::Full)), "she is still coming in by another tab");
    drop(twice);
    assert!(links.place(&link, rosa).await.unwrap().is_some());
    assert!(links.place(&LinkRecord { people_max: None, ..link }, ana).await.unwrap().is_none(), "where there is no limit nobody is held");
}

#[test]
fn sections_go_with_the_role_that_they_were_for() {
    let sections = Scope::Sections([SectionId::from_bytes([1; 10])].into());
    let before = LinkRecord { scope: sections.clone(), ..link(1, Role::Editor, None) };
    let as_viewer = Change { role: Some(Role::Viewer), ..Change::default() }.of(before.clone());
    assert_eq!((as_viewer.role, as_viewer.scope), (Role::Viewer, Scope::Plan));
    assert_eq!(Change { role: Some(Role::Editor), ..Change::default() }.of(before.clone()), before);
}
