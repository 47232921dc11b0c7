//! The few things done to a disk: look at a path, write a file, make a folder, move a file into
//! place. In: absolute paths. Out: what the operating system says, or that in plain words.
//! Nothing here follows a symbolic link in a path's last step.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, IntoInnerError, Read, Write};
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

/// Writes a file that does not exist yet, readable for everyone whatever the umask, and says what
/// the system knows of it then. What is left of it after an error is removed, so that a full disk
/// gets its space back.
///
/// No `fsync`: it would cost more than all else for 10,000 pages. A killed program loses nothing
/// that it wrote; after a power failure the next build compares bytes and mends what is broken.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> io::Result<Metadata> {
    write_with(path, |file| file.write_all(bytes))
}

/// Writes a file in the same way, by what `write` does.
pub(super) fn write_with(
    path: &Path,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> io::Result<Metadata> {
    let written = new_file().open(path).and_then(|mut file| {
        write(&mut file)?;
        let found = file.metadata()?;
        if has_file_mode(&found) {
            return Ok(found);
        }
        set_file_mode(&file)?;
        file.metadata()
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
    new_folder().create(path)?;
    match look(path)? {
        Some(found) if has_folder_mode(&found) => Ok(()),
        _ => set_folder_mode(path),
    }
}

#[cfg(unix)]
fn new_file() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o644);
    options
}

#[cfg(not(unix))]
fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    options
}

#[cfg(unix)]
fn new_folder() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.mode(0o755);
    builder
}

#[cfg(not(unix))]
fn new_folder() -> DirBuilder {
    DirBuilder::new()
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
    // Not with `update_reader`: it clears a large buffer for each file, and pages are small.
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(path)?, &mut hasher)?;
    Ok(hasher.finalize())
}

/// True where the file holds these bytes, which are read in pieces.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let mut file = File::open(path)?;
    let mut piece = [0; 16 * 1024];
    let mut rest = bytes;
    loop {
        let read = match file.read(&mut piece) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            read => read?,
        };
        match rest.split_at_checked(read) {
            Some((_, [])) if read == 0 => return Ok(true),
            Some((same, behind)) if read > 0 && *same == piece[..read] => rest = behind,
            _ => return Ok(false),
        }
    }
}

/// How much is written at once where files are written piece by piece.
pub(super) const PIECE: usize = 1 << 16;

/// What is behind a buffer, once all in it is written.
pub(super) fn flushed<W: Write>(buffer: BufWriter<W>) -> io::Result<W> {
    buffer.into_inner().map_err(IntoInnerError::into_error)
}

/// Hands on what is written, and makes the digest of it on the way.
pub(super) struct Digesting<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Digesting<W> {
    pub fn new(out: W) -> Self {
        Self {
            out,
            hasher: blake3::Hasher::new(),
        }
    }

    /// What was written to, and the digest of all that was.
    pub fn end(self) -> (W, blake3::Hash) {
        (self.out, self.hasher.finalize())
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
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
