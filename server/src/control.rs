//! The control socket: how a command reaches the server that has the data.
//!
//! It lies in the data directory, and only the user that the server runs as may open it. Whoever may do that could read the data anyway:
//! so it needs no password. One connection is one exchange: a line of JSON there, a line of JSON back. Elsewhere than on Unix there is
//! none, and the commands need the server to be stopped.

#[cfg(not(unix))]
mod elsewhere;
#[cfg(unix)]
mod unix;

#[cfg(unix)]
#[cfg(test)]
mod tests;

use std::io;

use serde::{Deserialize, Serialize};

use crate::admin::{Order, Outcome};

#[cfg(not(unix))]
pub use elsewhere::{Listener, ask};
#[cfg(unix)]
pub use unix::{Listener, ask};

/// The version of a request and its answer.
pub const VERSION: u8 = 2;

/// The name of the socket in the data directory.
pub const NAME: &str = "control";

/// What a command asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Request {
    version: u8,
    order: Order,
}

/// What the server answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Answer {
    version: u8,
    result: Said,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Done(Outcome),
    /// One line, for the person at the command line.
    Failed(String),
}

/// What every version says of itself. Whatever else is there is left for whoever knows that version.
#[derive(Deserialize)]
struct Versioned {
    version: u8,
}

/// Why the server was not asked, or did not do it.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// No server listens.
    #[error("no server listens on the control socket")]
    Nobody,
    /// The exchange broke off.
    #[error("the running server does not answer ({0}): try again")]
    Broken(#[from] io::Error),
    /// The server is of another version.
    #[error("the running server is of another version than this command: use the `hamutuk` that the server was started with")]
    OtherVersion,
    /// What came is not what should come.
    #[error("what the running server answers cannot be read")]
    Malformed,
    /// The server could not do it.
    #[error("{0}")]
    Failed(String),
}

/// Reads what the other side sent. Its version first: another one may look different.
fn parse<T: for<'de> Deserialize<'de>>(line: &[u8]) -> Result<T, ControlError> {
    let Versioned { version } = serde_json::from_slice(line).map_err(|_| ControlError::Malformed)?;
    if version != VERSION {
        return Err(ControlError::OtherVersion);
    }
    serde_json::from_slice(line).map_err(|_| ControlError::Malformed)
}

/// As one line.
fn line<T: Serialize>(message: &T) -> Vec<u8> {
    let mut line = serde_json::to_vec(message).expect("ids, texts and numbers are JSON");
    line.push(b'\n');
    line
}
