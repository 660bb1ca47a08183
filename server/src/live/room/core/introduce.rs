//! The server's own edits: who joined, for which organisation and in which group; and what a newer version of the plan needs.

use hamutuk_shared::access::{Grant, Role, Scope};
use hamutuk_shared::id::{OrganisationId, ParticipantId, SectionId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::edit::Edit;
use hamutuk_shared::plan::{Field, Name, OrganisationKind, read};

use super::document::{Broken, Document, Rejection};
use super::queue::Origin;
use super::reload::{Held, OpenError};
use super::{Effect, Health, IntroduceError, RoomCore, SERVER};
use crate::store::Entry;

/// Somebody joins the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// What [`Effect::Introduced`] answers to.
    pub request: u64,
    /// Who.
    pub participant: ParticipantId,
    /// What they are called.
    pub name: String,
    /// The name or acronym of their organisation; empty for none. If the plan has none of that name, it gets one.
    pub organisation: String,
    /// The id that a new organisation gets.
    pub organisation_id: OrganisationId,
    /// The section whose group they are in; none leaves them where they are. One that the plan lacks counts as none.
    pub group: Option<SectionId>,
    /// When, in seconds since 1970.
    pub now_s: i64,
}

impl RoomCore {
    /// Writes a person into the plan, with their organisation. Answered by [`Effect::Introduced`] once it is durable.
    pub fn introduce(&mut self, introduction: Introduction) {
        let request = introduction.request;
        let names = [introduction.name.trim(), introduction.organisation.trim()];
        let invalid = if names[0].is_empty() {
            Some(IntroduceError::NameMissing)
        } else if names.iter().any(|name| name.chars().count() > limits::NAME_CHARS_MAX) {
            Some(IntroduceError::NameTooLong)
        } else if matches!(self.health, Health::Ended) {
            Some(IntroduceError::Trouble)
        } else {
            None
        };
        if let Some(error) = invalid {
            return self.effects.push(Effect::Introduced { request, result: Err(error) });
        }
        let Health::Sound(document) = &mut self.health else { return self.held.push(Held::Introduce(introduction)) };
        let (organisation, edits) = edits_of(document, &introduction);
        let written = if edits.is_empty() { Ok(None) } else { document.write(self.author, &edits, introduction.now_s) };
        match written {
            Ok(entry) => self.introduce_with(Origin::Introduction(request, organisation), entry),
            Err(rejection) => {
                self.effects.push(Effect::Introduced { request, result: Err(IntroduceError::Trouble) });
                if let Rejection::Broke(broken) = rejection {
                    self.break_document(broken);
                }
            }
        }
    }

    /// Brings a plan of an older version to this one's, before anybody comes.
    pub(super) fn migrate(&mut self) -> Result<(), OpenError> {
        let Health::Sound(document) = &mut self.health else { return Ok(()) };
        if let Some(entry) = document.migrate(self.author).map_err(|Broken(what)| OpenError(what))? {
            self.queue.push(entry, Origin::Migration);
            self.start_batch();
        }
        Ok(())
    }

    /// Waits for what was written. If all of it was there already, it may still not be durable.
    fn introduce_with(&mut self, origin: Origin, entry: Option<Entry>) {
        let newest = self.queue.newest();
        match (entry, newest) {
            (Some(entry), _) => {
                self.queue.push(entry, origin);
                self.start_batch();
            }
            (None, Some(newest)) => drop(self.queue.join(&newest, origin)),
            (None, None) => {
                if let Origin::Introduction(request, organisation) = origin {
                    self.effects.push(Effect::Introduced { request, result: Ok(organisation) });
                }
            }
        }
    }
}

/// The grant that the server checks its own edits with.
pub(super) const SERVER_GRANT: Grant = Grant { participant: SERVER, role: Role::Facilitator, scope: Scope::Plan, hands_on: false };

fn edits_of(document: &Document, introduction: &Introduction) -> (Option<OrganisationId>, Vec<Edit>) {
    let (name, organisation) = (introduction.name.trim(), introduction.organisation.trim());
    let mut edits = Vec::new();
    let found = find_organisation(document, organisation);
    let organisation = if organisation.is_empty() { None } else { Some(found.unwrap_or(introduction.organisation_id)) };
    if let (Some(id), None) = (organisation, found) {
        let name = introduction.organisation.trim().to_owned();
        edits.push(Edit::AddOrganisation { id, acronym: String::new(), name, kind: OrganisationKind::default() });
    }
    let is_known = read::person(document.doc(), introduction.participant)
        .is_some_and(|person| person.name == name && person.organisation == organisation);
    if !is_known {
        edits.push(Edit::SetPerson { id: introduction.participant, name: name.to_owned(), organisation });
    }
    edits.extend(introduction.group.into_iter().flat_map(|group| into_group(document, introduction.participant, group)));
    (organisation, edits)
}

/// What brings somebody into the group of a section, and out of every other: a person sits at one table.
fn into_group(document: &Document, participant: ParticipantId, section: SectionId) -> Vec<Edit> {
    let groups = read::groups(document.doc());
    if !groups.iter().any(|group| group.section == section) {
        return Vec::new();
    }
    let moves = groups.into_iter().filter(|group| group.members.contains(&participant) != (group.section == section));
    let include = |of: SectionId| Edit::Include {
        field: Field::of_section(of, Name::GroupMembers),
        member: participant.to_string(),
        included: of == section,
    };
    moves.map(|group| include(group.section)).collect()
}

/// The organisation whose name or acronym this is, however it is spaced and in whichever case.
fn find_organisation(document: &Document, wanted: &str) -> Option<OrganisationId> {
    let wanted = folded(wanted);
    let organisations = read::organisations(document.doc());
    let found = organisations
        .iter()
        .find(|organisation| !wanted.is_empty() && (folded(&organisation.name) == wanted || folded(&organisation.acronym) == wanted));
    found.map(|organisation| organisation.id)
}

fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
