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
mod paths;
mod removal;
mod staging;
mod survey;
mod tree;
mod written;

use std::fs::{self, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use blake3::Hash;
use serde::{Serialize, Serializer};

use self::disk::Digesting;
use self::manifest::{MANIFEST, Manifest};
use self::output::{Created, Output, RealFolders};
use self::paths::parent;
use self::staging::Staging;
use self::tree::{Entry, Staged, Tree, Way};
use crate::diagnostic::Failure;
use crate::site::route::OutputPath;

pub use written::Written;

pub use new_file::{Draft, replace_file, write_new_file};
pub use note::{read_note, write_note, write_note_with};
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

/// Every file of a published site: as a list of paths, each with what it is known by in a later build.
#[derive(Debug)]
pub struct Outputs(Tree);

impl Serialize for Outputs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let files = self.0.files();
        serializer.collect_seq(files.iter().map(|(path, entry)| (path, entry.written)))
    }
}

/// A build's way into the output folder. Dropped without [`commit`](Self::commit), it leaves
/// everything as it was.
#[derive(Debug)]
pub struct Publisher {
    output: Output,
    /// What is ours by the list on disk; `None` where there is no list yet.
    manifest: Option<Manifest>,
    /// What the system knows of that list.
    listed: Option<Metadata>,
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
        let (manifest, listed) = read_manifest(&output)?.unzip();
        Ok(Self {
            output,
            manifest,
            listed,
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
        let path = free(path)?;
        let digest = blake3::hash(bytes);
        let (staged, found) = match self.published(path, digest, bytes) {
            Some(found) => (None, found),
            None => {
                let written = self.write(path, bytes)?;
                let (staged, found) = written.map_err(|error| self.unwritten(path, &error))?;
                (Some(staged), found)
            }
        };
        let written = Written::new(digest, &found);
        self.take_over(path, Entry { written, staged })?;
        Ok(written)
    }

    /// The same for a file that `write` writes piece by piece, so that it is never held as a whole.
    ///
    /// # Errors
    ///
    /// As for [`stage`](Self::stage).
    pub fn stage_with(
        &self,
        path: &OutputPath,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Written, Failure> {
        let path = free(path)?;
        let mut digest = None;
        let written = self.staging.write_with(|file| {
            let mut out = BufWriter::with_capacity(disk::PIECE, Digesting::new(file));
            write(&mut out)?;
            digest = Some(disk::flushed(out)?.end().1);
            Ok(())
        });
        let (staged, found) = written.map_err(|error| self.unwritten(path, &error))?;
        let digest = digest.unwrap_or_else(|| blake3::hash(&[]));
        let published = self.listed(path, digest, found.len()).filter(|_| {
            disk::digest(&self.output.place(path)).is_ok_and(|published| published == digest)
        });
        let (staged, found) = match published {
            Some(published) => {
                self.staging.discard(staged, path);
                (None, published)
            }
            None => (Some(staged), found),
        };
        let written = Written::new(digest, &found);
        self.take_over(path, Entry { written, staged })?;
        Ok(written)
    }

    /// The bytes of a file that was taken over.
    ///
    /// # Errors
    ///
    /// It is none; it cannot be read.
    pub fn read_back(&self, path: &OutputPath) -> Result<Vec<u8>, Failure> {
        let path = path.as_str();
        let place = match self.tree().staged(path) {
            Some(staged) => self.staging.place(staged, path),
            None => self.output.place(path),
        };
        fs::read(place).map_err(|error| {
            disk::failure("read", &self.output.name(path), &error).help(disk::UNTOUCHED)
        })
    }

    fn unwritten(&self, path: &str, error: &io::Error) -> Failure {
        disk::failure("write", &self.output.name(path), error).help(disk::UNTOUCHED)
    }

    /// Takes over a file that an earlier build wrote, without its bytes. Gives back what the next
    /// build knows it by. `None`, and nothing is taken over, where the file is not there as it was
    /// written: then it must be made again.
    pub fn keep(&self, path: &OutputPath, written: &Written) -> Option<Written> {
        let path = path.as_str();
        let (digest, size) = (written.digest(), written.size());
        let found = self.listed(path, digest, size)?;
        let seen = if written.is_proved_by(&found, self.listed.as_ref()) {
            *written
        } else {
            // The stamp is older than the reading: whoever writes in between changes it.
            let there = disk::digest(&self.output.place(path)).ok()?;
            (there == digest).then(|| Written::new(digest, &found))?
        };
        let entry = Entry {
            written: seen,
            staged: None,
        };
        self.take_over(path, entry).ok()?;
        Some(seen)
    }

    /// Writes a file into the staging folder: into a folder of its own with those beside it, where
    /// nothing of ours was published there before. The disk's errors are told apart from ours.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<io::Result<(Staged, Metadata)>, Failure> {
        let mut tree = self.tree();
        let (_, is_first) = tree.add(path).map_err(|clash| both(&clash))?;
        let way = match tree.way(path) {
            Some(way) => match way {
                Some(way) => *way,
                None => {
                    let decided = match self.new_folder(path) {
                        Ok(decided) => decided,
                        Err(error) => return Ok(Err(error)),
                    };
                    *way.insert(decided)
                }
            },
            None => Way::Alone,
        };
        drop(tree);
        Ok(match way {
            Way::InFolder(folder) if is_first => self.staging.write_into(folder, path, bytes),
            _ => self.staging.write(bytes),
        })
    }

    /// How to stage the files beside `path`.
    fn new_folder(&self, path: &str) -> io::Result<Way> {
        let folder = parent(path).unwrap_or_default();
        let is_known = |list: &Manifest| list.reaches_into(folder);
        Ok(if self.manifest.as_ref().is_some_and(is_known) {
            Way::Alone
        } else {
            Way::InFolder(self.staging.make_folder()?)
        })
    }

    /// Notes a file, and forgets what was staged for it before.
    fn take_over(&self, path: &str, entry: Entry) -> Result<(), Failure> {
        let mut tree = self.tree();
        let (number, _) = tree.add(path).map_err(|clash| both(&clash))?;
        let before = tree.set(number, entry);
        drop(tree);
        if let Some(staged) = before.and_then(|before| before.staged) {
            self.staging.discard(staged, path);
        }
        Ok(())
    }

    fn tree(&self) -> MutexGuard<'_, Tree> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what was taken over by [`keep`](Self::keep) alone.
    pub fn begin_anew(&mut self) {
        self.tree = Mutex::default();
    }

    /// Publishes what was staged, and removes what earlier builds published and this one has not.
    ///
    /// # Errors
    ///
    /// Something lies where a file must be written that is not ours (all such things are named,
    /// and nothing has changed), or the disk or a permission says no.
    pub fn commit(self) -> Result<Published, Failure> {
        Ok(self.commit_all()?.0)
    }

    /// The same, with every file that was taken over.
    ///
    /// # Errors
    ///
    /// As for [`commit`](Self::commit).
    pub fn commit_all(self) -> Result<(Published, Outputs), Failure> {
        let Self {
            // Dropped behind what stands below, see above.
            mut created,
            staging,
            output,
            manifest,
            tree,
            ..
        } = self;
        let mut tree = tree.into_inner().unwrap_or_else(PoisonError::into_inner);
        let published = commit::commit(&output, &staging, manifest.as_ref(), &tree)?;
        created.keep();
        tree.note_moves(|path| disk::look(&output.place(path)).ok()?);
        Ok((published, Outputs(tree)))
    }

    /// What the system knows of the published file, where it needs no writing. Anything in doubt
    /// does.
    fn published(&self, path: &str, digest: Hash, bytes: &[u8]) -> Option<Metadata> {
        let found = self.listed(path, digest, bytes.len() as u64)?;
        let holds = disk::holds(&self.output.place(path), bytes);
        holds.is_ok_and(|holds| holds).then_some(found)
    }

    /// The same for a file that is ours by the list, with this digest, and looks as it should from
    /// outside.
    fn listed(&self, path: &str, digest: Hash, size: u64) -> Option<Metadata> {
        let mut records = self.manifest.as_ref()?.records(path);
        if !records.any(|record| record.digest == digest && record.size == size)
            || !self.real_folders.lead_to(path, &self.output)
        {
            return None;
        }
        let found = disk::look(&self.output.place(path)).ok()??;
        let as_it_should = found.is_file() && found.len() == size && disk::has_file_mode(&found);
        as_it_should.then_some(found)
    }
}

/// The path of a file that the site may have.
fn free(path: &OutputPath) -> Result<&str, Failure> {
    let path = path.as_str();
    if manifest::is_reserved(path) {
        return Err(Failure::new(format!(
            "no page or file of the site can be called `{path}`"
        ))
        .help("The name is in use by planpress or Git: choose another one.")
        .help(disk::UNTOUCHED));
    }
    Ok(path)
}

fn both(path: &str) -> Failure {
    Failure::new(format!(
        "`{path}` is a file of the site and also a folder of it"
    ))
    .help("Give one of the two another name.")
    .help(disk::UNTOUCHED)
}

/// The list of what is ours, and what the system knows of it.
fn read_manifest(output: &Output) -> Result<Option<(Manifest, Metadata)>, Failure> {
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
    let found = match disk::look(&place).map_err(|error| disk::failure("read", &name, &error))? {
        None => return Ok(None),
        Some(found) if !found.is_file() => return Err(unreadable("is not a file")),
        Some(found) => found,
    };
    let bytes = fs::read(&place).map_err(|error| disk::failure("read", &name, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("is not text"))?;
    let manifest = Manifest::from_text(&text).map_err(unreadable)?;
    Ok(Some((manifest, found)))
}
