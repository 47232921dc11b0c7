//! The output folder: which ones are refused, and where a page lies in one. In: the folder a
//! person named. Out: one that is safe to publish into. Paths are compared as the disk knows
//! them, so that a symbolic link or a `..` hides nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::disk;
use super::manifest::MANIFEST;
use super::paths::{Paths, parent};
use super::staging::STAGING;
use crate::diagnostic::Failure;

/// What may lie in a folder that has not been published into before.
const WELCOME: [&str; 5] = [".git", ".gitignore", ".nojekyll", "CNAME", "README.md"];

/// The folders that a site must never be published over.
#[derive(Clone, Debug)]
pub struct Protected {
    /// The folder with `planpress.toml`.
    pub root: PathBuf,
    /// The folders that pages are made from; they need not exist.
    pub inputs: Vec<PathBuf>,
    /// The person's home folder, where it is known.
    pub home: Option<PathBuf>,
}

impl Protected {
    /// Protects the site's root, its input folders and the person's home.
    pub fn new(root: impl Into<PathBuf>, inputs: Vec<PathBuf>) -> Self {
        Self {
            root: root.into(),
            inputs,
            home: std::env::home_dir(),
        }
    }

    /// Why `folder`, a resolved path, cannot be the output: words to follow "it is".
    fn objection(&self, folder: &Path) -> Result<Option<String>, Failure> {
        if folder.parent().is_none() {
            return Ok(Some("the top of the whole disk".to_owned()));
        }
        // A home that cannot be found cannot be overwritten either.
        if self
            .home
            .as_ref()
            .is_some_and(|home| resolve(home).is_ok_and(|home| home == folder))
        {
            return Ok(Some("your home folder".to_owned()));
        }
        let resolved = |path: &Path| {
            resolve(path).map_err(|e| disk::failure("find", &path.display().to_string(), &e))
        };
        let root = resolved(&self.root)?;
        if root == folder {
            return Ok(Some("the site's own folder, with its plans".to_owned()));
        }
        if root.starts_with(folder) {
            return Ok(Some("a folder around the site's own folder".to_owned()));
        }
        for input in &self.inputs {
            let name = input.strip_prefix(&self.root).unwrap_or(input).display();
            let input = resolved(input)?;
            let relation = if input == folder {
                "the folder"
            } else if input.starts_with(folder) {
                "a folder around"
            } else if folder.starts_with(&input) {
                "a folder inside"
            } else {
                continue;
            };
            return Ok(Some(format!(
                "{relation} `{name}`, which the site is made from"
            )));
        }
        Ok(None)
    }
}

/// A folder to publish into.
#[derive(Debug)]
pub(super) struct Output {
    /// Absolute, without symbolic links.
    folder: PathBuf,
    /// As the person named it.
    shown: String,
}

impl Output {
    /// Finds the folder and refuses one that it would be dangerous to publish into. Creates
    /// nothing.
    pub fn find(named: &Path, protected: &Protected) -> Result<Self, Failure> {
        let shown = named.display().to_string();
        let folder = resolve(named).map_err(|error| disk::failure("find", &shown, &error))?;
        let refusal = |why: &str, advice: &str| {
            Failure::new(format!(
                "the site cannot be published into `{shown}`: {why}"
            ))
            .help(advice)
        };
        if let Some(what) = protected.objection(&folder)? {
            return Err(refusal(
                &format!("it is {what}"),
                "Choose a folder that holds nothing else, such as `public`.",
            ));
        }
        let found = disk::look(&folder).map_err(|e| disk::failure("look into", &shown, &e))?;
        let output = Self {
            folder,
            shown: shown.clone(),
        };
        match found {
            None => Ok(output),
            Some(found) if !found.is_dir() => Err(refusal(
                "it is not a folder",
                "Choose a folder, or a name that does not exist yet, such as `public`.",
            )),
            Some(_) => {
                let strangers = output
                    .strangers()
                    .map_err(|error| disk::failure("look into", &shown, &error))?;
                if strangers.is_empty() {
                    return Ok(output);
                }
                let many = strangers.len().saturating_sub(3);
                let more = if many == 0 {
                    String::new()
                } else {
                    format!(" and {many} more")
                };
                let names = if many == 0 {
                    disk::list(&strangers)
                } else {
                    let first: Vec<_> =
                        strangers.iter().take(3).map(|n| format!("`{n}`")).collect();
                    first.join(", ")
                };
                Err(refusal(
                    &format!("planpress never published there, yet it holds {names}{more}"),
                    "Choose an empty folder or a new name, such as `public`, or move what is \
                     there to another place first.",
                ))
            }
        }
    }

    /// What speaks against a folder that was never published into.
    fn strangers(&self) -> io::Result<BTreeSet<String>> {
        let mut strangers = BTreeSet::new();
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name != STAGING && !WELCOME.contains(&name.as_str()) {
                strangers.insert(name);
            }
        }
        // Asked last: a first build at work in this moment writes its list before its pages, so
        // whoever saw a page finds the list.
        if disk::look(&self.folder.join(MANIFEST))?.is_some() {
            strangers.clear();
        }
        Ok(strangers)
    }

    /// Creates the folder and those above it that are missing, and says which.
    pub fn create(&self) -> Result<Created, Failure> {
        let mut missing = Vec::new();
        for folder in self.folder.ancestors() {
            match disk::look(folder) {
                Ok(None) => missing.push(folder),
                _ => break,
            }
        }
        let mut created = Created::default();
        for folder in missing.into_iter().rev() {
            match disk::create_folder(folder) {
                Ok(()) => created.push(folder.to_owned()),
                // Another build was faster; it is told apart by the lock.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(disk::failure("create", &self.shown, &error)),
            }
        }
        Ok(created)
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder as the person named it.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Where `path` lies on disk.
    pub fn place(&self, path: &str) -> PathBuf {
        let length = self.folder.as_os_str().len() + 1 + path.len();
        let mut place = PathBuf::with_capacity(length);
        place.push(&self.folder);
        if cfg!(windows) {
            // Which takes no `/` in a canonical path.
            place.extend(path.split('/'));
        } else {
            place.push(path);
        }
        place
    }

    /// `path` as the person knows it, for a message.
    pub fn name(&self, path: &str) -> String {
        format!("{}/{path}", self.shown.trim_end_matches('/'))
    }
}

/// Which folders of the output are really folders all the way, and no symbolic links. Remembers
/// what it saw, for any number of threads.
#[derive(Debug, Default)]
pub(super) struct RealFolders(Mutex<Seen>);

#[derive(Debug, Default)]
struct Seen {
    folders: Paths,
    /// By the number of the folder.
    real: Vec<bool>,
}

impl RealFolders {
    /// True where the folder of `path` can be entered without following a symbolic link.
    pub fn lead_to(&self, path: &str, output: &Output) -> bool {
        let Some(folder) = parent(path) else {
            return true;
        };
        let seen = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = {
            let seen = seen();
            let number = seen.folders.number(folder);
            number.map(|number| seen.real[number as usize])
        };
        if let Some(real) = known {
            return real;
        }
        let real = self.lead_to(folder, output)
            && disk::look(&output.place(folder))
                .is_ok_and(|found| found.is_some_and(|found| found.is_dir()));
        let mut seen = seen();
        // Another thread may have looked meanwhile.
        if seen.folders.add(folder) as usize == seen.real.len() {
            seen.real.push(real);
        }
        real
    }
}

/// Folders that were made on the way. Those that are still empty go again when this is dropped,
/// unless they are kept.
#[derive(Debug, Default)]
pub(super) struct Created(Vec<PathBuf>);

impl Created {
    /// Remembers a folder, after those around it.
    pub fn push(&mut self, folder: PathBuf) {
        self.0.push(folder);
    }

    /// Leaves the folders where they are.
    pub fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Created {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // One that is not empty stays: something of worth is in it.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// The path as the disk knows it, also where its last steps do not exist yet. A symbolic link to
/// nowhere is an error, for writing through it would create what it names.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    use std::path::Component;
    let mut resolved = PathBuf::new();
    for step in std::path::absolute(path)?.components() {
        match step {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            step => {
                resolved.push(step);
                if disk::look(&resolved)?.is_some() {
                    resolved = fs::canonicalize(&resolved)?;
                }
            }
        }
    }
    Ok(resolved)
}
