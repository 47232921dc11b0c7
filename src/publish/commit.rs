//! Makes the staged tree the published one, in an order in which a kill at any moment leaves each
//! published file whole, and a list on disk that names all we may have written:
//!
//! 1. the list of old *and* coming files takes the old list's place;
//! 2. stale files that are in the way of new ones go; new folders move in, each in one step with the
//!    files that are staged in it; then the other new files, each in one step;
//! 3. the other stale files go, and the folders that became empty;
//! 4. the list of the new files takes its place.
//!
//! All that needs space on the disk is written before the first published file changes. Where a
//! step fails, the new folders go again: until then only files were replaced by their new versions.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind};

use super::manifest::{MANIFEST, Manifest, write_announcing, write_list};
use super::output::{Output, RealFolders};
use super::paths::parent;
use super::staging::Staging;
use super::survey::Survey;
use super::tree::{Entry, Staged, Tree, Way};
use super::{Published, disk};
use crate::diagnostic::Failure;
use crate::site::route::OutputPath;

/// Publishes `tree` over what `old` lists.
pub(super) fn commit(
    output: &Output,
    staging: &Staging,
    old: Option<&Manifest>,
    tree: &Tree,
) -> Result<Published, Failure> {
    let nothing = Manifest::default();
    let files = tree.files();
    let survey = Survey::take(output, old.unwrap_or(&nothing), tree, &files)?;
    let staged = files.iter().filter(|(_, entry)| entry.staged.is_some());
    let written = output_paths(staged.map(|(path, _)| *path));
    let published = Published {
        unchanged: files.len() - written.len(),
        removed: output_paths(survey.remove.iter().copied()),
        written,
        kept: output_paths(survey.kept.iter().copied()),
    };
    // With the same list no file comes or goes.
    let is_same_list = old.is_some_and(|old| old.is_of(&files));
    if !published.written.is_empty() || !survey.mend.is_empty() || !is_same_list {
        let work = Work {
            output,
            staging,
            tree,
            files: &files,
            survey: &survey,
        };
        let ready = work.make_ready(old.unwrap_or(&nothing))?;
        work.publish(&ready)
            .map_err(|failure| failure.help(disk::HALFWAY))?;
    }
    Ok(published)
}

/// The paths as others know them.
fn output_paths<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<OutputPath> {
    paths.filter_map(OutputPath::new).collect()
}

/// What is staged before the first published file changes.
struct Ready {
    announcing: Staged,
    new: Staged,
    /// The number of each new folder.
    folders: Vec<u32>,
}

struct Work<'a> {
    output: &'a Output,
    staging: &'a Staging,
    tree: &'a Tree,
    /// All files, sorted by path.
    files: &'a [(&'a str, &'a Entry)],
    survey: &'a Survey<'a>,
}

impl Work<'_> {
    /// Writes both lists, and makes the new folders in which no file is staged.
    fn make_ready(&self, old: &Manifest) -> Result<Ready, Failure> {
        let list_failed = |error: io::Error| {
            disk::failure("write", &self.manifest_name(), &error).help(disk::UNTOUCHED)
        };
        let (announcing, _) = self
            .staging
            .write_with(|out| write_announcing(out, old, self.files))
            .map_err(list_failed)?;
        let (new, _) = self
            .staging
            .write_with(|out| write_list(out, self.files))
            .map_err(list_failed)?;
        let mut folders = Vec::with_capacity(self.survey.create.len());
        for folder in &self.survey.create {
            folders.push(match self.tree.way_into(folder) {
                Some(Way::InFolder(number)) => number,
                _ => self
                    .staging
                    .make_folder()
                    .map_err(|error| self.failed("create", folder, &error).help(disk::UNTOUCHED))?,
            });
        }
        Ok(Ready {
            announcing,
            new,
            folders,
        })
    }

    fn publish(&self, ready: &Ready) -> Result<(), Failure> {
        self.place_list(ready.announcing)?;
        self.remove(self.survey.remove_first.iter())?;
        self.remove_empty();
        let mut created = 0;
        if let Err(failure) = self.move_in(ready, &mut created) {
            self.take_back(&self.survey.create[..created]);
            return Err(failure);
        }
        self.remove(self.survey.remove.difference(&self.survey.remove_first))?;
        self.remove_empty();
        self.place_list(ready.new)
    }

    /// Puts the new folders and files in place; `created` counts the folders.
    fn move_in(&self, ready: &Ready, created: &mut usize) -> Result<(), Failure> {
        // Folders first: if the disk has no room for them, no file has changed yet.
        for (folder, number) in self.survey.create.iter().zip(&ready.folders) {
            let place = self.output.place(folder);
            let moved = self.staging.publish_folder(*number, &place);
            moved.map_err(|error| self.failed("create", folder, &error))?;
            *created += 1;
        }
        for folder in &self.survey.mend {
            let mended = disk::set_folder_mode(&self.output.place(folder));
            mended.map_err(|error| self.failed("set the mode of", folder, &error))?;
        }
        let new: HashSet<&str> = self.survey.create.iter().copied().collect();
        for (path, entry) in self.files {
            match entry.staged {
                Some(Staged::InFolder(_)) if is_in(path, &new) => {}
                Some(staged) => {
                    let moved = self.staging.publish(staged, path, &self.output.place(path));
                    moved.map_err(|error| self.failed("write", path, &error))?;
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Removes new folders again, with the files that came in them. One with something else in it
    /// stays.
    fn take_back(&self, folders: &[&str]) {
        let new: HashSet<&str> = folders.iter().copied().collect();
        for (path, entry) in self.files {
            if matches!(entry.staged, Some(Staged::InFolder(_))) && is_in(path, &new) {
                let _ = fs::remove_file(self.output.place(path));
            }
        }
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(self.output.place(folder));
        }
    }

    fn place_list(&self, list: Staged) -> Result<(), Failure> {
        self.staging
            .publish(list, MANIFEST, &self.output.folder().join(MANIFEST))
            .map_err(|error| disk::failure("write", &self.manifest_name(), &error))
    }

    fn remove<'p>(&self, stale: impl Iterator<Item = &'p &'p str>) -> Result<(), Failure> {
        for path in stale {
            match fs::remove_file(self.output.place(path)) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(self.failed("remove", path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Removes the folders that are empty now, the inner ones first.
    fn remove_empty(&self) {
        let real = RealFolders::default();
        for folder in self.survey.may_be_empty.iter().rev() {
            if real.lead_to(folder, self.output) {
                // One with something in it stays, and one empty too many does no harm.
                let _ = fs::remove_dir(self.output.place(folder));
            }
        }
    }

    fn failed(&self, doing: &str, path: &str, error: &io::Error) -> Failure {
        disk::failure(doing, &self.output.name(path), error)
    }

    fn manifest_name(&self) -> String {
        format!("{}/{MANIFEST}", self.output.shown().trim_end_matches('/'))
    }
}

fn is_in(path: &str, folders: &HashSet<&str>) -> bool {
    parent(path).is_some_and(|folder| folders.contains(folder))
}
