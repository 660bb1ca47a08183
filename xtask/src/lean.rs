//! What a browser has no use for: comments, indentation, and the random part of names that only two of our own files read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{dist, fingerprint};

/// How wasm-bindgen begins the name of a function that the program takes from its glue.
const IMPORT: &str = "__wbg_";
/// The digits of the hash that ends such a name.
const HASH_DIGITS: usize = 16;

/// Whose comments they are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// JavaScript. Only comments that are lines of their own: what else `//` may be is for a parser to know.
    Script,
    /// CSS.
    Style,
}

/// Strips a script or a style sheet; leaves any other file.
///
/// # Errors
/// When it cannot be read or written.
pub(crate) fn strip(path: &Path) -> Result<()> {
    let kind = match dist::extension(path) {
        "js" => Kind::Script,
        "css" => Kind::Style,
        _ => return Ok(()),
    };
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::write(path, without_comments(&text, kind)).with_context(|| format!("cannot write {}", path.display()))
}

/// The text without comments, indentation and empty lines.
pub(crate) fn without_comments(text: &str, kind: Kind) -> String {
    let mut lean = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        // Code may follow a comment on its line.
        let begins = line.starts_with("/*") && (!line.contains("*/") || line.ends_with("*/"));
        let is_line = kind == Kind::Script && line.starts_with("//");
        if !is_comment && !begins && !is_line && !line.is_empty() {
            lean.push_str(line);
            lean.push('\n');
        }
        is_comment = (is_comment || begins) && !line.ends_with("*/");
    }
    lean
}

/// Numbers the imports instead of hashing them, in the program and in its glue: the same length, and nothing left to compress badly.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn shorten(directory: &Path) -> Result<()> {
    let files = fingerprint::files(directory)?;
    let scripts: Vec<_> = files.iter().filter(|path| dist::extension(path) == "js").collect();
    let mut hashes = BTreeSet::new();
    for path in &scripts {
        hashes.extend(hashes_of(&fs::read_to_string(path)?));
    }
    if hashes.is_empty() {
        return Ok(());
    }
    for path in files.iter().filter(|path| matches!(dist::extension(path), "js" | "wasm")) {
        let old = fingerprint::read(path)?;
        let new = numbered(&old, &hashes);
        if new != old {
            dist::replace(directory, path, &new)?;
        }
    }
    Ok(())
}

/// The hashes at the ends of the names of imports.
fn hashes_of(script: &str) -> BTreeSet<String> {
    let names = script.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|name| name.starts_with(IMPORT));
    let ends = names.filter_map(|name| name.rsplit_once('_').map(|(_, end)| end));
    ends.filter(|end| end.len() == HASH_DIGITS && end.bytes().all(|digit| digit.is_ascii_hexdigit())).map(str::to_owned).collect()
}

/// The content with each hash replaced by its number, in as many digits.
fn numbered(content: &[u8], hashes: &BTreeSet<String>) -> Vec<u8> {
    let mut content = content.to_vec();
    let mut at = 0;
    while at + HASH_DIGITS <= content.len() {
        // An underscore comes before each: looking at every byte would take long.
        let found = content[at - usize::from(at > 0)] == b'_';
        let place = std::str::from_utf8(&content[at..at + HASH_DIGITS]).ok().filter(|_| found);
        let number = place.and_then(|hash| hashes.iter().position(|known| known == hash));
        if let Some(number) = number {
            content[at..at + HASH_DIGITS].copy_from_slice(format!("{number:0HASH_DIGITS$x}").as_bytes());
            at += HASH_DIGITS;
        } else {
            at += 1;
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go_and_code_stays() {
        let script = "// One.\n/** Two.\n * @param three\n */\nconst a = 'http://b'; // four\n\n  if (a) /* five */ b();\n";
        assert_eq!(without_comments(script, Kind::Script), "const a = 'http://b'; // four\nif (a) /* five */ b();\n");
        let style = "/* One. */\n.a {\n  /* Two,\n     three. */\n  color: red;\n}\n";
        assert_eq!(without_comments(style, Kind::Style), ".a {\ncolor: red;\n}\n");
    }

    #[test]
    fn imports_are_numbered_alike_in_both_files() {
        let script = "__wbg_new_0123456789abcdef: f, __wbg_get_00ff00ff00ff00ff: g, __wbg_get_short: h, x_0123456789abcde0";
        let hashes = hashes_of(script);
        assert_eq!(hashes.len(), 2);
        let as_text = |content: &str| String::from_utf8(numbered(content.as_bytes(), &hashes)).unwrap();
        let expected = "__wbg_new_0000000000000001: f, __wbg_get_0000000000000000: g, __wbg_get_short: h, x_0123456789abcde0";
        assert_eq!(as_text(script), expected);
        assert_eq!(as_text("\u{1a}__wbg_new_0123456789abcdef\0"), "\u{1a}__wbg_new_0000000000000001\0");
    }
}
