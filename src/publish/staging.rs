//! The staging folder: where files wait, whole and with their final modes, for the moment in
//! which they are published. It lies inside the output folder, so that moving a file into place is
//! a rename on one file system, which happens at once or not at all. The files of a folder that is
//! new as a whole wait in a folder of their own, which is moved with them in one step.
//!
//! A file in it, `lock`, is held while a build is at work. It is the first thing made and the
//! last one removed: a folder of this name that holds anything but no lock is not ours.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::disk;
use super::output::Output;
use super::tree::Staged;
use crate::diagnostic::Failure;

/// The folder's name in the output folder.
pub(super) const STAGING: &str = ".planpress-staging";

const LOCK: &str = "lock";

/// How often to try again when another build takes the folder away under our hands.
const TRIES: u32 = 20;

/// The staging folder, ours alone until dropped; then it goes with all that is left in it.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    lock: Option<File>,
    next: AtomicU32,
}

impl Staging {
    /// Creates the folder, or takes over what a killed build left and empties it.
    pub fn open(output: &Output) -> Result<Self, Failure> {
        let folder = output.folder().join(STAGING);
        let name = format!("{}/{STAGING}", output.shown().trim_end_matches('/'));
        let failed =
            |error: io::Error| disk::failure("prepare", &name, &error).help(disk::UNTOUCHED);
        for _ in 0..TRIES {
            if let Some(lock) = take(&folder, &name, output.shown(), &failed)? {
                let staging = Self {
                    folder,
                    lock: Some(lock),
                    next: AtomicU32::new(0),
                };
                staging.empty().map_err(failed)?;
                return Ok(staging);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Err(not_ours(&name))
    }

    /// Writes a file into the folder, and says what the system knows of it then.
    pub fn write(&self, bytes: &[u8]) -> io::Result<(Staged, Metadata)> {
        self.write_with(|file| file.write_all(bytes))
    }

    /// The same by what `write` does.
    pub fn write_with(
        &self,
        write: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> io::Result<(Staged, Metadata)> {
        let staged = Staged::Alone(self.number());
        Ok((staged, disk::write_with(&self.place(staged, ""), write)?))
    }

    /// Writes the file that is published at `path` into a staged folder.
    pub fn write_into(
        &self,
        folder: u32,
        path: &str,
        bytes: &[u8],
    ) -> io::Result<(Staged, Metadata)> {
        let staged = Staged::InFolder(folder);
        match disk::write_file(&self.place(staged, path), bytes) {
            // To this disk it is the name of another one, too.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.write(bytes),
            written => Ok((staged, written?)),
        }
    }

    /// Makes a folder for files that are to be published as one folder. It gets its mode before it
    /// gets there: a kill between the two would leave one that no web server may enter.
    pub fn make_folder(&self) -> io::Result<u32> {
        let number = self.number();
        disk::create_folder(&self.numbered(number))?;
        Ok(number)
    }

    /// Forgets the file for `path`, which another one replaces.
    pub fn discard(&self, staged: Staged, path: &str) {
        // One that stays is removed with the folder, or replaced where it is published.
        let _ = fs::remove_file(self.place(staged, path));
    }

    /// Moves the file for `path` to where it is published.
    pub fn publish(&self, staged: Staged, path: &str, target: &Path) -> io::Result<()> {
        disk::rename(&self.place(staged, path), target)
    }

    /// Moves a folder, with the files in it, to `target`, where nothing lies.
    pub fn publish_folder(&self, number: u32, target: &Path) -> io::Result<()> {
        disk::rename(&self.numbered(number), target)
    }

    fn number(&self) -> u32 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    fn numbered(&self, number: u32) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// Where the file for `path` waits.
    pub fn place(&self, staged: Staged, path: &str) -> PathBuf {
        match staged {
            Staged::Alone(number) => self.numbered(number),
            Staged::InFolder(number) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                self.numbered(number).join(name)
            }
        }
    }

    /// Removes everything but the lock.
    fn empty(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                // In it are files alone, see `write_into`. What else there may be is not ours.
                for file in fs::read_dir(entry.path())? {
                    fs::remove_file(file?.path())?;
                }
                fs::remove_dir(entry.path())?;
            } else if entry.file_name() != LOCK {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next build.
        if self.empty().is_ok() {
            let _ = fs::remove_file(self.folder.join(LOCK));
        }
        if let Some(lock) = self.lock.take() {
            // A program that is just being started may share the file for a moment, and closing it
            // here would leave it locked there.
            let _ = lock.unlock();
        }
        // Windows removes a file only when nobody has it open; a folder that is not empty stays.
        let _ = fs::remove_dir(&self.folder);
    }
}

/// Takes the lock; `None` where another build removed it meanwhile, which is no harm.
fn take(
    folder: &Path,
    name: &str,
    shown: &str,
    failed: &impl Fn(io::Error) -> Failure,
) -> Result<Option<File>, Failure> {
    match disk::look(folder).map_err(failed)? {
        Some(found) if !found.is_dir() => return Err(not_ours(name)),
        Some(found) if disk::has_folder_mode(&found) => {}
        Some(_) => disk::set_folder_mode(folder).map_err(failed)?,
        None => match disk::create_folder(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(None),
            made => made.map_err(failed)?,
        },
    }
    let path = folder.join(LOCK);
    match disk::look(&path).map_err(failed)? {
        Some(found) if !found.is_file() => return Err(not_ours(name)),
        Some(_) => {}
        None => match fs::read_dir(folder).map(Iterator::count) {
            // Not ours, unless it is being removed right now: then the next try finds out.
            Ok(0) => {}
            Ok(_) => return Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error)),
        },
    }
    let lock = match OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
    {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(failed)?,
    };
    match lock.try_lock() {
        Ok(()) => Ok(is_still_there(&lock, &path)
            .map_err(failed)?
            .then_some(lock)),
        Err(fs::TryLockError::WouldBlock) => Err(Failure::new(format!(
            "another build is publishing into `{shown}` right now"
        ))
        .help("Wait until it is done, then build again.")
        .help("If none is running, look for a planpress that hangs, and end it.")),
        Err(fs::TryLockError::Error(error)) => Err(failed(error).help(
            "The lock that keeps two builds apart needs a local disk: choose a folder there.",
        )),
    }
}

/// True where the locked file is the one at `path`. Between opening and locking, another build
/// may have ended and removed it: then the lock keeps nobody out.
#[cfg(unix)]
fn is_still_there(lock: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let ours = lock.metadata()?;
    Ok(disk::look(path)?
        .is_some_and(|found| (found.dev(), found.ino()) == (ours.dev(), ours.ino())))
}

#[cfg(not(unix))]
fn is_still_there(_: &File, path: &Path) -> io::Result<bool> {
    Ok(disk::look(path)?.is_some())
}

fn not_ours(name: &str) -> Failure {
    Failure::new(format!(
        "`{name}` was not put there by planpress, which needs that name"
    ))
    .help("Move it to another place, then build again.")
    .help(disk::UNTOUCHED)
}
