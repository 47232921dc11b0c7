//! Beginnings: a starter site for `planpress init`, a starter plan for `planpress new`, a piece of
//! the theme for `planpress theme copy`; and the copy of a page for `planpress freeze`.
//!
//! In: a folder, or the name of a plan or a piece. Out: new files, most of which teach the format
//! in their own remarks. May not change or replace anything that is there; `planpress thaw` takes
//! away what `freeze` made.

mod freeze;
mod github;
mod name;
mod theme_copy;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;
use crate::plan::schema;
use crate::publish::write_new_file;
use crate::render;
pub use freeze::{Freezing, Frozen, Thawed, freeze, thaw};
use name::PlanName;
pub use theme_copy::theme_copy;

/// A plan that shows every key of the format: the lines that begin with `#` and no space are
/// keys to uncomment, those with a space are explanations. It builds without a warning.
pub const PLAN: &str = include_str!("plan.toml");

/// The settings of a starter site, written as [`PLAN`] is.
pub const SITE: &str = include_str!("site/planpress.toml");

/// The file that makes a folder a site.
const SITE_FILE: &str = "planpress.toml";

/// Where the starter site's plan lies.
const FIRST_PLAN: &str = "content/strategic-plan.toml";

/// The files of a starter site. The one that makes a folder a site comes last: a site that is
/// there is complete.
fn files() -> [(&'static str, Vec<u8>); 5] {
    [
        (".gitignore", include_bytes!("site/gitignore").to_vec()),
        ("README.md", include_bytes!("site/README.md").to_vec()),
        (schema::FILE, render::schema()),
        (FIRST_PLAN, with_schema(FIRST_PLAN, PLAN).into_bytes()),
        (SITE_FILE, SITE.as_bytes().to_vec()),
    ]
}

/// The plan with the line by which an editor finds the schema. Taplo looks for it from the folder
/// that the plan lies in.
fn with_schema(path: &str, plan: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    format!(
        "#:schema {up}{}\n\
         # The line above tells editors where the keys are explained. It is no example: leave it.\n\
         #\n\
         {plan}",
        schema::FILE
    )
}

/// What [`init`] did. The paths of files are relative to the folder, with `/`.
#[derive(Debug, PartialEq, Eq)]
pub enum Started {
    /// A new site of these files.
    Site(Vec<&'static str>),
    /// The site was there before.
    Added {
        /// What it lacked for GitHub Pages, and now has.
        files: Vec<&'static str>,
        /// What it had already, and was left as it is.
        present: Vec<&'static str>,
    },
}

/// Makes a starter site in a folder that is new or empty. All of it, or nothing.
///
/// With `github`, the files that publish it on GitHub Pages are among them; and where the folder
/// holds a site already, these are all that is added.
///
/// # Errors
///
/// The folder is not empty or no folder, or cannot be written.
pub fn init(folder: &Path, github: bool) -> Result<Started, Failure> {
    if github && folder.join(SITE_FILE).is_file() {
        return github::add(folder);
    }
    let shown = folder.display();
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let entry = entry.map_err(|error| unreadable(folder, &error))?;
                let entry = entry.file_name();
                // A new repository that was cloned to put a site into it is empty to a person.
                if entry == ".git" {
                    continue;
                }
                return Err(Failure::new(format!(
                    "the folder {shown} is not empty: it holds {}",
                    entry.display()
                ))
                .help("Name a folder that does not exist yet, as in `planpress init our-plans`.")
                .help("To add a plan to a site that is there, use `planpress new`.")
                .help("To fill a repository that has files, make the site elsewhere and move what is in its folder, names with a dot included, to the top of the repository."));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Failure::new(format!("{shown} is a file, not a folder"))
                .help("Name a folder that does not exist yet."));
        }
        Err(error) => return Err(unreadable(folder, &error)),
    }
    let mut all = Vec::new();
    if github {
        all.extend(github::files());
    }
    all.extend(files());
    Undo::all_or_nothing(folder, &all)?;
    Ok(Started::Site(
        all.iter().rev().map(|(path, _)| *path).collect(),
    ))
}

/// Writes a commented plan into the site's `content/`. `name` is the plan's file name, with or
/// without `.toml`, and may have folders before it.
///
/// Returns the paths of the new files, relative to `root`, with `/`: the plan first, and then the
/// schema of plans where the site had none.
///
/// # Errors
///
/// The name cannot be that of a plan (the failure proposes one that can), there is such a plan,
/// or the file cannot be written.
pub fn new_plan(root: &Path, name: &str) -> Result<Vec<String>, Failure> {
    let name = PlanName::parse(name)?;
    let content = root.join("content");
    name.refuse_other_case_of_existing(&content)?;
    let path = format!("content/{}.toml", name.as_str());
    if root.join(&path).symlink_metadata().is_ok() {
        return Err(Failure::new(format!("there is a plan {path} already"))
            .help("Nothing was changed. Choose another name for the new plan."));
    }
    let plan = with_schema(&path, &plan_called(&name.title()));
    let mut files = vec![(path.as_str(), plan.into_bytes())];
    if root.join(schema::FILE).symlink_metadata().is_err() {
        files.push((schema::FILE, render::schema()));
    }
    Undo::all_or_nothing(root, &files)?;
    Ok(files.iter().map(|(path, _)| (*path).to_owned()).collect())
}

/// The starter plan under a title of its own, so that a list of plans tells them apart.
fn plan_called(title: &str) -> String {
    PLAN.replacen(
        "title = \"Strategic Plan\"",
        &format!("title = \"{title}\""),
        1,
    )
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "the folder {} cannot be read: {error}",
        folder.display()
    ))
}

/// Takes back what was made if the rest of it cannot be.
struct Undo {
    files: Vec<PathBuf>,
    /// The folders that were not there before, innermost first.
    folders: Vec<PathBuf>,
}

impl Undo {
    /// Writes these files below the folder, and takes them all back if one cannot be written.
    fn all_or_nothing(folder: &Path, files: &[(&str, Vec<u8>)]) -> Result<(), Failure> {
        let mut undo = Self::before(folder, files.iter().map(|(path, _)| *path));
        for (path, bytes) in files {
            let path = folder.join(path);
            write_new_file(&path, bytes)?;
            undo.files.push(path);
        }
        undo.keep();
        Ok(())
    }

    fn before<'a>(folder: &Path, files: impl Iterator<Item = &'a str>) -> Self {
        let mut missing: Vec<_> = files
            .flat_map(|file| {
                let file = folder.join(file);
                let above = file.ancestors().skip(1).map(Path::to_owned);
                above.collect::<Vec<_>>()
            })
            .filter(|path| !path.as_os_str().is_empty() && path.symlink_metadata().is_err())
            .collect();
        missing.sort_unstable_by(|a, b| b.cmp(a));
        missing.dedup();
        Self {
            files: Vec::new(),
            folders: missing,
        }
    }

    fn keep(&mut self) {
        self.files.clear();
        self.folders.clear();
    }
}

impl Drop for Undo {
    fn drop(&mut self) {
        // The failure that led here is reported; one more about the remains would hide it. A
        // folder in which someone else has put something meanwhile is not empty, and stays.
        for file in &self.files {
            let _ = fs::remove_file(file);
        }
        for folder in &self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}
