//! Lists what lies in a folder and says what cannot be an input.

use std::collections::BTreeSet;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Failure};

/// Adds one file.
pub fn file(
    root: &Path,
    path: &str,
    files: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let metadata =
        std::fs::symlink_metadata(root.join(path)).map_err(|error| unreadable(path, &error))?;
    if metadata.is_symlink() {
        diagnostics.push(symlink(path));
    }
    files.insert(path.to_owned());
    Ok(())
}

/// Adds every file below a folder; a folder that is not there has none.
pub fn folder(
    root: &Path,
    folder: &str,
    files: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(), Failure> {
    let top = root.join(folder);
    match std::fs::symlink_metadata(&top) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(unreadable(folder, &error)),
        Ok(metadata) if metadata.is_symlink() => {
            diagnostics.push(symlink(folder));
            return Ok(());
        }
        Ok(_) => {}
    }
    let hidden =
        |entry: &DirEntry| entry.depth() > 0 && is_dropping(&entry.file_name().to_string_lossy());
    for entry in WalkDir::new(&top)
        .into_iter()
        .filter_entry(|entry| !hidden(entry))
    {
        let entry = entry.map_err(|error| {
            let path = error
                .path()
                .unwrap_or(&top)
                .strip_prefix(root)
                .unwrap_or(&top)
                .display()
                .to_string();
            unreadable(&path, &error)
        })?;
        let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Vec<_> = below
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let path = parts.join("/");
        if entry.file_type().is_symlink() {
            diagnostics.push(symlink(&path));
        } else if below.to_str().is_none() {
            diagnostics.push(
                Diagnostic::error("bad-file-name", "this file's name is not UTF-8 text")
                    .in_file(&path)
                    .help("Rename it: letters, digits, `-` and `_`."),
            );
        } else if entry.file_type().is_file() {
            files.insert(path);
        } else if !entry.file_type().is_dir() {
            diagnostics.push(
                Diagnostic::error("not-a-file", "this is neither a file nor a folder")
                    .in_file(&path)
                    .help("Move it out of the site's folders."),
            );
        }
    }
    Ok(())
}

/// What programs leave beside the files that people make: dotfiles, an editor's backups and locks
/// (`plan.toml~`, `~$plan.docx`, `#plan.toml#`), and what Windows keeps in folders.
fn is_dropping(name: &str) -> bool {
    let ending =
        |ending: &str| name.len() > ending.len() && name.to_ascii_lowercase().ends_with(ending);
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || [".bak", ".swp", ".tmp"].into_iter().any(ending)
        || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

fn symlink(path: &str) -> Diagnostic {
    Diagnostic::error("symlink", "this is a symbolic link, not a file")
        .in_file(path)
        .help("Put the file itself here: web servers such as GitHub Pages refuse links, and the folder must be whole when it is handed on.")
}

fn unreadable(path: &str, error: &dyn std::fmt::Display) -> Failure {
    Failure::new(format!("{path} cannot be read: {error}"))
        .help("Check that you may read the folder and everything in it.")
}
