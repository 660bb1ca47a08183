//! The municipalities under the names and spellings that people use.

use super::Candidates;
use crate::plan::model::{Choice, Municipality};

/// The other names of a municipality; its key is always one.
const fn names(of: Municipality) -> &'static [&'static str] {
    match of {
        Municipality::National => &[
            "National",
            "Nasional",
            "Nacional",
            "Nationwide",
            "Countrywide",
            "All municipalities",
            "All",
            "Timor-Leste",
            "Timor-Leste tomak",
            "Rai laran tomak",
            "Hotu",
            "Hotu-hotu",
            "Munisípiu hotu",
            "Munisípiu hotu-hotu",
            "Todos os municípios",
            "Todo o país",
            "Todos",
            "Semua",
            "Semua kabupaten",
            "Semua kotamadya",
            "Seluruh negeri",
            "Seluruh Timor-Leste",
        ],
        Municipality::Aileu => &["Aileu"],
        Municipality::Ainaro => &["Ainaro", "Ainaru"],
        Municipality::Atauro => &["Atauro", "Ataúro", "Ataúru"],
        Municipality::Baucau => &["Baucau", "Baukau"],
        Municipality::Bobonaro => &["Bobonaro", "Bobonaru", "Maliana"],
        Municipality::Covalima => &["Covalima", "Kovalima", "Cova Lima", "Suai"],
        Municipality::Dili => &["Dili", "Díli"],
        Municipality::Ermera => &["Ermera", "Gleno"],
        Municipality::Lautem => &["Lautém", "Lauteín", "Lospalos", "Los Palos"],
        Municipality::Liquica => &["Liquiçá", "Likisá", "Liquisa", "Likisia"],
        Municipality::Manatuto => &["Manatuto", "Manatutu"],
        Municipality::Manufahi => &["Manufahi"],
        Municipality::Oecusse => {
            &["Oecusse", "Oé-Cusse", "Oecussi", "Oekusi", "Oe-Kusi", "Ambeno", "Oecusse Ambeno", "RAEOA", "Pante Macassar"]
        }
        Municipality::Viqueque => &["Viqueque", "Vikeke"],
    }
}

/// What stands before or after the name of a municipality.
const AROUND: &[&str] = &["municipality", "municipality of", "munisípiu", "município de", "município", "kabupaten", "kotamadya"];

/// The municipalities, under all their names.
#[must_use]
pub fn candidates() -> Candidates {
    let mut candidates = Candidates::default();
    for municipality in Municipality::ALL {
        let names = names(*municipality);
        candidates.add(municipality.as_str(), names);
        if *municipality != Municipality::National {
            for (around, name) in AROUND.iter().flat_map(|around| names.iter().map(move |name| (around, name))) {
                candidates.add(municipality.as_str(), [format!("{around} {name}"), format!("{name} {around}")]);
            }
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::Match;

    #[test]
    fn every_spelling_is_one_municipality() {
        let all = candidates();
        for municipality in Municipality::ALL {
            for name in names(*municipality) {
                assert_eq!(all.find(name), Match::Exact(municipality.as_str().to_owned()), "{name}");
            }
        }
        for (text, expected) in [
            ("KOVALIMA", Match::Exact("covalima".to_owned())),
            ("oe-cusse", Match::Exact("oecusse".to_owned())),
            ("Municipality of Dili", Match::Exact("dili".to_owned())),
            ("Munisípiu Likisá", Match::Exact("liquica".to_owned())),
            ("Nasionál", Match::Exact("national".to_owned())),
            ("Bobonnaro", Match::Guessed("bobonaro".to_owned())),
            ("Manu", Match::Guessed("manufahi".to_owned())),
            ("Man", Match::Several(vec!["manatuto".to_owned(), "manufahi".to_owned()])),
            ("Kupang", Match::Unknown),
        ] {
            assert_eq!(all.find(text), expected, "{text}");
        }
    }
}
