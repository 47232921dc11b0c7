//! Looks at the output folder as it is now and decides what publishing a tree means there:
//! what is put in place, what goes, what stays because a person made or changed it. Reads, and
//! changes nothing. Anything foreign in the way ends it, all of it named at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use walkdir::WalkDir;

use super::disk;
use super::manifest::Manifest;
use super::output::{Output, RealFolders};
use super::tree::{Tree, ancestors, parent};
use crate::diagnostic::Failure;
use crate::site::route::OutputPath;

/// What is to be done to the output folder.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Stale files of ours.
    pub remove: BTreeSet<OutputPath>,
    /// Of those, the ones that lie where a new folder or file must be.
    pub remove_first: BTreeSet<OutputPath>,
    /// Folders that may be empty once the stale files are gone.
    pub may_be_empty: BTreeSet<OutputPath>,
    /// Folders to create, each behind the one that it lies in.
    pub create: Vec<OutputPath>,
    /// Folders of ours whose mode is wrong.
    pub mend: Vec<OutputPath>,
    /// Stale files of ours that a person changed since.
    pub kept: Vec<OutputPath>,
}

impl Survey {
    /// Surveys the folder. `Err` where something foreign lies where the site must write.
    pub fn take(output: &Output, manifest: &Manifest, tree: &Tree) -> Result<Self, Failure> {
        let surveyor = Surveyor {
            output,
            manifest,
            tree,
            folders: RealFolders::default(),
        };
        let mut survey = Self::default();
        let mut foreign = BTreeSet::new();
        surveyor.stale(&mut survey)?;
        surveyor.folders(&mut survey, &mut foreign)?;
        surveyor.files(&mut survey, &mut foreign)?;
        if foreign.is_empty() {
            Ok(survey)
        } else {
            Err(in_the_way(output, &foreign))
        }
    }
}

struct Surveyor<'a> {
    output: &'a Output,
    manifest: &'a Manifest,
    tree: &'a Tree,
    folders: RealFolders,
}

impl Surveyor<'_> {
    /// What becomes of the files that were ours and are no longer wanted.
    fn stale(&self, survey: &mut Survey) -> Result<(), Failure> {
        for path in self
            .manifest
            .paths()
            .filter(|path| !self.tree.has_file(path))
        {
            // Also where the file is gone: a killed build may have come no further than that.
            survey
                .may_be_empty
                .extend(ancestors(path).filter(|folder| !self.tree.folders().contains(folder)));
            if !self.folders.lead_to(path, self.output) {
                continue;
            }
            match self.look(path)? {
                Some(found) if found.is_file() && self.is_as_written(path, found.len()) => {
                    survey.remove.insert(path.clone());
                }
                // A folder is where we made one of it ourselves, or none of our business.
                Some(found) if !found.is_dir() && self.manifest.owns(path) => {
                    survey.kept.push(path.clone());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Which folders there must be, and whether they can be there.
    fn folders(
        &self,
        survey: &mut Survey,
        foreign: &mut BTreeSet<OutputPath>,
    ) -> Result<(), Failure> {
        // Folders that are not there now, and whether they can be made.
        let mut absent = BTreeMap::new();
        for folder in self.tree.folders() {
            let makeable = parent(folder).and_then(|around| absent.get(&around).copied());
            let found = if makeable.is_some() {
                None
            } else {
                self.look(folder)?
            };
            let can_be_made = match found {
                Some(found) if found.is_dir() => {
                    if !disk::has_folder_mode(&found) {
                        survey.mend.push(folder.clone());
                    }
                    continue;
                }
                Some(_) if survey.remove.contains(folder) => {
                    survey.remove_first.insert(folder.clone());
                    true
                }
                Some(_) => {
                    foreign.insert(folder.clone());
                    false
                }
                None => makeable.unwrap_or(true),
            };
            if can_be_made {
                survey.create.push(folder.clone());
            }
            absent.insert(folder.clone(), can_be_made);
        }
        Ok(())
    }

    /// Whether each staged file can go where it belongs.
    fn files(
        &self,
        survey: &mut Survey,
        foreign: &mut BTreeSet<OutputPath>,
    ) -> Result<(), Failure> {
        for (path, _) in self
            .tree
            .files()
            .filter(|(_, entry)| entry.staged.is_some())
        {
            // Behind a link or a file in the way, which is named already, or not there at all.
            if !self.folders.lead_to(path, self.output) {
                continue;
            }
            match self.look(path)? {
                None => {}
                Some(found) if found.is_dir() => self.folder_in_the_way(path, survey, foreign)?,
                // The same bytes by another hand are foreign too: once in our list, they would be
                // removed with the page some day.
                Some(found)
                    if found.is_file()
                        && (self.manifest.owns(path) || self.is_as_written(path, found.len())) => {}
                Some(_) => {
                    foreign.insert(path.clone());
                }
            }
        }
        Ok(())
    }

    /// A folder where a file must be goes if nothing but stale files of ours is in it.
    fn folder_in_the_way(
        &self,
        path: &OutputPath,
        survey: &mut Survey,
        foreign: &mut BTreeSet<OutputPath>,
    ) -> Result<(), Failure> {
        let place = self.output.place(path);
        for entry in WalkDir::new(&place).follow_links(false) {
            let entry = entry.map_err(|error| self.failed(path, &io::Error::from(error)))?;
            let below = entry.path().strip_prefix(&place).unwrap_or(entry.path());
            let steps = below.iter().map(|step| step.to_string_lossy());
            let inside = steps.fold(path.as_str().to_owned(), |path, step| path + "/" + &step);
            let Some(inside) = OutputPath::new(inside) else {
                // A name that none of our files could have.
                foreign.insert(path.clone());
                continue;
            };
            let ours = if entry.file_type().is_dir() {
                self.manifest.reaches_into(&inside)
            } else {
                survey.remove.contains(&inside)
            };
            if !ours {
                foreign.insert(inside);
            } else if !entry.file_type().is_dir() {
                survey.remove_first.insert(inside);
            }
        }
        Ok(())
    }

    /// True where the file's bytes are ones that we wrote, or were about to.
    fn is_as_written(&self, path: &OutputPath, size: u64) -> bool {
        let same_size = |record: &&super::manifest::Record| record.size == size;
        let mut records = self
            .manifest
            .records(path)
            .iter()
            .filter(same_size)
            .peekable();
        // One that cannot be read cannot be told to be ours.
        records.peek().is_some()
            && disk::digest(&self.output.place(path))
                .is_ok_and(|digest| records.any(|record| record.digest == digest))
    }

    fn look(&self, path: &OutputPath) -> Result<Option<std::fs::Metadata>, Failure> {
        disk::look(&self.output.place(path)).map_err(|error| self.failed(path, &error))
    }

    fn failed(&self, path: &OutputPath, error: &io::Error) -> Failure {
        disk::failure("look at", &self.output.name(path), error).help(disk::UNTOUCHED)
    }
}

fn in_the_way(output: &Output, foreign: &BTreeSet<OutputPath>) -> Failure {
    let names = disk::list(foreign.iter().map(|path| output.name(path)));
    let (are, it) = if foreign.len() == 1 {
        ("is", "it")
    } else {
        ("are", "them")
    };
    Failure::new(format!(
        "{names} {are} where the site must write, and not from planpress"
    ))
    .help(format!(
        "If you made {it} yourself, move or rename {it}, or give the page another address."
    ))
    .help(format!(
        "If you no longer need {it}, delete {it}, then build again."
    ))
    .help(disk::UNTOUCHED)
}
