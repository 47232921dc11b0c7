//! The few things done to a disk: look at a path, write a file, make a folder, move a file into
//! place. In: absolute paths. Out: what the operating system says, or that in plain words.
//! Nothing here follows a symbolic link in a path's last step.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::diagnostic::Failure;

/// Said with a failure that comes before the first change to what is published.
pub(super) const UNTOUCHED: &str = "Nothing that was published before has been changed.";

/// Said with a failure that comes after it.
pub(super) const HALFWAY: &str = "Every published file is whole, but some may be of the new site \
     and some of the old: build again once this is put right.";

/// What lies at a path, a symbolic link itself included; `None` where nothing does.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        // Below a file there is nothing either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Writes a file that does not exist yet, readable for everyone whatever the umask. What is left
/// of it after an error is removed, so that a full disk gets its space back.
///
/// No `fsync`: it would cost more than all else for 10,000 pages. A killed program loses nothing
/// that it wrote; after a power failure the next build compares bytes and mends what is broken.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .and_then(|mut file| {
            set_file_mode(&file)?;
            file.write_all(bytes)
        });
    if written
        .as_ref()
        .is_err_and(|error| error.kind() != ErrorKind::AlreadyExists)
    {
        // The first error is the one to tell.
        let _ = fs::remove_file(path);
    }
    written
}

/// Makes a folder that everyone can enter, whatever the umask.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir(path)?;
    set_folder_mode(path)
}

/// Moves a file or folder, replacing a file that lies there, in one step.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    // On Windows a virus scanner or a web server may hold the target open for a moment.
    let patience = if cfg!(windows) { 20 } else { 0 };
    for _ in 0..patience {
        match fs::rename(from, to) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                std::thread::sleep(std::time::Duration::from_millis(25));
            }
            outcome => return outcome,
        }
    }
    fs::rename(from, to)
}

/// The digest of a file's bytes, read in pieces.
pub(super) fn digest(path: &Path) -> io::Result<blake3::Hash> {
    Ok(blake3::Hasher::new()
        .update_reader(File::open(path)?)?
        .finalize())
}

/// True for a file with mode 0644, and everywhere but on Unix.
pub(super) fn has_file_mode(found: &Metadata) -> bool {
    has_mode(found, 0o7777, 0o644)
}

/// True for a folder with mode 0755, and everywhere but on Unix. The set-group-id bit, which
/// shared folders hand down, may be set.
pub(super) fn has_folder_mode(found: &Metadata) -> bool {
    has_mode(found, 0o777, 0o755)
}

#[cfg(unix)]
fn has_mode(found: &Metadata, mask: u32, mode: u32) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & mask == mode
}

#[cfg(not(unix))]
fn has_mode(_: &Metadata, _: u32, _: u32) -> bool {
    true
}

#[cfg(unix)]
fn set_file_mode(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_file_mode(_: &File) -> io::Result<()> {
    Ok(())
}

/// Gives a folder mode 0755; does nothing but on Unix.
#[cfg(unix)]
pub(super) fn set_folder_mode(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let special = fs::symlink_metadata(path)?.permissions().mode() & 0o7000;
    fs::set_permissions(path, fs::Permissions::from_mode(special | 0o755))
}

/// Gives a folder mode 0755; does nothing but on Unix.
#[cfg(not(unix))]
pub(super) fn set_folder_mode(_: &Path) -> io::Result<()> {
    Ok(())
}

/// An error of the operating system in plain words: `doing` is what could not be done ("write"),
/// `name` the file as the person knows it.
pub(super) fn failure(doing: &str, name: &str, error: &io::Error) -> Failure {
    let (why, advice) = match error.kind() {
        ErrorKind::StorageFull => ("the disk is full", "Free some space, then try again."),
        ErrorKind::QuotaExceeded => (
            "your share of the disk is used up",
            "Free some space, then try again.",
        ),
        ErrorKind::FileTooLarge => (
            "the file is larger than this system allows",
            "Raise the limit (`ulimit -f` shows it) or publish to another disk.",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "the disk can only be read",
            "Choose another output folder, or have the disk made writable.",
        ),
        ErrorKind::PermissionDenied => (
            "you do not have the permission",
            "Check who owns it and its folder and who may write there, or choose another place.",
        ),
        ErrorKind::NotFound => (
            "it, or the folder it lies in, is no longer there",
            "Something else moved or removed it: see what, then try again.",
        ),
        ErrorKind::NotADirectory => (
            "a part of its path is a file, not a folder",
            "Check the path's spelling.",
        ),
        _ => {
            return Failure::new(format!("cannot {doing} `{name}`: {error}"))
                .help("Put right what the system complains about, then try again.");
        }
    };
    Failure::new(format!("cannot {doing} `{name}`: {why}")).help(advice)
}

/// Names in a row as in a sentence: `a`, `b` and `c`.
pub(super) fn list(names: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    let mut names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.pop() {
        Some(last) if !names.is_empty() => format!("{} and {last}", names.join(", ")),
        Some(only) => only,
        None => String::new(),
    }
}
