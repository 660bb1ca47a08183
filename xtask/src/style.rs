//! One style sheet of many: they are written one idea a file, and a phone should ask for them once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::fingerprint;

/// How Trunk writes a link to a style sheet, up to its name.
const LINK: &str = "<link rel=\"stylesheet\" href=\"/";
const LINK_END: &str = "\"/>";

/// Joins the style sheets that the page names, in its order, into one that is named after its content.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn join(directory: &Path, page: &str) -> Result<()> {
    let page = directory.join(page);
    let html = fs::read_to_string(&page).context("Trunk made no page")?;
    let names = names(&html);
    let mut joined = Vec::new();
    for name in &names {
        let path = directory.join(name);
        joined.extend(fingerprint::read(&path)?);
        joined.push(b'\n');
        fs::remove_file(path)?;
    }
    let name = format!("style-{}.css", fingerprint::short(&joined));
    fs::write(directory.join(&name), joined)?;
    fs::write(page, link_once(&html, &names, &name))?;
    Ok(())
}

fn names(html: &str) -> Vec<&str> {
    html.split(LINK).skip(1).filter_map(|rest| rest.split_once(LINK_END)).map(|(name, _)| name).collect()
}

/// The page with its first link to a style sheet leading to `joined`, and without the others.
fn link_once(html: &str, names: &[&str], joined: &str) -> String {
    let mut page = html.to_owned();
    for (position, name) in names.iter().enumerate() {
        let link = format!("{LINK}{name}{LINK_END}");
        let replacement = if position == 0 { format!("{LINK}{joined}{LINK_END}") } else { String::new() };
        page = page.replacen(&link, &replacement, 1);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_joined_in_the_order_of_the_page() {
        let directory = tempfile::tempdir().expect("a directory");
        let write = |name: &str, content: &str| fs::write(directory.path().join(name), content).expect("written");
        write("b.css", "b {}");
        write("a.css", "a {}");
        write("index.html", "<head><link rel=\"stylesheet\" href=\"/b.css\"/>\n<link rel=\"stylesheet\" href=\"/a.css\"/></head>");
        join(directory.path(), "index.html").expect("joined");
        let page = fs::read_to_string(directory.path().join("index.html")).expect("a page");
        let name = names(&page)[0].to_owned();
        assert_eq!(names(&page).len(), 1, "{page}");
        assert_eq!(fs::read_to_string(directory.path().join(&name)).expect("a sheet"), "b {}\na {}\n");
        assert!(!directory.path().join("a.css").exists());
    }
}
