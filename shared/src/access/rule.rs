//! The rule.

use serde::{Deserialize, Serialize};

use crate::id::ParticipantId;
use crate::plan::schema::{Name, key, root};

/// What a link makes of whoever opens it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May do everything, and may hand on what others wrote when a server has lost it.
    Facilitator,
    /// Writes into the sections.
    Editor,
}

impl Role {
    /// The role of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Facilitator, Self::Editor].into_iter().find(|role| role.as_str() == name)
    }

    /// How people and records name it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facilitator => "facilitator",
            Self::Editor => "editor",
        }
    }
}

/// What one connection may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// As whom it writes.
    pub participant: ParticipantId,
    /// What it may do.
    pub role: Role,
}

/// What is done at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// A value, or characters of a text, are written or removed.
    Write,
    /// An object is made where there was none.
    Make,
    /// An object is replaced or removed, with all that is in it.
    Destroy,
}

/// Why a change is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// The role may not write there.
    #[error("this link may not change that part of the plan")]
    NotAllowed,
    /// The change says that somebody else wrote it.
    #[error("the change was written by somebody else")]
    Forged,
    /// The change removes or replaces something that holds other people's words; it can only be archived.
    #[error("that can be archived, but not removed")]
    Destroys,
    /// The change is longer than the limits allow.
    #[error("the change is too large")]
    TooLarge,
    /// The change is damaged, or not a change.
    #[error("the change cannot be read")]
    Malformed,
    /// A change that it builds on was refused.
    #[error("it builds on a change that was refused")]
    BuildsOnRefused,
}

/// Whether `grant` allows `act` at the path of keys from the root.
///
/// # Errors
/// The reason, when it does not.
pub fn check(grant: &Grant, path: &[&str], act: Act) -> Result<(), Refusal> {
    if act == Act::Destroy {
        return Err(Refusal::Destroys);
    }
    let allowed = match grant.role {
        Role::Facilitator => !path.is_empty() && path != [root::SCHEMA],
        Role::Editor => editor_may(grant.participant, path, act),
    };
    if allowed { Ok(()) } else { Err(Refusal::NotAllowed) }
}

const CONTEXT: &str = Name::Context.key();

fn editor_may(me: ParticipantId, path: &[&str], act: Act) -> bool {
    match path {
        [root::PEOPLE, person, ..] => *person == me.to_string() && act == Act::Write,
        [root::ORGANISATIONS | root::SOURCES | root::PARKING | root::SYNERGIES, _, ..] => true,
        [root::SECTIONS, _, CONTEXT | key::GROUP, ..] => act == Act::Write,
        [root::SECTIONS, _, key::OUTCOMES | key::ACTIVITIES, _, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_writes_where_it_may_and_nowhere_else() {
        let me = ParticipantId::from_bytes([1; 16]);
        let (own, other) = (format!("people/{me}/name"), format!("people/{}/name", ParticipantId::from_bytes([2; 16])));
        let rows: [(&str, Act, bool, bool); 18] = [
            // path, act, facilitator, editor
            ("meta/title", Act::Write, true, false),
            ("meta/vision", Act::Write, true, false),
            ("schema", Act::Write, false, false),
            ("", Act::Write, false, false),
            ("sections/a/context", Act::Write, true, true),
            ("sections/a/state", Act::Write, true, false),
            ("sections/a", Act::Make, true, false),
            ("sections/a/activities/b", Act::Make, true, true),
            ("sections/a/activities/b", Act::Destroy, false, false),
            ("sections/a/activities/b/title", Act::Write, true, true),
            ("sections/a/activities", Act::Make, true, false),
            ("organisations/a", Act::Make, true, true),
            ("sources/a", Act::Make, true, true),
            ("parking/a/text", Act::Write, true, true),
            ("synergies/a", Act::Make, true, true),
            ("comments/a", Act::Make, true, false),
            (&own, Act::Write, true, true),
            (&other, Act::Write, true, false),
        ];
        for (path, act, facilitator, editor) in rows {
            let keys: Vec<&str> = path.split('/').filter(|key| !key.is_empty()).collect();
            for (role, expected) in [(Role::Facilitator, facilitator), (Role::Editor, editor)] {
                let grant = Grant { participant: me, role };
                assert_eq!(check(&grant, &keys, act).is_ok(), expected, "{role:?} {act:?} {path}");
            }
        }
    }
}
