//! A published folder as GitHub Pages takes it: what its upload refuses is not in there. The rules
//! are those of actions/upload-pages-artifact ("Artifact validation", "File permissions") and of
//! actions/upload-artifact (names that another system's disk cannot hold).

#[path = "sites_runner/copy.rs"]
mod copy;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copy::copied;
use planpress::build::{self, Options};
use planpress::scaffold;
use tempfile::TempDir;

const BASE_URL: &str = "https://association.github.io/our-plans";

/// What is wrong with a folder, in words.
fn faults(folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    let mut names = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder)
        .min_depth(1)
        .sort_by_file_name()
    {
        let entry = entry.expect("a published folder can be read");
        let path = entry.path().strip_prefix(folder).expect("it lies inside");
        let Some(path) = path.to_str() else {
            faults.push(format!("{} is not Unicode", path.display()));
            continue;
        };
        let kind = entry.file_type();
        if !kind.is_file() && !kind.is_dir() {
            faults.push(format!("{path} is a link, or something else"));
            continue;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, PermissionsExt};
            let metadata = entry.metadata().expect("it has a mode");
            let mode = metadata.permissions().mode() & 0o7777;
            let expected = if kind.is_dir() { 0o755 } else { 0o644 };
            if mode != expected {
                faults.push(format!("{path} has the mode {mode:o}"));
            }
            if kind.is_file() && metadata.nlink() != 1 {
                faults.push(format!("{path} is one file with another"));
            }
        }
        if let Some(sign) = path.chars().find(|sign| "\":<>|*?\\\r\n".contains(*sign)) {
            faults.push(format!("{path} has {sign:?} in its name"));
        }
        if let Some(other) = names.insert(path.to_lowercase(), path.to_owned()) {
            faults.push(format!("{path} and {other} differ only in case"));
        }
    }
    faults
}

/// The site's pages, made as on GitHub.
fn published(root: &Path, into: &Path) {
    let options = Options {
        root: root.to_owned(),
        base_url: Some(BASE_URL.to_owned()),
        ..Options::default()
    };
    let report = build::publish(&options, Some(into)).expect("the site can be built");
    assert!(!report.failed(false), "{:?}", report.diagnostics);
}

/// The demonstration site and the starter site, each published in a folder of this one.
fn sites() -> (TempDir, [&'static str; 2]) {
    let folder = TempDir::new().expect("a folder for the test");
    let starter = folder.path().join("starter");
    scaffold::init(&starter, true).expect("a starter site");
    // Not the repository itself: a build may write beside the plans.
    let copy = copied(".");
    published(&starter, &folder.path().join("starter out"));
    published(copy.path(), &folder.path().join("demonstration out"));
    (folder, ["starter out", "demonstration out"])
}

#[test]
fn github_pages_takes_every_file_that_is_published() {
    let (folder, sites) = sites();
    for site in sites {
        assert_eq!(faults(&folder.path().join(site)), [""; 0], "{site}");
    }
}

#[test]
fn there_is_a_page_to_begin_with_and_one_for_what_is_missing() {
    let (folder, sites) = sites();
    for site in sites {
        for page in ["index.html", "404.html"] {
            let path = folder.path().join(site).join(page);
            assert!(path.is_file(), "{site} has no {page}");
        }
    }
}

#[cfg(unix)]
#[test]
fn what_github_pages_refuses_is_found() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = TempDir::new().expect("a folder for the test");
    let path = |name: &str| folder.path().join(name);
    for name in ["a.html", "A.html", "b?.html", "secret.html", "target"] {
        fs::write(path(name), "").unwrap();
        fs::set_permissions(path(name), fs::Permissions::from_mode(0o644)).unwrap();
    }
    fs::set_permissions(path("secret.html"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("a.html", path("link.html")).unwrap();
    fs::hard_link(path("target"), path("twin")).unwrap();
    assert_eq!(
        faults(folder.path()),
        [
            "a.html and A.html differ only in case",
            "b?.html has '?' in its name",
            "link.html is a link, or something else",
            "secret.html has the mode 600",
            "target is one file with another",
            "twin is one file with another",
        ]
    );
}
