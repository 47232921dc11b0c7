//! One new file among a person's own.

use std::fs;

use planpress::publish::write_new_file;

use crate::site::{failure, files, tree};

#[test]
fn a_new_file_is_written_with_the_folders_around_it() {
    let folder = tempfile::tempdir().unwrap();
    write_new_file(&folder.path().join("a/b/plan.toml"), b"title = 'x'").unwrap();
    write_new_file(&folder.path().join("a/planpress.toml"), b"").unwrap();
    let expected = files([("a/b/plan.toml", "title = 'x'"), ("a/planpress.toml", "")]);
    assert_eq!(tree(folder.path()), expected);
}

#[test]
fn a_file_that_exists_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.toml"), "mine").unwrap();
    let text = failure(write_new_file(&folder.path().join("plan.toml"), b"new"));
    assert!(text.contains("plan.toml` exists already"), "{text}");
    assert_eq!(tree(folder.path()), files([("plan.toml", "mine")]));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_nowhere_counts_as_existing() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("plan.toml")).unwrap();
    failure(write_new_file(&folder.path().join("plan.toml"), b"new"));
    assert_eq!(tree(folder.path()), files([("plan.toml", "-> nowhere")]));
}

#[test]
fn a_file_below_a_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("content"), "mine").unwrap();
    let text = failure(write_new_file(
        &folder.path().join("content/plan.toml"),
        b"new",
    ));
    assert!(
        text.contains("content/plan.toml`: a part of its path is a file"),
        "{text}"
    );
    assert_eq!(tree(folder.path()), files([("content", "mine")]));
}

#[test]
fn of_many_at_once_exactly_one_writes_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.toml");
    let written = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| write_new_file(&path, b"whole").is_ok()))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .filter(|written| *written)
            .count()
    });
    assert_eq!(written, 1);
    assert_eq!(tree(folder.path()), files([("plan.toml", "whole")]));
}
