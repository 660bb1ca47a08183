//! Turns `locales/*.json` into the phrases of `src/i18n.rs`: a name for every phrase, and a struct for one with places to fill, so that the
//! compiler checks both. The words themselves are not compiled in: a page loads those of one language (`boot.js`).

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use serde_json::{Map, Value};

/// The first is the one that the others are compared with. In the order of `shared::plan::Language`.
const LANGUAGES: [&str; 4] = ["en", "tet", "pt", "id"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    // Twice the usual: a document that is being loaded is on it too (`client/pauses`).
    println!("cargo::rustc-link-arg-bins=-zstack-size=2097152");
    let mut all = Vec::new();
    for language in LANGUAGES {
        let text = fs::read_to_string(format!("locales/{language}.json"))?;
        let words: Map<String, Value> = serde_json::from_str(&text).map_err(|fault| format!("locales/{language}.json: {fault}"))?;
        all.push(words);
    }
    // A language that lacks a phrase would show those of another key, and a surplus one is a misspelt key: both stop the build.
    for (language, words) in LANGUAGES.into_iter().zip(&all) {
        for fault in faults(&all[0], words) {
            println!("cargo::error=locales/{language}.json: {fault}");
        }
    }
    let out = PathBuf::from(env::var("OUT_DIR")?).join("phrases.rs");
    fs::write(out, code(&all)?)?;
    Ok(())
}

/// What is wrong with the words of a language.
fn faults(english: &Map<String, Value>, words: &Map<String, Value>) -> Vec<String> {
    let mut faults = Vec::new();
    let missing = english.keys().filter(|key| !words.contains_key(*key)).map(|key| format!("`{key}` is missing"));
    faults.extend(missing);
    for (key, value) in words {
        match (english.get(key), value.as_str()) {
            (None, _) => faults.push(format!("`{key}` is not in en.json")),
            (_, None) => faults.push(format!("`{key}` is no text")),
            (Some(first), Some(text)) if places(text) != places(first.as_str().unwrap_or_default()) => {
                faults.push(format!("`{key}` does not have the places of en.json to fill"));
            }
            _ => {}
        }
    }
    if faults.is_empty() && !english.keys().eq(words.keys()) {
        faults.push("the keys are not in the order of en.json".to_owned());
    }
    faults
}

/// The names between `{{` and `}}`.
fn places(text: &str) -> BTreeSet<&str> {
    text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}")).map(|(name, _)| name.trim()).collect()
}

fn code(all: &[Map<String, Value>]) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    for (at, (key, value)) in all[0].iter().enumerate() {
        let text = value.as_str().unwrap_or_default();
        let places = places(text);
        if places.is_empty() {
            writeln!(code, "/// {text:?}\npub(crate) const {key}: Phrase = Phrase({at});")?;
            continue;
        }
        let list = |each: &dyn Fn(&str) -> String| places.iter().map(|name| each(name)).collect::<Vec<_>>().join(", ");
        let fields = list(&|name| format!("pub(crate) {name}: &'a dyn Display"));
        let filled = list(&|name| format!("({name:?}, self.{name})"));
        writeln!(code, "/// {text:?}\npub(crate) struct {key}<'a> {{ {fields} }}")?;
        writeln!(
            code,
            "impl {key}<'_> {{ pub(crate) fn said(&self, language: Language) -> String {{ filled({at}, language, &[{filled}]) }} }}"
        )?;
    }
    writeln!(code, "#[cfg(test)]\npub(super) const BUILT_IN: [&[&str]; {}] = [", all.len())?;
    for words in all {
        writeln!(code, "&{:?},", words.values().filter_map(Value::as_str).collect::<Vec<_>>())?;
    }
    writeln!(code, "];")?;
    Ok(code)
}
