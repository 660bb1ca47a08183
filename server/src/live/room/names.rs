//! The names in a document of what the audit log knows by its id.

use automerge::Automerge;
use hamutuk_shared::plan::read;

use crate::audit::Names;

/// The names, without those that are empty.
pub(super) fn of(doc: &Automerge) -> Names {
    let plan = read::plan(doc);
    Names {
        people: plan.people.into_values().map(|person| (person.id, person.name)).filter(|(_, name)| !name.is_empty()).collect(),
        sections: plan.sections.iter().map(|section| (section.id, section.code.clone())).filter(|(_, code)| !code.is_empty()).collect(),
        versions: read::room(doc)
            .versions
            .into_iter()
            .map(|version| (version.id, version.name))
            .filter(|(_, name)| !name.is_empty())
            .collect(),
    }
}
