//! Replaces and removes files of ours among a person's own: the site's list of promises, and frozen pages.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::disk;
use super::new_file::{waiting_place, write};
use crate::diagnostic::Failure;

/// Writes a file of ours, or another version of it. At every moment it is there whole, as it was
/// or as it will be.
///
/// # Errors
///
/// Something that is no file has the name, or the disk or a permission says no.
pub fn replace_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |error: io::Error| disk::failure("write", &name, &error);
    if let Some(found) = disk::look(path).map_err(failed)?
        && !found.is_file()
    {
        return Err(Failure::new(format!("`{name}` is not a file"))
            .help("Move it to another place: planpress needs that name for a file of its own."));
    }
    let waiting = waiting_place(path);
    let replaced = write(&waiting, bytes).and_then(|()| disk::rename(&waiting, path));
    if replaced.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&waiting);
    }
    replaced.map_err(failed)
}

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
