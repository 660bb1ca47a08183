//! Who may write where: a table.

use super::*;

const ME: ParticipantId = ParticipantId::from_bytes([1; 16]);
const SECTION: SectionId = SectionId::from_bytes([7; 10]);

/// What an editor is answered in a section of this state.
fn in_state(state: SectionState, path: &str) -> Result<(), Refusal> {
    let states = States::from_iter([(SECTION, Register::settled(state))]);
    let path = path.replace('$', &SECTION.to_string());
    let keys: Vec<&str> = path.split('/').collect();
    check(&Grant::new(ME, Role::Editor), &states, &Target { path: &keys, act: Act::Write, maker: ME })
}

#[test]
fn a_section_is_written_into_while_it_is_open() {
    let title = "sections/$/activities/a/title";
    assert_eq!(in_state(SectionState::Open, title), Ok(()));
    assert_eq!(in_state(SectionState::Review, title), Err(Refusal::InReview));
    assert_eq!(in_state(SectionState::Locked, title), Err(Refusal::Locked));
    assert_eq!(in_state(SectionState::Adopted, title), Err(Refusal::Adopted));
}
