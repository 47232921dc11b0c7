//! What the file system says of a file or a folder without its content being read.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Two equal stamps of one path: it was not written in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    written: SystemTime,
    /// The file's number and the time of any change to it, which no program can set.
    #[cfg(unix)]
    node: (u64, i64, i64),
}

impl Stamp {
    /// The stamp of a file, or of a symbolic link itself. `None` where it would prove nothing: the
    /// system knows no times, or keeps whole seconds alone and this file is so young that it may
    /// be written again within the same one. (FAT and its relatives count in steps of two
    /// seconds.)
    ///
    /// # Errors
    ///
    /// Where the file is gone, or its folder lets nobody look.
    pub fn of(file: &Path) -> io::Result<Option<Self>> {
        const STEP: Duration = Duration::from_secs(2);
        let metadata = file.symlink_metadata()?;
        let Ok(written) = metadata.modified() else {
            return Ok(None);
        };
        let whole = written
            .duration_since(UNIX_EPOCH)
            .is_ok_and(|since| since.subsec_nanos() == 0);
        let young = SystemTime::now()
            .duration_since(written)
            .map_or(true, |age| age <= STEP);
        if whole && young {
            return Ok(None);
        }
        Ok(Some(Self {
            length: metadata.len(),
            written,
            #[cfg(unix)]
            node: {
                use std::os::unix::fs::MetadataExt;
                (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
            },
        }))
    }
}

/// What tells a folder from another that takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Where the folder really lies: absolute, and without symbolic links.
    pub path: PathBuf,
    created: Option<SystemTime>,
    #[cfg(unix)]
    node: (u64, u64),
}

/// `None` where there is no such folder.
pub fn identity(folder: &Path) -> Option<Identity> {
    let path = real_path(folder)?;
    let metadata = path.symlink_metadata().ok()?;
    metadata.is_dir().then(|| Identity {
        path,
        created: metadata.created().ok(),
        #[cfg(unix)]
        node: {
            use std::os::unix::fs::MetadataExt;
            (metadata.dev(), metadata.ino())
        },
    })
}

/// What tells this program from any other version of it, and from the same version that was built
/// anew: its version, and the size and time of its file.
pub fn program() -> String {
    let file = std::env::current_exe().and_then(|file| file.symlink_metadata());
    let (length, written) = file.map_or((0, None), |file| (file.len(), file.modified().ok()));
    let since = written.and_then(|written| written.duration_since(UNIX_EPOCH).ok());
    format!("{} {length} {:?}", env!("CARGO_PKG_VERSION"), since)
}

/// Absolute, and without symbolic links. The empty path is the current folder.
pub fn real_path(path: &Path) -> Option<PathBuf> {
    let path = if path.as_os_str().is_empty() {
        Path::new(".")
    } else {
        path
    };
    path.canonicalize().ok()
}
