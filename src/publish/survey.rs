//! Looks at the output folder as it is now and decides what publishing a tree means there:
//! what is put in place, what goes, what stays because a person made or changed it. Reads, and
//! changes nothing. Anything foreign in the way ends it, all of it named at once.

use std::collections::{BTreeSet, HashMap};
use std::io;

use walkdir::WalkDir;

use super::disk;
use super::manifest::Manifest;
use super::output::{Output, RealFolders};
use super::paths::{ancestors, parent};
use super::tree::{Entry, Tree, folders};
use crate::diagnostic::Failure;
use crate::site::route::OutputPath;

/// What is to be done to the output folder.
#[derive(Debug, Default)]
pub(super) struct Survey<'p> {
    /// Stale files of ours.
    pub remove: BTreeSet<&'p str>,
    /// Of those, the ones that lie where a new folder or file must be.
    pub remove_first: BTreeSet<&'p str>,
    /// Folders that may be empty once the stale files are gone.
    pub may_be_empty: BTreeSet<&'p str>,
    /// Folders to create, each behind the one that it lies in.
    pub create: Vec<&'p str>,
    /// Folders of ours whose mode is wrong.
    pub mend: Vec<&'p str>,
    /// Stale files of ours that a person changed since.
    pub kept: Vec<&'p str>,
}

impl<'p> Survey<'p> {
    /// Surveys the folder for the files of `tree`, sorted by path. `Err` where something foreign
    /// lies where the site must write.
    pub fn take(
        output: &'p Output,
        manifest: &'p Manifest,
        tree: &'p Tree,
        files: &[(&'p str, &Entry)],
    ) -> Result<Self, Failure> {
        let surveyor = Surveyor {
            output,
            manifest,
            tree,
        };
        let mut survey = Self::default();
        let mut foreign = BTreeSet::new();
        let folders = folders(files);
        surveyor.stale(&folders, &mut survey)?;
        let absent = surveyor.folders(&folders, &mut survey, &mut foreign)?;
        surveyor.files(files, &absent, &mut survey, &mut foreign)?;
        if foreign.is_empty() {
            Ok(survey)
        } else {
            Err(in_the_way(output, &foreign))
        }
    }
}

struct Surveyor<'p> {
    output: &'p Output,
    manifest: &'p Manifest,
    tree: &'p Tree,
}

impl<'p> Surveyor<'p> {
    /// What becomes of the files that were ours and are no longer wanted.
    fn stale(&self, folders: &[&str], survey: &mut Survey<'p>) -> Result<(), Failure> {
        let real = RealFolders::default();
        let mut wanted = None;
        let stale = self.manifest.paths();
        for path in stale.filter(|path| !self.tree.has_file(path)) {
            // Also where the file is gone: a killed build may have come no further than that.
            let wanted = wanted.get_or_insert_with(|| folders.iter().collect::<BTreeSet<_>>());
            survey
                .may_be_empty
                .extend(ancestors(path).filter(|folder| !wanted.contains(folder)));
            if !real.lead_to(path, self.output) {
                continue;
            }
            match self.look(path)? {
                Some(found) if found.is_file() && self.is_as_written(path, found.len()) => {
                    survey.remove.insert(path);
                }
                // A folder is where we made one of it ourselves, or none of our business.
                Some(found) if !found.is_dir() && self.manifest.owns(path) => {
                    survey.kept.push(path);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Which folders there must be, and whether they can be there. Gives back those that are not
    /// there now, with whether they can be made.
    fn folders(
        &self,
        folders: &[&'p str],
        survey: &mut Survey<'p>,
        foreign: &mut BTreeSet<String>,
    ) -> Result<HashMap<&'p str, bool>, Failure> {
        let mut absent = HashMap::new();
        for &folder in folders {
            let makeable = parent(folder).and_then(|around| absent.get(around).copied());
            let found = if makeable.is_some() {
                None
            } else {
                self.look(folder)?
            };
            let can_be_made = match found {
                Some(found) if found.is_dir() => {
                    if !disk::has_folder_mode(&found) {
                        survey.mend.push(folder);
                    }
                    continue;
                }
                Some(_) if survey.remove.contains(folder) => {
                    survey.remove_first.insert(folder);
                    true
                }
                Some(_) => {
                    foreign.insert(folder.to_owned());
                    false
                }
                None => makeable.unwrap_or(true),
            };
            if can_be_made {
                survey.create.push(folder);
            }
            absent.insert(folder, can_be_made);
        }
        Ok(absent)
    }

    /// Whether each staged file can go where it belongs.
    fn files(
        &self,
        files: &[(&'p str, &Entry)],
        absent: &HashMap<&str, bool>,
        survey: &mut Survey<'p>,
        foreign: &mut BTreeSet<String>,
    ) -> Result<(), Failure> {
        for &(path, entry) in files {
            // Behind a link or a file in the way, which is named already, or not there at all.
            let is_absent = parent(path).is_some_and(|folder| absent.contains_key(folder));
            if entry.staged.is_none() || is_absent {
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
                    foreign.insert(path.to_owned());
                }
            }
        }
        Ok(())
    }

    /// A folder where a file must be goes if nothing but stale files of ours is in it.
    fn folder_in_the_way(
        &self,
        path: &str,
        survey: &mut Survey<'p>,
        foreign: &mut BTreeSet<String>,
    ) -> Result<(), Failure> {
        let place = self.output.place(path);
        for entry in WalkDir::new(&place).follow_links(false) {
            let entry = entry.map_err(|error| self.failed(path, &io::Error::from(error)))?;
            let below = entry.path().strip_prefix(&place).unwrap_or(entry.path());
            let steps = below.iter().map(|step| step.to_string_lossy());
            let inside = steps.fold(path.to_owned(), |path, step| path + "/" + &step);
            if !OutputPath::is_sound(&inside) {
                // A name that none of our files could have.
                foreign.insert(path.to_owned());
                continue;
            }
            if entry.file_type().is_dir() {
                if !self.manifest.reaches_into(&inside) {
                    foreign.insert(inside);
                }
            } else if let Some(&stale) = survey.remove.get(inside.as_str()) {
                survey.remove_first.insert(stale);
            } else {
                foreign.insert(inside);
            }
        }
        Ok(())
    }

    /// True where the file's bytes are ones that we wrote, or were about to.
    fn is_as_written(&self, path: &str, size: u64) -> bool {
        let records = self.manifest.records(path);
        let mut records = records.filter(|record| record.size == size).peekable();
        // One that cannot be read cannot be told to be ours.
        records.peek().is_some()
            && disk::digest(&self.output.place(path))
                .is_ok_and(|digest| records.any(|record| record.digest == digest))
    }

    fn look(&self, path: &str) -> Result<Option<std::fs::Metadata>, Failure> {
        disk::look(&self.output.place(path)).map_err(|error| self.failed(path, &error))
    }

    fn failed(&self, path: &str, error: &io::Error) -> Failure {
        disk::failure("look at", &self.output.name(path), error).help(disk::UNTOUCHED)
    }
}

fn in_the_way(output: &Output, foreign: &BTreeSet<String>) -> Failure {
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
