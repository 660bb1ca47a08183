//! One hash over all that the client is made from: equal means that there is nothing to build.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::workspace;

/// What the client is made from. `xtask/src` is what makes it.
const INPUTS: [&str; 7] = ["Cargo.lock", "Cargo.toml", "Trunk.toml", "client", "rust-toolchain.toml", "shared", "xtask/src"];

/// The fingerprint of the inputs and of `tools`, a text that differs when other tools would make another client.
///
/// # Errors
/// When a file cannot be read.
pub(crate) fn of_client(tools: &str) -> Result<String> {
    let mut hasher = Sha256::new();
    hasher.update(tools);
    for input in INPUTS {
        for path in files(&workspace::root().join(input))? {
            let name = path.strip_prefix(workspace::root()).unwrap_or(&path);
            let content = read(&path)?;
            // Lengths keep two files from being read as one.
            hasher.update(format!("\n{} {}\n", name.display(), content.len()));
            hasher.update(content);
        }
    }
    Ok(HEXLOWER.encode(&hasher.finalize()))
}

/// The first 16 hexadecimal digits of the content's hash, which is what hashed file names hold.
pub(crate) fn short(content: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(content)[..8])
}

/// All files of a directory, or the one file, in an order that does not change. Hidden ones are left out.
///
/// # Errors
/// When a directory cannot be read.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.retain(|path| !path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")));
    paths.sort();
    let nested = paths.iter().map(|path| files(path)).collect::<Result<Vec<_>>>()?;
    Ok(nested.into_iter().flatten().collect())
}

/// # Errors
/// When the file cannot be read; the message names it.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
