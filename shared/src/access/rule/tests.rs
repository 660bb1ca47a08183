//! Who may write where: tables.

use super::*;

const ME: ParticipantId = ParticipantId::from_bytes([1; 16]);
const OTHER: ParticipantId = ParticipantId::from_bytes([2; 16]);
const SECTION: SectionId = SectionId::from_bytes([7; 10]);
const STATES: [SectionState; 4] = [SectionState::Open, SectionState::Review, SectionState::Locked, SectionState::Adopted];

/// What a grant is answered at a path, in which `$` is the section, `@` the person and `!` another, while the section is in this state.
fn answer(grant: &Grant, state: SectionState, path: &str, act: Act, maker: ParticipantId) -> Result<(), Refusal> {
    let states = States::from_iter([(SECTION, Register::settled(state))]);
    let path = path.replace('$', &SECTION.to_string()).replace('@', &ME.to_string()).replace('!', &OTHER.to_string());
    let keys: Vec<&str> = path.split('/').filter(|key| !key.is_empty()).collect();
    check(grant, &states, &Target { path: &keys, act, maker })
}

fn check_row(path: &str, act: Act, maker: ParticipantId, [facilitator, editor, commenter, viewer]: [Result<(), Refusal>; 4]) {
    for (role, expected) in [
        (Role::Facilitator, facilitator),
        (Role::Replica, facilitator),
        (Role::Editor, editor),
        (Role::Commenter, commenter),
        (Role::Viewer, viewer),
    ] {
        let got = answer(&Grant::new(ME, role), SectionState::Open, path, act, maker);
        assert_eq!(got, expected, "{role:?} {act:?} {path} of {maker:?}");
    }
}

#[test]
fn each_role_writes_where_it_may_and_nowhere_else() {
    let (ok, no, another) = (Ok(()), Err(Refusal::NotAllowed), Err(Refusal::OfAnother));
    for (path, act, answers) in [
        // path, act, [facilitator, editor, commenter, viewer]
        ("", Act::Write, [no, no, no, no]),
        ("schema", Act::Write, [no, no, no, no]),
        ("meta/title", Act::Write, [ok, no, no, no]),
        ("meta/vision", Act::Write, [ok, no, no, no]),
        ("desk/message", Act::Write, [ok, no, no, no]),
        ("versions/a", Act::Make, [ok, no, no, no]),
        ("endorsements/a", Act::Make, [ok, no, no, no]),
        ("sections/$", Act::Make, [ok, no, no, no]),
        ("sections/$/state", Act::Write, [ok, no, no, no]),
        ("sections/$/order", Act::Write, [ok, no, no, no]),
        ("sections/$/suggestions", Act::Make, [ok, no, no, no]),
        ("sections/$/activities", Act::Make, [ok, no, no, no]),
        ("sections/$/context", Act::Write, [ok, ok, no, no]),
        ("sections/$/context", Act::Make, [ok, no, no, no]),
        ("sections/$/group/highlights/a", Act::Write, [ok, ok, no, no]),
        ("sections/$/group/members/@", Act::Write, [ok, ok, ok, no]),
        ("sections/$/group/members/@", Act::Make, [ok, no, no, no]),
        ("sections/$/group/members/!", Act::Write, [ok, ok, no, no]),
        ("sections/$/outcomes/a/statement", Act::Write, [ok, ok, no, no]),
        ("sections/$/activities/a", Act::Make, [ok, ok, no, no]),
        ("sections/$/activities/a/budget/b/amount", Act::Write, [ok, ok, no, no]),
        ("organisations/a", Act::Make, [ok, ok, no, no]),
        ("sources/a/name", Act::Write, [ok, ok, no, no]),
        ("synergies/a", Act::Make, [ok, ok, no, no]),
        ("parking/a/text", Act::Write, [ok, ok, no, no]),
        ("people/@/name", Act::Write, [ok, ok, ok, no]),
        ("people/@/organisation", Act::Write, [ok, ok, ok, no]),
        ("people/@/same_as", Act::Write, [ok, no, no, no]),
        ("people/@", Act::Make, [ok, no, no, no]),
        ("people/!/name", Act::Write, [ok, no, no, no]),
        ("votes/@/1", Act::Write, [ok, ok, ok, no]),
        ("votes/@/11", Act::Write, [ok, no, no, no]),
        ("votes/@", Act::Make, [ok, no, no, no]),
        ("votes/!/1", Act::Write, [ok, no, no, no]),
        ("comments", Act::Make, [ok, no, no, no]),
        ("elsewhere/a", Act::Make, [ok, no, no, no]),
    ] {
        check_row(path, act, ME, answers);
    }
    for (path, act, mine, of_another) in [
        ("comments/a", Act::Make, [ok, ok, ok, no], [ok, another, another, no]),
        ("comments/a/text", Act::Write, [ok, ok, ok, no], [ok, another, another, no]),
        ("comments/a/decision", Act::Write, [ok, ok, ok, no], [ok, ok, ok, no]),
        ("comments/a/replies/b", Act::Make, [ok, ok, ok, no], [ok, another, another, no]),
        ("comments/a/replies/b/text", Act::Write, [ok, ok, ok, no], [ok, another, another, no]),
        ("sections/$/suggestions/a", Act::Make, [ok, ok, ok, no], [ok, another, another, no]),
        ("sections/$/suggestions/a/text", Act::Write, [ok, ok, ok, no], [ok, another, another, no]),
        // Nobody accepts their own.
        ("sections/$/suggestions/a/decision", Act::Write, [ok, no, no, no], [ok, ok, no, no]),
    ] {
        check_row(path, act, ME, mine);
        check_row(path, act, OTHER, of_another);
    }
    for role in Role::ALL {
        let got = answer(&Grant::new(ME, role), SectionState::Open, "sections/$/activities/a", Act::Destroy, ME);
        assert_eq!(got, Err(Refusal::Destroys), "{role:?}");
    }
}

#[test]
fn a_section_is_written_into_while_it_is_open() {
    let closed = [Ok(()), Err(Refusal::InReview), Err(Refusal::Locked), Err(Refusal::Adopted)];
    let reported = [Ok(()), Err(Refusal::InReview), Err(Refusal::Locked), Ok(())];
    let always = [Ok(()); 4];
    for (path, act, answers) in [
        ("sections/$/context", Act::Write, closed),
        ("sections/$/group/name", Act::Write, closed),
        ("sections/$/group/members/!", Act::Write, closed),
        ("sections/$/group/members/@", Act::Write, always),
        ("sections/$/activities/a", Act::Make, closed),
        ("sections/$/activities/a/title", Act::Write, closed),
        ("sections/$/activities/a/archived", Act::Write, closed),
        ("sections/$/outcomes/a/statement", Act::Write, closed),
        ("sections/$/activities/a/progress", Act::Make, closed),
        ("sections/$/activities/a/progress/b", Act::Make, reported),
        ("sections/$/outcomes/a/progress/b/narrative", Act::Write, reported),
        ("sections/$/suggestions/a", Act::Make, always),
        ("parking/a", Act::Make, always),
        ("votes/@/3", Act::Write, always),
    ] {
        for (state, expected) in STATES.into_iter().zip(answers) {
            assert_eq!(answer(&Grant::new(ME, Role::Editor), state, path, act, ME), expected, "{path} while {state:?}");
            assert_eq!(answer(&Grant::new(ME, Role::Facilitator), state, path, act, ME), Ok(()), "a facilitator: {path}");
        }
    }
}

#[test]
fn a_link_for_sections_is_for_these() {
    let elsewhere = Scope::Sections(BTreeSet::from([SectionId::from_bytes([8; 10])]));
    let here = Scope::Sections(BTreeSet::from([SECTION]));
    for (path, other) in [
        ("sections/$/context", Err(Refusal::OtherSection)),
        ("sections/$/activities/a/title", Err(Refusal::OtherSection)),
        ("sections/$/activities/a/progress/b", Err(Refusal::OtherSection)),
        ("sections/$/suggestions/a/text", Ok(())),
        ("sections/$/group/members/!", Err(Refusal::OtherSection)),
        ("sections/$/group/members/@", Ok(())),
        ("sections/$/state", Err(Refusal::NotAllowed)),
        ("comments/a/text", Ok(())),
    ] {
        let of = |scope: &Scope| Grant { scope: scope.clone(), ..Grant::new(ME, Role::Editor) };
        assert_eq!(answer(&of(&elsewhere), SectionState::Open, path, Act::Write, ME), other, "{path}");
        if path != "sections/$/state" {
            assert_eq!(answer(&of(&here), SectionState::Open, path, Act::Write, ME), Ok(()), "{path}");
        }
    }
}

#[test]
fn of_two_states_the_stricter_holds() {
    let rival = |value| crate::plan::Rival { value, author: None };
    for (one, other) in [(SectionState::Open, SectionState::Locked), (SectionState::Locked, SectionState::Open)] {
        let states = States::from_iter([(SECTION, Register { value: one, rivals: vec![rival(one), rival(other)] })]);
        assert_eq!(states.of(SECTION), SectionState::Locked);
    }
    assert_eq!(States::default().of(SECTION), SectionState::Open, "where nobody has set one");
}

#[test]
fn what_somebody_has_is_not_lost_by_a_link_that_gives_less() {
    assert!(Role::Facilitator.is_more_than(Role::Editor) && Role::Editor.is_more_than(Role::Commenter));
    assert!(Role::Commenter.is_more_than(Role::Viewer) && !Role::Viewer.is_more_than(Role::Viewer));
    assert!(!Role::Replica.is_more_than(Role::Viewer), "a person is no server");
}
