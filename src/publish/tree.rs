//! The tree of files that a build has handed over so far: a small record for each, so that memory
//! grows with the number of pages and not with their bytes. Touches no disk.

use std::collections::{BTreeMap, BTreeSet};

use super::manifest::{Manifest, Record};
use crate::site::route::OutputPath;

/// A file handed over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub digest: blake3::Hash,
    /// In bytes.
    pub size: u64,
    /// The staged file's number; `None` where the published one is the same already.
    pub staged: Option<u64>,
}

/// What a build has handed over so far.
#[derive(Debug, Default)]
pub(super) struct Tree {
    files: BTreeMap<OutputPath, Entry>,
    folders: BTreeSet<OutputPath>,
}

impl Tree {
    /// Adds a file and gives back the entry that it replaces, if any. `Err` names the path that
    /// is a file and a folder at once.
    pub fn insert(&mut self, path: &OutputPath, entry: Entry) -> Result<Option<Entry>, OutputPath> {
        if self.folders.contains(path) {
            return Err(path.clone());
        }
        if let Some(file) = ancestors(path).find(|folder| self.files.contains_key(folder)) {
            return Err(file);
        }
        self.folders.extend(ancestors(path));
        Ok(self.files.insert(path.clone(), entry))
    }

    /// The files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&OutputPath, &Entry)> {
        self.files.iter()
    }

    /// True where `path` was handed over as a file.
    pub fn has_file(&self, path: &OutputPath) -> bool {
        self.files.contains_key(path)
    }

    /// The folders of the files, each behind the one that it lies in.
    pub fn folders(&self) -> &BTreeSet<OutputPath> {
        &self.folders
    }

    /// The list of these files as published.
    pub fn to_manifest(&self) -> Manifest {
        let mut list = Manifest::default();
        for (path, &Entry { digest, size, .. }) in &self.files {
            list.insert(
                path.clone(),
                Record {
                    digest,
                    size,
                    coming: false,
                },
            );
        }
        list
    }
}

/// The folder that `path` lies in; `None` for the output folder itself.
pub(super) fn parent(path: &OutputPath) -> Option<OutputPath> {
    OutputPath::new(path.as_str().rsplit_once('/')?.0)
}

/// The folders that `path` lies in, from the nearest up, without the output folder itself.
pub(super) fn ancestors(path: &OutputPath) -> impl Iterator<Item = OutputPath> + use<> {
    std::iter::successors(parent(path), parent)
}
