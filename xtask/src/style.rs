//! One style sheet of many: they are written one idea a file, and a phone should ask for them once.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::{fingerprint, split};

/// How Trunk writes a link to a style sheet, up to its name.
const LINK: &str = "<link rel=\"stylesheet\" href=\"/";
const LINK_END: &str = "\"/>";

/// How the name of a sheet begins that only the second program needs.
const LATER: &str = "later-";

/// Joins the style sheets that the page names, in its order, into two that are named after their content: one that the page asks for,
/// and one that it only names, for the second program to ask for.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn join(directory: &Path, page: &str) -> Result<()> {
    let page = directory.join(page);
    let html = fs::read_to_string(&page).context("Trunk made no page")?;
    let (later, first): (Vec<&str>, Vec<&str>) = names(&html).into_iter().partition(|name| name.starts_with(LATER));
    let style = join_as(directory, &first, "style-")?;
    let mut joined = link_once(&html, &first, &format!("{LINK}{style}{LINK_END}"));
    if !later.is_empty() {
        let style = join_as(directory, &later, split::SECOND)?;
        joined = link_once(&joined, &later, &format!("<meta name=\"hamutuk-later\" content=\"/{style}\">"));
    }
    fs::write(page, joined).context("cannot write the page")
}

/// The name of the sheet that is made of these, which are gone then.
fn join_as(directory: &Path, names: &[&str], prefix: &str) -> Result<String> {
    let mut joined = Vec::new();
    for name in names {
        let path = directory.join(name);
        joined.extend(fingerprint::read(&path)?);
        joined.push(b'\n');
        fs::remove_file(path)?;
    }
    let name = format!("{prefix}{}.css", fingerprint::short(&joined));
    fs::write(directory.join(&name), joined)?;
    Ok(name)
}

fn names(html: &str) -> Vec<&str> {
    html.split(LINK).skip(1).filter_map(|rest| rest.split_once(LINK_END)).map(|(name, _)| name).collect()
}

/// The page with `joined` in the place of the first of these links, and without the others.
fn link_once(html: &str, names: &[&str], joined: &str) -> String {
    let mut page = html.to_owned();
    for (position, name) in names.iter().enumerate() {
        let link = format!("{LINK}{name}{LINK_END}");
        page = page.replacen(&link, if position == 0 { joined } else { "" }, 1);
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
        write("later-c.css", "c {}");
        let link = |name: &str| format!("{LINK}{name}{LINK_END}\n");
        write("index.html", &format!("<head>{}{}{}</head>", link("b.css"), link("later-c.css"), link("a.css")));
        join(directory.path(), "index.html").expect("joined");
        let page = fs::read_to_string(directory.path().join("index.html")).expect("a page");
        let name = names(&page)[0].to_owned();
        assert_eq!(names(&page).len(), 1, "{page}");
        assert_eq!(fs::read_to_string(directory.path().join(&name)).expect("a sheet"), "b {}\na {}\n");
        assert!(!directory.path().join("a.css").exists());
        let later = page.split_once("content=\"/").and_then(|(_, rest)| rest.split_once('"')).expect("the page names the other").0;
        assert_eq!(fs::read_to_string(directory.path().join(later)).expect("a sheet"), "c {}\n");
    }
}
