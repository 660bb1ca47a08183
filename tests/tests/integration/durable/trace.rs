//! What strace wrote: calls that begin and calls that return, in order.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::rc::Rc;

/// A call to the kernel.
#[derive(Debug, Default)]
pub(super) struct Call {
    name: String,
    /// The file or the socket that it is about.
    target: String,
    /// Everything that it was given, bytes as strace writes them with `-xx`.
    arguments: String,
}

/// A moment of a call.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) call: Rc<Call>,
    /// It returned, and did not fail. Otherwise it began.
    pub(super) is_return: bool,
}

impl Call {
    /// Whether it writes to a file.
    pub(super) fn is_write_to(&self, file: &Path) -> bool {
        matches!(self.name.as_str(), "write" | "writev" | "pwrite64" | "pwritev") && self.is_about(file)
    }

    /// Whether it makes a file durable. `sync_file_range` does not: it leaves the bytes in the disk's cache.
    pub(super) fn is_sync_of(&self, file: &Path) -> bool {
        matches!(self.name.as_str(), "fsync" | "fdatasync") && self.is_about(file)
    }

    /// Whether it writes to a connection.
    pub(super) fn is_to_socket(&self) -> bool {
        self.target.starts_with("TCP") && matches!(self.name.as_str(), "write" | "writev" | "sendto" | "sendmsg")
    }

    /// Whether these bytes are among what it was given.
    pub(super) fn holds(&self, hex: &str) -> bool {
        self.arguments.contains(hex)
    }

    fn is_about(&self, file: &Path) -> bool {
        let file = file.as_os_str().as_encoded_bytes();
        self.target.as_bytes() == file || self.target == hex(file)
    }
}

/// Bytes as strace writes them with `-xx`.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "\\x{byte:02x}");
        text
    })
}

/// The events of a trace that `strace -f -yy -xx` wrote.
pub(super) fn parse(text: &str) -> Vec<Event> {
    let mut events = Vec::new();
    let mut unfinished: HashMap<&str, Rc<Call>> = HashMap::new();
    for (thread, line) in text.lines().filter_map(|line| line.split_once(' ')) {
        let line = line.trim_start();
        if line.starts_with("<...") {
            let Some(call) = unfinished.remove(thread) else { continue };
            if has_succeeded(line) {
                events.push(Event { call, is_return: true });
            }
            continue;
        }
        let Some((name, arguments)) = line.split_once('(') else { continue };
        let call = Rc::new(Call { name: name.to_owned(), target: target_of(arguments).to_owned(), arguments: arguments.to_owned() });
        events.push(Event { call: Rc::clone(&call), is_return: false });
        if line.ends_with("<unfinished ...>") {
            unfinished.insert(thread, call);
        } else if has_succeeded(line) {
            events.push(Event { call, is_return: true });
        }
    }
    events
}

/// What stands behind the descriptor, as in `9</data/db>, ...` and `12<TCP:[127.0.0.1:1->127.0.0.1:2]>, ...`.
fn target_of(arguments: &str) -> &str {
    let Some((_, rest)) = arguments.split_once('<') else { return "" };
    let ends = [">,", ">)", "> <"].into_iter().filter_map(|end| rest.find(end));
    ends.min().map_or("", |end| &rest[..end])
}

fn has_succeeded(line: &str) -> bool {
    let result = line.rsplit_once(") ").and_then(|(_, result)| result.trim_start().strip_prefix("= "));
    result.is_some_and(|result| result.starts_with(|first: char| first.is_ascii_digit()))
}
