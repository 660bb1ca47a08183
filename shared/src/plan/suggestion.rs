//! What somebody would write into a section, if they might: how it is put down, what it means, and what accepting it does.
//!
//! A [`Suggestion`] names the path that it is about. About a text, it holds the words that stood there and those that should. About a
//! field that holds a value, `proposed` is that value as the schema writes it, and none is for "nothing". About a set, `proposed` is what
//! goes in and out: `+2025-03 -2025-04`. About an outcome, it is a new activity towards it: the first line of the words is its title, the
//! rest its description.

use std::collections::{BTreeMap, BTreeSet};

use super::edit::{Edit, Place, Value};
use super::model::{Choice, Decision, Suggestion};
use super::schema::{ActivityRef, Content, Field, Item, Location, Members, Name, OutcomeRef};
use crate::id::{ActivityId, ParticipantId, SectionId, SuggestionId};
use crate::limits;
use crate::text::{Splice, merge, splice};

/// What should be otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// A text should read like this.
    Words {
        /// Which text.
        field: Field,
        /// How.
        text: String,
    },
    /// This should stand in a field that is neither a text nor a set.
    Value {
        /// Which field.
        field: Field,
        /// What.
        value: Value,
    },
    /// These should be in a set, or not.
    Members {
        /// Which set.
        field: Field,
        /// What goes in (`true`) and out.
        changes: BTreeMap<String, bool>,
    },
    /// There should be an activity towards an outcome.
    Activity {
        /// Which outcome.
        outcome: OutcomeRef,
        /// Its title, and from the second line on its description.
        text: String,
    },
}

/// A suggestion that is not in the plan yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What should be otherwise.
    pub proposal: Proposal,
    /// What stands there, in words.
    pub was: String,
    /// What should stand there, in words; of no meaning for words.
    pub said: String,
    /// Why.
    pub note: String,
}

/// Why a suggestion cannot be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// Others have changed the same words since it was made.
    #[error("others have changed the same words since")]
    Clash,
    /// What it is about is not in the plan.
    #[error("what it is about is not in the plan")]
    Gone,
    /// Another version made it.
    #[error("this version does not know what it means")]
    Unknown,
}

/// Whether something else can be suggested for a field.
#[must_use]
pub fn is_possible(field: Field) -> bool {
    let is_of_section = field.item.section().is_some() && !matches!(field.item, Item::Suggestion(..));
    // Only a facilitator says these, and needs no suggestion for it.
    let is_for_others = matches!(field.name, Name::State | Name::Highlights);
    is_of_section
        && !is_for_others
        && !matches!(field.content(), None | Some(Content::Own | Content::Path | Content::ActivityPath | Content::Moment))
}

impl Proposal {
    /// What must go in and out of a set to get from `before` to `after`; several where it is too much for one.
    #[must_use]
    pub fn members(field: Field, before: &BTreeSet<String>, after: &BTreeSet<String>) -> Vec<Self> {
        Self::changes(field, before.symmetric_difference(after).map(|member| (member.clone(), after.contains(member))))
    }

    /// What goes in and out of a set; several where it is too much for one.
    #[must_use]
    pub fn changes(field: Field, changes: impl IntoIterator<Item = (String, bool)>) -> Vec<Self> {
        let mut all: Vec<BTreeMap<String, bool>> = Vec::new();
        let mut length = limits::ANSWER_CHARS_MAX;
        for (member, is_in) in changes {
            // With its sign, and the space after it.
            let added = member.chars().count() + 2;
            if length + added > limits::ANSWER_CHARS_MAX {
                all.push(BTreeMap::new());
                length = 0;
            }
            length += added;
            if let Some(last) = all.last_mut() {
                last.insert(member, is_in);
            }
        }
        all.into_iter().map(|changes| Self::Members { field, changes }).collect()
    }

    /// What an edit that was refused would have done; none where that cannot be suggested. `now` are the words of its field, if that is
    /// a text and there.
    #[must_use]
    pub fn of_edit(edit: &Edit, now: Option<&str>) -> Option<Self> {
        match edit {
            Edit::Text { field, splice } if is_possible(*field) => Some(Self::Words { field: *field, text: splice.apply(now?)? }),
            Edit::Set { field, value } if is_possible(*field) => Some(Self::Value { field: *field, value: value.clone() }),
            Edit::Include { field, member, included } if is_possible(*field) => {
                Some(Self::Members { field: *field, changes: [(member.clone(), *included)].into() })
            }
            Edit::AddActivity { at, outcome, .. } => {
                Some(Self::Activity { outcome: OutcomeRef { section: at.section, outcome: *outcome }, text: String::new() })
            }
            _ => None,
        }
    }

    /// What a suggestion means; none where another version made it.
    #[must_use]
    pub fn of(suggestion: &Suggestion) -> Option<Self> {
        Self::read(&suggestion.about, &suggestion.text, suggestion.proposed.value.as_deref())
    }

    /// The same, of what a suggestion holds.
    #[must_use]
    pub fn read(about: &str, text: &str, proposed: Option<&str>) -> Option<Self> {
        let field = match Location::of(&about.split('/').collect::<Vec<_>>())? {
            Location::Field(field) => field,
            Location::Item(Item::Outcome(outcome)) => return Some(Self::Activity { outcome, text: text.to_owned() }),
            Location::Item(_) => return None,
        };
        Some(match field.content().filter(|_| is_possible(field))? {
            Content::Text => Self::Words { field, text: text.to_owned() },
            Content::Set(members) => Self::Members { field, changes: changes(members, proposed?) },
            content => Self::Value { field, value: value(content, proposed)? },
        })
    }

    /// The field or the outcome that it is about.
    #[must_use]
    pub const fn about(&self) -> Location {
        match self {
            Self::Words { field, .. } | Self::Value { field, .. } | Self::Members { field, .. } => Location::Field(*field),
            Self::Activity { outcome, .. } => Location::Item(Item::Outcome(*outcome)),
        }
    }

    /// What is written into `proposed`; see the head of this file.
    #[must_use]
    pub fn proposed(&self) -> Option<String> {
        match self {
            Self::Words { .. } | Self::Activity { .. } => None,
            Self::Value { value, .. } => match value {
                Value::Nothing => None,
                Value::Word(word) => Some(word.clone()),
                Value::Number(number) => Some(number.to_string()),
            },
            Self::Members { changes, .. } => {
                let signs = changes.iter().map(|(member, is_in)| format!("{}{member}", if *is_in { '+' } else { '-' }));
                Some(signs.collect::<Vec<_>>().join(" "))
            }
        }
    }

    /// The edits that carry it out. `was` are the words that stood there when it was made, `now` those that stand there: what leads from
    /// `was` to the suggestion is done to them. A new activity gets the id `new`.
    ///
    /// # Errors
    /// Why it cannot be done.
    pub fn edits(&self, was: &str, now: Option<&str>, new: ActivityId) -> Result<Vec<Edit>, Unacceptable> {
        Ok(match self {
            Self::Words { field, text } => {
                let now = now.ok_or(Unacceptable::Gone)?;
                let splices = merge::merge(was, now, text).map_err(|merge::Clash| Unacceptable::Clash)?;
                splices.into_iter().map(|splice| Edit::Text { field: *field, splice }).collect()
            }
            Self::Value { field, value } => vec![Edit::Set { field: *field, value: value.clone() }],
            Self::Members { field, changes } => {
                let include =
                    |(member, included): (&String, &bool)| Edit::Include { field: *field, member: member.clone(), included: *included };
                changes.iter().map(include).collect()
            }
            Self::Activity { outcome, text } => {
                let at = ActivityRef { section: outcome.section, activity: new };
                let (title, description) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
                let mut edits = vec![Edit::AddActivity { at, outcome: outcome.outcome, place: Place::Last }];
                edits.extend(put(Field::of_activity(at, Name::Title), title.trim()));
                edits.extend(put(Field::of_activity(at, Name::Description), description.trim()));
                edits
            }
        })
    }
}

impl Draft {
    /// The section that it is for.
    #[must_use]
    pub const fn section(&self) -> Option<SectionId> {
        self.proposal.about().item().section()
    }

    /// The edits that put it into the plan, as one step.
    #[must_use]
    pub fn edits(&self, id: SuggestionId, author: ParticipantId) -> Vec<Edit> {
        let Some(section) = self.section() else { return Vec::new() };
        let item = Item::Suggestion(section, id);
        let field = |name| Field { item, name };
        let text = match &self.proposal {
            Proposal::Words { text, .. } | Proposal::Activity { text, .. } => text,
            Proposal::Value { .. } | Proposal::Members { .. } => &self.said,
        };
        let mut edits =
            vec![Edit::Add { item }, Edit::Set { field: field(Name::About), value: Value::Word(self.proposal.about().to_string()) }];
        for (name, words) in [(Name::Was, &self.was), (Name::Text, text), (Name::Note, &self.note)] {
            edits.extend(put(field(name), words));
        }
        edits.extend(self.proposal.proposed().map(|word| Edit::Set { field: field(Name::Proposed), value: Value::Word(word) }));
        edits.push(Edit::Set { field: field(Name::SubmittedBy), value: Value::Word(author.to_string()) });
        edits
    }
}

/// Says what became of a suggestion.
#[must_use]
pub fn decide(section: SectionId, id: SuggestionId, decision: Decision) -> Edit {
    let field = Field { item: Item::Suggestion(section, id), name: Name::Decision };
    Edit::Set { field, value: Value::Word(decision.as_str().to_owned()) }
}

/// The edits that carry out a suggestion and say so, to be done together. `now` are the words of the text that it is about.
///
/// # Errors
/// Why it cannot be carried out.
pub fn accept(section: SectionId, suggestion: &Suggestion, now: Option<&str>, new: ActivityId) -> Result<Vec<Edit>, Unacceptable> {
    let proposal = Proposal::of(suggestion).filter(|proposal| proposal.about().item().section() == Some(section));
    let mut edits = proposal.ok_or(Unacceptable::Unknown)?.edits(&suggestion.was, now, new)?;
    edits.push(decide(section, suggestion.id, Decision::Accepted));
    Ok(edits)
}

/// The edits that put the suggested words in the place of whatever stands there, and say so: what is left where [`accept`] finds a clash.
///
/// # Errors
/// When it is not about a text, or that is not there.
pub fn replace(section: SectionId, suggestion: &Suggestion, now: Option<&str>) -> Result<Vec<Edit>, Unacceptable> {
    let Some(Proposal::Words { field, text }) = Proposal::of(suggestion) else { return Err(Unacceptable::Unknown) };
    let whole = splice::between(now.ok_or(Unacceptable::Gone)?, &text, None).map(|splice| Edit::Text { field, splice });
    Ok(whole.into_iter().chain([decide(section, suggestion.id, Decision::Accepted)]).collect())
}

/// Puts words into an empty text.
pub(super) fn put(field: Field, words: &str) -> Option<Edit> {
    (!words.is_empty()).then(|| Edit::Text { field, splice: Splice { at: 0, delete: 0, insert: words.to_owned() } })
}

fn value(content: Content, proposed: Option<&str>) -> Option<Value> {
    let Some(word) = proposed else { return Some(Value::Nothing) };
    match content {
        Content::Cents | Content::Thousandths | Content::Count | Content::Year => word.parse().ok().map(Value::Number),
        _ => Some(Value::Word(word.to_owned())),
    }
}

/// What goes in and out; what may never stand in such a set is left out.
fn changes(members: Members, proposed: &str) -> BTreeMap<String, bool> {
    let is_known = |member: &str| !matches!(members, Members::Of(words) if !words.contains(&member));
    let change = |word: &str| {
        let (member, is_in) = word.strip_prefix('+').map(|member| (member, true)).or_else(|| Some((word.strip_prefix('-')?, false)))?;
        is_known(member).then(|| (member.to_owned(), is_in))
    };
    proposed.split_whitespace().filter_map(change).collect()
}

#[cfg(test)]
mod tests;
