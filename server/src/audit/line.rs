//! An entry for a person to read: a row of a table, and that as CSV.
//!
//! A program for tables takes a cell that begins with `=` and the like for a formula, and may do what it says. Names and labels are
//! whatever somebody typed: so such a beginning gets an apostrophe before it, also after what some such programs take for the end of a
//! cell. What would end a line or move the cursor of a terminal becomes a space.

use hamutuk_shared::id::SectionId;
use hamutuk_shared::plan::Choice;
use serde::{Deserialize, Serialize};

use super::{AuditRecord, Event, LinkTerms, Names, Written};
use crate::calendar::date_time;

const COLUMNS: [&str; 10] = ["number", "time_utc", "person", "event", "about", "before", "after", "times", "written_utc", "person_id"];

/// The cells of an entry, as plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line(Vec<String>);

/// The beginning of a CSV file: the mark by which Excel knows that it is UTF-8, and the names of the columns.
#[must_use]
pub fn csv_head() -> String {
    format!("\u{feff}{}\r\n", COLUMNS.join(","))
}

/// What is told of an event beside who and when.
#[derive(Default)]
struct Told {
    about: String,
    before: String,
    after: String,
    times: u32,
    written_ms: Option<i64>,
}

impl Line {
    /// Of an entry.
    #[must_use]
    pub fn of(record: &AuditRecord, names: &Names) -> Self {
        let Told { about, before, after, times, written_ms } = tell(&record.event, names);
        let person = record.actor.map_or("(server)", |actor| names.people.get(&actor).map_or("", String::as_str));
        let written = written_ms.and_then(|ms| u64::try_from(ms).ok()).map(date_time).unwrap_or_default();
        let id = record.actor.map(|actor| actor.to_string()).unwrap_or_default();
        let (number, at, what) = (record.seq.to_string(), date_time(record.at_ms), record.event.word().to_owned());
        Self(vec![number, at, person.to_owned(), what, about, before, after, times.max(1).to_string(), written, id])
    }

    /// As a line of CSV, with its end.
    #[must_use]
    pub fn csv(&self) -> String {
        let cells: Vec<String> = self.0.iter().map(|cell| format!("\"{}\"", harmless(cell).replace('"', "\"\""))).collect();
        format!("{}\r\n", cells.join(","))
    }

    /// As a line for a terminal, without the columns that are empty.
    #[must_use]
    pub fn text(&self) -> String {
        let shown = COLUMNS.len() - 1;
        let cells = self.0.iter().take(shown).map(|cell| printable(cell));
        let named = cells.zip(COLUMNS).filter(|(cell, _)| !cell.trim().is_empty()).filter_map(|(cell, column)| match column {
            "number" | "time_utc" | "event" | "about" => Some(cell),
            "times" if cell == "1" => None,
            column => Some(format!("{} {cell}", column.trim_end_matches("_utc"))),
        });
        named.collect::<Vec<_>>().join("  ")
    }
}

fn tell(event: &Event, names: &Names) -> Told {
    let code = |section: &SectionId| names.sections.get(section).cloned().unwrap_or_else(|| section.to_string());
    match event {
        Event::Joined { link, role } => Told { about: link_name(link, ""), after: role.as_str().to_owned(), ..Told::default() },
        Event::RoleChanged { link, was, now } => {
            let (before, after) = (was.as_str().to_owned(), now.as_str().to_owned());
            Told { about: link_name(link, ""), before, after, ..Told::default() }
        }
        Event::LinkMade(terms) => Told { about: link_name(&terms.link, &terms.label), after: allows(terms, code), ..Told::default() },
        Event::LinkChanged { was, now } => {
            let relabelled = if was.label == now.label { String::new() } else { format!("“{}”: ", was.label) };
            let (before, after) = (format!("{relabelled}{}", allows(was, code)), allows(now, code));
            Told { about: link_name(&now.link, &now.label), before, after, ..Told::default() }
        }
        Event::LinkRevoked(terms) => Told { about: link_name(&terms.link, &terms.label), before: allows(terms, code), ..Told::default() },
        Event::SectionState { section, was, now, set, written: Written { written_ms, .. } } => {
            let set = if set == now { String::new() } else { format!(" ({} was set)", set.as_str()) };
            let (before, after) = (was.as_str().to_owned(), format!("{}{set}", now.as_str()));
            Told { about: code(section), before, after, written_ms: *written_ms, ..Told::default() }
        }
        Event::VersionNamed { version, written: Written { written_ms, .. } } => {
            let about = names.versions.get(version).cloned().unwrap_or_else(|| version.to_string());
            Told { about, written_ms: *written_ms, ..Told::default() }
        }
        Event::ChangeDenied { refusal, section, path, count } => {
            let place = [section.as_ref().map(code), path.clone()].into_iter().flatten().collect::<Vec<_>>().join(": ");
            Told { about: place, after: refusal.to_string(), times: *count, ..Told::default() }
        }
        Event::Restored {} => Told { about: "what happened after the backup was made is not here".to_owned(), ..Told::default() },
    }
}

fn link_name(id: &str, label: &str) -> String {
    if label.is_empty() { format!("link {id}") } else { format!("link {id} “{label}”") }
}

fn allows(terms: &LinkTerms, code: impl Fn(&SectionId) -> String) -> String {
    let mut words = terms.role.as_str().to_owned();
    if let Some(sections) = &terms.sections {
        words += &format!(" in {}", sections.iter().map(code).collect::<Vec<_>>().join(" "));
    }
    if let Some(ms) = terms.expires_ms {
        words += &format!(", until {}", date_time(ms));
    }
    if let Some(people) = terms.people_max {
        words += &format!(", at most {people} people");
    }
    words
}

/// Without what is no letter: ends of lines, and what a terminal obeys.
fn printable(cell: &str) -> String {
    cell.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// So that no program takes any of it for a formula.
fn harmless(cell: &str) -> String {
    let mut safe = String::with_capacity(cell.len());
    let mut begins = true;
    for letter in printable(cell).chars() {
        if begins && matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            safe.push('\'');
        }
        begins = matches!(letter, ',' | ';' | '"' | '|') || begins && letter.is_whitespace();
        safe.push(letter);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, expected) in [
            ("Grupu 1", "Grupu 1"),
            ("=1+1", "'=1+1"),
            ("  @SUM(A1)", "  '@SUM(A1)"),
            ("\t=1", " '=1"),
            ("a\r\n=1", "a  =1"),
            ("-2", "'-2"),
            ("+670 7712", "'+670 7712"),
            ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
            ("a\", -1", "a\", '-1"),
            ("＝1", "'＝1"),
            ("a=b - c", "a=b - c"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), expected, "{cell:?}");
        }
        assert_eq!(Line(vec!["=a\"b".to_owned(), "c\u{1b}[2Jd".to_owned()]).csv(), "\"'=a\"\"b\",\"c [2Jd\"\r\n");
    }
}
