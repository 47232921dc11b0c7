//! Stand-in until the room is merged.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::diagnostic::Failure;

/// Writes a file that must not exist yet, and the folders around it that are missing.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)
        .and_then(|()| {
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(path)?
                .write_all(bytes)
        })
        .map_err(|error| {
            let _ = fs::remove_file(path);
            Failure::new(format!("cannot write {}: {error}", path.display()))
        })
}
