//! The words of a plan by their field, for whoever keeps up with single texts.

use super::{Activity, Indicator, Outcome, Plan, Report, Suggestion};
use crate::plan::schema::{ActivityRef, Content, Field, Home, Item, Name, OutcomeRef};

impl Plan {
    /// The words of a text; none when they are not in the plan, and for an organisation, whose words are told with it.
    pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
        match (field.item, field.name) {
            (Item::Plan, Name::Title) => Some(&mut self.title),
            (Item::Plan, Name::Vision) => Some(&mut self.vision),
            (Item::Source(id), Name::OwnName) => self.sources.iter_mut().find(|source| source.id == id).map(|source| &mut source.name),
            (Item::Parked(id), Name::Text) => self.parking.iter_mut().find(|parked| parked.id == id).map(|parked| &mut parked.text),
            (Item::Comment(id), Name::Text) => self.comments.iter_mut().find(|comment| comment.id == id).map(|comment| &mut comment.text),
            (Item::Reply(comment, id), Name::Text) => {
                let replies = &mut self.comments.iter_mut().find(|one| one.id == comment)?.replies;
                replies.iter_mut().find(|reply| reply.id == id).map(|reply| &mut reply.text)
            }
            (item, _) => {
                let section = item.section()?;
                let section = self.sections.iter_mut().find(|one| one.id == section)?;
                match (item, field.name) {
                    (Item::Section(_), Name::Context) => Some(&mut section.context),
                    (Item::Section(_), Name::GroupName) => Some(&mut section.group.name),
                    (Item::Section(_), Name::Rapporteur) => Some(&mut section.group.rapporteur),
                    (Item::Suggestion(_, id), name) => section.suggestions.iter_mut().find(|one| one.id == id)?.text_mut(name),
                    _ => match item.activity() {
                        Some(at) => section.activities.iter_mut().find(|one| one.id == at.activity)?.text_mut(field),
                        None => section.outcomes.iter_mut().find(|one| Some(one.id) == outcome_of(item))?.text_mut(field),
                    },
                }
            }
        }
    }
}

const fn outcome_of(item: Item) -> Option<crate::id::OutcomeId> {
    match item {
        Item::Outcome(at) | Item::Indicator(Home::Outcome(at), _) | Item::Report(Home::Outcome(at), _) => Some(at.outcome),
        _ => None,
    }
}

impl Activity {
    /// It and what hangs on it.
    #[must_use]
    pub fn items(&self, at: ActivityRef) -> Vec<Item> {
        let budget = self.budget.iter().map(|line| Item::BudgetLine(at, line.id));
        let funding = self.funding.iter().map(|funding| Item::Funding(at, funding.id));
        let measured = measured(Home::Activity(at), &self.indicators, &self.reports);
        std::iter::once(Item::Activity(at)).chain(budget).chain(funding).chain(measured).collect()
    }

    /// The words of a text of it, or of what hangs on it.
    pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
        match (field.item, field.name) {
            (Item::Activity(_), Name::Title) => Some(&mut self.title),
            (Item::Activity(_), Name::Description) => Some(&mut self.description),
            (Item::Activity(_), Name::ExpectedOutput) => Some(&mut self.expected_output),
            (Item::Activity(_), Name::Responsible) => Some(&mut self.responsible),
            (Item::Activity(_), Name::Location) => Some(&mut self.location),
            (Item::Activity(_), Name::Risks) => Some(&mut self.risks),
            (Item::Activity(_), Name::Assumptions) => Some(&mut self.assumptions),
            (Item::BudgetLine(_, id), name) => {
                let line = self.budget.iter_mut().find(|line| line.id == id)?;
                match name {
                    Name::Description => Some(&mut line.description),
                    Name::Unit => Some(&mut line.unit),
                    _ => None,
                }
            }
            _ => measured_text(&mut self.indicators, &mut self.reports, field),
        }
    }
}

impl Suggestion {
    /// The words of a text of it.
    pub const fn text_mut(&mut self, name: Name) -> Option<&mut String> {
        match name {
            Name::Was => Some(&mut self.was),
            Name::Text => Some(&mut self.text),
            Name::Note => Some(&mut self.note),
            _ => None,
        }
    }
}

impl Outcome {
    /// It and what hangs on it.
    #[must_use]
    pub fn items(&self, at: OutcomeRef) -> Vec<Item> {
        std::iter::once(Item::Outcome(at)).chain(measured(Home::Outcome(at), &self.indicators, &self.reports)).collect()
    }

    /// The words of a text of it, or of what hangs on it.
    pub fn text_mut(&mut self, field: Field) -> Option<&mut String> {
        match (field.item, field.name) {
            (Item::Outcome(_), Name::Statement) => Some(&mut self.statement),
            (Item::Outcome(_), Name::Reference) => Some(&mut self.reference),
            _ => measured_text(&mut self.indicators, &mut self.reports, field),
        }
    }
}

impl Activity {
    /// Takes the words of `shown`, the same activity as it was before, where it has them. A whole activity that is told beside splices
    /// of its words holds what those do already.
    pub fn keep_words(&mut self, at: ActivityRef, shown: &mut Self) {
        for field in shown.items(at).into_iter().flat_map(texts) {
            if let (Some(now), Some(shown)) = (self.text_mut(field), shown.text_mut(field)) {
                now.clone_from(shown);
            }
        }
    }
}

impl Outcome {
    /// Takes the words of `shown`, the same outcome as it was before, where it has them. See [`Activity::keep_words`].
    pub fn keep_words(&mut self, at: OutcomeRef, shown: &mut Self) {
        for field in shown.items(at).into_iter().flat_map(texts) {
            if let (Some(now), Some(shown)) = (self.text_mut(field), shown.text_mut(field)) {
                now.clone_from(shown);
            }
        }
    }
}

/// The fields of a thing that are words.
fn texts(item: Item) -> impl Iterator<Item = Field> {
    Name::fields(item.kind()).iter().filter(|(_, content)| *content == Content::Text).map(move |(name, _)| Field { item, name: *name })
}

fn measured(home: Home, indicators: &[Indicator], reports: &[Report]) -> impl Iterator<Item = Item> {
    let indicators = indicators.iter().map(move |indicator| Item::Indicator(home, indicator.id));
    indicators.chain(reports.iter().map(move |report| Item::Report(home, report.id)))
}

fn measured_text<'a>(indicators: &'a mut [Indicator], reports: &'a mut [Report], field: Field) -> Option<&'a mut String> {
    match field.item {
        Item::Indicator(_, id) => {
            let indicator = indicators.iter_mut().find(|indicator| indicator.id == id)?;
            match field.name {
                Name::Text => Some(&mut indicator.text),
                Name::Verification => Some(&mut indicator.verification),
                Name::Collector => Some(&mut indicator.collector),
                _ => None,
            }
        }
        Item::Report(_, id) => {
            let report = reports.iter_mut().find(|report| report.id == id)?;
            match field.name {
                Name::Narrative => Some(&mut report.narrative),
                Name::Challenges => Some(&mut report.challenges),
                Name::Evidence => Some(&mut report.evidence),
                _ => None,
            }
        }
        _ => None,
    }
}
