//! What is put on record, and how it reads.

use std::sync::Arc;

use hamutuk_shared::access::{Refusal, Role};
use hamutuk_shared::id::{SectionId, VersionId};
use hamutuk_shared::plan::SectionState;
use serde_json::json;

use super::*;
use crate::store::MemoryStore;

const PLAN: PlanId = PlanId::from_bytes([1; 16]);
const MARIA: ParticipantId = ParticipantId::from_bytes([2; 16]);
const SECTION: SectionId = SectionId::from_bytes([3; 10]);

fn terms(label: &str, role: Role) -> LinkTerms {
    LinkTerms { link: "0a1b2c3d4e5f".into(), label: label.into(), role, sections: None, expires_ms: None, people_max: None }
}

fn written() -> Written {
    Written::of([9; 32], 1_700_000_000)
}

/// One of each.
fn events() -> Vec<(Event, serde_json::Value)> {
    let (link, section, version) = ("0a1b2c3d4e5f", SECTION.to_string(), VersionId::from_bytes([4; 10]));
    let limited = LinkTerms { sections: Some(vec![SECTION]), expires_ms: Some(0), people_max: Some(20), ..terms("Group 1", Role::Editor) };
    let told = |label: &str, role: &str| json!({"link": link, "label": label, "role": role, "sections": null, "expires_ms": null, "people_max": null});
    let change = written().change;
    vec![
        (Event::Joined { link: link.into(), role: Role::Editor }, json!({"link": link, "role": "editor"})),
        (
            Event::RoleChanged { link: link.into(), was: Role::Viewer, now: Role::Editor },
            json!({"link": link, "was": "viewer", "now": "editor"}),
        ),
        (
            Event::LinkMade(limited),
            json!({"link": link, "label": "Group 1", "role": "editor", "sections": [section], "expires_ms": 0, "people_max": 20}),
        ),
        (
            Event::LinkChanged { was: terms("a", Role::Editor), now: terms("b", Role::Viewer) },
            json!({"was": told("a", "editor"), "now": told("b", "viewer")}),
        ),
        (Event::LinkRevoked(terms("a", Role::Editor)), told("a", "editor")),
        (
            Event::SectionState {
                section: SECTION,
                was: SectionState::Open,
                now: SectionState::Locked,
                set: SectionState::Review,
                written: written(),
            },
            json!({"section": section, "was": "open", "now": "locked", "set": "review", "change": change, "written_ms": 1_700_000_000_000_i64}),
        ),
        (
            Event::VersionNamed { version, written: Written { written_ms: None, ..written() } },
            json!({"version": version, "change": change, "written_ms": null}),
        ),
        (
            Event::ChangeDenied { refusal: Refusal::Locked, section: Some(SECTION), path: Some("sections".into()), count: 3 },
            json!({"refusal": "Locked", "section": section, "path": "sections", "count": 3}),
        ),
        (Event::Restored {}, json!({})),
    ]
}

#[tokio::test]
async fn what_is_noted_reads_back_and_is_what_the_interface_promises() {
    let store = MemoryStore::new();
    for (event, _) in events() {
        note(&store, PLAN, Some(MARIA), event).await.unwrap();
    }
    let page = page(&store, PLAN, Seq::START).await.unwrap();
    assert!(!page.more);
    for ((number, record), (event, detail)) in (1..).zip(&page.entries).zip(events()) {
        assert_eq!((record.seq, record.plan, record.actor, &record.event), (Seq(number), PLAN, Some(MARIA), &event));
        assert_eq!(serde_json::to_value(&event).unwrap(), json!({"what": event.word(), "detail": detail}));
        let key = audit_key(PLAN, Seq(number));
        let bytes = store.record(RecordKind::Audit, &key).await.unwrap().unwrap();
        records::check(RecordKind::Audit, &key, &bytes).unwrap();
        assert!(records::check(RecordKind::Audit, &audit_key(PlanId::from_bytes([7; 16]), Seq(1)), &bytes).is_err(), "it names its plan");
        assert!(records::check(RecordKind::Audit, &key[1..], &bytes).is_err());
        assert!(records::check(RecordKind::Audit, &key, &bytes[..bytes.len() - 1]).is_err());
    }
    assert_eq!(page.entries.len(), events().len());
}

#[tokio::test]
async fn a_long_log_comes_in_pages() {
    let store = MemoryStore::new();
    let many = 2 * limits::AUDIT_PAGE_ENTRIES_MAX + 1;
    let one = Occurrence { actor: None, event: Event::Restored {} };
    note_all(&store, PLAN, vec![one; many]).await.unwrap();
    let (mut after, mut sizes) = (Seq::START, Vec::new());
    loop {
        let page = page(&store, PLAN, after).await.unwrap();
        sizes.push(page.entries.len());
        after = page.entries.last().unwrap().seq;
        if !page.more {
            break;
        }
    }
    assert_eq!((sizes, after), (vec![limits::AUDIT_PAGE_ENTRIES_MAX, limits::AUDIT_PAGE_ENTRIES_MAX, 1], Seq(many as u64)));
}

#[test]
fn a_line_says_it_in_words() {
    let mut names = Names::default();
    names.people.insert(MARIA, "Maria\n=1".into());
    names.sections.insert(SECTION, "P2".into());
    let record = |event| AuditRecord { seq: Seq(7), plan: PLAN, at_ms: 1_735_689_600_000, actor: Some(MARIA), event };
    let lines: Vec<Line> = events().into_iter().map(|(event, _)| Line::of(&record(event), &names)).collect();
    let rows: Vec<String> = lines.iter().map(|line| line.csv().replace(&MARIA.to_string(), "ID")).collect();
    let row = |event: &str, rest: &str| format!("\"7\",\"2025-01-01 00:00:00\",\"Maria =1\",\"{event}\",{rest},\"ID\"\r\n");
    assert_eq!(rows[0], row("joined", r#""link 0a1b2c3d4e5f","","editor","1","""#));
    let allows = "editor in P2, until 1970-01-01 00:00:00, at most 20 people";
    assert_eq!(rows[2], row("link_made", &format!(r#""link 0a1b2c3d4e5f “Group 1”","","{allows}","1","""#)));
    assert_eq!(rows[3], row("link_changed", r#""link 0a1b2c3d4e5f “b”","“a”: editor","viewer","1","""#));
    assert_eq!(rows[5], row("section_state", r#""P2","open","locked (review was set)","1","2023-11-14 22:13:20""#));
    assert_eq!(rows[7], row("change_denied", r#""P2: sections","","the section is locked","3","""#));
    assert_eq!(csv_head().matches(',').count(), rows[0].matches("\",\"").count(), "as many cells as columns");
    assert_eq!(lines[0].text(), "7  2025-01-01 00:00:00  person Maria =1  joined  link 0a1b2c3d4e5f  after editor");
}

#[tokio::test]
async fn a_log_is_read_also_where_the_plan_is_not() {
    let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
    assert_eq!(Names::of(&store, None, PLAN).await.unwrap(), Names::default());
}
