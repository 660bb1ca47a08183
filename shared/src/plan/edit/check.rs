//! What may stand in a field.

use automerge::ReadDoc;

use super::{EditError, Value};
use crate::id::{ActivityId, IndicatorId, OrganisationId, ParticipantId, SourceId};
use crate::limits;
use crate::plan::model::{Month, Quarter};
use crate::plan::read;
use crate::plan::schema::{ActivityRef, Content, Field, Item, Kind, Location, Members};

/// Whether a value may stand in a field.
pub(super) fn value<D: ReadDoc>(doc: &D, field: Field, value: &Value) -> Result<(), EditError> {
    let content = field.content().ok_or(EditError::NotFound)?;
    let is_fit = match (content, value) {
        (content, _) if !content.is_plain() => false,
        (_, Value::Nothing) => true,
        (Content::Choice(words), Value::Word(word)) => words.contains(&word.as_str()),
        (Content::Month, Value::Word(month)) => month.parse::<Month>().is_ok(),
        (Content::Quarter, Value::Word(quarter)) => quarter.parse::<Quarter>().is_ok(),
        (Content::Answer, Value::Word(answer)) => !answer.trim().is_empty() && answer.chars().count() <= limits::ANSWER_CHARS_MAX,
        (Content::Reference(kind), Value::Word(id)) => is_there(doc, kind, id),
        (Content::ActivityPath, Value::Word(path)) => {
            path.parse::<ActivityRef>().is_ok_and(|at| read::item_object(doc, Item::Activity(at)).is_some())
        }
        (Content::Cents | Content::Thousandths, Value::Number(number)) => (0..=limits::NUMBER_MAX).contains(number),
        (Content::Count, Value::Number(number)) => (0..=limits::COUNT_MAX).contains(number),
        (Content::Year, Value::Number(number)) => (1900..=2200).contains(number),
        (Content::Moment, Value::Number(number)) => (0..=limits::MOMENT_MS_MAX).contains(number),
        (Content::Path, Value::Word(path)) => {
            path.len() <= limits::PATH_BYTES_MAX && Location::of(&path.split('/').collect::<Vec<_>>()).is_some()
        }
        _ => false,
    };
    if is_fit { Ok(()) } else { Err(EditError::Unfit) }
}

/// Whether something may be in a set.
pub(super) fn member<D: ReadDoc>(doc: &D, field: Field, member: &str) -> Result<(), EditError> {
    let Some(Content::Set(members)) = field.content() else { return Err(EditError::NotFound) };
    let is_fit = match members {
        Members::Months => member.parse::<Month>().is_ok(),
        Members::Of(words) => words.contains(&member),
        Members::References(kind) => is_there(doc, kind, member),
        Members::Siblings => member.parse().is_ok_and(|activity| is_sibling(doc, field.item, activity)),
    };
    if is_fit { Ok(()) } else { Err(EditError::Unfit) }
}

fn is_sibling<D: ReadDoc>(doc: &D, item: Item, activity: ActivityId) -> bool {
    let at = item.section().map(|section| Item::Activity(ActivityRef { section, activity }));
    at.is_some_and(|at| read::item_object(doc, at).is_some())
}

fn is_there<D: ReadDoc>(doc: &D, kind: Kind, id: &str) -> bool {
    let item = match kind {
        Kind::Organisation => id.parse::<OrganisationId>().map(Item::Organisation).ok(),
        Kind::Source => id.parse::<SourceId>().map(Item::Source).ok(),
        Kind::Person => id.parse::<ParticipantId>().map(Item::Person).ok(),
        // It is among the siblings of the report; one that is not there reads as none.
        Kind::Indicator => return id.parse::<IndicatorId>().is_ok(),
        _ => None,
    };
    item.is_some_and(|item| read::item_object(doc, item).is_some())
}
