//! A name found among those that there are: exactly, by its beginning, or by a slip of the finger.

use super::fold::{fold, squeeze};

/// The longest name that is compared letter by letter, in characters.
const CLOSE_CHARS_MAX: usize = 60;

/// The names that a cell may say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidates(Vec<Candidate>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Candidate {
    key: String,
    shown: String,
    /// Without spaces, case and accents.
    words: Vec<String>,
}

/// What a text is among the candidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The candidate of this key, by one of its names.
    Exact(String),
    /// Probably the candidate of this key: the text is the beginning of its name only, or close to it.
    Guessed(String),
    /// Any of these.
    Several(Vec<String>),
    /// None of them.
    Unknown,
}

impl Candidates {
    /// Adds a candidate under its names, of which the first is shown. The same key again adds names to it.
    pub fn add<S: AsRef<str>>(&mut self, key: &str, names: impl IntoIterator<Item = S>) {
        let at = self.0.iter().position(|one| one.key == key).unwrap_or_else(|| {
            self.0.push(Candidate { key: key.to_owned(), shown: String::new(), words: Vec::new() });
            self.0.len() - 1
        });
        let candidate = &mut self.0[at];
        for name in names {
            let name = name.as_ref().trim();
            let word = squeeze(name);
            if word.is_empty() {
                continue;
            }
            if candidate.shown.is_empty() {
                name.clone_into(&mut candidate.shown);
            }
            if !candidate.words.contains(&word) {
                candidate.words.push(word);
            }
        }
    }

    /// Adds the names of other candidates after those that are there.
    pub fn extend(&mut self, others: &Self) {
        for other in &others.0 {
            self.add(&other.key, std::iter::once(&other.shown).chain(&other.words));
        }
    }

    /// The candidates of a list of keys and their names.
    pub fn of<K: AsRef<str>, S: AsRef<str>, N: IntoIterator<Item = S>>(all: impl IntoIterator<Item = (K, N)>) -> Self {
        let mut candidates = Self::default();
        for (key, names) in all {
            candidates.add(key.as_ref(), names);
        }
        candidates
    }

    /// What is shown for a key; the key itself where it has no name.
    #[must_use]
    pub fn shown<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.iter().find(|one| one.key == key && !one.shown.is_empty()).map_or(key, |one| &one.shown)
    }

    /// Finds a text: exactly, else by a beginning that only one has, else by the closest name.
    #[must_use]
    pub fn find(&self, text: &str) -> Match {
        match self.exact(text) {
            Match::Unknown => {}
            found => return found,
        }
        let word = squeeze(text);
        let length = word.chars().count();
        if length >= 2 {
            let begins = self.keys(|one| one.starts_with(&word));
            if let [key] = begins[..] {
                return Match::Guessed(key.to_owned());
            }
            if !begins.is_empty() {
                return Match::Several(begins.into_iter().map(ToOwned::to_owned).collect());
            }
        }
        let slips = match length {
            0..=3 => 0,
            4..=7 => 1,
            _ if length > CLOSE_CHARS_MAX => 0,
            _ => 2,
        };
        for distance in 1..=slips {
            match self.keys(|one| is_within(one, &word, distance))[..] {
                [] => {}
                [key] => return Match::Guessed(key.to_owned()),
                ref several => return Match::Several(several.iter().map(|key| (*key).to_owned()).collect()),
            }
        }
        Match::Unknown
    }

    /// Finds a text only by a whole name, also one with another name or a remark in parentheses.
    #[must_use]
    pub fn exact(&self, text: &str) -> Match {
        let folded = fold(text);
        let (outer, inner) = match folded.split_once('(') {
            Some((outer, rest)) => (outer, rest.split(')').next().unwrap_or_default()),
            None => (folded.as_str(), ""),
        };
        for part in [folded.as_str(), outer, inner] {
            let word: String = part.chars().filter(|c| c.is_alphanumeric()).collect();
            if word.is_empty() {
                continue;
            }
            match self.keys(|one| one == word)[..] {
                [] => {}
                [key] => return Match::Exact(key.to_owned()),
                ref several => return Match::Several(several.iter().map(|key| (*key).to_owned()).collect()),
            }
        }
        Match::Unknown
    }

    fn keys(&self, is: impl Fn(&str) -> bool) -> Vec<&str> {
        self.0.iter().filter(|one| one.words.iter().any(|word| is(word))).map(|one| one.key.as_str()).collect()
    }
}

/// Whether one becomes the other by at most so many letters put in, left out, replaced or swapped with the next.
fn is_within(one: &str, other: &str, most: usize) -> bool {
    let (lengths, most_chars) = ([one.chars().count(), other.chars().count()], CLOSE_CHARS_MAX + most);
    if lengths[0].abs_diff(lengths[1]) > most || lengths[0] > most_chars {
        return false;
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect();
    for (y, a) in one.iter().enumerate() {
        let mut row = vec![y + 1];
        for (x, b) in other.iter().enumerate() {
            let mut least = (above[x] + usize::from(a != b)).min(above[x + 1] + 1).min(row[x] + 1);
            if y > 0 && x > 0 && *a == other[x - 1] && one[y - 1] == *b {
                least = least.min(before[x - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[other.len()] <= most
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn organisations() -> Candidates {
        Candidates::of([
            ("1", vec!["FOKUPERS", "Forum Komunikasaun ba Feto Timor Lorosa'e"]),
            ("2", vec!["", "Rede Feto"]),
            ("3", vec!["JSMP", "Judicial System Monitoring Programme"]),
            ("4", vec!["UN Women"]),
            ("5", vec!["UNDP"]),
            ("6", vec!["Belun"]),
            ("7", vec!["Belum"]),
            ("8", vec!["الشبكة"]),
        ])
    }

    #[test]
    fn names_are_found_exactly_or_guessed_or_not() {
        use Match::{Exact, Guessed, Several, Unknown};
        let one = |key: &str| key.to_owned();
        for (text, expected) in [
            ("FOKUPERS", Exact(one("1"))),
            (" fokupers.", Exact(one("1"))),
            ("Forum Komunikasaun ba Feto Timor Lorosae", Exact(one("1"))),
            ("Forum Komunikasaun (FOKUPERS)", Exact(one("1"))),
            ("JSMP (lead)", Exact(one("3"))),
            ("rede-feto", Exact(one("2"))),
            ("Rede", Guessed(one("2"))),
            ("fokuper", Guessed(one("1"))),
            ("Fokupres", Guessed(one("1"))),
            ("Rede Fetu", Guessed(one("2"))),
            ("Judisial Sistem Monitoring Programme", Guessed(one("3"))),
            ("UN", Several(vec![one("4"), one("5")])),
            ("Beluk", Several(vec![one("6"), one("7")])),
            ("Belun", Exact(one("6"))),
            ("الشبكة", Exact(one("8"))),
            ("JSM", Guessed(one("3"))),
            ("JSX", Unknown),
            ("Caritas", Unknown),
            ("", Unknown),
            ("!?", Unknown),
            ("()", Unknown),
        ] {
            assert_eq!(organisations().find(text), expected, "{text:?}");
        }
        assert_eq!(organisations().shown("2"), "Rede Feto");
        assert_eq!(organisations().shown("9"), "9");
    }

    proptest! {
        #[test]
        fn any_text_is_found_or_not(text in any::<String>(), name in any::<String>()) {
            let candidates = Candidates::of([("a", [name.as_str()])]);
            let _ = candidates.find(&text);
            if name.chars().any(char::is_alphanumeric) && !squeeze(&name).is_empty() {
                prop_assert_eq!(candidates.find(&name), Match::Exact("a".to_owned()));
            }
        }
    }
}
