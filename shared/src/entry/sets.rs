//! A list of names in one text: `Dili, Kovalima ho Baucau`.

use super::{Candidates, Match};
use crate::limits;

/// What a text says of a set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetReading {
    /// The keys of what was found, each once, in the order of the text.
    pub members: Vec<String>,
    /// What was found by a guess: as it is written, and the key.
    pub guessed: Vec<(String, String)>,
    /// What could be any of several: as it is written, and their keys.
    pub several: Vec<(String, Vec<String>)>,
    /// What is none of the candidates, as it is written.
    pub unknown: Vec<String>,
}

/// The words that stand between the last two of a list.
const AND: &[&str] = &["and", "no", "e", "ho", "dan", "&", "+"];

/// Reads the members of a set. A name that has a comma or an `and` in it is found whole first.
#[must_use]
pub fn read(text: &str, candidates: &Candidates) -> SetReading {
    let mut set = SetReading::default();
    if text.len() > limits::ENTRY_BYTES_MAX {
        set.unknown.push(text.trim().to_owned());
        return set;
    }
    let is_whole = |text: &str| matches!(candidates.exact(text), Match::Exact(_));
    if is_whole(text) {
        set.take(text, candidates);
        return set;
    }
    for piece in text.split([',', ';', '/', '\n', '\r', '\t', '•']) {
        let parts = parts(piece);
        let has_known = parts.iter().any(|part| is_whole(part));
        if parts.len() > 1 && has_known && !is_whole(piece) {
            parts.iter().for_each(|part| set.take(part, candidates));
        } else {
            set.take(piece, candidates);
        }
    }
    set
}

/// The parts of a text between its words for `and`.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![Vec::new()];
    let spaced = text.replace('&', " & ").replace('+', " + ");
    for word in spaced.split_whitespace() {
        match parts.last_mut() {
            Some(part) if !AND.contains(&word.to_lowercase().as_str()) => part.push(word),
            _ => parts.push(Vec::new()),
        }
    }
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.join(" ")).collect()
}

impl SetReading {
    /// Whether nothing stood there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty() && self.unknown.is_empty() && self.several.is_empty()
    }

    fn take(&mut self, text: &str, candidates: &Candidates) {
        // `, and Dili` leaves the `and` with the name.
        let joined = parts(text).join(" ");
        let text = text.trim().trim_start_matches(['-', '*', '–']).trim_start();
        let text = if parts(text).len() == 1 { joined.trim_start_matches(['-', '*', '–']).trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        match candidates.find(text) {
            Match::Exact(key) => self.add(key),
            Match::Guessed(key) => {
                self.guessed.push((text.to_owned(), key.clone()));
                self.add(key);
            }
            Match::Several(keys) => self.several.push((text.to_owned(), keys)),
            Match::Unknown => self.unknown.push(text.to_owned()),
        }
    }

    fn add(&mut self, key: String) {
        if !self.members.contains(&key) {
            self.members.push(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::entry::places;

    /// The members; then `~` and what was guessed, `?` and what could be several, `!` and what is unknown.
    fn check(candidates: &Candidates, text: &str, expected: &str) {
        let set = read(text, candidates);
        let mut told = set.members.join(" ");
        let guessed = set.guessed.iter().map(|(written, _)| format!(" ~{written}"));
        let several = set.several.iter().map(|(written, _)| format!(" ?{written}"));
        let unknown = set.unknown.iter().map(|written| format!(" !{written}"));
        told.extend(guessed.chain(several).chain(unknown));
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn places_are_split_on_what_people_put_between() {
        let places = places::candidates();
        for (text, expected) in [
            ("", ""),
            (" ; , \n", ""),
            ("Dili", "dili"),
            ("Dili, Kovalima", "dili covalima"),
            ("Dili/Baucau; Ermera\nAileu", "dili baucau ermera aileu"),
            ("Dili ho Baucau", "dili baucau"),
            ("Dili no Baucau e Ermera dan Aileu & Ainaro", "dili baucau ermera aileu ainaro"),
            ("Dili, Baucau, and Ermera", "dili baucau ermera"),
            ("Likisá & Oe-Cusse", "liquica oecusse"),
            ("Likisá&Oe-Cusse", "liquica oecusse"),
            ("- Dili\n- Baucau", "dili baucau"),
            ("Dili, Dili", "dili"),
            ("Dili, Kupang", "dili !Kupang"),
            ("Dili ho Kupang", "dili !Kupang"),
            ("Vikekee", "viqueque ~Vikekee"),
            ("Man, Dili", "dili ?Man"),
        ] {
            check(&places, text, expected);
        }
    }

    #[test]
    fn a_name_with_an_and_in_it_stays_whole() {
        let candidates =
            Candidates::of([("moij", vec!["Ministry of Interior and Justice"]), ("rede", vec!["Rede, Feto"]), ("belun", vec!["Belun"])]);
        for (text, expected) in [
            ("Ministry of Interior and Justice", "moij"),
            ("Belun, Ministry of Interior and Justice", "belun moij"),
            ("Rede, Feto", "rede"),
            ("Belun e Caritas", "belun !Caritas"),
            ("Health and Education", " !Health and Education"),
        ] {
            check(&candidates, text, expected);
        }
        assert_eq!(read(&"x".repeat(3_000), &candidates).unknown.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in any::<String>(), likely in "(dili|and|e|[-,;&/ \n]){0,12}") {
            let candidates = Candidates::of([("dili", ["Dili"]), ("and", ["Dili and Dili"])]);
            for text in [&text, &likely] {
                let set = read(text, &candidates);
                prop_assert!(set.guessed.iter().all(|(_, key)| set.members.contains(key)));
            }
        }
    }
}
