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
/// anew: its version, and the path and stamp of its file.
///
/// Size and time of writing alone would not do: where programs are built to be reproducible, or come
/// out of an image, all have the same time. There the path tells them apart (each build has a folder
/// of its own), or the file's number and the time of its last change, which is that of its unpacking.
/// A program that is the same but was moved or unpacked anew counts as another one: that costs one build
/// from nothing. Where the system has neither number nor time of change, the time of its making must do.
pub fn program() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Ok(path) = std::env::current_exe() else {
        return version.to_owned();
    };
    let stamp = path.symlink_metadata().map(|file| {
        let since = |time: io::Result<SystemTime>| time.ok()?.duration_since(UNIX_EPOCH).ok();
        let times = (since(file.modified()), since(file.created()));
        #[cfg(unix)]
        let node = {
            use std::os::unix::fs::MetadataExt;
            (file.dev(), file.ino(), file.ctime(), file.ctime_nsec())
        };
        #[cfg(not(unix))]
        let node = ();
        (file.len(), times, node)
    });
    format!("{version} {path:?} {:?}", stamp.ok())
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
