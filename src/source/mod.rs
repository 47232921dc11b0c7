//! The project folder as a list of input files, and the one way to read one.
//!
//! In: the site's root. Out: a [`Snapshot`]. No other room reads inputs. Paths are relative to the
//! root and have `/` on every system; dotfiles are skipped; symbolic links are errors, since what
//! they lead to is not part of the folder that a person hands on.

mod lines;
mod names;
mod stamp;
mod tracker;
mod walk;

pub use lines::Lines;
pub use names::Names;
pub use stamp::{Identity, identity, program};
pub use tracker::{Changes, Tracker};

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::diagnostic::{Diagnostic, Failure, SourceText};

/// The site's own file, which makes a folder a site.
pub const CONFIG: &str = "planpress.toml";
/// What the site has promised to keep; it may be missing.
pub const LOCK: &str = "planpress.lock";
/// The folder of the plans and the files that are published with them.
pub const CONTENT: &str = "content";
/// The folder of the site's themes.
pub const THEMES: &str = "themes";
/// The folder of the pages that stay as they are.
pub const FROZEN: &str = "frozen";
/// The folders of the site's own layer over its theme.
pub const OWN_LAYER: &[&str] = &["templates", "static", "languages"];

/// What a relative path means in the file at `from`: `../img/a.png` in `css/style.css` is
/// `img/a.png`. `None` where it leads out of the folder that both are named from.
pub fn beside(from: &str, path: &str) -> Option<String> {
    let mut segments: Vec<&str> = from.split('/').collect();
    segments.pop();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            name => segments.push(name),
        }
    }
    Some(segments.join("/"))
}

/// Every folder that holds inputs, relative to the root.
pub fn input_folders() -> impl Iterator<Item = &'static str> {
    [CONTENT, THEMES, FROZEN]
        .into_iter()
        .chain(OWN_LAYER.iter().copied())
}

/// True where a program that changes this file or folder may have changed an input: it lies in an
/// input folder or is one, or is one of the site's own files, and is nothing that editors leave behind.
/// The path is relative to the root.
pub fn concerns(path: &Path) -> bool {
    walk::may_be_changed_input(&walk::with_slashes(path))
}

/// What tells the bytes of one file from those of any other (BLAKE3).
pub type Digest = [u8; 32];

/// The input files of a site as they were at one moment, sorted by path, each with the digest that
/// it had when it was first read.
#[derive(Clone, Debug)]
pub struct Snapshot {
    root: PathBuf,
    paths: Names,
    /// By the index of the path.
    digests: Vec<OnceLock<Digest>>,
    /// Set where a file had other bytes when it was read again.
    unsteady: OnceLock<String>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Input {
    pub path: String,
    pub bytes: Vec<u8>,
}

impl Snapshot {
    /// Lists the inputs below `root`. What cannot be an input is a diagnostic.
    ///
    /// # Errors
    ///
    /// Where the root has no `planpress.toml`, or a folder cannot be listed.
    pub fn take(root: &Path) -> Result<(Self, Vec<Diagnostic>), Failure> {
        let mut paths = Names::default();
        let mut diagnostics = Vec::new();
        for found in walk::everything(root) {
            match found.what {
                Ok(_) => paths.push(&found.path),
                Err(fault) => diagnostics.push(fault.or_fail()?),
            }
        }
        Ok((Self::of(root, paths.sorted()), diagnostics))
    }

    /// `paths` are sorted.
    fn of(root: &Path, paths: Names) -> Self {
        Self {
            root: root.to_owned(),
            digests: unread(paths.len()),
            paths,
            unsteady: OnceLock::new(),
        }
    }

    /// Takes another list, which is sorted. Files that are still there keep their digests.
    fn list(&mut self, paths: Names) {
        let mut digests = unread(paths.len());
        for (path, digest) in paths.iter().zip(&mut digests) {
            if let Ok(known) = self.paths.search(path) {
                *digest = std::mem::take(&mut self.digests[known]);
            }
        }
        self.paths = paths;
        self.digests = digests;
    }

    /// Forgets the digests of files that may have changed.
    fn forget<'p>(&mut self, paths: impl IntoIterator<Item = &'p String>) {
        for path in paths {
            if let Ok(index) = self.paths.search(path) {
                self.digests[index] = OnceLock::new();
            }
        }
    }

    /// The site's root.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files below a folder, sorted.
    pub fn below<'s>(&'s self, folder: &str) -> impl Iterator<Item = &'s str> + use<'s> {
        self.range(folder).map(|index| self.paths.get(index))
    }

    /// The indices of the files below a folder.
    fn range(&self, folder: &str) -> Range<usize> {
        let place = |path: String| self.paths.search(&path).unwrap_or_else(|place| place);
        place(format!("{folder}/"))..place(format!("{folder}0"))
    }

    /// Every input, sorted.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &str> {
        self.paths.iter()
    }

    /// Every input, sorted, with the digest of those that were read.
    pub fn digests(&self) -> impl ExactSizeIterator<Item = (&str, Option<&Digest>)> {
        self.all().zip(self.digests.iter().map(OnceLock::get))
    }

    /// The inputs that another list lacks, sorted.
    pub fn missing_in(&self, other: &Self) -> Vec<String> {
        let missing = self.all().filter(|path| !other.contains(path));
        missing.map(str::to_owned).collect()
    }

    /// True where this is one of the inputs.
    pub fn contains(&self, path: &str) -> bool {
        self.paths.search(path).is_ok()
    }

    /// Reads one file of the list.
    ///
    /// # Errors
    ///
    /// Where the file is gone or cannot be read.
    pub fn read(&self, path: &str) -> Result<Input, Failure> {
        let bytes =
            std::fs::read(self.root.join(path)).map_err(|error| unreadable(path, &error))?;
        self.note(path, *blake3::hash(&bytes).as_bytes());
        Ok(Input {
            path: path.to_owned(),
            bytes,
        })
    }

    /// Reads one file of the list for no more than its digest, piece by piece.
    ///
    /// # Errors
    ///
    /// Where the file is gone or cannot be read.
    pub fn read_through(&self, path: &str) -> Result<Digest, Failure> {
        // Not with `update_reader`: it clears a large buffer for each file, and plans are small.
        let mut hasher = blake3::Hasher::new();
        let file = std::fs::File::open(self.root.join(path));
        let read = file.and_then(|mut file| std::io::copy(&mut file, &mut hasher));
        read.map_err(|error| unreadable(path, &error))?;
        let digest = *hasher.finalize().as_bytes();
        self.note(path, digest);
        Ok(digest)
    }

    /// Reads one file of the list line by line.
    ///
    /// # Errors
    ///
    /// Where the file is gone or cannot be read.
    pub fn lines<'s>(&'s self, path: &'s str) -> Result<Lines<'s, impl Read + use<>>, Failure> {
        let file = std::fs::File::open(self.root.join(path));
        let file = file.map_err(|error| unreadable(path, &error))?;
        Ok(Lines::new(self, path, file))
    }

    /// Notes the digest of a file that was read.
    fn note(&self, path: &str, digest: Digest) {
        if let Ok(index) = self.paths.search(path)
            && *self.digests[index].get_or_init(|| digest) != digest
        {
            self.unsteady.get_or_init(|| path.to_owned());
        }
    }

    /// The digest of a file that was read; `None` for one that was not.
    pub fn digest(&self, path: &str) -> Option<&Digest> {
        self.digests[self.paths.search(path).ok()?].get()
    }

    /// A file that was read several times and had other bytes at one of them.
    pub fn changed_while_read(&self) -> Option<&str> {
        self.unsteady.get().map(String::as_str)
    }
}

fn unreadable(path: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("{path} cannot be read: {error}"))
        .help("Was it moved or locked while this ran? Try again.")
}

fn unread(files: usize) -> Vec<OnceLock<Digest>> {
    (0..files).map(|_| OnceLock::new()).collect()
}

impl Input {
    /// The file as text.
    ///
    /// # Errors
    ///
    /// Where the bytes are not UTF-8; the diagnostic points at the first that is not.
    pub fn text(self) -> Result<SourceText, (SourceText, Box<Diagnostic>)> {
        let Input { path, bytes } = self;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(SourceText::new(path, text)),
            Err(error) => {
                let bytes = error.as_bytes();
                let at = error.utf8_error().valid_up_to();
                let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
                let source = SourceText::new(path, String::from_utf8_lossy(bytes));
                let diagnostic = Diagnostic::error("not-utf-8", "this file is not UTF-8 text")
                    .at(&source, at..at + 1)
                    .label(if utf16 { "the file is UTF-16" } else { "this is no character in UTF-8" })
                    .help("Save the file again with the encoding UTF-8; in Notepad it is a choice beside the Save button.");
                Err((source, Box::new(diagnostic)))
            }
        }
    }
}
