//! A filter as the query of an address, `q=feto&status=on_track`, and back.
//!
//! The keys never change their meaning: people keep such links. An unknown key, or a value that means nothing, is left out, so that a link
//! of a newer version still opens. Percent-encoding is done here, so that no caller forgets it.

use std::str::FromStr;

use super::Filter;
use crate::plan::Choice;

mod key {
    pub(super) const WORDS: &str = "q";
    pub(super) const SECTION: &str = "section";
    pub(super) const LEAD: &str = "lead";
    pub(super) const ORGANISATION: &str = "organisation";
    pub(super) const MUNICIPALITY: &str = "municipality";
    pub(super) const QUARTER: &str = "quarter";
    pub(super) const MONTH: &str = "month";
    pub(super) const STATUS: &str = "status";
    pub(super) const THEME: &str = "theme";
    pub(super) const GAP: &str = "gap";
    pub(super) const ATTENTION: &str = "attention";
}

/// What a switch that is on says.
const ON: &str = "1";

impl Filter {
    /// The filter as a query, without the question mark; empty for one that asks for nothing.
    #[must_use]
    pub fn to_query(&self) -> String {
        let switch = |is_on: bool| is_on.then(|| ON.to_owned());
        let mut query = String::new();
        for (key, value) in [
            (key::WORDS, Some(self.words.clone()).filter(|words| !words.is_empty())),
            (key::SECTION, self.section.map(String::from)),
            (key::LEAD, self.lead.map(String::from)),
            (key::ORGANISATION, self.organisation.map(String::from)),
            (key::MUNICIPALITY, word(self.municipality)),
            (key::QUARTER, self.quarter.map(|quarter| quarter.to_string())),
            (key::MONTH, self.month.map(|month| month.to_string())),
            (key::STATUS, word(self.status)),
            (key::THEME, word(self.theme)),
            (key::GAP, switch(self.has_gap)),
            (key::ATTENTION, switch(self.needs_attention)),
        ] {
            if let Some(value) = value {
                query.push_str(if query.is_empty() { "" } else { "&" });
                query.push_str(key);
                query.push('=');
                encode(&mut query, &value);
            }
        }
        query
    }

    /// The filter that a query asks for, with or without its question mark. Where a key stands twice, the last counts.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let mut filter = Self::default();
        for pair in query.strip_prefix('?').unwrap_or(query).split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            filter.take(key, &decode(value));
        }
        filter
    }

    fn take(&mut self, key: &str, value: &str) {
        match key {
            key::WORDS => value.clone_into(&mut self.words),
            key::SECTION => self.section = parse(value),
            key::LEAD => self.lead = parse(value),
            key::ORGANISATION => self.organisation = parse(value),
            key::MUNICIPALITY => self.municipality = Choice::parse(value),
            key::QUARTER => self.quarter = parse(value),
            key::MONTH => self.month = parse(value),
            key::STATUS => self.status = Choice::parse(value),
            key::THEME => self.theme = Choice::parse(value),
            key::GAP => self.has_gap = value == ON,
            key::ATTENTION => self.needs_attention = value == ON,
            _ => {}
        }
    }
}

fn parse<T: FromStr>(value: &str) -> Option<T> {
    value.parse().ok()
}

fn word<C: Choice>(choice: Option<C>) -> Option<String> {
    choice.map(|choice| choice.as_str().to_owned())
}

fn encode(query: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            query.push('%');
            query.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)])));
        }
    }
}

/// A value without its percent-encoding. A plus is a space, as forms write it; what is not an encoding stays as it is.
fn decode(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let (decoded, after) = match (byte, after) {
            (b'%', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                (digit(*high) << 4 | digit(*low), after)
            }
            (b'+', after) => (b' ', after),
            (byte, after) => (*byte, after),
        };
        bytes.push(decoded);
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The value of a hexadecimal digit.
const fn digit(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => byte - b'0',
        _ => byte.to_ascii_lowercase() - b'a' + 10,
    }
}
