//! The words of the screen: a file for each language, without the keys, which the program knows by their places.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value};

use crate::{dist, fingerprint};

/// Where Trunk puts the locales.
const LOCALES: &str = "locales";

/// How the names of the packed files begin.
pub(crate) const PREFIX: &str = "words-";

/// Packs every language into a file that is named after its content, which the page names from then on.
///
/// # Errors
/// When a file cannot be read or written, or the page does not name it.
pub(crate) fn pack(directory: &Path, page: &str) -> Result<()> {
    let page = directory.join(page);
    let locales = directory.join(LOCALES);
    let mut html = fs::read_to_string(&page).context("Trunk made no page")?;
    for path in fingerprint::files(&locales)?.into_iter().filter(|path| dist::extension(path) == "json") {
        let language = path.file_stem().and_then(|stem| stem.to_str()).context("a locale has a name")?;
        let content = packed(&fs::read_to_string(&path)?).with_context(|| format!("cannot read the words of {language}"))?;
        let name = format!("{PREFIX}{language}-{}.json", fingerprint::short(content.as_bytes()));
        let old = format!("\"/{LOCALES}/{language}.json\"");
        ensure!(html.contains(&old), "the page does not name the words of {language}");
        html = html.replace(&old, &format!("\"/{name}\""));
        fs::write(directory.join(name), content)?;
    }
    dist::remove(&locales)?;
    fs::write(page, html).context("cannot write the page")
}

/// The phrases of a locale in their order, as a JSON array.
fn packed(locale: &str) -> Result<String> {
    let words: Map<String, Value> = serde_json::from_str(locale)?;
    Ok(serde_json::to_string(&words.into_iter().map(|(_, phrase)| phrase).collect::<Vec<_>>())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_becomes_its_phrases_in_order() {
        assert_eq!(packed("{ \"b\": \"Rai\", \"a\": \"Taka \\\"ne’e\\\"\" }").unwrap(), "[\"Rai\",\"Taka \\\"ne’e\\\"\"]");
    }

    #[test]
    fn the_page_names_the_packed_file() {
        let directory = tempfile::tempdir().expect("a directory");
        let write = |name: &str, content: &str| fs::write(directory.path().join(name), content).expect("written");
        fs::create_dir(directory.path().join(LOCALES)).expect("made");
        write("index.html", "<meta name=\"hamutuk-words\" data-en=\"/locales/en.json\">");
        write("locales/en.json", "{\"a\": \"Save\"}");
        pack(directory.path(), "index.html").expect("packed");
        let page = fs::read_to_string(directory.path().join("index.html")).expect("a page");
        let name = page.split("\"/").nth(1).and_then(|rest| rest.split('"').next()).expect("a name");
        assert!(name.starts_with("words-en-"), "{page}");
        assert_eq!(fs::read_to_string(directory.path().join(name)).expect("a file"), "[\"Save\"]");
        assert!(!directory.path().join(LOCALES).exists());
    }
}
