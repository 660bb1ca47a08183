//! From what Trunk made to what the server embeds: optimised, with a build id, a service worker and a brotli form of each file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use crate::command::{self, program};
use crate::{fingerprint, lean, split, style, words, workspace};

/// What the build id replaces in `index.html` and `sw.js`.
const BUILD: &str = "__BUILD__";
/// What the list of files replaces in `sw.js`.
const FILES: &str = "__FILES__";
const INDEX: &str = "index.html";
/// The fewest digits that still tell a hash from a word.
const HASH_DIGITS_MIN: usize = 8;
const SERVICE_WORKER: &str = "sw.js";
const COMPRESSED: [&str; 8] = ["css", "html", "js", "json", "svg", "txt", "wasm", "webmanifest"];

/// What rustc emits for wasm32. Not `--all-features`: the wasm-opt of Debian 12 then writes proposals that no browser reads.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Makes `dist` from `trunk`. An equal one is left as it is, so that the server is not compiled again.
///
/// # Errors
/// When a file cannot be read or written, a placeholder is missing, or wasm-opt fails.
pub(crate) fn assemble(trunk: &Path, dist: &Path, wasm_opt: Option<&Path>) -> Result<()> {
    let staging = dist.with_extension("new");
    remove(&staging)?;
    copy(trunk, &staging)?;
    for path in fingerprint::files(&staging)? {
        lean::strip(&path)?;
    }
    style::join(&staging, INDEX)?;
    words::pack(&staging, INDEX)?;
    if let Some(wasm_opt) = wasm_opt {
        optimise(&staging, wasm_opt)?;
    }
    split::merge(&staging, wasm_opt)?;
    lean::shorten(&staging)?;
    let template = fs::read_to_string(workspace::root().join("client").join(SERVICE_WORKER)).context("cannot read client/sw.js")?;
    let template = lean::without_comments(&template, lean::Kind::Script);
    let worker = stamp(&staging, &template)?;
    if fs::read_to_string(dist.join(SERVICE_WORKER)).is_ok_and(|present| present == worker) {
        return remove(&staging);
    }
    fs::write(staging.join(SERVICE_WORKER), &worker)?;
    for path in fingerprint::files(&staging)? {
        compress(&path)?;
    }
    remove(dist)?;
    fs::rename(&staging, dist).context("cannot put the client into target/dist")
}

pub(crate) fn remove(directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for path in fingerprint::files(from)? {
        let target = to.join(path.strip_prefix(from)?);
        fs::create_dir_all(target.parent().context("a file is in a directory")?)?;
        fs::copy(&path, &target).with_context(|| format!("cannot copy {}", path.display()))?;
    }
    Ok(())
}

/// Shrinks each program.
fn optimise(directory: &Path, wasm_opt: &Path) -> Result<()> {
    let programs = fingerprint::files(directory)?.into_iter().filter(|path| extension(path) == "wasm");
    for path in programs {
        replace(directory, &path, &optimised(&path, wasm_opt)?)?;
    }
    Ok(())
}

/// A program as small as wasm-opt makes it.
///
/// # Errors
/// When wasm-opt fails.
pub(crate) fn optimised(path: &Path, wasm_opt: &Path) -> Result<Vec<u8>> {
    let smaller = path.with_extension("smaller");
    // The second time finds a little more.
    // rustc puts the stack first, so that no pointer into the heap or the statics is below 1024.
    let mut command = program(wasm_opt, ["-Oz", "-Oz", "--low-memory-unused"]);
    command::run(command.args(WASM_FEATURES).arg(path).arg("-o").arg(&smaller))?;
    let content = fingerprint::read(&smaller)?;
    fs::remove_file(&smaller)?;
    Ok(content)
}

/// Puts new content into the place of a file with a hashed name, which is named after it from now on, also in the page.
pub(crate) fn replace(directory: &Path, path: &Path, content: &[u8]) -> Result<()> {
    let index = directory.join(INDEX);
    let old = relative(directory, path)?;
    let new = renamed(&old, &fingerprint::short(content)).with_context(|| format!("{old} is not a hashed name"))?;
    fs::remove_file(path)?;
    fs::write(directory.join(&new), content)?;
    let page = fs::read_to_string(&index)?;
    ensure!(page.contains(&old), "{INDEX} does not name {old}");
    fs::write(&index, page.replace(&old, &new)).context("cannot write the page")
}

/// `client-OLD_bg.wasm` with another hash. Trunk writes a hash without its leading zeros.
fn renamed(name: &str, hash: &str) -> Option<String> {
    let (before, after) = name.split_at_checked(name.rfind('-')? + 1)?;
    let rest = after.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    let digits = after.len() - rest.len();
    (HASH_DIGITS_MIN..=hash.len()).contains(&digits).then(|| format!("{before}{hash}{rest}"))
}

/// Puts the build id into the page and returns the service worker of this build. The id depends on every file, and on the
/// template of the service worker.
fn stamp(directory: &Path, template: &str) -> Result<String> {
    let mut all = template.as_bytes().to_vec();
    let mut names = Vec::new();
    for path in fingerprint::files(directory)? {
        let name = relative(directory, &path)?;
        let content = fingerprint::read(&path)?;
        all.extend(format!("\n{name} {}\n", content.len()).bytes());
        all.extend(content);
        if name != INDEX {
            names.push(format!("\"/{name}\""));
        }
    }
    let build = fingerprint::short(&all);
    let index = directory.join(INDEX);
    let page = fs::read_to_string(&index).context("Trunk made no page")?;
    ensure!(page.contains(BUILD), "client/{INDEX} has no {BUILD}");
    ensure!(template.contains(BUILD) && template.contains(FILES), "client/{SERVICE_WORKER} lacks {BUILD} or {FILES}");
    fs::write(&index, page.replace(BUILD, &build))?;
    Ok(template.replace(BUILD, &build).replace(FILES, &format!("[{}]", names.join(", "))))
}

/// Writes the brotli form beside a text or a program, where that is smaller.
fn compress(path: &Path) -> Result<()> {
    if !COMPRESSED.contains(&extension(path)) {
        return Ok(());
    }
    let content = fingerprint::read(path)?;
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    writer.write_all(&content)?;
    let compressed = writer.into_inner();
    if compressed.len() < content.len() {
        fs::write(brotli_of(path), compressed)?;
    }
    Ok(())
}

/// Where the brotli form of a file is.
pub(crate) fn brotli_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    name.into()
}

pub(crate) fn extension(path: &Path) -> &str {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default()
}

fn relative(directory: &Path, path: &Path) -> Result<String> {
    let name = path.strip_prefix(directory)?;
    Ok(name.to_str().context("a file name is not UTF-8")?.to_owned())
}

#[cfg(test)]
mod tests;
