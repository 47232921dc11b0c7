//! A site in a folder of its own, to build it there: a build writes the lock.

use std::fs;
use std::path::Path;

use planpress::source::{CONFIG, LOCK, input_folders};
use tempfile::TempDir;
use walkdir::WalkDir;

/// The copy of the inputs of the site in `root`, a path in the repository or a whole one. It goes
/// with what is returned.
pub fn copied(root: impl AsRef<Path>) -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(root);
    let copy = TempDir::new().expect("a folder for the copy");
    for input in input_folders().chain([CONFIG, LOCK]) {
        let entries = WalkDir::new(root.join(input)).into_iter().flatten();
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let below = entry.path().strip_prefix(&root).expect("it lies there");
            let to = copy.path().join(below);
            fs::create_dir_all(to.parent().expect("it has a folder")).expect("it can be made");
            fs::copy(entry.path(), to).expect("it can be copied");
        }
    }
    copy
}
