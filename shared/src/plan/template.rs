//! Templates: the first change of every plan, with all its containers.
//!
//! Two replicas must never make the same container, so one change, made once by the server, makes them all.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT};
use serde::Deserialize;

use super::edit::{make, make_activity, make_organisation, make_text};
use super::model::{Choice, Language, Localised, Month, OrganisationKind, Phase, Provenance, SectionState};
use super::schema::{Kind, Name, key, root};
use crate::id::{ActivityId, Author, OrganisationId, OutcomeId, SectionId};
use crate::{order, replica, version};

/// The templates of this version: name and text.
const TEMPLATES: [(&str, &str); 1] = [("nap1325-2025", include_str!("../../templates/nap1325-2025.json"))];

/// What a plan starts from, in four languages.
#[derive(Debug, Clone, Deserialize)]
pub struct Template {
    id: String,
    title: Words,
    period: Period,
    currency: String,
    sections: Vec<SectionTemplate>,
    activities_per_outcome: usize,
    organisations: Vec<OrganisationTemplate>,
}

#[derive(Debug, Clone, Deserialize)]
struct Words {
    en: String,
    tet: String,
    pt: String,
    id: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Period {
    first: String,
    last: String,
}

#[derive(Debug, Clone, Deserialize)]
struct SectionTemplate {
    code: String,
    name: Words,
    prompt: Words,
    outcomes: Vec<OutcomeTemplate>,
}

#[derive(Debug, Clone, Deserialize)]
struct OutcomeTemplate {
    code: String,
    statement: Words,
    provenance: String,
}

#[derive(Debug, Clone, Deserialize)]
struct OrganisationTemplate {
    acronym: String,
    name: String,
    kind: String,
}

impl From<&Words> for Localised {
    fn from(words: &Words) -> Self {
        Self { en: words.en.clone(), tet: words.tet.clone(), pt: words.pt.clone(), id: words.id.clone() }
    }
}

/// The names of the templates.
pub fn names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(name, _)| *name)
}

/// The template of this name.
///
/// # Panics
/// Never: the templates are part of the program, and a test reads them all.
#[must_use]
pub fn find(name: &str) -> Option<Template> {
    let (_, text) = TEMPLATES.iter().find(|(known, _)| *known == name)?;
    Some(serde_json::from_str(text).expect("a template that is part of the program can be read"))
}

impl Template {
    /// What a plan of this template is called in `language`.
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        Localised::from(&self.title).get(language).to_owned()
    }
}

/// A new plan: one change by `author` at `time_s` (seconds since 1970), its content in `language`. `ids` gives random bytes.
///
/// # Errors
/// When Automerge refuses, which would be a fault of the template.
pub fn build(
    template: &Template,
    language: Language,
    author: Author,
    time_s: i64,
    ids: &mut dyn FnMut() -> [u8; 10],
) -> Result<Automerge, AutomergeError> {
    let mut doc = replica::empty_document().with_actor(author.actor());
    let mut tx = doc.transaction();
    Builder { tx: &mut tx, language, ids }.build(template)?;
    tx.commit_with(CommitOptions::default().with_time(time_s));
    Ok(doc)
}

struct Builder<'a, T> {
    tx: &'a mut T,
    language: Language,
    ids: &'a mut dyn FnMut() -> [u8; 10],
}

impl<T: Transactable> Builder<'_, T> {
    fn build(&mut self, template: &Template) -> Result<(), AutomergeError> {
        self.tx.put(ROOT, root::SCHEMA, version::SCHEMA)?;
        self.meta(template)?;
        for name in root::BESIDE.into_iter().chain(root::LATER) {
            self.tx.put_object(ROOT, name, ObjType::Map)?;
        }
        let organisations = self.tx.put_object(ROOT, root::ORGANISATIONS, ObjType::Map)?;
        for organisation in &template.organisations {
            self.organisation(&organisations, organisation)?;
        }
        let sections = self.tx.put_object(ROOT, root::SECTIONS, ObjType::Map)?;
        for (section, order) in template.sections.iter().zip(order::series(template.sections.len())) {
            self.section(&sections, section, &order, template.activities_per_outcome)?;
        }
        Ok(())
    }

    fn meta(&mut self, template: &Template) -> Result<(), AutomergeError> {
        let meta = self.tx.put_object(ROOT, root::META, ObjType::Map)?;
        make_text(self.tx, &meta, Name::Title.key(), &template.title(self.language))?;
        make_text(self.tx, &meta, Name::Vision.key(), "")?;
        let month = |text: &str| text.parse::<Month>().unwrap_or_default().to_string();
        self.tx.put(&meta, Name::FirstMonth.key(), month(&template.period.first))?;
        self.tx.put(&meta, Name::LastMonth.key(), month(&template.period.last))?;
        self.tx.put(&meta, key::CURRENCY, template.currency.as_str())?;
        self.tx.put(&meta, Name::Phase.key(), Phase::default().as_str())?;
        self.tx.put(&meta, Name::Language.key(), self.language.as_str())?;
        self.tx.put(&meta, key::TEMPLATE, template.id.as_str())
    }

    fn organisation(&mut self, all: &ObjId, organisation: &OrganisationTemplate) -> Result<(), AutomergeError> {
        let id = OrganisationId::from_bytes((self.ids)());
        let kind = OrganisationKind::parse(&organisation.kind).unwrap_or_default();
        make_organisation(self.tx, all, id, [&organisation.acronym, &organisation.name], kind)
    }

    fn section(
        &mut self,
        all: &ObjId,
        section: &SectionTemplate,
        order: &order::OrderKey,
        activities: usize,
    ) -> Result<(), AutomergeError> {
        let id = SectionId::from_bytes((self.ids)());
        let obj = make(self.tx, all, &id.to_string(), Kind::Section, order)?;
        self.tx.put(&obj, key::CODE, section.code.as_str())?;
        self.tx.put(&obj, Name::State.key(), SectionState::Open.as_str())?;
        self.localised(&obj, key::NAME, &section.name)?;
        self.localised(&obj, key::PROMPT, &section.prompt)?;
        let group = self.tx.put_object(&obj, key::GROUP, ObjType::Map)?;
        make_text(self.tx, &group, "name", "")?;
        make_text(self.tx, &group, "rapporteur", "")?;
        self.tx.put_object(&group, key::MEMBERS, ObjType::Map)?;
        self.tx.put_object(&group, "highlights", ObjType::Map)?;
        let outcomes = self.collection(&obj, key::OUTCOMES)?;
        let all_activities = self.collection(&obj, key::ACTIVITIES)?;
        for (outcome, order) in section.outcomes.iter().zip(order::series(section.outcomes.len())) {
            let id = self.outcome(&outcomes, outcome, &order)?;
            for order in order::series(activities) {
                make_activity(self.tx, &all_activities, ActivityId::from_bytes((self.ids)()), id, &order)?;
            }
        }
        Ok(())
    }

    /// A collection that was made with its thing.
    fn collection(&self, parent: &ObjId, name: &str) -> Result<ObjId, AutomergeError> {
        self.tx.get(parent, name)?.map(|(_, obj)| obj).ok_or(AutomergeError::NotAnObject)
    }

    fn outcome(&mut self, all: &ObjId, outcome: &OutcomeTemplate, order: &order::OrderKey) -> Result<OutcomeId, AutomergeError> {
        let id = OutcomeId::from_bytes((self.ids)());
        let obj = make(self.tx, all, &id.to_string(), Kind::Outcome, order)?;
        let provenance = Provenance::parse(&outcome.provenance).unwrap_or_default();
        self.tx.put(&obj, key::CODE, outcome.code.as_str())?;
        self.tx.put(&obj, Name::Provenance.key(), provenance.as_str())?;
        make_text(self.tx, &obj, Name::Statement.key(), Localised::from(&outcome.statement).get(self.language))?;
        Ok(id)
    }

    fn localised(&mut self, parent: &ObjId, name: &str, words: &Words) -> Result<(), AutomergeError> {
        let obj = self.tx.put_object(parent, name, ObjType::Map)?;
        let words = Localised::from(words);
        for language in Language::ALL {
            self.tx.put(&obj, language.as_str(), words.get(*language))?;
        }
        Ok(())
    }
}

/// The plan of the template, as a server begins its log.
#[cfg(test)]
pub(crate) fn sample() -> Automerge {
    let template = find("nap1325-2025").expect("it is in the table");
    let mut next = 0u8;
    let mut ids = || {
        next += 1;
        [next; 10]
    };
    let author = Author { participant: crate::id::SERVER, tab: crate::id::TabId::from_bytes([0; 8]) };
    build(&template, Language::En, author, 0, &mut ids).expect("a template is a plan")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::{SERVER, TabId};
    use crate::plan::read;

    #[test]
    fn every_template_builds_a_plan_in_every_language() {
        for name in names() {
            let template = find(name).unwrap();
            for language in Language::ALL {
                let mut next = 0u64;
                let mut ids = || {
                    next += 1;
                    let mut id = [0; 10];
                    id[2..].copy_from_slice(&next.to_be_bytes());
                    id
                };
                let author = Author { participant: SERVER, tab: TabId::from_bytes([1; 8]) };
                let doc = build(&template, *language, author, 0, &mut ids).unwrap();
                assert_eq!(doc.get_changes(&[]).len(), 1, "one first change");
                let plan = read::plan(&doc);
                assert_eq!(plan.title, template.title(*language));
                let codes: Vec<&str> = plan.sections.iter().map(|section| section.code.as_str()).collect();
                assert_eq!(codes, ["P1", "P2", "P3", "P4", "X"]);
                assert_eq!(plan.sections.iter().map(|section| section.outcomes.len()).collect::<Vec<_>>(), [3, 4, 3, 3, 4]);
                assert_eq!(plan.sections.iter().map(|section| section.activities.len()).sum::<usize>(), 34);
                assert_eq!(plan.organisations.len(), 13);
                for section in &plan.sections {
                    assert!(Language::ALL.iter().all(|language| !section.name.get(*language).is_empty()));
                    assert!(section.activities.iter().all(|activity| activity.is_blank() && activity.is_kept()));
                    assert!(section.outcomes.iter().all(|outcome| !outcome.statement.is_empty()));
                }
            }
        }
    }
}
