//! What a link allows, to whom and until when; and what it may not be.

use hamutuk_shared::access::{Role, Scope};
use hamutuk_shared::id::{ParticipantId, PlanId};
use hamutuk_shared::limits;

use super::LinkError;
use crate::records::LinkRecord;
use crate::secret::{self, Secret};

/// A link that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLink {
    /// What it allows.
    pub role: Role,
    /// Where, if it is for editors.
    pub scope: Scope,
    /// What the facilitator calls it.
    pub label: String,
    /// When it ends by itself, in milliseconds since 1970.
    pub expires_ms: Option<u64>,
    /// How many people may come by it.
    pub people_max: Option<u32>,
    /// The facilitator who makes it; none on the command line.
    pub created_by: Option<ParticipantId>,
}

impl NewLink {
    /// One for the whole plan, without a name or an end.
    #[must_use]
    pub fn of(role: Role) -> Self {
        Self { role, scope: Scope::Plan, label: String::new(), expires_ms: None, people_max: None, created_by: None }
    }

    pub(super) fn record(self, plan: PlanId, token: &Secret) -> LinkRecord {
        let Self { role, scope, label, expires_ms, people_max, created_by } = self;
        LinkRecord {
            hash: token.hash(),
            plan,
            role,
            scope,
            label: label.trim().to_owned(),
            created_ms: secret::now_ms(),
            revoked_ms: None,
            expires_ms,
            people_max,
            created_by,
        }
    }
}

/// What is to be different in a link; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// What the facilitator calls it.
    pub label: Option<String>,
    /// What it allows.
    pub role: Option<Role>,
    /// Where.
    pub scope: Option<Scope>,
    /// When it ends, if it does.
    pub expires_ms: Option<Option<u64>>,
    /// How many people may come by it, if there is a limit.
    pub people_max: Option<Option<u32>>,
}

impl Change {
    /// The link with the change. Sections that no longer mean anything go with the role that they were for.
    pub(super) fn of(self, link: LinkRecord) -> LinkRecord {
        let role = self.role.unwrap_or(link.role);
        let scope = if role == Role::Editor { link.scope } else { Scope::Plan };
        LinkRecord {
            label: self.label.map_or(link.label, |label| label.trim().to_owned()),
            role,
            scope: self.scope.unwrap_or(scope),
            expires_ms: self.expires_ms.unwrap_or(link.expires_ms),
            people_max: self.people_max.unwrap_or(link.people_max),
            ..link
        }
    }
}

/// Whether a link may be as it is `after`, all but whether its sections are in the plan. What was so before is not asked again.
pub(super) fn check(before: Option<&LinkRecord>, after: &LinkRecord, now_ms: u64) -> Result<(), LinkError> {
    let ends_anew = before.is_none_or(|before| before.expires_ms != after.expires_ms);
    let is_moment = |ms: u64| ms > now_ms && ms <= limits::MOMENT_MS_MAX.unsigned_abs();
    if after.label.chars().count() > limits::NAME_CHARS_MAX {
        return Err(LinkError::LabelTooLong);
    }
    if ends_anew && !after.expires_ms.is_none_or(is_moment) {
        return Err(LinkError::Expiry);
    }
    if after.people_max.is_some_and(|people| !(1..=limits::LINK_PEOPLE_MAX).contains(&people)) {
        return Err(LinkError::PeopleMax);
    }
    match &after.scope {
        Scope::Plan => Ok(()),
        Scope::Sections(_) if after.role != Role::Editor => Err(LinkError::ScopeOfRole),
        Scope::Sections(sections) if sections.is_empty() => Err(LinkError::NoSection),
        Scope::Sections(_) => Ok(()),
    }
}
