//! The last way in for facilitators is not lost: without one, nobody could run the plan any more, or make links.

use hamutuk_shared::access::Role;

use crate::records::{LinkRecord, LinkState};

/// How long somebody can come in as a facilitator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    NotAtAll,
    UntilALinkEnds,
    ForGood,
}

/// Whether a plan with these links would lose its last link for facilitators, or the last that has no end, if one became as it is `after`.
pub(super) fn is_last_lost(links: &[LinkRecord], after: &LinkRecord, now_ms: u64) -> bool {
    let changed = links.iter().map(|link| if link.hash == after.hash { after } else { link });
    kept(changed, now_ms) < kept(links.iter(), now_ms)
}

fn kept<'a>(links: impl Iterator<Item = &'a LinkRecord>, now_ms: u64) -> Kept {
    let of = |link: &LinkRecord| match (link.role, link.state(now_ms), link.expires_ms) {
        (Role::Facilitator, LinkState::Valid, None) => Kept::ForGood,
        (Role::Facilitator, LinkState::Valid, Some(_)) => Kept::UntilALinkEnds,
        _ => Kept::NotAtAll,
    };
    links.map(of).max().unwrap_or(Kept::NotAtAll)
}
