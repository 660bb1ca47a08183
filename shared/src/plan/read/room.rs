//! Reads what a room full of people has beside the plan's content.

use std::collections::BTreeMap;

use automerge::{ObjId, ROOT, ReadDoc};

use super::order;
use super::place::collection;
use super::value::Reader;
use crate::id::{CommentId, ParticipantId, ReplyId, SuggestionId, VersionId};
use crate::plan::model::{Ballot, Comment, Desk, Reply, Suggestion, Version};
use crate::plan::schema::{Name, key, root};

/// What is in a collection, in order. It is sorted before it is read, by one and the same code for every kind of thing.
fn placed<D: ReadDoc, T>(doc: &D, parent: &ObjId, name: &str, read: impl Fn(&str, &ObjId) -> Option<T>) -> Vec<T> {
    in_order(doc, parent, name).iter().filter_map(|(id, obj)| read(id, obj)).collect()
}

fn in_order<D: ReadDoc>(doc: &D, parent: &ObjId, name: &str) -> Vec<(String, ObjId)> {
    let mut all = collection(doc, parent, name);
    all.sort_by_cached_key(|(id, obj)| (order(doc, obj), id.clone()));
    all
}

/// What was remarked, in order.
pub(super) fn comments<D: ReadDoc>(doc: &D) -> Vec<Comment> {
    placed(doc, &ROOT, root::COMMENTS, |id, obj| Some(comment(doc, id.parse().ok()?, obj)))
}

/// The states that have a name, in order.
pub(super) fn versions<D: ReadDoc>(doc: &D) -> Vec<Version> {
    placed(doc, &ROOT, root::VERSIONS, |id, obj| Some(version(doc, id.parse().ok()?, obj)))
}

/// The dots that people gave.
pub(super) fn ballots<D: ReadDoc>(doc: &D) -> BTreeMap<ParticipantId, Ballot> {
    let all = collection(doc, &ROOT, root::BALLOTS).into_iter();
    all.filter_map(|(id, obj)| Some(ballot(doc, id.parse().ok()?, &obj))).map(|ballot| (ballot.participant, ballot)).collect()
}

/// The suggestions for a section, in order.
pub(super) fn suggestions<D: ReadDoc>(doc: &D, section: &ObjId) -> Vec<Suggestion> {
    placed(doc, section, key::SUGGESTIONS, |id, obj| Some(suggestion(doc, id.parse().ok()?, obj)))
}

pub(super) fn suggestion<D: ReadDoc>(doc: &D, id: SuggestionId, obj: &ObjId) -> Suggestion {
    let read = Reader::new(doc, obj);
    Suggestion {
        id,
        about: read.text(Name::About),
        was: read.text(Name::Was),
        text: read.text(Name::Text),
        proposed: read.parsed(Name::Proposed),
        note: read.text(Name::Note),
        submitted_by: read.parsed(Name::SubmittedBy),
        decision: read.choice(Name::Decision),
        archived: read.archived(),
        order: read.order(),
    }
}

pub(super) fn comment<D: ReadDoc>(doc: &D, id: CommentId, obj: &ObjId) -> Comment {
    let read = Reader::new(doc, obj);
    Comment {
        id,
        about: read.text(Name::About),
        text: read.text(Name::Text),
        submitted_by: read.parsed(Name::SubmittedBy),
        decision: read.choice(Name::Decision),
        replies: placed(doc, obj, key::REPLIES, |id, obj| Some(reply(doc, id.parse().ok()?, obj))),
        archived: read.archived(),
        order: read.order(),
    }
}

fn reply<D: ReadDoc>(doc: &D, id: ReplyId, obj: &ObjId) -> Reply {
    let read = Reader::new(doc, obj);
    Reply { id, text: read.text(Name::Text), submitted_by: read.parsed(Name::SubmittedBy), archived: read.archived(), order: read.order() }
}

pub(super) fn ballot<D: ReadDoc>(doc: &D, participant: ParticipantId, obj: &ObjId) -> Ballot {
    let read = Reader::new(doc, obj);
    Ballot { participant, dots: Name::DOTS.map(|dot| read.text(dot).parse().ok()) }
}

pub(super) fn version<D: ReadDoc>(doc: &D, id: VersionId, obj: &ObjId) -> Version {
    let read = Reader::new(doc, obj);
    let (name, heads) = (read.text(Name::OwnName), read.text(Name::Heads));
    Version { id, name, heads, submitted_by: read.parsed(Name::SubmittedBy), order: read.order() }
}

pub(super) fn desk<D: ReadDoc>(doc: &D, obj: &ObjId) -> Desk {
    let read = Reader::new(doc, obj);
    Desk {
        message: read.parsed(Name::Message),
        timer_ends_ms: read.number(Name::TimerEnds, Some),
        timer_rest_s: read.number(Name::TimerRest, Some),
        dots: read.number(Name::Dots, Some),
        voting: read.choice(Name::Voting),
    }
}
