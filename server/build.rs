//! Finds the built client for `src/assets.rs` to embed, or puts a page in its place that says how to build it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

const NOT_BUILT: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>Hamutuk</title>
<h1>The client was not built</h1>
<p>This server was compiled without its client. In its source code, run <code>cargo xtask run</code>, which builds both.</p>
</html>
";

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../target/dist");
    // Cargo would run this script in every build if the directory that it watches did not exist.
    fs::create_dir_all(&dist)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", dist.display());
    let embedded = if dist.join("index.html").is_file() { dist.canonicalize()? } else { fallback()? };
    println!("cargo::rustc-env=HAMUTUK_DIST={}", embedded.display());
    Ok(())
}

fn fallback() -> Result<PathBuf, Box<dyn Error>> {
    let directory = PathBuf::from(env::var("OUT_DIR")?).join("not-built");
    fs::create_dir_all(&directory)?;
    fs::write(directory.join("index.html"), NOT_BUILT)?;
    Ok(directory)
}
