//! The records themselves, and the keys under which they lie.

use hamutuk_shared::access::{Grant, Role, Scope};
use hamutuk_shared::id::{LogId, ParticipantId, PlanId};
use serde::{Deserialize, Serialize};

use super::Record;
use crate::store::RecordKind;

/// A plan that the server keeps. Its content is in its log alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRecord {
    /// The plan.
    pub id: PlanId,
    /// Its title when it was made or last seen, for listing only; the title itself is in the document.
    pub title: String,
    /// The template that it was made from.
    pub template: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: u64,
    /// This life of its log.
    pub log: LogId,
    /// When it was restored from a backup; none if it never was.
    #[serde(default)]
    pub restored_ms: Option<u64>,
}

impl Record for PlanRecord {
    const KIND: RecordKind = RecordKind::Plan;

    fn key(&self) -> Vec<u8> {
        self.id.as_bytes().to_vec()
    }
}

/// A capability link. The token itself is nowhere, only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// The SHA-256 of the token; the key.
    #[serde(with = "serde_bytes")]
    pub hash: [u8; 32],
    /// The plan that it opens.
    pub plan: PlanId,
    /// What it allows.
    pub role: Role,
    /// Where, if it is for editors.
    #[serde(default)]
    pub scope: Scope,
    /// What the facilitator calls it, such as the group that it was sent to.
    pub label: String,
    /// When it was made, in milliseconds since 1970.
    pub created_ms: u64,
    /// When it was revoked; none while it works.
    #[serde(default)]
    pub revoked_ms: Option<u64>,
    /// When it ends by itself; none if it does not.
    #[serde(default)]
    pub expires_ms: Option<u64>,
    /// How many people may come by it; none if as many as like.
    #[serde(default)]
    pub people_max: Option<u32>,
    /// The facilitator who made it; none if it was made on the command line.
    #[serde(default)]
    pub created_by: Option<ParticipantId>,
}

/// Whether a link opens anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkState {
    /// It does.
    Valid,
    /// Its time is over. A facilitator may give it more.
    Expired,
    /// It was revoked, for good.
    Revoked,
}

impl LinkRecord {
    /// How people know it. It opens nothing.
    #[must_use]
    pub fn id(&self) -> String {
        crate::links::short(&self.hash)
    }

    /// What it allows a participant who came by it.
    #[must_use]
    pub fn grant(&self, participant: ParticipantId) -> Grant {
        Grant { scope: self.scope.clone(), ..Grant::new(participant, self.role) }
    }

    /// Whether it opens anything at this time, in milliseconds since 1970.
    #[must_use]
    pub fn state(&self, now_ms: u64) -> LinkState {
        match (self.revoked_ms, self.expires_ms) {
            (Some(_), _) => LinkState::Revoked,
            (None, Some(expires)) if expires <= now_ms => LinkState::Expired,
            (None, _) => LinkState::Valid,
        }
    }
}

impl Record for LinkRecord {
    const KIND: RecordKind = RecordKind::Link;

    fn key(&self) -> Vec<u8> {
        self.hash.to_vec()
    }
}

/// A person who joined a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantRecord {
    /// The person, on one device.
    pub id: ParticipantId,
    /// The plan that they joined.
    pub plan: PlanId,
    /// The hash of the link that they came by: revoking it takes the person's access too.
    #[serde(with = "serde_bytes")]
    pub link: [u8; 32],
    /// Their name as they wrote it.
    pub name: String,
    /// The id of their organisation in the plan, as text.
    pub organisation: String,
    /// When they joined, in milliseconds since 1970.
    pub joined_ms: u64,
    /// When they came by this link, if that was later.
    #[serde(default)]
    pub came_ms: Option<u64>,
}

impl ParticipantRecord {
    /// When they came by the link that they have now.
    #[must_use]
    pub fn came_ms(&self) -> u64 {
        self.came_ms.unwrap_or(self.joined_ms)
    }

    /// The key of a person in a plan. Everybody in a plan has the plan's id as the beginning of their key.
    #[must_use]
    pub fn key_of(plan: PlanId, id: ParticipantId) -> Vec<u8> {
        [&plan.as_bytes()[..], id.as_bytes()].concat()
    }
}

impl Record for ParticipantRecord {
    const KIND: RecordKind = RecordKind::Participant;

    fn key(&self) -> Vec<u8> {
        Self::key_of(self.plan, self.id)
    }
}

/// A session cookie: which person a browser is. The secret itself is nowhere, only its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieRecord {
    /// The SHA-256 of the cookie's secret; the key.
    #[serde(with = "serde_bytes")]
    pub hash: [u8; 32],
    /// Who the browser is.
    pub participant: ParticipantId,
    /// The plan that they joined.
    pub plan: PlanId,
    /// When the cookie was given, in milliseconds since 1970.
    pub created_ms: u64,
    /// When the person left that browser, and the cookie lost its worth.
    #[serde(default)]
    pub left_ms: Option<u64>,
}

impl Record for CookieRecord {
    const KIND: RecordKind = RecordKind::Cookie;

    fn key(&self) -> Vec<u8> {
        self.hash.to_vec()
    }
}
