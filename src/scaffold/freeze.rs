//! A page that stays as it is: `planpress freeze` copies it with all that it is shown with, and
//! `planpress thaw` takes the copy away.
//!
//! In: a plan's name as a person types it. Out: the folder of its frozen page, which every later
//! build publishes to the byte, or no such folder any more. Nothing else is touched, and a folder
//! is made whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Undo;
use crate::audit::{self, Reference};
use crate::build::live::{Live, Published};
use crate::build::{self, Options, Report};
use crate::diagnostic::{Failure, SourceText};
use crate::publish::{remove_files, write_new_file};
use crate::render;
use crate::site::files::sort_out;
use crate::site::frozen::{self, GIT_ATTRIBUTES, Listing};
use crate::site::route::{BaseUrl, OutputPath, Route};
use crate::source::{CONTENT, FROZEN, Input, Snapshot, Tracker};

/// What becomes of a plan that is to be frozen.
#[derive(Debug)]
pub enum Freezing {
    /// Its page is frozen.
    Done(Frozen),
    /// Nothing was written, since a build would publish nothing.
    Faulty(Report),
}

/// A page that was frozen.
#[derive(Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The plan's id.
    pub plan: String,
    /// The folder of the page, relative to the site's root, with `/`.
    pub folder: String,
    /// How many files of the site are kept there.
    pub files: usize,
    /// False where neither the plan nor another says that it is archived or superseded.
    pub past: bool,
}

/// A page that was thawed.
#[derive(Debug, PartialEq, Eq)]
pub struct Thawed {
    /// The plan's id.
    pub plan: String,
    /// The folder that its page was in.
    pub folder: String,
    /// True where the plan itself is there, so that builds make its page anew.
    pub has_plan: bool,
}

/// Freezes a plan's page as a build would publish it now.
///
/// # Errors
///
/// There is no such plan, it is not published or frozen already, or a file cannot be written. What
/// was written until then is taken back.
pub fn freeze(root: &Path, name: &str) -> Result<Freezing, Failure> {
    let snapshot = Snapshot::take(root)?.0;
    let (content, _) = sort_out(snapshot.below(CONTENT));
    let plan = build::plan_named(&content, name)?;
    let id = content.plans[plan].id().to_owned();
    let route = &content.plans[plan].route;
    if snapshot.contains(&frozen::list_of(route)) {
        return Err(
            Failure::new(format!("`{id}` is frozen already")).help(format!(
                "Nothing was changed. To freeze it as it is now, `planpress thaw {id}` first."
            )),
        );
    }
    let options = Options {
        root: root.to_owned(),
        ..Options::default()
    };
    let report = build::rehearse(&options)?;
    if report.failed(false) {
        return Ok(Freezing::Faulty(report));
    }
    let mut live = Live::open(options, &Tracker::open(root));
    let keepable = live.keepable(&id).filter(|keepable| keepable.published);
    let Some(keepable) = keepable else {
        return Err(Failure::new(format!(
            "`{id}` is not published, so there is nothing to keep"
        ))
        .help(format!(
            "Nothing was changed. Take `publish = false` out of {CONTENT}/{id}.toml first."
        )));
    };
    let copies = copies(&mut live, route)?;
    let text = text_of(snapshot.read(&content.plans[plan].path())?);
    let listing = Listing {
        plan: frozen::digest_of_plan(text.text()),
        files: copies
            .iter()
            .map(|(output, bytes)| (output.clone(), blake3::hash(bytes)))
            .collect(),
    };
    write(root, route, &listing, &copies)?;
    Ok(Freezing::Done(Frozen {
        plan: id,
        folder: frozen::folder_of(route),
        files: copies.len(),
        past: keepable.past,
    }))
}

/// Takes the frozen page of a plan away, so that builds make it anew.
///
/// # Errors
///
/// No such plan is frozen, something lies in the folder that was not put there by `freeze` (all of
/// it is named, and nothing was changed), or a file cannot be removed.
pub fn thaw(root: &Path, name: &str) -> Result<Thawed, Failure> {
    let id = id_of(name);
    let snapshot = Snapshot::take(root)?.0;
    let frozen: Vec<&str> = snapshot
        .below(FROZEN)
        .filter_map(frozen::plan_of_list)
        .collect();
    let route = Route::new(&id).filter(|_| frozen.contains(&id.as_str()));
    let Some(route) = route else {
        let failure = Failure::new(format!("`{id}` is not frozen"));
        return Err(failure.help(frozen::names(frozen.into_iter())));
    };
    let list = frozen::list_of(&route);
    let listing = Listing::read(&text_of(snapshot.read(&list)?), &route).map_err(|found| {
        let mut failure = Failure::new(format!(
            "{list} cannot be understood, so nothing is safe to remove"
        ));
        failure.help = found.help;
        failure
    })?;
    let folder = frozen::folder_of(&route);
    let places = listing.places(&route);
    let mut ours: BTreeSet<&str> = places.iter().map(String::as_str).collect();
    // A folder of another frozen page may lie in this one.
    let others: Vec<String> = frozen
        .iter()
        .filter(|other| other.starts_with(&format!("{id}/")))
        .map(|other| format!("{FROZEN}/{other}/"))
        .collect();
    ours.extend(
        snapshot
            .below(&folder)
            .filter(|path| others.iter().any(|other| path.starts_with(other))),
    );
    let strangers: Vec<&str> = snapshot
        .below(&folder)
        .filter(|path| !ours.contains(path))
        .collect();
    if !strangers.is_empty() {
        return Err(Failure::new(format!(
            "{folder}/ holds what is not part of the frozen page: {}",
            strangers.join(", ")
        ))
        .help("Nothing was changed. Move it to another place, then try again."));
    }
    let attributes = format!("{folder}/.gitattributes");
    let own_attributes = snapshot
        .read(&attributes)
        .is_ok_and(|input| text_of(input).text().trim_end() == GIT_ATTRIBUTES.trim_end());
    let files: Vec<String> = Some(attributes)
        .filter(|_| own_attributes)
        .into_iter()
        .chain(places)
        .collect();
    remove_files(root, &files)?;
    let has_plan = snapshot.contains(&format!("{CONTENT}/{id}.toml"));
    Ok(Thawed {
        plan: id,
        folder,
        has_plan,
    })
}

/// The id of the plan that a person means: its file with or without what stands around the name.
fn id_of(name: &str) -> String {
    let name = name.replace('\\', "/");
    let name = name.trim_start_matches("./").trim_matches('/');
    let name = name.strip_prefix("content/").unwrap_or(name);
    name.strip_suffix(".toml").unwrap_or(name).to_owned()
}

fn text_of(input: Input) -> SourceText {
    match input.text() {
        Ok(text) | Err((text, _)) => text,
    }
}

/// The page and everything of the site that it is shown with, by place in the output.
fn copies(live: &mut Live, route: &Route) -> Result<BTreeMap<OutputPath, Vec<u8>>, Failure> {
    let page = route.file();
    let mut copies = BTreeMap::new();
    let Some(Published::Page(shown)) = live.file(page.as_str()) else {
        return Err(gone(&page));
    };
    let bytes = shown.bytes.as_ref().ok_or_else(|| gone(&page))?.to_vec();
    let rendered = render::Page {
        path: page.clone(),
        bytes,
    };
    let mut wanted: Vec<String> = files_of(audit::references(&rendered, live.base_url()));
    copies.insert(page, rendered.bytes);
    // What machines read of the plan lies beside its page, and is kept with it.
    let beside = ["plan.json", "plan.csv"].map(|name| format!("{}/{name}", route.as_str()));
    wanted.extend(beside.iter().cloned());
    while let Some(file) = wanted.pop() {
        let is_kept = live.is_file_of_its_own(&file) || beside.contains(&file);
        let Some(bytes) = Some(&file)
            .filter(|_| is_kept)
            .and_then(|file| bytes_of(live, file))
        else {
            continue;
        };
        let named = named_by(&file, &bytes, live.base_url());
        if let Some(output) = OutputPath::new(file)
            && copies.insert(output, bytes).is_none()
        {
            wanted.extend(named);
        }
    }
    match live.first_error() {
        Some(error) => Err(Failure::new(error.message)),
        None => Ok(copies),
    }
}

fn files_of(references: Vec<Reference>) -> Vec<String> {
    references
        .into_iter()
        .map(|reference| reference.file)
        .collect()
}

fn bytes_of(live: &mut Live, file: &str) -> Option<Vec<u8>> {
    match live.file(file)? {
        Published::File(bytes) => Some(bytes.to_vec()),
        Published::Page(_) => None,
    }
}

/// What a file names, where it is a stylesheet.
fn named_by(file: &str, bytes: &[u8], base: &BaseUrl) -> Vec<String> {
    if !file.ends_with(".css") {
        return Vec::new();
    }
    let css = String::from_utf8_lossy(bytes);
    files_of(audit::references_in_stylesheet(file, &css, base))
}

fn gone(page: &OutputPath) -> Failure {
    Failure::new(format!("{page} cannot be made"))
        .help("Did its plan change while this ran? Try again.")
}

/// Writes the folder; the list comes last, since a folder with a list is whole.
fn write(
    root: &Path,
    route: &Route,
    listing: &Listing,
    copies: &BTreeMap<OutputPath, Vec<u8>>,
) -> Result<(), Failure> {
    let list = listing.to_text();
    let attributes = format!("{}/.gitattributes", frozen::folder_of(route));
    let list_of = frozen::list_of(route);
    let mut files: Vec<(PathBuf, &[u8])> = copies
        .iter()
        .map(|(output, bytes)| (root.join(frozen::place(route, output)), bytes.as_slice()))
        .collect();
    // One that a person has put there already says what they want.
    if root.join(&attributes).symlink_metadata().is_err() {
        files.push((root.join(attributes), GIT_ATTRIBUTES.as_bytes()));
    }
    files.push((root.join(list_of), list.as_bytes()));
    let missing: BTreeSet<PathBuf> = files
        .iter()
        .flat_map(|(path, _)| path.ancestors().skip(1))
        .filter(|folder| !folder.as_os_str().is_empty() && folder.symlink_metadata().is_err())
        .map(Path::to_owned)
        .collect();
    let mut undo = Undo {
        files: Vec::new(),
        folders: missing.into_iter().rev().collect(),
    };
    for (path, bytes) in files {
        write_new_file(&path, bytes)?;
        undo.files.push(path);
    }
    undo.keep();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_meant_however_its_file_is_named() {
        for name in [
            "old",
            "old.toml",
            "content/old.toml",
            "./content/old",
            "old/",
            "content\\old.toml",
        ] {
            assert_eq!(id_of(name), "old", "{name}");
        }
        assert_eq!(id_of("content/sub/old.toml"), "sub/old");
    }
}
