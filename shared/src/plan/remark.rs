//! What people say about something in the plan, and answer to each other.

use super::edit::{Edit, Value};
use super::model::{Choice, Decision};
use super::schema::{Field, Item, Name};
use super::suggestion::put;
use crate::id::{CommentId, ParticipantId, ReplyId};

/// The edits that put a comment on the thing or the field at a path, to be done together.
#[must_use]
pub fn comment(id: CommentId, about: &str, words: &str, author: ParticipantId) -> Vec<Edit> {
    let item = Item::Comment(id);
    let about = Edit::Set { field: Field { item, name: Name::About }, value: Value::Word(about.to_owned()) };
    let mut edits = said(item, words, author);
    edits.insert(1, about);
    edits
}

/// The edits that answer to a comment, to be done together.
#[must_use]
pub fn reply(comment: CommentId, id: ReplyId, words: &str, author: ParticipantId) -> Vec<Edit> {
    said(Item::Reply(comment, id), words, author)
}

/// Says whether a comment is dealt with.
#[must_use]
pub fn settle(id: CommentId, is_settled: bool) -> Edit {
    let decision = if is_settled { Decision::Accepted } else { Decision::Open };
    Edit::Set { field: Field { item: Item::Comment(id), name: Name::Decision }, value: Value::Word(decision.as_str().to_owned()) }
}

fn said(item: Item, words: &str, author: ParticipantId) -> Vec<Edit> {
    let by = Edit::Set { field: Field { item, name: Name::SubmittedBy }, value: Value::Word(author.to_string()) };
    [Some(Edit::Add { item }), put(Field { item, name: Name::Text }, words.trim()), Some(by)].into_iter().flatten().collect()
}
