//! What a room full of people has beside the plan's content: suggestions, comments, dots, versions, and the facilitator's desk.

use std::collections::BTreeMap;

use super::choice::choice;
use super::{Archived, Register};
use crate::id::{CommentId, ParticipantId, ReplyId, SectionId, SuggestionId, VersionId};
use crate::order::OrderKey;
use crate::plan::schema::ActivityRef;

choice! {
    /// What became of a suggestion or a comment.
    Decision {
        /// Nobody has decided yet.
        #[default]
        Open = "open",
        /// It was taken up.
        Accepted = "accepted",
        /// It was not.
        Declined = "declined",
    }
}

choice! {
    /// Whether dots are given.
    Voting {
        /// Nobody votes.
        #[default]
        Closed = "closed",
        /// Everybody may.
        Open = "open",
    }
}

/// What somebody would write into a section, if they might.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Its id.
    pub id: SuggestionId,
    /// The path of the field that it is about, or of a thing.
    pub about: String,
    /// The words that stood there when it was made.
    pub was: String,
    /// The words that should stand there; of a field that is no text, how a person says it.
    pub text: String,
    /// What should stand there, if it is not a text; see `plan::suggestion`.
    pub proposed: Register<Option<String>>,
    /// Why.
    pub note: String,
    /// Who made it.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// What became of it.
    pub decision: Register<Decision>,
    /// Whether it was withdrawn.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}

/// A remark about something in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The path of the thing or the field that it is about.
    pub about: String,
    /// What it says.
    pub text: String,
    /// Who says it.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// Whether it is dealt with.
    pub decision: Register<Decision>,
    /// What was answered, archived ones too, in order.
    pub replies: Vec<Reply>,
    /// Whether it was taken back.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}

/// What somebody answers to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its id.
    pub id: ReplyId,
    /// What it says.
    pub text: String,
    /// Who says it.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// Whether it was taken back.
    pub archived: Archived,
    /// Where it stands.
    pub order: OrderKey,
}

/// The dots of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Whose they are.
    pub participant: ParticipantId,
    /// Where each is, by its number; none for one that was not given.
    pub dots: [Option<ActivityRef>; 10],
}

/// A state of the plan that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// What it is called.
    pub name: String,
    /// The hashes of the changes at its end, in hexadecimal, with spaces between.
    pub heads: String,
    /// Who named it.
    pub submitted_by: Register<Option<ParticipantId>>,
    /// Where it stands.
    pub order: OrderKey,
}

/// What the facilitator holds for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Desk {
    /// What is said to all; none for nothing.
    pub message: Register<Option<String>>,
    /// When the countdown ends, in milliseconds since 1970 by the server's clock; none when none runs.
    pub timer_ends_ms: Register<Option<i64>>,
    /// What is left of a countdown that was stopped, in seconds.
    pub timer_rest_s: Register<Option<i64>>,
    /// How many dots each person has.
    pub dots: Register<Option<i64>>,
    /// Whether dots are given.
    pub voting: Register<Voting>,
}

/// All of it, without the content of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// What was suggested, archived too, by section and in order.
    pub suggestions: Vec<(SectionId, Suggestion)>,
    /// What was remarked, archived too, in order.
    pub comments: Vec<Comment>,
    /// The states of the plan that have a name, in order.
    pub versions: Vec<Version>,
    /// The dots that people gave.
    pub ballots: BTreeMap<ParticipantId, Ballot>,
    /// What the facilitator holds for all.
    pub desk: Desk,
}
