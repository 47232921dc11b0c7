//! What `cargo install` and `cargo publish` take along: every file that the program is made of.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The paths of the package's files, with `/`.
fn packaged() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--allow-dirty", "--offline"])
        .current_dir(ROOT)
        .output()
        .expect("cargo is there, for it runs this test");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let list = String::from_utf8(output.stdout).expect("paths in Unicode");
    list.lines().map(|line| line.replace('\\', "/")).collect()
}

/// Every file that a source takes in with `include_str!`, from the repository's root.
fn included(source: &Path) -> Vec<String> {
    let text = fs::read_to_string(source).expect("a source can be read");
    let folder = source.parent().expect("a file lies in a folder");
    text.split("include_str!(\"")
        .skip(1)
        .map(|rest| {
            let name = rest.split('"').next().unwrap_or_default();
            let mut path = PathBuf::new();
            for step in folder.join(name).components() {
                match step {
                    Component::ParentDir => {
                        path.pop();
                    }
                    step => path.push(step),
                }
            }
            from_root(&path)
        })
        .collect()
}

fn from_root(path: &Path) -> String {
    let path = path.strip_prefix(ROOT).expect("inside the repository");
    path.to_str().expect("Unicode").replace('\\', "/")
}

fn files_below(folder: &str) -> Vec<PathBuf> {
    walkdir::WalkDir::new(Path::new(ROOT).join(folder))
        .into_iter()
        .map(|entry| entry.expect("the sources can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect()
}

#[test]
fn the_package_holds_every_file_that_the_program_is_made_of() {
    let packaged = packaged();
    let sources = files_below("src");
    let read = sources
        .iter()
        .filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let mut needed: BTreeSet<_> = read.flat_map(|source| included(source)).collect();
    assert!(needed.len() >= 10, "{needed:?}");
    // The built-in themes are taken in by a macro, as they lie there.
    needed.extend(sources.iter().map(|path| from_root(path)));
    needed.extend(files_below("themes").iter().map(|path| from_root(path)));
    let missing: Vec<_> = needed.difference(&packaged).collect();
    assert!(missing.is_empty(), "not in the package: {missing:?}");
}

#[test]
fn the_package_holds_its_licenses_and_nothing_of_the_demonstration_site() {
    let packaged = packaged();
    for file in ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        assert!(packaged.contains(file), "{file}");
    }
    let folders = ["content/", "public/", "tests/", ".github/"];
    let foreign = |path: &&String| folders.iter().any(|folder| path.starts_with(folder));
    let foreign: Vec<_> = packaged.iter().filter(foreign).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}
