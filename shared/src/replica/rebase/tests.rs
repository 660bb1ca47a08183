//! Several people at one device, and a refusal.

use automerge::Change;
use serde_bytes::ByteBuf;

use crate::access::{Grant, Refusal, Role, Scope};
use crate::id::{Author, LogId, ParticipantId, SectionId, Seq, TabId};
use crate::plan::template::sample;
use crate::plan::{Edit, Field, Item, Name, Value, read};
use crate::replica::{Effect, RefusedEdit, Replica};
use crate::sync::frame::{CatchUp, ClientFrame, ServerFrame, SessionId, Welcome};
use crate::text::Splice;

fn person(number: u8) -> ParticipantId {
    ParticipantId::from_bytes([number; 16])
}

fn editor(number: u8) -> Grant {
    Grant::new(person(number), Role::Editor)
}

/// May write in one section only.
fn limited(number: u8, section: SectionId) -> Grant {
    Grant { scope: Scope::Sections([section].into()), ..editor(number) }
}

/// A laptop that several people share, and what it stores.
struct Laptop {
    replica: Replica,
    people: Vec<Grant>,
}

impl Laptop {
    /// The first of them writes.
    fn of(people: &[Grant]) -> Self {
        let mut laptop = Self { replica: load(&people[0], &sample().save()), people: people.to_vec() };
        laptop.replica.set_companions(people[1..].iter().cloned());
        laptop
    }

    /// Hands the laptop to another of them: the page begins anew.
    fn hand_to(&mut self, number: u8) {
        let saved = self.replica.save();
        let grant = self.people.iter().find(|grant| grant.participant == person(number)).unwrap();
        self.replica = load(grant, &saved);
        let others = self.people.iter().filter(|grant| grant.participant != person(number));
        self.replica.set_companions(others.cloned());
    }

    fn write(&mut self, field: Field, at: usize, words: &str) {
        let mut effects = self.replica.edit(&Edit::Text { field, splice: Splice { at, delete: 0, insert: words.into() } }, 0).unwrap();
        effects.extend(self.replica.commit(0));
        self.store(&effects);
    }

    fn store(&mut self, effects: &[Effect]) -> Vec<Effect> {
        let stored = effects.iter().filter_map(|effect| match effect {
            Effect::Store { changes, .. } => Some(changes.iter().map(|change| change.hash)),
            _ => None,
        });
        let stored: Vec<_> = stored.flatten().collect();
        self.replica.stored(&stored)
    }

    /// Connects to a server that has the template's plan and nothing else, and knows these people on the laptop. What is pushed.
    fn connect(&mut self, companions: Vec<Grant>) -> Vec<Change> {
        let log: Vec<Change> = sample().get_changes(&[]);
        let welcome = Welcome {
            log: LogId::from_bytes([1; 16]),
            head: Seq(log.len() as u64),
            heads: vec![log.last().unwrap().hash().into()],
            grant: self.replica.grant().clone(),
            companions,
            session: SessionId(1),
            catch_up: CatchUp::FromStart,
            now_ms: 0,
        };
        self.replica.connected();
        self.replica.receive(ServerFrame::Welcome(welcome), 0);
        let changes = log.iter().map(|change| ByteBuf::from(change.raw_bytes().to_vec())).collect();
        pushed(&self.replica.receive(ServerFrame::Changes { first: Seq(1), changes }, 0))
    }

    /// The server refuses the first of these and with it the others, and the laptop makes anew what it may: what could not be, and who
    /// wrote what is pushed now.
    fn refuse(&mut self, changes: &[Change], refusal: Refusal) -> (Vec<RefusedEdit>, Vec<Change>) {
        let mut effects = Vec::new();
        for (number, change) in changes.iter().enumerate() {
            let refusal = if number == 0 { refusal } else { Refusal::BuildsOnRefused };
            effects.extend(self.replica.receive(ServerFrame::Denied { hash: change.hash().into(), refusal }, 0));
        }
        let due = effects.iter().find_map(|effect| match effect {
            Effect::Rebase { refusal, .. } => Some(*refusal),
            _ => None,
        });
        let effects = self.replica.rebase(TabId::from_bytes([9; 8]), due.expect("a rebase is due"), 0);
        let refused = effects.iter().find_map(|effect| match effect {
            Effect::SetAside { refused, .. } => Some(refused.clone()),
            _ => None,
        });
        let now = self.store(&effects);
        (refused.expect("something is set aside"), pushed(&now))
    }
}

fn load(grant: &Grant, saved: &[u8]) -> Replica {
    let tab = TabId::from_bytes([grant.participant.as_bytes()[0]; 8]);
    Replica::load(Author { participant: grant.participant, tab }, grant.clone(), [saved], None).unwrap()
}

fn pushed(effects: &[Effect]) -> Vec<Change> {
    let pushes = effects.iter().filter_map(|effect| match effect {
        Effect::Send(ClientFrame::Push { changes }) => Some(changes),
        _ => None,
    });
    pushes.flatten().map(|bytes| Change::from_bytes(bytes.to_vec()).unwrap()).collect()
}

fn writers(changes: &[Change]) -> Vec<u8> {
    changes.iter().map(|change| Author::of(change.actor_id()).unwrap().participant.as_bytes()[0]).collect()
}

/// What was refused, why, and whose it is.
fn told(refused: &[RefusedEdit]) -> Vec<(String, Refusal, u8)> {
    refused.iter().map(|RefusedEdit { edit, refusal, writer }| (edit.path(), *refusal, writer.as_bytes()[0])).collect()
}

fn contexts() -> [(SectionId, Field); 2] {
    let sections = read::plan(&sample()).sections;
    [0, 1].map(|number: usize| (sections[number].id, Field { item: Item::Section(sections[number].id), name: Name::Context }))
}

#[test]
fn what_companions_wrote_is_sent_as_they_wrote_it() {
    let [(_, one), (_, two)] = contexts();
    let people = [editor(1), editor(2)];
    let mut laptop = Laptop::of(&people);
    laptop.write(one, 0, "of the first");
    laptop.hand_to(2);
    laptop.write(two, 0, "of the second");
    laptop.hand_to(1);
    laptop.write(one, 0, "more ");
    assert_eq!(laptop.replica.status().waiting, 3);
    assert_eq!(writers(&laptop.connect(vec![editor(2)])), [1, 2, 1]);
}

#[test]
fn who_is_no_companion_any_more_is_not_spoken_for() {
    let [(_, one), _] = contexts();
    let mut laptop = Laptop::of(&[editor(1), editor(2)]);
    laptop.write(one, 0, "of the first");
    laptop.people.remove(0);
    laptop.hand_to(2);
    assert!(laptop.connect(Vec::new()).is_empty());
}

#[test]
fn of_several_who_wrote_each_makes_anew_what_they_may() {
    let [(first, one), (_, two)] = contexts();
    // The second person was let in to the first section only, while the laptop was offline.
    let mut laptop = Laptop::of(&[editor(1), editor(2)]);
    laptop.write(one, 0, "A1 ");
    laptop.hand_to(2);
    laptop.write(two, 0, "B1 ");
    laptop.write(one, 3, "B2 ");
    laptop.hand_to(1);
    laptop.write(two, 3, "A2 ");
    let pushed = laptop.connect(vec![limited(2, first)]);
    assert_eq!(writers(&pushed), [1, 2, 2, 1]);
    laptop.replica.receive(ServerFrame::Ack { first: Some(Seq(2)), hashes: vec![pushed[0].hash().into()] }, 0);
    let (refused, anew) = laptop.refuse(&pushed[1..], Refusal::OtherSection);
    assert_eq!(told(&refused), [(two.to_string(), Refusal::OtherSection, 2)]);
    assert_eq!(writers(&anew), [2, 1], "each under their own name");
    let text = |field| laptop.replica.text(field).unwrap();
    assert_eq!((text(one).as_str(), text(two).as_str()), ("A1 B2 ", "A2 "), "what stood beside refused words stays");
    assert_eq!(laptop.replica.author().participant, person(1));
    assert_eq!(laptop.replica.grant(), &editor(1));
}

#[test]
fn of_whom_the_server_does_not_know_nothing_is_made_anew_and_the_others_go_on() {
    let [(_, one), (_, two)] = contexts();
    let mut laptop = Laptop::of(&[editor(1), editor(2)]);
    laptop.write(one, 0, "of the first");
    laptop.hand_to(2);
    laptop.write(two, 0, "of the second");
    let pushed = laptop.connect(Vec::new());
    let (refused, anew) = laptop.refuse(&pushed, Refusal::Forged);
    assert_eq!(told(&refused), [(one.to_string(), Refusal::NotAllowed, 1)]);
    assert_eq!(writers(&anew), [2]);
    assert_eq!(laptop.replica.text(two).unwrap(), "of the second");
    assert_eq!(laptop.replica.text(one).unwrap(), "");
}

#[test]
fn what_one_makes_of_a_section_holds_for_the_next() {
    let [(section, one), (_, two)] = contexts();
    let facilitator = Grant::new(person(1), Role::Facilitator);
    let mut laptop = Laptop::of(&[facilitator.clone(), editor(2)]);
    let locked = Edit::Set { field: Field::of_section(section, Name::State), value: Value::Word("locked".to_owned()) };
    let effects = laptop.replica.edit(&locked, 0).unwrap();
    laptop.store(&effects);
    laptop.hand_to(2);
    laptop.write(one, 0, "of the second");
    laptop.write(two, 0, "elsewhere");
    let pushed = laptop.connect(vec![facilitator]);
    let (refused, anew) = laptop.refuse(&pushed, Refusal::Locked);
    assert_eq!(told(&refused), [(one.to_string(), Refusal::Locked, 2)]);
    assert_eq!(writers(&anew), [1, 2]);
    assert_eq!(laptop.replica.text(two).unwrap(), "elsewhere");
}

#[test]
fn refused_again_nothing_is_tried_a_third_time() {
    let [(_, one), (_, two)] = contexts();
    let mut laptop = Laptop::of(&[editor(1), editor(2)]);
    laptop.write(one, 0, "of the first");
    laptop.hand_to(2);
    laptop.write(two, 0, "of the second");
    let pushed = laptop.connect(vec![editor(1)]);
    let (refused, anew) = laptop.refuse(&pushed, Refusal::Locked);
    assert_eq!((refused.len(), writers(&anew)), (0, vec![1, 2]), "as far as this replica knows, both may");
    laptop.replica.receive(ServerFrame::Ack { first: Some(Seq(2)), hashes: vec![anew[0].hash().into()] }, 0);
    let (refused, anew) = laptop.refuse(&anew[1..], Refusal::Locked);
    assert_eq!((refused.len(), anew.len()), (1, 0));
    let text = |field| laptop.replica.text(field).unwrap();
    assert_eq!((text(one).as_str(), text(two).as_str()), ("of the first", ""));
}
