//! From finished pages to the published folder. The only room that writes.
//!
//! In: pages, one by one, from any number of threads. Out: a staged tree and, when the whole
//! build is sound, the published one. Nothing is published from a build with an error, and nothing
//! is deleted that this program did not write: `.planpress-manifest` in the output folder lists
//! what is ours. A kill at any moment leaves every published file whole, old or new, and the next
//! build mends the rest.
//!
//! ```text
//! output ─▶ open ─▶ stage, stage, stage … ─▶ commit   the new site is published
//!                                        └─▶ drop     all is as it was
//! ```

mod commit;
mod disk;
mod manifest;
mod new_file;
mod note;
mod output;
mod removal;
mod staging;
mod survey;
mod tree;
mod written;

use std::fs;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use self::manifest::{MANIFEST, Manifest};
use self::output::{Created, Output, RealFolders};
use self::staging::Staging;
use self::tree::{Entry, Tree};
use crate::diagnostic::Failure;
use crate::site::route::OutputPath;

pub use written::Written;

pub use new_file::{replace_file, write_new_file};
pub use note::{read_note, write_note};
pub use output::Protected;
pub use removal::remove_files;

/// What publishing a site came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have changed.
    pub written: Vec<OutputPath>,
    /// Files that were there already, byte for byte.
    pub unchanged: usize,
    /// Files of an earlier build that the site no longer has.
    pub removed: Vec<OutputPath>,
    /// Files of an earlier build that the site no longer has, but that someone changed since.
    /// They stay, and count as that person's from now on.
    pub kept: Vec<OutputPath>,
}

/// A build's way into the output folder. Dropped without [`commit`](Self::commit), it leaves
/// everything as it was.
#[derive(Debug)]
pub struct Publisher {
    output: Output,
    /// What is ours by the list on disk; `None` where there is no list yet.
    manifest: Option<Manifest>,
    real_folders: RealFolders,
    tree: Mutex<Tree>,
    // These two are dropped in this order: a folder goes when it is empty again.
    staging: Staging,
    created: Created,
}

impl Publisher {
    /// Opens the output folder, creating it where it is missing, and keeps other builds out of it.
    ///
    /// # Errors
    ///
    /// The folder is one that must not be published into (see [`Protected`]), or was never
    /// published into and is in other use; another build is at work there; its
    /// `.planpress-manifest` cannot be understood; the disk or a permission says no.
    pub fn open(output: &Path, protected: &Protected) -> Result<Self, Failure> {
        let output = Output::find(output, protected)?;
        let created = output.create()?;
        let staging = Staging::open(&output)?;
        let manifest = read_manifest(&output)?;
        Ok(Self {
            output,
            manifest,
            real_folders: RealFolders::default(),
            tree: Mutex::default(),
            staging,
            created,
        })
    }

    /// Takes over a finished file. One that is published already, with the same bytes and the
    /// right mode, is only noted. The same path again replaces what was staged before. Gives back
    /// what [`keep`](Self::keep) knows the file by in a later build.
    ///
    /// # Errors
    ///
    /// The path is reserved, or is a file here and a folder elsewhere in the same build; the file
    /// cannot be written.
    pub fn stage(&self, path: &OutputPath, bytes: &[u8]) -> Result<Written, Failure> {
        if manifest::is_reserved(path) {
            return Err(Failure::new(format!(
                "no page or file of the site can be called `{path}`"
            ))
            .help("The name is in use by planpress or Git: choose another one.")
            .help(disk::UNTOUCHED));
        }
        let digest = blake3::hash(bytes);
        let staged = if self.is_published(path, digest, bytes) {
            None
        } else {
            Some(self.staging.write(bytes).map_err(|error| {
                disk::failure("write", &self.output.name(path), &error).help(disk::UNTOUCHED)
            })?)
        };
        let entry = Entry {
            digest,
            size: bytes.len() as u64,
            staged,
        };
        let inserted = self
            .tree
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path, entry);
        let superfluous = inserted
            .as_ref()
            .map_or(staged, |old| old.and_then(|old| old.staged));
        if let Some(number) = superfluous {
            self.staging.discard(number);
        }
        inserted.map(drop).map_err(|clash| {
            Failure::new(format!(
                "`{clash}` is a file of the site and also a folder of it"
            ))
            .help("Give one of the two another name.")
            .help(disk::UNTOUCHED)
        })?;
        Ok(Written::new(digest, bytes.len() as u64))
    }

    /// Takes over a file that an earlier build wrote, without its bytes. False, and nothing is taken
    /// over, where the file is not there as it was written: then it must be made again.
    pub fn keep(&self, path: &OutputPath, written: &Written) -> bool {
        let Ok(bytes) = fs::read(self.output.place(path)) else {
            return false;
        };
        blake3::hash(&bytes) == written.digest()
            && self.is_published(path, written.digest(), &bytes)
            && self
                .tree
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(
                    path,
                    Entry {
                        digest: written.digest(),
                        size: written.size(),
                        staged: None,
                    },
                )
                .is_ok()
    }

    /// Every file that was taken over, sorted by path.
    pub fn outputs(&self) -> Vec<(OutputPath, Written)> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        let written = |entry: &Entry| Written::new(entry.digest, entry.size);
        tree.files()
            .map(|(path, entry)| (path.clone(), written(entry)))
            .collect()
    }

    /// Publishes what was staged, and removes what earlier builds published and this one has not.
    ///
    /// # Errors
    ///
    /// Something lies where a file must be written that is not ours (all such things are named,
    /// and nothing has changed), or the disk or a permission says no.
    pub fn commit(mut self) -> Result<Published, Failure> {
        let tree = self.tree.lock().unwrap_or_else(PoisonError::into_inner);
        let published = commit::commit(&self.output, &self.staging, self.manifest.as_ref(), &tree)?;
        drop(tree);
        self.created.keep();
        Ok(published)
    }

    /// True where the published file needs no writing. Anything in doubt does.
    fn is_published(&self, path: &OutputPath, digest: blake3::Hash, bytes: &[u8]) -> bool {
        let listed = |manifest: &Manifest| {
            manifest
                .records(path)
                .iter()
                .any(|record| record.digest == digest)
        };
        if !self.manifest.as_ref().is_some_and(listed)
            || !self.real_folders.lead_to(path, &self.output)
        {
            return false;
        }
        let place = self.output.place(path);
        let found = disk::look(&place).ok().flatten().filter(|found| {
            found.is_file() && found.len() == bytes.len() as u64 && disk::has_file_mode(found)
        });
        found.is_some() && fs::read(&place).is_ok_and(|published| published == bytes)
    }
}

fn read_manifest(output: &Output) -> Result<Option<Manifest>, Failure> {
    let place = output.folder().join(MANIFEST);
    let name = format!("{}/{MANIFEST}", output.shown().trim_end_matches('/'));
    let unreadable = |why: &str| {
        Failure::new(format!(
            "`{name}`, the list of what planpress published, {why}, so nothing is safe to replace"
        ))
        .help(
            "If you have a copy of the folder, from a backup or Git, put the list back as it was.",
        )
        .help("Otherwise move the whole folder to another place, then build again into a new one.")
        .help(disk::UNTOUCHED)
    };
    match disk::look(&place).map_err(|error| disk::failure("read", &name, &error))? {
        None => return Ok(None),
        Some(found) if !found.is_file() => return Err(unreadable("is not a file")),
        Some(_) => {}
    }
    let bytes = fs::read(&place).map_err(|error| disk::failure("read", &name, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("is not text"))?;
    Manifest::from_text(&text).map(Some).map_err(unreadable)
}
