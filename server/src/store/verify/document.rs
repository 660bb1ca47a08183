//! Whether what is stored of a plan is a document: each change is what its hash says, and together they lack nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, Change, ChangeHash, LoadOptions, ReadDoc, TextEncoding};
use hamutuk_shared::id::{PlanId, Seq};

use super::{Problem, RESTORE, problem};
use crate::store::{Entry, Snapshot};

/// Checks the changes and the snapshot, and what they make together. Returns how many heads the document has.
pub(super) fn check_document(plan: PlanId, snapshot: Option<&Snapshot>, entries: &[(Seq, Entry)], problems: &mut Vec<Problem>) -> usize {
    let mut changes = Vec::with_capacity(entries.len());
    for (seq, entry) in entries {
        match caught(|| read_change(entry)) {
            Ok(change) => changes.push(change),
            Err(what) => problems.push(problem(format!("change {seq} of plan {plan}"), what, RESTORE)),
        }
    }
    let document = match caught(|| load(snapshot)) {
        Ok(document) => document,
        Err(what) => {
            problems.push(problem(format!("the snapshot of plan {plan}"), what, RESTORE));
            return 0;
        }
    };
    let hashes: Vec<ChangeHash> = entries.iter().map(|(_, entry)| entry.hash).collect();
    match caught(|| join(document, changes, &hashes)) {
        Ok(heads) => heads,
        Err(what) => {
            // When a change is damaged it is plain that others lack it.
            if problems.is_empty() {
                problems.push(problem(format!("plan {plan}"), what, RESTORE));
            }
            0
        }
    }
}

fn read_change(entry: &Entry) -> Result<Change, String> {
    let change = Change::try_from(&entry.bytes[..]).map_err(|error| format!("it is not a change ({error})"))?;
    if change.hash() == entry.hash { Ok(change) } else { Err("its hash is not the one it was stored with".to_owned()) }
}

fn load(snapshot: Option<&Snapshot>) -> Result<Automerge, String> {
    let encoding = TextEncoding::Utf16CodeUnit;
    match snapshot {
        None => Ok(Automerge::new_with_encoding(encoding)),
        Some(snapshot) => {
            let options = LoadOptions::new().text_encoding(encoding);
            Automerge::load_with_options(&snapshot.bytes, options).map_err(|error| format!("it does not load ({error})"))
        }
    }
}

fn join(mut document: Automerge, changes: Vec<Change>, hashes: &[ChangeHash]) -> Result<usize, String> {
    document.apply_changes(changes).map_err(|error| format!("its changes do not apply ({error})"))?;
    match document.get_missing_deps(hashes).len() {
        0 => Ok(document.get_heads().len()),
        missing => Err(format!("{missing} changes that others build on are missing")),
    }
}

/// Automerge asserts some of what it reads.
fn caught<T>(check: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| Err("reading it stopped at something that cannot be".to_owned()))
}
