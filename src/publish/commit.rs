//! Makes the staged tree the published one, in an order in which a kill at any moment leaves each
//! published file whole, and a list on disk that names all we may have written:
//!
//! 1. the list of old *and* coming files takes the old list's place;
//! 2. stale files that are in the way of new ones go, and the new files move in, each in one step;
//! 3. the other stale files go, and the folders that became empty;
//! 4. the list of the new files takes its place.
//!
//! All that needs space on the disk is written before the first published file changes.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};

use super::manifest::{MANIFEST, Manifest};
use super::output::{Created, Output, RealFolders};
use super::staging::Staging;
use super::survey::Survey;
use super::tree::Tree;
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
    let survey = Survey::take(output, old.unwrap_or(&nothing), tree)?;
    let new = tree.to_manifest();
    let staged = tree.files().filter(|(_, entry)| entry.staged.is_some());
    let written: Vec<OutputPath> = staged.map(|(path, _)| path.clone()).collect();
    let published = Published {
        unchanged: tree.files().count() - written.len(),
        removed: survey.remove.iter().cloned().collect(),
        written,
        kept: survey.kept.clone(),
    };
    // With the same list no file comes or goes.
    if !published.written.is_empty() || !survey.mend.is_empty() || old != Some(&new) {
        let work = Work { output, staging };
        let lists = work.write_lists(old.unwrap_or(&nothing), &new)?;
        work.publish(&survey, tree, lists)
            .map_err(|failure| failure.help(disk::HALFWAY))?;
    }
    Ok(published)
}

/// The numbers of the two staged lists.
struct Lists {
    announcing: u64,
    new: u64,
}

struct Work<'a> {
    output: &'a Output,
    staging: &'a Staging,
}

impl Work<'_> {
    fn write_lists(&self, old: &Manifest, new: &Manifest) -> Result<Lists, Failure> {
        let write = |list: &Manifest| {
            self.staging
                .write(list.to_text().as_bytes())
                .map_err(|error| {
                    disk::failure("write", &self.manifest_name(), &error).help(disk::UNTOUCHED)
                })
        };
        Ok(Lists {
            announcing: write(&old.announcing(new))?,
            new: write(new)?,
        })
    }

    fn publish(&self, survey: &Survey, tree: &Tree, lists: Lists) -> Result<(), Failure> {
        self.place_list(lists.announcing)?;
        self.remove(survey.remove_first.iter())?;
        self.remove_empty(&survey.may_be_empty);
        // Folders first: if the disk has no room for them, no file has changed yet.
        let mut created = Created::default();
        for folder in &survey.create {
            let place = self.output.place(folder);
            let made = self.staging.publish_folder(&place);
            made.map_err(|error| self.failed("create", folder, &error))?;
            created.push(place);
        }
        for folder in &survey.mend {
            let mended = disk::set_folder_mode(&self.output.place(folder));
            mended.map_err(|error| self.failed("set the mode of", folder, &error))?;
        }
        for (path, entry) in tree.files() {
            if let Some(number) = entry.staged {
                let moved = self.staging.publish(number, &self.output.place(path));
                moved.map_err(|error| self.failed("write", path, &error))?;
            }
        }
        // A file is in each of them now.
        created.keep();
        self.remove(survey.remove.difference(&survey.remove_first))?;
        self.remove_empty(&survey.may_be_empty);
        self.place_list(lists.new)
    }

    fn place_list(&self, number: u64) -> Result<(), Failure> {
        self.staging
            .publish(number, &self.output.folder().join(MANIFEST))
            .map_err(|error| disk::failure("write", &self.manifest_name(), &error))
    }

    fn remove<'p>(&self, stale: impl Iterator<Item = &'p OutputPath>) -> Result<(), Failure> {
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

    /// Removes those of the folders that are empty, the inner ones first.
    fn remove_empty(&self, folders: &BTreeSet<OutputPath>) {
        let real = RealFolders::default();
        for folder in folders.iter().rev() {
            if real.lead_to(folder, self.output) {
                // One with something in it stays, and one empty too many does no harm.
                let _ = fs::remove_dir(self.output.place(folder));
            }
        }
    }

    fn failed(&self, doing: &str, path: &OutputPath, error: &io::Error) -> Failure {
        disk::failure(doing, &self.output.name(path), error)
    }

    fn manifest_name(&self) -> String {
        format!("{}/{MANIFEST}", self.output.shown().trim_end_matches('/'))
    }
}
