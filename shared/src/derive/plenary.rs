//! What the plenary shows: it follows the query of the address at which its leader looks, or what they chose instead of that.

use crate::id::ActivityId;

/// What is on the projector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Shown {
    /// The plan: its title, its vision, and how far each section is.
    #[default]
    Plan,
    /// A section by its code, perhaps one activity of it.
    Section(String, Option<ActivityId>),
    /// What the groups report back.
    Highlights,
    /// What it costs, and who pays.
    Sums,
    /// How the dots fell.
    Votes,
    /// The countdown, as large as it goes.
    Timer,
}

/// The part of the query that says what the plenary is to show instead of where its leader is.
const SHOW: &str = "show";

impl Shown {
    /// What a query means. What is not known is the plan: an address of a newer program shows no error on a projector.
    #[must_use]
    pub fn of(query: &str) -> Self {
        let get = |name: &str| {
            let mut pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
            pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
        };
        match (get(SHOW), get("v"), get("s")) {
            (Some("highlights"), ..) => Self::Highlights,
            (Some("sums"), ..) | (None, Some("budget"), _) => Self::Sums,
            (Some("votes"), ..) | (None, Some("vote"), _) => Self::Votes,
            (Some("timer"), ..) => Self::Timer,
            (None, None, Some(code)) if is_code(code) => Self::Section(code.to_owned(), get("a").and_then(|id| id.parse().ok())),
            _ => Self::Plan,
        }
    }

    /// The query that means it.
    #[must_use]
    pub fn query(&self) -> String {
        match self {
            Self::Plan => format!("{SHOW}=plan"),
            Self::Section(code, None) => format!("s={code}"),
            Self::Section(code, Some(activity)) => format!("s={code}&a={activity}"),
            Self::Highlights => format!("{SHOW}=highlights"),
            Self::Sums => format!("{SHOW}=sums"),
            Self::Votes => format!("{SHOW}=votes"),
            Self::Timer => format!("{SHOW}=timer"),
        }
    }
}

/// Codes are short, and need no escaping in an address.
fn is_code(code: &str) -> bool {
    (1..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_means_what_is_shown() {
        let activity = ActivityId::from_bytes([7; 10]);
        for (query, expected) in [
            (String::new(), Shown::Plan),
            ("?s=P2".into(), Shown::Section("P2".into(), None)),
            (format!("s=P2&a={activity}"), Shown::Section("P2".into(), Some(activity))),
            (format!("?a={activity}&s=P2&org=x"), Shown::Section("P2".into(), Some(activity))),
            ("s=P2&a=nonsense".into(), Shown::Section("P2".into(), None)),
            ("v=budget".into(), Shown::Sums),
            ("v=budget&s=P2".into(), Shown::Sums),
            ("v=vote".into(), Shown::Votes),
            ("v=timeline&s=P2".into(), Shown::Plan),
            ("v=desk&show=timer".into(), Shown::Timer),
            ("show=highlights&s=P2".into(), Shown::Highlights),
            ("show=something-newer".into(), Shown::Plan),
            ("s=<script>".into(), Shown::Plan),
            ("s".into(), Shown::Plan),
        ] {
            assert_eq!(Shown::of(&query), expected, "{query}");
        }
    }

    #[test]
    fn what_is_chosen_reads_back() {
        let activity = ActivityId::from_bytes([7; 10]);
        let section = |activity| Shown::Section("P2".into(), activity);
        for shown in [Shown::Plan, section(None), section(Some(activity)), Shown::Highlights, Shown::Sums, Shown::Votes, Shown::Timer] {
            assert_eq!(Shown::of(&shown.query()), shown);
            assert!(shown.query().len() <= crate::limits::VIEW_BYTES_MAX);
        }
    }
}
