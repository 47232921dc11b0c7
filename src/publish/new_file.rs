//! Writes one file among a person's own, for the commands that start a site or a plan, and for what
//! is printed into a file.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use blake3::Hash;

use super::disk::{self, Digesting};
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

/// Writes a file, and the folders around it that are missing. A file that lies there already is
/// replaced in one step where `is_ours` knows its bytes as something that may be. It is there whole
/// or as it was.
///
/// # Errors
///
/// Something else has this name (it is left as it is), or the disk or a permission says no.
pub fn replace_file(
    path: &Path,
    bytes: &[u8],
    is_ours: impl FnOnce(&[u8]) -> bool,
) -> Result<(), Failure> {
    if !is_ordinary_file(path)? {
        return write_new_file(path, bytes);
    }
    let name = path.display().to_string();
    let there = fs::read(path).map_err(|error| disk::failure("read", &name, &error))?;
    if !there.is_empty() && !is_ours(&there) {
        return Err(something_else(&name));
    }
    let waiting = waiting_place(path);
    let placed = write(&waiting, bytes).and_then(|()| disk::rename(&waiting, path));
    if placed.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&waiting);
    }
    placed.map_err(|error| disk::failure("write", &name, &error))
}

/// A file that is written piece by piece, and waits beside the one whose place it is to take.
/// Dropped before, it leaves everything as it was.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    waiting: PathBuf,
    digest: Hash,
}

impl Draft {
    /// Writes the file for `path`, in a folder that is there, by what `write` does.
    ///
    /// # Errors
    ///
    /// The disk or a permission says no.
    pub fn write(
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Self, Failure> {
        let mut draft = Self {
            path: path.to_owned(),
            waiting: waiting_place(path),
            digest: blake3::hash(&[]),
        };
        let written = create(&draft.waiting).and_then(|file| {
            // A digest is made faster of much at once.
            let mut out = BufWriter::with_capacity(disk::PIECE, Digesting::new(file));
            write(&mut out)?;
            let (_, digest) = disk::flushed(out)?.end();
            draft.digest = digest;
            Ok(())
        });
        written.map_err(|error| disk::failure("write", &path.display().to_string(), &error))?;
        Ok(draft)
    }

    /// Gives the file its place in one step. What lies there already is replaced where it is empty,
    /// has the digest `before`, or is the same file. Gives the digest of the new one.
    ///
    /// # Errors
    ///
    /// Something else has this name (it is left as it is), or the disk or a permission says no.
    pub fn place(self, before: Option<Hash>) -> Result<Hash, Failure> {
        let name = self.path.display().to_string();
        let failed = |error: io::Error| disk::failure("write", &name, &error);
        if !is_ordinary_file(&self.path)? {
            let placed = place(&self.waiting, &self.path);
            return placed
                .map(|()| self.digest)
                .map_err(|error| match error.kind() {
                    ErrorKind::AlreadyExists => something_else(&name),
                    _ => failed(error),
                });
        }
        let there =
            disk::digest(&self.path).map_err(|error| disk::failure("read", &name, &error))?;
        if ![Some(blake3::hash(&[])), before, Some(self.digest)].contains(&Some(there)) {
            return Err(something_else(&name));
        }
        disk::rename(&self.waiting, &self.path).map_err(failed)?;
        Ok(self.digest)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already where it was moved.
        let _ = fs::remove_file(&self.waiting);
    }
}

/// True where a file lies at `path`, false where nothing does.
fn is_ordinary_file(path: &Path) -> Result<bool, Failure> {
    let name = path.display().to_string();
    match disk::look(path).map_err(|error| disk::failure("write", &name, &error))? {
        None => Ok(false),
        Some(found) if found.is_dir() => Err(Failure::new(format!("`{name}` is a folder"))
            .help("Add the name of a file that is to lie in it.")),
        Some(found) if !found.is_file() => {
            Err(Failure::new(format!("`{name}` is no ordinary file")).help("Name another file."))
        }
        Some(_) => Ok(true),
    }
}

fn something_else(name: &str) -> Failure {
    Failure::new(format!("`{name}` exists already, and holds something else"))
        .help("Choose another name, or move what is there to another place first.")
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
fn waiting_place(path: &Path) -> PathBuf {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".planpress-new-{}-{number}", std::process::id()))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    create(path)?.write_all(bytes)
}

fn create(path: &Path) -> io::Result<File> {
    // Left over by a killed program that had the number of this one.
    let _ = fs::remove_file(path);
    OpenOptions::new().write(true).create_new(true).open(path)
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
