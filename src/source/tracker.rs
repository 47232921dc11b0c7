//! stand-in until merge
use super::Snapshot;
use crate::diagnostic::Diagnostic;
use std::path::{Path, PathBuf};
/// What a look found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// True where files came or went, or what cannot be an input did.
    pub listing: bool,
    /// Files whose content may have changed, and those that came; sorted.
    pub files: Vec<String>,
}

impl Changes {
    /// True where nothing did.
    pub fn is_empty(&self) -> bool {
        !self.listing && self.files.is_empty()
    }
}
pub struct Tracker {
    snapshot: Snapshot,
    found: Vec<Diagnostic>,
}
impl Tracker {
    pub fn open(root: &Path) -> Self {
        let (snapshot, found) = Snapshot::take(root).unwrap();
        Self { snapshot, found }
    }
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.found.clone()
    }
    pub fn look_at(&mut self, _: &[PathBuf]) -> Changes {
        self.look_everywhere()
    }
    pub fn look_everywhere(&mut self) -> Changes {
        let (snapshot, found) = Snapshot::take(self.snapshot.root()).unwrap();
        let listing = snapshot.files != self.snapshot.files || found != self.found;
        self.snapshot = snapshot;
        self.found = found;
        Changes {
            listing,
            files: self.snapshot.files.iter().cloned().collect(),
        }
    }
}
