//! The inputs as they were last seen, so that only what changed is looked at again.
//!
//! In: where to look, as events name it, or everywhere. Out: what may have changed since. However
//! the looks came about, the list is the one that [`Snapshot::take`] would make of the same
//! folder. A look that fails for want of descriptors changes nothing: what was known stands until
//! one succeeds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::stamp::{Stamp, real_path};
use super::walk::{self, Found};
use super::{CONFIG, Snapshot};
use crate::diagnostic::Diagnostic;

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

/// The input files of a site and what cannot be one, kept up to date look by look.
#[derive(Debug)]
pub struct Tracker {
    snapshot: Snapshot,
    seen: Seen,
}

/// What was seen, by path.
#[derive(Debug, Default)]
struct Seen {
    /// `None` where the stamp proves nothing, so that the next look reports the file again.
    files: BTreeMap<String, Option<Stamp>>,
    faults: BTreeMap<String, Diagnostic>,
    /// True where too many files were open to see it all.
    in_part: bool,
}

impl Tracker {
    /// Looks everywhere for the first time. What cannot be listed is a diagnostic, even where
    /// there is no site at all.
    pub fn open(root: &Path) -> Self {
        let seen = Seen::of(walk::everything(root));
        Self {
            snapshot: Snapshot::of(root, seen.files.keys().collect()),
            seen,
        }
    }

    /// The list of inputs as it was seen last.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What cannot be an input, by path. What makes [`Snapshot::take`] fail is an error among
    /// them.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.seen.faults.values().cloned().collect()
    }

    /// Looks at files and folders, and at everything in those folders. The paths lie below the
    /// root, or below what the root leads to where it is a symbolic link; others mean nothing,
    /// nor do those of files that are no inputs. A file that is named, is an input and exists is
    /// among [`Changes::files`] whether it changed or not.
    pub fn look_at(&mut self, paths: &[PathBuf]) -> Changes {
        let changes = self.look_at_each(paths);
        if changes.listing && self.has_gone() {
            return self.look_everywhere();
        }
        changes
    }

    /// True where the site itself went: what was seen of it meanwhile is a part of it at best.
    fn has_gone(&self) -> bool {
        self.snapshot.contains(CONFIG) && !self.snapshot.root.join(CONFIG).is_file()
    }

    fn look_at_each(&mut self, paths: &[PathBuf]) -> Changes {
        let mut named = BTreeSet::new();
        let mut tops = BTreeSet::new();
        for path in paths {
            match self.below_root(path) {
                None => {}
                Some(path) if path.is_empty() => return self.look_everywhere(),
                Some(path) if !walk::may_be_input(&path) => {}
                Some(path) => {
                    let top = self.top(&path);
                    if top.is_empty() {
                        return self.look_everywhere();
                    }
                    tops.insert(top.to_owned());
                    named.insert(path);
                }
            }
        }
        let mut changes = Changes::default();
        let mut looked_at: Vec<String> = Vec::new();
        for top in &tops {
            if folders_above(top).any(|folder| tops.contains(folder)) {
                continue;
            }
            let new = Seen::of(walk::below(&self.snapshot.root, top));
            if new.in_part {
                continue;
            }
            let old = self.seen.take_below(top);
            changes.listing |= new.lists_other_than(&old);
            let is_named = |path: &str| named.contains(path);
            changes.files.extend(new.changed_since(&old, is_named));
            looked_at.extend(new.files.keys().cloned());
            self.seen.files.extend(new.files);
            self.seen.faults.extend(new.faults);
        }
        if changes.listing {
            self.snapshot.list(self.seen.files.keys().collect());
        }
        self.snapshot.forget(&looked_at);
        changes.files.sort_unstable();
        changes
    }

    /// Looks at every input, with one question to the file system each: what is new is reported,
    /// and what differs in length, times or number from what was seen before.
    pub fn look_everywhere(&mut self) -> Changes {
        self.look_everywhere_unless(&mut || false)
            .unwrap_or_default()
    }

    /// The same, unless there is something more urgent: `stop` is asked now and then. `None` where
    /// it said so, or the site went and came back meanwhile; then nothing is known that was not
    /// known before.
    pub fn look_everywhere_unless(&mut self, stop: &mut dyn FnMut() -> bool) -> Option<Changes> {
        /// Files from one question to the next; they take about a millisecond.
        const STRETCH: usize = 256;
        let mut stopped = false;
        let mut found = walk::everything(&self.snapshot.root).enumerate();
        let going = std::iter::from_fn(|| {
            let (number, found) = found.next()?;
            stopped = number % STRETCH == STRETCH - 1 && stop();
            (!stopped).then_some(found)
        });
        let mut new = Seen::of(going);
        if stopped {
            return None;
        }
        // It was looked for first. Where it went since, the folders may have gone before they
        // were looked at.
        if new.files.contains_key(CONFIG) && !self.snapshot.root.join(CONFIG).is_file() {
            new = Seen::of(walk::below(&self.snapshot.root, CONFIG));
            if new.files.contains_key(CONFIG) {
                return None;
            }
        }
        if new.in_part {
            return Some(Changes::default());
        }
        let changes = Changes {
            listing: new.lists_other_than(&self.seen),
            files: new.changed_since(&self.seen, |_| false).collect(),
        };
        if changes.listing {
            self.snapshot.list(new.files.keys().collect());
            self.snapshot.forget(new.files.keys());
        }
        self.seen = new;
        Some(changes)
    }

    /// The path relative to the root: empty for the root and what it lies in, `None` for what
    /// lies elsewhere.
    fn below_root(&self, path: &Path) -> Option<String> {
        let below = |root: &Path| {
            if root.starts_with(path) {
                return Some(String::new());
            }
            path.strip_prefix(root).ok().map(walk::with_slashes)
        };
        let root = &self.snapshot.root;
        below(root)
            .or_else(|| below(&std::path::absolute(root).ok()?))
            .or_else(|| below(&real_path(root)?))
    }

    /// Where a look at this path must begin, so that it sees what a listing of the whole folder
    /// would see: at the first of the path's folders that is not there or is no folder, or else
    /// at the path itself. Empty for the root.
    fn top<'p>(&self, path: &'p str) -> &'p str {
        for part in folders_above(path).chain([path]) {
            let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
            // It stands for what is not UTF-8, and so maybe for several names.
            if part.contains(char::REPLACEMENT_CHARACTER) {
                return folder;
            }
            match self.snapshot.root.join(part).symlink_metadata() {
                Ok(metadata) if metadata.is_dir() => {}
                Err(error) if !walk::is_gone(error.kind()) => return folder,
                Ok(_) | Err(_) => return part,
            }
        }
        path
    }
}

impl Seen {
    fn of(found: impl Iterator<Item = Found>) -> Self {
        let mut seen = Self::default();
        for Found { path, what } in found {
            match what {
                Ok(at) => match Stamp::of(&at) {
                    Ok(stamp) => {
                        seen.files.insert(path, stamp);
                    }
                    Err(error) if walk::is_gone(error.kind()) => {}
                    // It is there; reading it will say what is wrong with it.
                    Err(_) => {
                        seen.files.insert(path, None);
                    }
                },
                Err(fault) => {
                    seen.in_part |= fault.will_pass();
                    seen.faults.insert(path, fault.diagnostic);
                }
            }
        }
        seen
    }

    /// Takes out what lies at this path and below it.
    fn take_below(&mut self, top: &str) -> Self {
        fn take<T>(map: &mut BTreeMap<String, T>, top: &str) -> BTreeMap<String, T> {
            let inside = map.range(format!("{top}/")..format!("{top}0"));
            let mut paths: Vec<String> = inside.map(|(path, _)| path.clone()).collect();
            paths.push(top.to_owned());
            paths
                .into_iter()
                .filter_map(|path| map.remove_entry(&path))
                .collect()
        }
        Self {
            files: take(&mut self.files, top),
            faults: take(&mut self.faults, top),
            in_part: false,
        }
    }

    fn lists_other_than(&self, old: &Self) -> bool {
        !self.files.keys().eq(old.files.keys()) || self.faults != old.faults
    }

    /// The files that are new or may have changed, and those that are reported in any case.
    fn changed_since(
        &self,
        old: &Self,
        in_any_case: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = String> {
        self.files
            .iter()
            .filter(move |(path, stamp)| {
                let unchanged = stamp.is_some() && old.files.get(*path) == Some(stamp);
                !unchanged || in_any_case(path)
            })
            .map(|(path, _)| path.clone())
    }
}

/// The folders that a path lies in, from the outermost.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}
