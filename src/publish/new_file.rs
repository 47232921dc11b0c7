//! Writes one new file among a person's own, for the commands that start a site or a plan.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk;
use super::output::Created;
use crate::diagnostic::Failure;

/// Writes a file that must not exist yet, and the folders around it that are missing. It is there
/// whole or not at all. Its mode is what the person's umask says, for it is their file to edit.
///
/// # Errors
///
/// Something with this name exists (it is left as it is), or the disk or a permission says no.
pub fn write_new_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.display().to_string();
    let failed = |error: io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("`{name}` exists already"))
            .help("Choose another name, or move what is there to another place first."),
        _ => disk::failure("write", &name, &error),
    };
    // Asked before anything is made; asked again, safely, by what puts the file in place.
    if disk::look(path).map_err(failed)?.is_some() {
        return Err(failed(ErrorKind::AlreadyExists.into()));
    }
    let mut created = create_folders_around(path).map_err(failed)?;
    let waiting = waiting_place(path);
    let placed = write(&waiting, bytes).and_then(|()| place(&waiting, path));
    // Gone already where it was moved, and never made where writing failed at once.
    let _ = fs::remove_file(&waiting);
    placed.map_err(failed)?;
    created.keep();
    Ok(())
}

fn create_folders_around(path: &Path) -> io::Result<Created> {
    let mut missing = Vec::new();
    for folder in path
        .ancestors()
        .skip(1)
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        if disk::look(folder)?.is_some() {
            break;
        }
        missing.push(folder);
    }
    let mut created = Created::default();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        created.push(folder.to_owned());
    }
    Ok(created)
}

/// A name beside the file's that nothing else uses.
pub(super) fn waiting_place(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".planpress-new-{}-{number}", std::process::id()))
}

pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // Left over by a killed program that had the number of this one.
    let _ = fs::remove_file(path);
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)?
        .write_all(bytes)
}

/// Gives the file its name if nothing has it. A link does so in one step and never replaces; on
/// disks without links (such as memory sticks) a look and a rename must do.
fn place(waiting: &Path, path: &Path) -> io::Result<()> {
    match fs::hard_link(waiting, path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
        Err(_) if disk::look(path)?.is_none() => disk::rename(waiting, path),
        Err(_) => Err(ErrorKind::AlreadyExists.into()),
        Ok(()) => Ok(()),
    }
}
