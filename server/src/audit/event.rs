//! What is put on record.

use hamutuk_shared::access::{Refusal, Role, Scope};
use hamutuk_shared::id::{ParticipantId, SectionId, VersionId};
use hamutuk_shared::limits;
use hamutuk_shared::plan::SectionState;
use serde::{Deserialize, Serialize};

use crate::records::LinkRecord;

/// Something that happened, and who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// Who did it; none when it was ordered on the command line, or nobody in particular did.
    pub actor: Option<ParticipantId>,
    /// What happened.
    pub event: Event,
}

/// What happened. A new kind raises the version of [`super::AuditRecord`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", content = "detail", rename_all = "snake_case")]
pub enum Event {
    /// Somebody came for the first time, or came back by another link.
    Joined {
        /// The id of the link.
        link: String,
        /// What it makes of them.
        role: Role,
    },
    /// Somebody came by a link that gives another role than they had.
    RoleChanged {
        /// The id of the link.
        link: String,
        /// The role before.
        was: Role,
        /// The role now.
        now: Role,
    },
    /// A link was made.
    LinkMade(LinkTerms),
    /// A link was changed.
    LinkChanged {
        /// What it was.
        was: LinkTerms,
        /// What it is.
        now: LinkTerms,
    },
    /// A link was revoked.
    LinkRevoked(LinkTerms),
    /// Somebody set the state of a section.
    SectionState {
        /// Which.
        section: SectionId,
        /// What was in force before.
        #[serde(with = "word")]
        was: SectionState,
        /// What is in force now. Where two were set at the same time, the stricter.
        #[serde(with = "word")]
        now: SectionState,
        /// What they set.
        #[serde(with = "word")]
        set: SectionState,
        /// The change that did it.
        #[serde(flatten)]
        written: Written,
    },
    /// Somebody gave a name to the plan as it stands.
    VersionNamed {
        /// Which.
        version: VersionId,
        /// The change that did it.
        #[serde(flatten)]
        written: Written,
    },
    /// Changes of somebody were denied.
    ChangeDenied {
        /// Why.
        refusal: Refusal,
        /// In which section, if in one.
        section: Option<SectionId>,
        /// The path of the thing or the field, of the first of them; none if the plan has no such place.
        path: Option<String>,
        /// How many changes, besides those that an entry before tells of.
        count: u32,
    },
    /// The plan came from a backup: what happened after that was made is not on record.
    Restored {},
}

/// A change, and when its author's device says that it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// How its hash begins, in hexadecimal. What is told twice after a crash has the same.
    pub change: String,
    /// When it was written, in milliseconds since 1970. It may have been offline, and long before. None if that is no time.
    pub written_ms: Option<i64>,
}

impl Written {
    /// Of a change with this hash and this time in seconds since 1970.
    #[must_use]
    pub fn of(hash: [u8; 32], time_s: i64) -> Self {
        let written_ms = time_s.checked_mul(1_000).filter(|ms| (1..=limits::MOMENT_MS_MAX).contains(ms));
        Self { change: data_encoding::HEXLOWER.encode(&hash[..8]), written_ms }
    }
}

/// A link as it stands, without what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkTerms {
    /// Its id, as people see it.
    pub link: String,
    /// What the facilitator calls it.
    pub label: String,
    /// What it allows.
    pub role: Role,
    /// Where; none if in the whole plan.
    pub sections: Option<Vec<SectionId>>,
    /// When it ends, in milliseconds since 1970; none if it does not.
    pub expires_ms: Option<u64>,
    /// How many people may come by it; none if as many as like.
    #[serde(default)]
    pub people_max: Option<u32>,
}

impl LinkTerms {
    /// Of a link.
    #[must_use]
    pub fn of(link: &LinkRecord) -> Self {
        let sections = match &link.scope {
            Scope::Plan => None,
            Scope::Sections(sections) => Some(sections.iter().copied().collect()),
        };
        let (label, role, expires_ms) = (link.label.clone(), link.role, link.expires_ms);
        Self { link: link.id(), label, role, sections, expires_ms, people_max: link.people_max }
    }
}

impl Event {
    /// How it is called in the log.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Joined { .. } => "joined",
            Self::RoleChanged { .. } => "role_changed",
            Self::LinkMade(_) => "link_made",
            Self::LinkChanged { .. } => "link_changed",
            Self::LinkRevoked(_) => "link_revoked",
            Self::SectionState { .. } => "section_state",
            Self::VersionNamed { .. } => "version_named",
            Self::ChangeDenied { .. } => "change_denied",
            Self::Restored {} => "restored",
        }
    }
}

/// A choice as the document's word for it.
mod word {
    use hamutuk_shared::plan::Choice;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<C: Choice, S: Serializer>(choice: &C, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(choice.as_str())
    }

    pub(super) fn deserialize<'de, C: Choice, D: Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
        let word = String::deserialize(deserializer)?;
        C::parse(&word).ok_or_else(|| de::Error::custom("not a word of that list"))
    }
}
