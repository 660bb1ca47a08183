//! Sections as an administrator names them: by their code, which the plan's people know, or by their id.

use hamutuk_shared::access::Scope;
use hamutuk_shared::id::{PlanId, SectionId};

use super::{Admin, OrderError};
use crate::records::LinkRecord;

impl Admin {
    /// The sections of these codes or ids.
    pub(super) async fn scope(&self, plan: PlanId, wanted: Vec<String>) -> Result<Scope, OrderError> {
        let known = self.links.sections(plan).await?;
        let find = |wanted: String| {
            let found = known.iter().find(|(id, code)| code.eq_ignore_ascii_case(&wanted) || id.to_string() == wanted);
            let no_section = || OrderError::NoSection { wanted, known: known.iter().map(|(_, code)| code.clone()).collect() };
            found.map(|(id, _)| *id).ok_or_else(no_section)
        };
        Ok(Scope::Sections(wanted.into_iter().map(find).collect::<Result<_, _>>()?))
    }

    /// The codes of a plan's sections, if one of its links is for some only. Where the plan cannot be read, ids do.
    pub(super) async fn codes(&self, plan: PlanId, links: &[LinkRecord]) -> Vec<(SectionId, String)> {
        if links.iter().all(|link| link.scope == Scope::Plan) {
            return Vec::new();
        }
        self.links.sections(plan).await.unwrap_or_default()
    }
}

/// The codes of the sections that a link is for, in the plan's order; the id of one that the plan does not have.
pub(super) fn names(scope: &Scope, codes: &[(SectionId, String)]) -> Vec<String> {
    let Scope::Sections(sections) = scope else { return Vec::new() };
    let named = codes.iter().filter(|(id, _)| sections.contains(id)).map(|(_, code)| code.clone());
    let unknown = sections.iter().filter(|id| codes.iter().all(|(known, _)| known != *id)).map(ToString::to_string);
    named.chain(unknown).collect()
}
