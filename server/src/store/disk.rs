//! Files that survive a loss of power: a new name is durable only once its directory is synced too.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Makes what was created, renamed or removed in a directory durable.
pub(super) fn sync_dir(dir: &Path) -> io::Result<()> {
    // Windows cannot open a directory as a file; it keeps names durable by itself.
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// The directory that holds `path`.
pub(super) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// Creates a directory and what is missing above it, durably.
pub(super) fn create_dir(dir: &Path) -> io::Result<()> {
    let missing: Vec<PathBuf> =
        dir.ancestors().take_while(|ancestor| *ancestor != Path::new("") && !ancestor.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(dir)?;
    missing.iter().try_for_each(|made| sync_dir(parent(made)))
}

/// Replaces a small file: after a crash it holds either what it held or the new bytes.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = part_of(path);
    let mut file = File::create(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&part, path)?;
    sync_dir(parent(path))
}

/// The name under which a file is written until it is whole.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}
