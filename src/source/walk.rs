//! Lists what lies in the site's folders and says what cannot be an input.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{CONFIG, LOCK, input_folders};
use crate::diagnostic::{Diagnostic, Failure};

/// Something that was come upon.
pub struct Found {
    /// Relative to the root, with `/`.
    pub path: String,
    /// Where the file lies, or why this cannot be an input.
    pub what: Result<PathBuf, Fault>,
}

/// Why something cannot be an input.
pub struct Fault {
    pub diagnostic: Diagnostic,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It is there and is nothing that could be published.
    Unfit,
    /// What could not be seen may be anything, so that no build can start from it.
    Unseen,
    /// The same, but only since too many files are open at this moment.
    NotNow,
}

impl Fault {
    /// True where this says nothing of what is there.
    pub fn will_pass(&self) -> bool {
        self.kind == Kind::NotNow
    }

    /// The same for a build that runs once: what it cannot start from makes it fail.
    pub fn or_fail(self) -> Result<Diagnostic, Failure> {
        let Diagnostic { message, help, .. } = self.diagnostic;
        if self.kind != Kind::Unfit {
            return Err(Failure { message, help });
        }
        Ok(Diagnostic {
            message,
            help,
            ..self.diagnostic
        })
    }
}

/// Everything that is, or cannot be, an input.
pub fn everything(root: &Path) -> impl Iterator<Item = Found> + use<> {
    let root = root.to_owned();
    [CONFIG, LOCK]
        .into_iter()
        .chain(input_folders())
        .flat_map(move |top| below(&root, top))
}

/// The same for one file or folder, which [`may_be_input`], and whose own folders are folders and
/// no symbolic links. What is not there gives nothing.
pub fn below(root: &Path, top: &str) -> impl Iterator<Item = Found> + use<> {
    let mut config = Vec::new();
    let mut walk = None;
    if top == CONFIG {
        config = self::config(root);
    } else {
        walk = Some(folder(root, top));
    }
    config.into_iter().chain(walk.into_iter().flatten())
}

fn config(root: &Path) -> Vec<Found> {
    let at = root.join(CONFIG);
    let found = |what| Found {
        path: CONFIG.to_owned(),
        what,
    };
    if !at.is_file() {
        return vec![found(Err(no_site(root)))];
    }
    let mut all = Vec::new();
    if at.is_symlink() {
        all.push(found(Err(symlink(CONFIG))));
    }
    all.push(found(Ok(at)));
    all
}

fn folder(root: &Path, top: &str) -> impl Iterator<Item = Found> + use<> {
    let root = root.to_owned();
    let top = top.to_owned();
    // Where a folder has the name of the lock, that is all there is to say of it.
    let depth = if top == LOCK { 0 } else { usize::MAX };
    WalkDir::new(root.join(&top))
        .follow_root_links(false)
        .max_depth(depth)
        .into_iter()
        .filter_entry(|entry| !is_dropping(entry))
        .filter_map(move |entry| match entry {
            Ok(entry) => found(&root, entry),
            Err(error) => not_seen(&root, &top, &error),
        })
}

fn found(root: &Path, entry: DirEntry) -> Option<Found> {
    let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
    let path = with_slashes(below);
    let kind = entry.file_type();
    let what = if kind.is_symlink() {
        Err(symlink(&path))
    } else if below.to_str().is_none() {
        Err(bad_file_name(&path))
    } else if kind.is_dir() && path != LOCK {
        return None;
    } else if kind.is_file() {
        Ok(entry.into_path())
    } else {
        Err(not_a_file(&path))
    };
    Some(Found { path, what })
}

/// `None` for what went while the folder was listed, and for droppings, which nobody misses.
fn not_seen(root: &Path, top: &str, error: &walkdir::Error) -> Option<Found> {
    if error.io_error().is_some_and(|error| is_gone(error.kind())) {
        return None;
    }
    let path = match error.path().and_then(|path| path.strip_prefix(root).ok()) {
        Some(below) => with_slashes(below),
        None => top.to_owned(),
    };
    let kind = match error.io_error() {
        Some(error) if is_want_of_descriptors(error) => Kind::NotNow,
        _ => Kind::Unseen,
    };
    let reason = match error.io_error() {
        Some(reason) => reason.to_string(),
        None => error.to_string(),
    };
    may_be_input(&path).then(|| Found {
        what: Err(unreadable(&path, &reason, kind)),
        path,
    })
}

/// "Too many open files", in this program or in the whole system.
fn is_want_of_descriptors(error: &io::Error) -> bool {
    const TOO_MANY: [i32; 2] = [24, 23];
    cfg!(unix)
        && error
            .raw_os_error()
            .is_some_and(|code| TOO_MANY.contains(&code))
}

/// True where the error says that there is nothing of this name.
pub fn is_gone(kind: io::ErrorKind) -> bool {
    matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// A relative path as planpress writes it on every system.
pub fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// True where a file or folder of this name is listed, if it is there. Relative to the root.
pub fn may_be_input(path: &str) -> bool {
    let mut parts = path.split('/');
    match parts.next() {
        Some(CONFIG | LOCK) => parts.next().is_none(),
        Some(first) => input_folders().any(|folder| folder == first) && !parts.any(is_left_over),
        None => false,
    }
}

/// The same for a change to it that a program reports: an editor's probes, which are there for
/// an instant, change nothing.
pub fn may_be_changed_input(path: &str) -> bool {
    may_be_input(path) && !path.rsplit('/').next().is_some_and(is_probe)
}

fn is_dropping(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    is_left_over(&name) || is_probe(&name) && entry.file_type().is_file()
}

/// What programs leave beside the files that people make: dotfiles (among them `.plan.toml.swp`,
/// `.#plan.toml`, `.goutputstream-X`, `.DS_Store`), an editor's backups and locks (`plan.toml~`,
/// `~$plan.docx`, `#plan.toml#`, `plan.toml___jb_tmp___`), downloads that have not ended, and
/// what Windows keeps in folders. None of these can be a plan, whose name ends in `.toml`.
fn is_left_over(name: &str) -> bool {
    const ENDINGS: &[&str] = &[
        ".bak",
        ".crdownload",
        ".part",
        ".swo",
        ".swp",
        ".swx",
        ".tmp",
        "___jb_bak___",
        "___jb_old___",
        "___jb_tmp___",
    ];
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || ENDINGS
            .iter()
            .any(|ending| lower.len() > ending.len() && lower.ends_with(ending))
        || ["thumbs.db", "desktop.ini"].contains(&lower.as_str())
}

/// The files by which vim finds out whether it may write in a folder: `4913`, and where that is
/// taken, 123 more. A folder of such a name is a person's.
fn is_probe(name: &str) -> bool {
    const FIRST: u32 = 4913;
    const STEP: u32 = 123;
    name.parse::<u32>()
        .is_ok_and(|number| number >= FIRST && (number - FIRST).is_multiple_of(STEP))
}

fn no_site(root: &Path) -> Fault {
    Fault {
        diagnostic: Diagnostic::error("no-site-file", format!("there is no {CONFIG} in {}", root.display()))
            .in_file(CONFIG)
            .help("Run this in the folder of a site, name it with --root, or make a new site with `planpress init DIR`."),
        kind: Kind::Unseen,
    }
}

fn unreadable(path: &str, reason: &str, kind: Kind) -> Fault {
    Fault {
        diagnostic: Diagnostic::error("unreadable", format!("{path} cannot be read: {reason}"))
            .in_file(path)
            .help("Check that you may read the folder and everything in it."),
        kind,
    }
}

fn symlink(path: &str) -> Fault {
    Fault {
        diagnostic: Diagnostic::error("symlink", "this is a symbolic link, not a file")
            .in_file(path)
            .help("Put the file itself here: web servers such as GitHub Pages refuse links, and the folder must be whole when it is handed on."),
        kind: Kind::Unfit,
    }
}

fn bad_file_name(path: &str) -> Fault {
    Fault {
        diagnostic: Diagnostic::error("bad-file-name", "this file's name is not UTF-8 text")
            .in_file(path)
            .help("Rename it: letters, digits, `-` and `_`."),
        kind: Kind::Unfit,
    }
}

fn not_a_file(path: &str) -> Fault {
    Fault {
        diagnostic: Diagnostic::error("not-a-file", "this is neither a file nor a folder")
            .in_file(path)
            .help("Move it out of the site's folders."),
        kind: Kind::Unfit,
    }
}
