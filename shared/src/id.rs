//! Identifiers: fixed-size random bytes, written as lowercase base32 (RFC 4648, no padding).
//!
//! Whoever makes an identifier supplies its bytes; see the crate's rule about randomness.

use std::fmt;
use std::str::FromStr;

use automerge::ActorId;
use base32::Alphabet;
use serde::{Deserialize, Serialize};

/// Why a text is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}")]
pub struct ParseIdError {
    /// The kind of identifier that was expected, such as `plan id`.
    pub kind: &'static str,
}

const BASE32: Alphabet = Alphabet::Rfc4648Lower { padding: false };

/// The bytes that `text` stands for; none if another text is the one to write for them.
fn decode(text: &str) -> Option<Vec<u8>> {
    base32::decode(BASE32, text).filter(|bytes| base32::encode(BASE32, bytes) == text)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $bytes:literal, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name([u8; Self::BYTES]);

        impl $name {
            /// How many bytes identify it.
            pub const BYTES: usize = $bytes;

            /// The identifier of these bytes, which should be random.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; Self::BYTES]) -> Self {
                Self(bytes)
            }

            /// The bytes that identify it.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; Self::BYTES] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&base32::encode(BASE32, &self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let error = ParseIdError { kind: $kind };
                let bytes = decode(text).and_then(|bytes| bytes.try_into().ok());
                bytes.map(Self).ok_or(error)
            }
        }

        impl From<[u8; $bytes]> for $name {
            fn from(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }

        impl TryFrom<String> for $name {
            type Error = ParseIdError;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }
    };
}

id!(
    /// A plan. Also the name of its log and of its address, so it is long enough not to be guessed.
    PlanId, 16, "plan id"
);
id!(
    /// A person on a device, as the server met them when they joined. The first part of every actor id of theirs.
    ParticipantId, 16, "participant id"
);
id!(
    /// One open tab (or one run of a command) of a participant. The second part of the actor id.
    TabId, 8, "tab id"
);
id!(
    /// One life of a plan's log. A log that is begun anew (another server, say) has another id.
    LogId, 16, "log id"
);
id!(
    /// A section of the plan: a pillar.
    SectionId, 10, "section id"
);
id!(
    /// An outcome of a section.
    OutcomeId, 10, "outcome id"
);
id!(
    /// An activity of a section.
    ActivityId, 10, "activity id"
);
id!(
    /// An organisation named in the plan.
    OrganisationId, 10, "organisation id"
);
id!(
    /// A budget line of an activity.
    BudgetLineId, 10, "budget line id"
);
id!(
    /// A funding of an activity.
    FundingId, 10, "funding id"
);
id!(
    /// A funding source.
    SourceId, 10, "source id"
);
id!(
    /// An indicator of an outcome or an activity.
    IndicatorId, 10, "indicator id"
);
id!(
    /// A progress report.
    ReportId, 10, "report id"
);
id!(
    /// An item of the parking lot.
    ParkedId, 10, "parking id"
);
id!(
    /// Two activities that have to do with each other.
    SynergyId, 10, "synergy id"
);

id!(
    /// A suggestion for a section.
    SuggestionId, 10, "suggestion id"
);
id!(
    /// A comment.
    CommentId, 10, "comment id"
);
id!(
    /// A reply to a comment.
    ReplyId, 10, "reply id"
);
id!(
    /// A named version of the plan.
    VersionId, 10, "version id"
);

/// The participant that the server writes as: the template, and who joined.
pub const SERVER: ParticipantId = ParticipantId::from_bytes([0; ParticipantId::BYTES]);

/// The number of a change in a plan's log, from 1. `Seq(0)` is the place before the first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// Before the first change.
    pub const START: Self = Self(0);

    /// The number `count` changes later.
    #[must_use]
    pub const fn plus(self, count: u64) -> Self {
        Self(self.0 + count)
    }

    /// How many changes lie after `earlier` up to this one; 0 when `earlier` is not earlier.
    #[must_use]
    pub const fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Who writes: a participant, in one tab. As bytes it is Automerge's actor id, so that history knows the person behind every value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The person.
    pub participant: ParticipantId,
    /// Their tab.
    pub tab: TabId,
}

impl Author {
    /// The length of an actor id: participant, then tab.
    pub const BYTES: usize = ParticipantId::BYTES + TabId::BYTES;

    /// The actor id that this author's changes carry.
    #[must_use]
    pub fn actor(&self) -> ActorId {
        let mut bytes = [0; Self::BYTES];
        bytes[..ParticipantId::BYTES].copy_from_slice(self.participant.as_bytes());
        bytes[ParticipantId::BYTES..].copy_from_slice(self.tab.as_bytes());
        ActorId::from(&bytes[..])
    }

    /// The author behind an actor id; none if the id has another length than ours.
    #[must_use]
    pub fn of(actor: &ActorId) -> Option<Self> {
        let (participant, tab) = actor.to_bytes().split_at_checked(ParticipantId::BYTES)?;
        Some(Self { participant: ParticipantId::from_bytes(participant.try_into().ok()?), tab: TabId::from_bytes(tab.try_into().ok()?) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_what_it_writes() {
        let id = PlanId::from_bytes(*b"0123456789abcdef");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().len(), 26);
        assert_eq!("".parse::<PlanId>(), Err(ParseIdError { kind: "plan id" }));
        assert!("ABCDEFGHIJKLMNOPQRSTUVWXYZ".parse::<PlanId>().is_err(), "one spelling per id");
        assert!("aaaaaaaaaaaaaaaa".parse::<PlanId>().is_err(), "too short");
    }

    #[test]
    fn an_author_reads_back_from_the_actor_id() {
        let author = Author { participant: ParticipantId::from_bytes([7; 16]), tab: TabId::from_bytes([9; 8]) };
        assert_eq!(Author::of(&author.actor()), Some(author));
        assert_eq!(Author::of(&ActorId::from([1u8; 16])), None);
        assert_eq!(Author::of(&ActorId::from([1u8; 3])), None);
    }
}
