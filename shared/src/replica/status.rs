//! Where the person's work is.

use super::Replica;
use crate::sync::peer::Link;

/// What the screen says about where the person's work is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// The connection.
    pub link: Link,
    /// Changes that the server has not acked, those of the next two counts included.
    pub waiting: usize,
    /// Changes that the device has not confirmed, those of the next count included.
    pub unstored: usize,
    /// Whether something is typed and not yet gathered into a change.
    pub typing: bool,
    /// Whether the server lacks changes of somebody else that the person's build on. Nothing can be sent until it has them.
    pub awaits_others: bool,
}

impl Replica {
    /// Where the person's work is.
    #[must_use]
    pub fn status(&self) -> Status {
        let typing = usize::from(self.is_typing);
        let unstored = self.unstored.len() + typing;
        Status {
            link: self.peer.link(),
            waiting: self.peer.waiting() + unstored,
            unstored,
            typing: self.is_typing,
            awaits_others: self.peer.awaits_others(),
        }
    }
}
