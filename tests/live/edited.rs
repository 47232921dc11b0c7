//! A site in a folder of its own, open and being edited, and what a build from nothing makes of
//! the same folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use planpress::build::live::{Change, Live, Published};
use planpress::build::{self, Options};
use planpress::diagnostic::Diagnostic;
use planpress::source::{LOCK, Tracker};
use tempfile::TempDir;

pub const SETTINGS: &str = "title = \"Plans\"\n";

/// A plan with nothing wrong with it.
pub fn plan(title: &str, more: &str) -> String {
    format!(
        "title = \"{title}\"\n{more}\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n"
    )
}

/// The site.
pub struct Edited {
    folder: TempDir,
    pub live: Live,
    tracker: Tracker,
    /// What was edited since the last look.
    touched: BTreeSet<PathBuf>,
}

impl Edited {
    /// Opens a site of these files.
    pub fn open(files: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().expect("a folder for the site");
        for (path, text) in files {
            write(&folder.path().join(path), text.as_bytes());
        }
        let tracker = Tracker::open(folder.path());
        Self {
            live: Live::open(options(folder.path()), &tracker),
            tracker,
            folder,
            touched: BTreeSet::new(),
        }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        write(&path, bytes.as_ref());
        self.touched.insert(path);
    }

    pub fn remove(&mut self, path: &str) {
        let path = self.path(path);
        fs::remove_file(&path).expect("the file is there");
        self.touched.insert(path);
    }

    pub fn rename(&mut self, from: &str, to: &str) {
        let (from, to) = (self.path(from), self.path(to));
        fs::rename(&from, &to).expect("the file is there");
        self.touched.extend([from, to]);
    }

    /// Looks at what was edited since the last look.
    pub fn look(&mut self) -> Option<Change> {
        let touched: Vec<PathBuf> = std::mem::take(&mut self.touched).into_iter().collect();
        let changes = self.tracker.look_at(&touched);
        self.live.update(&self.tracker, changes)
    }

    /// Looks at everything.
    pub fn look_everywhere(&mut self) -> Option<Change> {
        self.touched.clear();
        let changes = self.tracker.look_everywhere();
        self.live.update(&self.tracker, changes)
    }

    /// Looks at what was edited while this file, of which the look knows, cannot be read.
    pub fn look_while_away(&mut self, path: &str) -> Option<Change> {
        let touched: Vec<PathBuf> = std::mem::take(&mut self.touched).into_iter().collect();
        let changes = self.tracker.look_at(&touched);
        let (here, away) = (self.path(path), self.path("away"));
        fs::rename(&here, &away).expect("the file is there");
        let change = self.live.update(&self.tracker, changes);
        fs::rename(&away, &here).expect("the file is there");
        change
    }

    /// Writes one file and looks.
    pub fn save(&mut self, path: &str, text: &str) {
        self.write(path, text);
        self.look();
    }

    /// A page as it is shown; `None` where there is nothing to show yet.
    pub fn page(&mut self, path: &str) -> Option<String> {
        match self.live.file(path) {
            Some(Published::Page(shown)) => {
                let bytes = shown.bytes.as_ref()?;
                Some(String::from_utf8(bytes.to_vec()).expect("a page is text"))
            }
            other => panic!("{path} is no page: {other:?}"),
        }
    }

    /// Whether there is a page or a file at this path.
    pub fn has(&mut self, path: &str) -> bool {
        self.live.file(path).is_some()
    }

    /// The names of the errors that are found.
    pub fn errors(&mut self) -> Vec<&'static str> {
        let findings = self.live.findings();
        let errors = findings.list.iter().filter(|found| found.is_error());
        errors.map(|found| found.name).collect()
    }

    /// What a build from nothing finds; `None` where it cannot begin.
    pub fn checked(&self) -> Option<Vec<Diagnostic>> {
        let report = build::rehearse(&options(self.folder.path())).ok()?;
        Some(report.diagnostics)
    }

    /// What a build from nothing publishes; `None` where there are errors. What it writes into
    /// `planpress.lock` is there for the next look.
    pub fn published(&mut self) -> Option<BTreeMap<String, Vec<u8>>> {
        let output = TempDir::new().expect("a folder for the output");
        let public = output.path().join("public");
        let report = build::publish(&options(self.folder.path()), Some(&public)).ok()?;
        self.touched.insert(self.path(LOCK));
        report.published.as_ref()?;
        let mut files = BTreeMap::new();
        gather(&public, &public, &mut files);
        files.remove(".planpress-manifest");
        Some(files)
    }

    /// Compares the open site with a build from nothing, which succeeds.
    #[track_caller]
    pub fn is_as_published(&mut self) {
        let Some(files) = self.published() else {
            panic!("there are errors: {:#?}", self.checked());
        };
        self.look();
        self.shows(&files);
        let found = &self.live.findings().list;
        assert_eq!(Some(found), self.checked().as_ref());
    }

    /// Every one of these files is there to the byte.
    #[track_caller]
    pub fn shows(&mut self, files: &BTreeMap<String, Vec<u8>>) {
        for (path, bytes) in files {
            let shown = match self.live.file(path) {
                Some(Published::Page(shown)) => shown.bytes.clone(),
                Some(Published::File(bytes)) => Some(bytes),
                None => panic!("{path} is missing"),
            };
            let shown = shown.unwrap_or_else(|| panic!("{path} cannot be shown"));
            assert!(
                *shown == **bytes,
                "{path} differs:\n{}\nis published as\n{}",
                String::from_utf8_lossy(&shown),
                String::from_utf8_lossy(bytes)
            );
        }
    }
}

pub fn options(root: &Path) -> Options {
    Options {
        root: root.to_owned(),
        threads: NonZeroUsize::new(2),
        ..Options::default()
    }
}

fn write(path: &Path, bytes: &[u8]) {
    let folder = path.parent().expect("a file lies in a folder");
    fs::create_dir_all(folder).expect("the folder can be made");
    fs::write(path, bytes).expect("the file can be written");
}

fn gather(top: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            gather(top, &path, files);
            continue;
        }
        let below = path.strip_prefix(top).expect("it lies below the top");
        let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
        files.insert(parts.join("/"), fs::read(&path).expect("it can be read"));
    }
}
