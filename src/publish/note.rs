//! What a run notes for later ones, in the folder `.planpress/` below the site's root: nothing
//! that a page is made of, and nothing that is missed when it is gone.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use super::disk;
use crate::diagnostic::Failure;

/// The folder, which belongs into no repository.
const FOLDER: &str = ".planpress";

/// Reads a note. `None` where there is none that can be read.
pub fn read_note(root: &Path, name: &str) -> Option<Vec<u8>> {
    fs::read(root.join(FOLDER).join(name)).ok()
}

/// Writes a note, in the place of the one before.
///
/// # Errors
///
/// The disk or a permission says no.
pub fn write_note(root: &Path, name: &str, bytes: &[u8]) -> Result<(), Failure> {
    write_note_with(root, name, |out| out.write_all(bytes))
}

/// The same for a note that is written piece by piece, by what `write` does.
///
/// # Errors
///
/// The disk or a permission says no.
pub fn write_note_with(
    root: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    let folder = root.join(FOLDER);
    let waiting = folder.join(format!("{name}-{}", std::process::id()));
    let written = make(&folder)
        .and_then(|()| {
            // Left over by a killed program that had the number of this one.
            let _ = fs::remove_file(&waiting);
            disk::write_with(&waiting, |file| {
                let mut out = BufWriter::with_capacity(disk::PIECE, file);
                write(&mut out)?;
                out.flush()
            })
        })
        .and_then(|_| disk::rename(&waiting, &folder.join(name)));
    written.map_err(|error| {
        let _ = fs::remove_file(&waiting);
        disk::failure("write", &format!("{FOLDER}/{name}"), &error)
    })
}

fn make(folder: &Path) -> io::Result<()> {
    match disk::look(folder)? {
        None => {
            disk::create_folder(folder)?;
            // Git leaves the folder out, whatever the site's own list says.
            disk::write_file(&folder.join(".gitignore"), b"*\n").map(drop)
        }
        Some(found) if found.is_dir() => Ok(()),
        Some(_) => Err(ErrorKind::NotADirectory.into()),
    }
}
