//! Removes files of ours among a person's own, for the command that thaws a page.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::disk;
use crate::diagnostic::Failure;

/// Removes files of ours, in this order, and the folders below `root` that are empty then. What is
/// gone already is no harm.
///
/// # Errors
///
/// Something that is no file has one of the names (then nothing is removed), or the disk or a
/// permission says no.
pub fn remove_files(root: &Path, files: &[String]) -> Result<(), Failure> {
    let failed = |file: &str, error: io::Error| disk::failure("remove", file, &error);
    for file in files {
        if let Some(found) = disk::look(&root.join(file)).map_err(|error| failed(file, error))?
            && !found.is_file()
        {
            return Err(Failure::new(format!("`{file}` is not a file"))
                .help("Move it to another place. Nothing was removed."));
        }
    }
    for file in files {
        match fs::remove_file(root.join(file)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(failed(file, error)),
            _ => {}
        }
    }
    for file in files {
        let folders = Path::new(file).ancestors().skip(1);
        for folder in folders.filter(|folder| !folder.as_os_str().is_empty()) {
            // One with something in it stays.
            let _ = fs::remove_dir(root.join(folder));
        }
    }
    Ok(())
}
