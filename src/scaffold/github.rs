//! What GitHub Pages needs beside a site: the workflow that publishes it.
//!
//! In: a site's folder. Out: the files that it lacks. A file that is there is left as it is, for
//! it may be someone's own.

use std::path::Path;

use super::{Started, Undo};
use crate::diagnostic::Failure;

const WORKFLOW: &str = ".github/workflows/publish.yml";

/// The files and what stands in them.
pub(super) fn files() -> [(&'static str, Vec<u8>); 2] {
    [
        (WORKFLOW, workflow().into_bytes()),
        (".nojekyll", include_bytes!("github/nojekyll").to_vec()),
    ]
}

/// The workflow uses the version that wrote it: another one may make other pages, and nobody
/// would have looked at them.
fn workflow() -> String {
    include_str!("github/publish.yml").replace("{version}", env!("CARGO_PKG_VERSION"))
}

/// Adds what is missing to a site that is there. All of it, or nothing.
pub(super) fn add(folder: &Path) -> Result<Started, Failure> {
    let (present, missing): (Vec<_>, Vec<_>) = files()
        .into_iter()
        .partition(|(path, _)| folder.join(path).symlink_metadata().is_ok());
    Undo::all_or_nothing(folder, &missing)?;
    Ok(Started::Added {
        files: missing.into_iter().map(|(path, _)| path).collect(),
        present: present.into_iter().map(|(path, _)| path).collect(),
    })
}
