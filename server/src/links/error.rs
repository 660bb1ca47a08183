//! Why a link is not made or changed, or nobody comes in by it.

use hamutuk_shared::limits;

use crate::live::registry::RegistryError;
use crate::secret::RandomError;
use crate::store::StoreError;

/// Why a link is not made or changed, or nobody comes in by it. Each text is one line that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// There is no such link.
    #[error("there is no such link in this plan")]
    NotFound,
    /// Nobody could facilitate the plan after that.
    #[error("that is the last link for facilitators: make another, without an end, before you revoke, end or change it")]
    LastFacilitator,
    /// The plan has enough of them.
    #[error("a plan can have {} links, and this one has: go on with one of them", limits::LINKS_PER_PLAN_MAX)]
    TooMany,
    /// Its name is too long.
    #[error("the name of a link can have {} characters", limits::NAME_CHARS_MAX)]
    LabelTooLong,
    /// It would have ended, or never would.
    #[error("the end of a link lies in the future, and before the year 2200")]
    Expiry,
    /// It would be for nobody, or for too many.
    #[error("a link can be limited to between 1 and {} people", limits::LINK_PEOPLE_MAX)]
    PeopleMax,
    /// A section is not in the plan, or none is named.
    #[error("a link for sections names sections of the plan")]
    NoSection,
    /// Sections mean nothing to its role.
    #[error("only an editors' link can be for single sections")]
    ScopeOfRole,
    /// As many people as may have come by it.
    #[error("as many people as this link is for have joined by it")]
    Full,
    /// It could not be read or stored.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There was nothing to make a token of.
    #[error(transparent)]
    Random(#[from] RandomError),
    /// The plan cannot be opened.
    #[error(transparent)]
    Plan(#[from] RegistryError),
}
