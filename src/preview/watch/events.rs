//! What the system reports of changes in the site's folders.
//!
//! Folders are watched and not files, since a save that replaces a file would end the watch on
//! it: the root by itself, and each input folder with all below it. The output folder is never
//! among them. Nothing here can tell whether every change is reported.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use crate::source::{self, Identity};

pub type Report = notify::Result<Event>;

/// Watched folders and what is reported of them. One that is replaced is not followed: then all
/// are opened anew.
pub struct Events {
    watcher: RecommendedWatcher,
    reports: Receiver<Report>,
    /// The root without symbolic links; every path that is reported lies below it.
    root: PathBuf,
    /// The root and the input folders, each with what it was when it was watched.
    folders: Vec<(PathBuf, Option<Identity>)>,
    whole: bool,
    opened_in: Duration,
}

/// Why there are no events.
pub enum Trouble {
    /// There is no such root, just now.
    NoRoot,
    /// The system watches no more for this user.
    Limit,
    /// The system cannot, for this reason.
    Refused(String),
}

/// The channel is empty for good.
pub struct Ended;

impl Events {
    /// Begins to watch. What changed before this returns must be looked for.
    pub fn open(root: &Path) -> Result<Self, Trouble> {
        let began = Instant::now();
        let identity = source::identity(root).ok_or(Trouble::NoRoot)?;
        let real = identity.path.clone();
        let (sender, reports) = mpsc::channel();
        let pass_on = move |report: Report| {
            if report.as_ref().map_or(true, tells_of_change) {
                // Nobody listens any more where this fails.
                let _ = sender.send(report);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let mut watcher = RecommendedWatcher::new(pass_on, config).map_err(trouble)?;
        let mut folders = vec![(root.to_owned(), Some(identity))];
        let mut whole = true;
        let mut paths = watcher.paths_mut();
        whole &= added(paths.add(&real, RecursiveMode::NonRecursive))?;
        for folder in source::input_folders() {
            let path = root.join(folder);
            let identity = source::identity(&path);
            // What a symbolic link leads to is no input.
            let own = real.join(folder);
            if identity.as_ref().is_some_and(|found| found.path == own) {
                whole &= added(paths.add(&own, RecursiveMode::Recursive))?;
            }
            folders.push((path, identity));
        }
        whole &= added(paths.commit())?;
        Ok(Self {
            watcher,
            reports,
            root: real,
            folders,
            whole,
            opened_in: began.elapsed(),
        })
    }

    /// What reported paths begin with.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// False where a folder could not be watched, or not all below it.
    pub fn whole(&self) -> bool {
        self.whole
    }

    /// How long it took until all was watched.
    pub fn opened_in(&self) -> Duration {
        self.opened_in
    }

    /// True while the folders that are watched are those that there are.
    pub fn stand(&self) -> bool {
        self.whole
            && self
                .folders
                .iter()
                .all(|(path, identity)| source::identity(path) == *identity)
    }

    /// Waits for the next report; `None` where none came.
    pub fn wait(&self, at_most: Duration) -> Result<Option<Report>, Ended> {
        match self.reports.recv_timeout(at_most) {
            Ok(report) => Ok(Some(report)),
            Err(mpsc::RecvTimeoutError::Timeout) => Ok(None),
            Err(mpsc::RecvTimeoutError::Disconnected) => Err(Ended),
        }
    }

    /// The reports that are there already.
    pub fn at_hand(&self) -> impl Iterator<Item = Report> {
        self.reports.try_iter()
    }

    /// Waits until folders whose coming was reported are watched themselves. On Linux that
    /// happens after the report, on the thread that then answers this.
    pub fn settle(&mut self) {
        // It fails where the thread has ended, which `wait` finds out as well.
        let _ = self.watcher.configure(Config::default());
    }

    /// Leaves the watcher alone after [`Ended`]; taking leave of a thread that is gone would be
    /// a panic.
    pub fn forget(self) {
        std::mem::forget(self.watcher);
    }
}

/// False for what reading does: it is reported too, and ours must never cause a look. Only the
/// end of writing is of interest among it.
fn tells_of_change(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(kind) => kind == AccessKind::Close(AccessMode::Write),
        _ => true,
    }
}

/// False where a folder is not watched for a reason of its own: it cannot be read, or has just
/// gone.
fn added(result: notify::Result<()>) -> Result<bool, Trouble> {
    match result.map_err(trouble) {
        Ok(()) => Ok(true),
        Err(Trouble::Limit) => Err(Trouble::Limit),
        Err(_) => Ok(false),
    }
}

fn trouble(error: notify::Error) -> Trouble {
    /// "Too many open files", of this program and of the whole system. On Linux the first also
    /// means: too many programs of this user that watch.
    const TOO_MANY: [i32; 2] = [24, 23];
    match &error.kind {
        ErrorKind::MaxFilesWatch => Trouble::Limit,
        ErrorKind::Io(error)
            if cfg!(unix)
                && error
                    .raw_os_error()
                    .is_some_and(|code| TOO_MANY.contains(&code)) =>
        {
            Trouble::Limit
        }
        _ => Trouble::Refused(error.to_string()),
    }
}
