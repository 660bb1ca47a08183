//! Looks at everything that is stored, and names what is damaged and what to do about it.

mod document;

use std::fmt;
use std::path::Path;

use hamutuk_shared::id::{PlanId, Seq};

use self::document::check_document;
use super::sled::tables::Tables;
use super::sled::{Purpose, SledSettings, SledStore, snapshot};
use super::{Entry, RecordKind, StoreError, audit_gap, split_audit_key};
use crate::records;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Every plan that has a log or a snapshot.
    pub plans: Vec<PlanReport>,
    /// How many records were read.
    pub records: usize,
    /// All that is damaged; empty if all is well.
    pub problems: Vec<Problem>,
}

/// What was found of one plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanReport {
    /// The plan.
    pub plan: PlanId,
    /// How many changes its log holds.
    pub changes: usize,
    /// The number of its last change.
    pub head: Seq,
    /// Which change its snapshot covers, if it has one.
    pub snapshot: Option<Seq>,
    /// How many heads the document has when all is applied.
    pub heads: usize,
}

/// One damaged thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is, for a person.
    pub key: String,
    /// What is wrong with it.
    pub what: String,
    /// What to do.
    pub advice: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}. {}", self.key, self.what, self.advice)
    }
}

const RESTORE: &str = "Restore the last backup into a new directory; what people have on their devices comes back when they connect.";
const NEW_LINK: &str = "Make a new link and send it; the damaged one no longer works.";
const JOIN_AGAIN: &str = "The person it is about opens their link and joins again.";
const IGNORE: &str = "Nothing depends on it; keep a copy of the data before you go on.";

/// Checks the data in a directory, which no server may have open.
///
/// # Errors
/// When the data cannot be opened at all. Damage that can be named is in the report.
pub async fn verify(dir: &Path) -> Result<Report, StoreError> {
    let store = SledStore::open_for(Purpose::Inspect, dir, &SledSettings::default())?;
    check(&store).await
}

/// Checks all that an open store holds. Nobody may write meanwhile.
pub(super) async fn check(store: &SledStore) -> Result<Report, StoreError> {
    let mut report = store.read_with(check_records).await?;
    let lost = store.lost_commits().await?;
    if lost > 0 {
        let what = format!(
            "the last {lost} commits before the data was opened again are gone: its file was cut off or damaged, or the disk lost them"
        );
        report.problems.push(problem("the end of the data", what, RESTORE));
    }
    let listed = store.read_with(|tables| Ok(listed_plans(tables))).await?;
    let plans = store.plans().await?;
    for &plan in &plans {
        // A plan for itself: a page that sled stumbles over takes its plan from the report, not the others.
        match store.read_with(move |tables| check_plan(tables, plan)).await {
            Ok((found, problems)) => {
                report.plans.push(found);
                report.problems.extend(problems);
            }
            Err(error) => report.problems.push(problem(format!("plan {plan}"), error, RESTORE)),
        }
    }
    for plan in listed.into_iter().filter(|plan| !plans.contains(plan)) {
        report.problems.push(problem(format!("plan {plan}"), "it is listed, but neither a change nor a snapshot is there", RESTORE));
    }
    Ok(report)
}

fn problem(key: impl Into<String>, what: impl fmt::Display, advice: &'static str) -> Problem {
    Problem { key: key.into(), what: what.to_string(), advice }
}

fn check_records(tables: &Tables) -> Result<Report, StoreError> {
    let mut report = Report::default();
    let mut audited = None;
    for item in tables.records(None, b"") {
        report.records += 1;
        if let Ok(Ok((RecordKind::Audit, key, _))) = &item
            && let Some(entry) = split_audit_key(key)
        {
            let missing = audit_gap(audited.replace(entry), entry);
            report.problems.extend(missing.map(|key| problem(key, "they are missing", RESTORE)));
        }
        let problem = match item? {
            Err((key, flaw)) => {
                let advice = RecordKind::ALL.into_iter().find(|kind| key.starts_with(kind.word())).map_or(IGNORE, advice);
                problem(key, flaw, advice)
            }
            Ok((kind, key, value)) => match records::check(kind, &key, &value) {
                Ok(()) => continue,
                Err(StoreError::Corrupt { what, key }) => problem(key, what, advice(kind)),
                Err(error) => problem(format!("a {} record", kind.word()), error, advice(kind)),
            },
        };
        report.problems.push(problem);
    }
    Ok(report)
}

fn advice(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Plan | RecordKind::Audit => RESTORE,
        RecordKind::Link => NEW_LINK,
        RecordKind::Participant | RecordKind::Cookie => JOIN_AGAIN,
    }
}

fn listed_plans(tables: &Tables) -> Vec<PlanId> {
    let keys = tables.records(Some(RecordKind::Plan), b"").filter_map(|item| item.ok()?.ok());
    keys.filter_map(|(_, key, _)| Some(PlanId::from_bytes(key.try_into().ok()?))).collect()
}

fn check_plan(tables: &Tables, plan: PlanId) -> Result<(PlanReport, Vec<Problem>), StoreError> {
    let mut problems = Vec::new();
    // Up to where changes may have been dropped; none when nobody knows.
    let covered = snapshot::newest(tables, plan).map(|manifest| manifest.map_or(Seq::START, |manifest| manifest.seq)).ok();
    let snapshot = match snapshot::read(tables, plan) {
        Ok(Some(Err((key, flaw)))) => {
            problems.push(problem(key, flaw, RESTORE));
            None
        }
        Err(StoreError::Corrupt { what, key }) => {
            problems.push(problem(key, what, RESTORE));
            None
        }
        Ok(found) => found.and_then(Result::ok),
        Err(error) => return Err(error),
    };
    let entries = sound_entries(tables, plan, covered, &mut problems)?;
    let heads = check_document(plan, snapshot.as_ref(), &entries, &mut problems);
    let last = entries.last().map(|(seq, _)| *seq);
    let found = PlanReport {
        plan,
        changes: entries.len(),
        head: last.max(snapshot.as_ref().map(|snapshot| snapshot.seq)).unwrap_or_default(),
        snapshot: snapshot.as_ref().map(|snapshot| snapshot.seq),
        heads,
    };
    Ok((found, problems))
}

/// The entries that are whole; what is damaged or missing becomes a problem.
fn sound_entries(
    tables: &Tables,
    plan: PlanId,
    covered: Option<Seq>,
    problems: &mut Vec<Problem>,
) -> Result<Vec<(Seq, Entry)>, StoreError> {
    let mut sound = Vec::new();
    // The highest number that the next entry may have without a gap. At the front: what the snapshot covers may have been dropped.
    let mut next = covered.map(|seq| seq.plus(1));
    for item in tables.entries(plan, Seq::START) {
        let (seq, entry) = item?;
        if let Some(next) = next.replace(seq.plus(1)).filter(|next| seq > *next) {
            let missing = format!("changes {next} to {} of plan {plan}", seq.0 - 1);
            problems.push(problem(missing, "they are missing from the log", RESTORE));
        }
        match entry {
            Ok(entry) => sound.push((seq, entry)),
            Err((key, flaw)) => problems.push(problem(key, flaw, RESTORE)),
        }
    }
    Ok(sound)
}

#[cfg(test)]
pub(crate) mod tests;
