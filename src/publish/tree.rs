//! The tree of files that a build has handed over so far: a small record for each, so that memory
//! grows with the number of pages and not with their bytes. Touches no disk.

use std::fs::Metadata;

use super::paths::{Paths, ancestors, parent};
use super::written::Written;

/// A file handed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// What it is known by in a later build.
    pub written: Written,
    /// Where it waits; `None` where the published file is the same already.
    pub staged: Option<Staged>,
}

/// Where a file waits in the staging folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Staged {
    /// Under a number.
    Alone(u32),
    /// Under its own name, in the folder of that number.
    InFolder(u32),
}

/// How the files of one folder are staged.
#[derive(Clone, Copy, Debug)]
pub(super) enum Way {
    /// One by one: the folder is there already.
    Alone,
    /// In a folder of that number, to be published as one.
    InFolder(u32),
}

/// What a build has handed over so far.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: Paths,
    /// By the number of the file; `None` while it is being written.
    entries: Vec<Option<Entry>>,
    folders: Paths,
    /// By the number of the folder; `None` where no file of it was staged yet.
    ways: Vec<Option<Way>>,
}

impl Tree {
    /// Gives a file its number, and says whether it is a new one. `Err` names the path that is a
    /// file and a folder at once.
    pub fn add(&mut self, path: &str) -> Result<(u32, bool), String> {
        if let Some(number) = self.files.number(path) {
            return Ok((number, false));
        }
        if self.folders.number(path).is_some() {
            return Err(path.to_owned());
        }
        // Those around a folder that is known are known as well.
        for folder in ancestors(path) {
            if self.folders.number(folder).is_some() {
                break;
            }
            if self.files.number(folder).is_some() {
                return Err(folder.to_owned());
            }
        }
        for folder in ancestors(path) {
            if (self.folders.add(folder) as usize) < self.ways.len() {
                break;
            }
            self.ways.push(None);
        }
        self.entries.push(None);
        Ok((self.files.add(path), true))
    }

    /// Notes a file, and gives back what it replaces, if anything.
    pub fn set(&mut self, number: u32, entry: Entry) -> Option<Entry> {
        self.entries[number as usize].replace(entry)
    }

    /// Where a file waits; `None` where it is published already, or was not handed over.
    pub fn staged(&self, path: &str) -> Option<Staged> {
        let number = self.files.number(path)?;
        self.entries[number as usize]?.staged
    }

    /// Notes what files that were staged under a number are known by, now that they were moved:
    /// `look` finds them. Those in folders were moved with these.
    pub fn note_moves(&mut self, look: impl Fn(&str) -> Option<Metadata>) {
        for (number, entry) in self.entries.iter_mut().enumerate() {
            if let Some(entry) = entry
                && matches!(entry.staged, Some(Staged::Alone(_)))
                && let Some(found) = look(self.files.path(number as u32))
            {
                entry.written = entry.written.moved(&found);
            }
        }
    }

    /// How the files beside `path`, which was added, are staged; `None` for those of the output
    /// folder itself.
    pub fn way(&mut self, path: &str) -> Option<&mut Option<Way>> {
        let folder = self.folders.number(parent(path)?)?;
        self.ways.get_mut(folder as usize)
    }

    /// How the files of this folder were staged; `None` where none was.
    pub fn way_into(&self, folder: &str) -> Option<Way> {
        self.ways[self.folders.number(folder)? as usize]
    }

    /// The files, sorted by path.
    pub fn files(&self) -> Vec<(&str, &Entry)> {
        let numbered = self.entries.iter().enumerate();
        let mut files: Vec<_> = numbered
            .filter_map(|(number, entry)| Some((self.files.path(number as u32), entry.as_ref()?)))
            .collect();
        files.sort_unstable_by_key(|(path, _)| *path);
        files
    }

    /// True where `path` was handed over as a file.
    pub fn has_file(&self, path: &str) -> bool {
        let number = self.files.number(path);
        number.is_some_and(|number| self.entries[number as usize].is_some())
    }
}

/// The folders of files that are sorted by path, each behind the one that it lies in.
pub(super) fn folders<'t>(files: &[(&'t str, &Entry)]) -> Vec<&'t str> {
    let mut folders = Vec::new();
    let mut before = "";
    for (path, _) in files {
        for (at, _) in path.match_indices('/') {
            // All files of a folder stand in a row.
            let is_known = before.get(..=at) == path.get(..=at);
            if !is_known {
                folders.push(&path[..at]);
            }
        }
        before = path;
    }
    folders
}
