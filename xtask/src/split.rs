//! Several programs of one: what the first screen needs, and what is loaded behind it.
//!
//! Trunk has no step between compiling and wasm-bindgen, and the program has to be divided there. So the `wasm-bindgen` that Trunk
//! finds is a copy of this program: called by that name, it divides, and hands the first part to the real one.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use anyhow::{Context, Result, ensure};

use crate::command::{self, program};
use crate::{dist, fingerprint, lean, workspace};

/// The name that it is called by, and where the real one is.
const BIND: &str = "wasm-bindgen";
const REAL: &str = "HAMUTUK_WASM_BINDGEN";
/// The programs behind the first, as `#[wasm_split(NAME)]` names them, in the order in which they come. What several need, and the first
/// does not, is in parts of its own, which come with the first of those.
const DIVISIONS: [&str; 2] = ["later", "beside"];
/// The script that loads them.
const LINK: &str = "__wasm_split.js";
/// Which part comes with which program: a line for each, with spaces between.
const PARTS: &str = "parts";

/// How the names begin of what comes with the second program.
pub(crate) const SECOND: &str = "hamutuk-later-";
/// How the names begin of what comes with the third.
pub(crate) const THIRD: &str = "hamutuk-beside-";

/// What must be among the flags of the compiler: without relocations nobody knows which function needs which.
pub(crate) const RUST_FLAG: &str = "-Clink-arg=--emit-relocs";

fn directory() -> PathBuf {
    workspace::made("split")
}

/// Puts a copy of this program where Trunk will find it first, and says where. `real` is the wasm-bindgen that it calls.
///
/// # Errors
/// When it cannot be copied.
pub(crate) fn stand_in(real: &Path) -> Result<(PathBuf, [(&'static str, PathBuf); 1])> {
    let place = workspace::made("tools/stand-in");
    fs::create_dir_all(&place).context("cannot make target/tools/stand-in")?;
    let ours = env::current_exe().context("cannot find this program")?;
    fs::copy(&ours, place.join(BIND)).context("cannot copy this program into target/tools/stand-in")?;
    Ok((place, [(REAL, real.join(BIND))]))
}

/// Whether this program was called in place of wasm-bindgen.
pub(crate) fn is_called() -> bool {
    env::var_os(REAL).is_some() && env::args_os().next().is_some_and(|name| Path::new(&name).file_stem() == Some(BIND.as_ref()))
}

/// Does what wasm-bindgen would, after dividing the program.
pub(crate) fn bind() -> ExitCode {
    match divide_and_bind() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn divide_and_bind() -> Result<()> {
    let real = env::var_os(REAL).context("the real wasm-bindgen is not named")?;
    let mut arguments: Vec<String> = env::args().skip(1).collect();
    let input = arguments.iter_mut().find(|argument| argument.ends_with(".wasm"));
    if let Some(input) = input {
        let first = divide(Path::new(&input))?;
        first.to_str().context("the path of this checkout is not UTF-8")?.clone_into(input);
        // The other programs take functions from the first by their exports.
        arguments.push("--keep-lld-exports".to_owned());
    }
    command::run(&mut program(real, arguments))
}

/// Writes all programs and the script between them; where the first is.
fn divide(path: &Path) -> Result<PathBuf> {
    let directory = directory();
    dist::remove(&directory)?;
    fs::create_dir_all(&directory).context("cannot make target/split")?;
    let whole = fingerprint::read(path)?;
    let first = directory.join(path.file_name().context("the program has a name")?);
    let mut options = wasm_split_cli_support::Options::new(&whole);
    options.output_dir = &directory;
    options.main_out_path = &first;
    let divided = wasm_split_cli_support::transform(options).map_err(|error| anyhow::anyhow!("cannot divide the client: {error:#}"))?;
    let mut parts = String::new();
    for path in &divided.split_modules {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).context("a part has a name")?;
        let needed = |name: &&str| divided.prefetch_map.get(*name).is_some_and(|parts| parts.iter().any(|part| part == stem));
        // A program without anything of its own is not loaded.
        if let Some(with) = DIVISIONS.iter().find(|name| needed(name)) {
            parts.push_str(&format!("{stem} {with}\n"));
        }
    }
    ensure!(parts.contains(" later"), "the client is not divided: {:?}", divided.split_modules);
    fs::write(directory.join(PARTS), parts).context("cannot write target/split/parts")?;
    Ok(first)
}

/// Puts the other programs beside the first, as small as they can be, and the script that loads them into the glue of wasm-bindgen: two
/// scripts that name each other could not both be named after their content.
///
/// # Errors
/// When a file is missing, or is not as wasm-split writes it.
pub(crate) fn merge(staging: &Path, wasm_opt: Option<&Path>) -> Result<()> {
    let read = |name: &str| fs::read_to_string(directory().join(name)).with_context(|| format!("cannot read target/split/{name}"));
    let mut link = read(LINK)?;
    for line in read(PARTS)?.lines() {
        let (stem, with) = line.split_once(' ').context("a part comes with a program")?;
        let part = directory().join(format!("{stem}.wasm"));
        let content = match wasm_opt {
            Some(wasm_opt) => dist::optimised(&part, wasm_opt)?,
            None => fingerprint::read(&part)?,
        };
        let name = format!("hamutuk-{with}-{}.wasm", fingerprint::short(&content));
        fs::write(staging.join(&name), content).with_context(|| format!("cannot write {name}"))?;
        let old = format!("\"./{stem}.wasm\"");
        ensure!(link.contains(&old), "nothing loads {stem}");
        link = link.replace(&old, &format!("\"./{name}\""));
    }
    let scripts = fingerprint::files(staging)?.into_iter().filter(|path| dist::extension(path) == "js");
    for path in scripts {
        let script = fs::read_to_string(&path)?;
        if script.contains(LINK) {
            return dist::replace(staging, &path, merged(&script, &link)?.as_bytes());
        }
    }
    anyhow::bail!("no script loads the other programs")
}

/// The glue with the loader in it instead of an import.
fn merged(glue: &str, link: &str) -> Result<String> {
    let imports: Vec<&str> = glue.lines().filter(|line| line.starts_with("import ") && line.contains(LINK)).collect();
    ensure!(!imports.is_empty(), "the glue imports no loader");
    let mut loader = String::new();
    let mut names = Vec::new();
    for line in link.lines().filter(|line| !line.starts_with("import ")) {
        let line = match line.strip_prefix("export const ") {
            Some(constant) => {
                names.extend(constant.split(' ').next());
                format!("const {constant}")
            }
            None => line.to_owned(),
        };
        loader.push_str(&line);
        loader.push('\n');
    }
    ensure!(!names.is_empty() && loader.contains(".wasm"), "the loader loads nothing");
    let loader = lean::without_comments(&loader, lean::Kind::Script);
    // The glue imports it once for each program.
    let mut merged = glue.to_owned();
    let mut spaces = String::new();
    for import in imports {
        let space = import.split_whitespace().skip_while(|word| *word != "as").nth(1).context("the loader is imported as a whole")?;
        merged = merged.replace(import, "");
        spaces.push_str(&format!("const {space} = {{ {} }};\n", names.join(", ")));
    }
    Ok(format!("{merged}\n{loader}{spaces}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_moves_into_the_glue() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nexport { initSync };\nfunction imports() { return { a: import1 }; }\n";
        let link = "import { initSync } from \"./main.js\";\n/* a, b */\nconst __chunk_1 = wrap(\"./c.wasm\");\nexport const load_a = wrap(\"./a.wasm\");\nexport const load_b = wrap(\"./b.wasm\");\n";
        let merged = merged(glue, link).unwrap();
        assert!(!merged.contains("import * as"), "{merged}");
        let end = "const __chunk_1 = wrap(\"./c.wasm\");\nconst load_a = wrap(\"./a.wasm\");\nconst load_b = wrap(\"./b.wasm\");\nconst import1 = { load_a, load_b };\nconst import2 = { load_a, load_b };\n";
        assert!(merged.ends_with(end), "{merged}");
    }

    #[test]
    fn a_loader_that_loads_nothing_is_refused() {
        let glue = "import * as import1 from \"./__wasm_split.js\"\n";
        assert!(merged(glue, "const a = 1;\n").is_err());
        assert!(merged("", "export const load = wrap(\"./split_later.wasm\");\n").is_err());
    }
}
