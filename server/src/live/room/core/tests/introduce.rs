//! People and their organisations, written by the server.

use hamutuk_shared::id::{OrganisationId, SectionId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::read;
use hamutuk_shared::sync::frame::ServerFrame;

use super::super::{IntroduceError, Introduction};
use super::bench::{Bench, participant};

const NEW: OrganisationId = OrganisationId::from_bytes([200; 10]);

fn introduction(request: u64, name: &str, organisation: &str) -> Introduction {
    Introduction {
        request,
        participant: participant(5),
        name: name.into(),
        organisation: organisation.into(),
        organisation_id: NEW,
        group: None,
        now_s: 1_750_000_000,
    }
}

fn check(bench: &mut Bench, name: &str, organisation: &str) -> Result<Option<OrganisationId>, IntroduceError> {
    bench.core.introduce(introduction(1, name, organisation));
    bench.run();
    bench.introduced.pop().expect("it is answered").1
}

#[test]
fn an_organisation_is_found_by_its_name_or_made() {
    let mut bench = Bench::new();
    let known = read::organisations(bench.core.document().unwrap())[0].clone();
    for (organisation, expected) in [
        ("", None),
        ("  ", None),
        (&*known.label().to_uppercase(), Some(known.id)),
        (&*format!("  {} ", known.name.replace(' ', "   ")), Some(known.id)),
        ("Grupu Feto Foun", Some(NEW)),
        ("grupu  feto FOUN", Some(NEW)),
    ] {
        assert_eq!(check(&mut bench, "Rosa", organisation), Ok(expected), "{organisation:?}");
        let person = read::person(bench.core.document().unwrap(), participant(5)).unwrap();
        assert_eq!((&*person.name, person.organisation), ("Rosa", expected));
    }
}

#[test]
fn a_person_sits_in_one_group_and_stays_there_when_none_is_named() {
    let mut bench = Bench::new();
    let sections: Vec<_> = read::groups(bench.core.document().unwrap()).into_iter().map(|group| group.section).collect();
    let stranger = SectionId::from_bytes([9; 10]);
    for (asked, expected) in [
        (None, vec![]),
        (Some(stranger), vec![]),
        (Some(sections[1]), vec![sections[1]]),
        (None, vec![sections[1]]),
        (Some(stranger), vec![sections[1]]),
        (Some(sections[2]), vec![sections[2]]),
        (Some(sections[2]), vec![sections[2]]),
    ] {
        bench.core.introduce(Introduction { group: asked, ..introduction(1, "Rosa", "") });
        bench.run();
        assert!(bench.introduced.pop().expect("it is answered").1.is_ok());
        let groups = read::groups(bench.core.document().unwrap());
        let of_rosa = groups.into_iter().filter(|group| group.members.contains(&participant(5)));
        assert_eq!(of_rosa.map(|group| group.section).collect::<Vec<_>>(), expected, "{asked:?}");
    }
}

#[test]
fn a_name_that_does_not_do_is_refused() {
    let long = "x".repeat(limits::NAME_CHARS_MAX + 1);
    let mut bench = Bench::new();
    assert_eq!(check(&mut bench, " ", "JSMP"), Err(IntroduceError::NameMissing));
    assert_eq!(check(&mut bench, &long, "JSMP"), Err(IntroduceError::NameTooLong));
    assert_eq!(check(&mut bench, "Rosa", &long), Err(IntroduceError::NameTooLong));
    assert_eq!(bench.log.len(), 1);
}

#[test]
fn a_person_is_answered_and_told_of_when_durable() {
    let mut bench = Bench::new();
    bench.live(1);
    bench.hold_appends = true;
    bench.core.introduce(introduction(1, "Rosa", "New one"));
    bench.core.introduce(introduction(2, "Rosa", "New one"));
    bench.run();
    assert_eq!((bench.introduced.len(), bench.take(1)), (0, vec![]));
    bench.commit();
    assert_eq!(bench.introduced, [(1, Ok(Some(NEW))), (2, Ok(Some(NEW)))]);
    assert!(matches!(&bench.take(1)[..], [ServerFrame::Changes { changes, .. }] if changes.len() == 1));
    bench.core.introduce(introduction(3, "Rosa", "New one"));
    bench.run();
    assert_eq!((bench.introduced.len(), bench.append.is_none()), (3, true), "nothing changed, nothing is written");
}
