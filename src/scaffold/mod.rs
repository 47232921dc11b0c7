//! Beginnings: a starter site for `planpress init`, a starter plan for `planpress new`, a piece of
//! the theme for `planpress theme copy`.
//!
//! In: a folder, or the name of a plan or a piece. Out: new files that teach the format in their own remarks. May
//! not change or replace anything that is there.

mod name;
mod theme_copy;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::diagnostic::Failure;
use crate::plan::schema;
use crate::publish::write_new_file;
use crate::render;
use name::PlanName;
pub use theme_copy::theme_copy;

/// A plan that shows every key of the format: the lines that begin with `#` and no space are
/// keys to uncomment, those with a space are explanations. It builds without a warning.
pub const PLAN: &str = include_str!("plan.toml");

/// The settings of a starter site, written as [`PLAN`] is.
pub const SITE: &str = include_str!("site/planpress.toml");

/// Where the starter site's plan lies.
const FIRST_PLAN: &str = "content/strategic-plan.toml";

/// The file that makes a folder a site comes last: a site that is there is complete.
fn files() -> [(&'static str, Vec<u8>); 5] {
    [
        (".gitignore", include_bytes!("site/gitignore").to_vec()),
        ("README.md", include_bytes!("site/README.md").to_vec()),
        (schema::FILE, render::schema()),
        (FIRST_PLAN, with_schema(FIRST_PLAN, PLAN).into_bytes()),
        ("planpress.toml", SITE.as_bytes().to_vec()),
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

/// Makes a starter site in a folder that is new or empty. All of it, or nothing.
///
/// Returns the paths of its files, relative to the folder, with `/`.
///
/// # Errors
///
/// The folder is not empty or no folder, or cannot be written.
pub fn init(folder: &Path) -> Result<Vec<&'static str>, Failure> {
    let shown = folder.display();
    match fs::read_dir(folder) {
        Ok(mut entries) => {
            if let Some(entry) = entries.next() {
                let entry = entry.map_err(|error| unreadable(folder, &error))?;
                let entry = entry.file_name();
                return Err(Failure::new(format!(
                    "the folder {shown} is not empty: it holds {}",
                    entry.display()
                ))
                .help("Name a folder that does not exist yet, as in `planpress init our-plans`.")
                .help("To add a plan to a site that is there, use `planpress new`."));
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            return Err(Failure::new(format!("{shown} is a file, not a folder"))
                .help("Name a folder that does not exist yet."));
        }
        Err(error) => return Err(unreadable(folder, &error)),
    }
    let mut undo = Undo::before(folder);
    let files = files();
    for (path, bytes) in &files {
        let path = folder.join(path);
        write_new_file(&path, bytes)?;
        undo.files.push(path);
    }
    undo.keep();
    Ok(files.iter().rev().map(|(path, _)| *path).collect())
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
    let mut undo = Undo::before(root);
    let mut files = Vec::new();
    let mut write = |path: String, bytes: &[u8]| {
        let place = root.join(&path);
        write_new_file(&place, bytes)?;
        undo.files.push(place);
        files.push(path);
        Ok(())
    };
    let plan = with_schema(&path, &plan_called(&name.title()));
    write(path, plan.as_bytes())?;
    if root.join(schema::FILE).symlink_metadata().is_err() {
        write(schema::FILE.to_owned(), &render::schema())?;
    }
    undo.keep();
    Ok(files)
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
    fn before(folder: &Path) -> Self {
        let content = folder.join("content");
        let missing = content
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && path.symlink_metadata().is_err());
        Self {
            files: Vec::new(),
            folders: missing.map(Path::to_owned).collect(),
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
