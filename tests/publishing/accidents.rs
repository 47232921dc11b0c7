//! Disks that are full, folders that cannot be written or that vanish: a clear failure, and the
//! old site whole.

use std::fs;

use planpress::publish::Publisher;

use crate::site::{Site, failure, path_of, tree};

#[test]
fn an_output_below_a_file_is_a_clear_failure() {
    let site = Site::new();
    fs::write(site.root().join("notes.txt"), "mine").unwrap();
    let before = tree(site.root());
    let below = site.root().join("notes.txt/public");
    let text = failure(Publisher::open(&below, &site.protected()));
    assert!(
        text.contains("notes.txt/public`: a part of its path is a file"),
        "{text}"
    );
    assert_eq!(tree(site.root()), before);
}

#[test]
fn an_output_folder_that_vanishes_is_a_clear_failure_and_the_old_site_whole() {
    let site = Site::new();
    site.publish(&[("index.html", "old"), ("a/index.html", "old")])
        .unwrap();
    let before = tree(&site.public());
    let publisher = site.open().unwrap();
    publisher.stage(&path_of("index.html"), b"new").unwrap();
    let moved = site.root().join("moved");
    fs::rename(site.public(), &moved).unwrap();
    let text = failure(publisher.stage(&path_of("a/index.html"), b"new"));
    assert!(
        text.contains("public/a/index.html`: it, or the folder it lies in, is no"),
        "{text}"
    );
    assert!(
        text.contains("Nothing that was published before has been changed"),
        "{text}"
    );
    failure(publisher.commit());
    assert!(!site.public().exists());
    fs::rename(&moved, site.public()).unwrap();
    drop(site.open().unwrap());
    assert_eq!(tree(&site.public()), before);
}

#[test]
fn a_staging_folder_that_vanishes_is_a_clear_failure_and_the_old_site_whole() {
    let site = Site::new();
    site.publish(&[("index.html", "old"), ("stale", "old")])
        .unwrap();
    let before = tree(&site.public());
    let publisher = site.open().unwrap();
    publisher.stage(&path_of("index.html"), b"new").unwrap();
    fs::remove_dir_all(site.public().join(".planpress-staging")).unwrap();
    failure(publisher.commit());
    assert_eq!(tree(&site.public()), before);
}

#[test]
fn a_failure_in_the_middle_of_publishing_leaves_whole_files_and_the_next_build_heals() {
    let site = Site::new();
    site.publish(&[("a", "old"), ("b", "old"), ("stale", "old")])
        .unwrap();
    let publisher = site.open().unwrap();
    for path in ["a", "b", "new/folder/c"] {
        publisher.stage(&path_of(path), b"new").unwrap();
    }
    fs::remove_file(site.public().join(".planpress-staging/1")).unwrap();
    let text = failure(publisher.commit());
    assert!(text.contains("public/b`"), "{text}");
    assert!(text.contains("Every published file is whole"), "{text}");
    let half = crate::site::files([("a", "new"), ("b", "old"), ("stale", "old")]);
    assert_eq!(site.published(), half);
    let published = site
        .publish(&[("a", "new"), ("b", "new"), ("new/folder/c", "new")])
        .unwrap();
    assert_eq!(
        (
            published.written.len(),
            published.unchanged,
            published.removed.len()
        ),
        (2, 1, 1)
    );
}

#[cfg(unix)]
mod limits {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::site::{as_child, child, publish_at};

    /// Files of more than 8 × 512 or 8 × 1024 bytes, as the shell counts, cannot be written.
    const SMALL_FILES_ONLY: &str = "trap '' XFSZ; ulimit -f 8";

    #[track_caller]
    fn run_again(name: &str, site: &Site, prelude: &str) {
        let program = std::env::current_exe().unwrap();
        // What it prints goes through a pipe: a file would be limited like any other.
        let ended = child(&program, name, site.root(), prelude)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ended.stdout);
        assert!(ended.status.success(), "{said}");
    }

    #[test]
    fn a_disk_that_takes_no_more_is_a_clear_failure_and_the_old_site_whole() {
        if let Some(root) = as_child() {
            let big = "x".repeat(1 << 20);
            let text = failure(publish_at(&root, &[("a", "new"), ("big.html", &big)]));
            assert!(
                text.contains("public/big.html`: the file is larger than"),
                "{text}"
            );
            assert!(
                text.contains("Nothing that was published before has been changed"),
                "{text}"
            );
            return;
        }
        let site = Site::new();
        site.publish(&[("a", "old"), ("big.html", "old"), ("stale", "old")])
            .unwrap();
        let before = tree(site.root());
        let name = "accidents::limits::a_disk_that_takes_no_more_is_a_clear_failure_and_the_old_site_whole";
        run_again(name, &site, SMALL_FILES_ONLY);
        assert_eq!(tree(site.root()), before);
    }

    #[test]
    fn a_disk_that_fills_up_with_the_last_list_leaves_the_old_site_whole() {
        if let Some(root) = as_child() {
            let paths: Vec<_> = (0..300).map(|n| format!("page-{n}/index.html")).collect();
            let pages: Vec<_> = paths.iter().map(|path| (path.as_str(), "new")).collect();
            let text = failure(publish_at(&root, &pages));
            assert!(
                text.contains("public/.planpress-manifest`: the file is larger"),
                "{text}"
            );
            assert!(
                text.contains("Nothing that was published before has been changed"),
                "{text}"
            );
            return;
        }
        let site = Site::new();
        site.publish(&[("page-1/index.html", "old"), ("stale", "old")])
            .unwrap();
        let before = tree(site.root());
        let name =
            "accidents::limits::a_disk_that_fills_up_with_the_last_list_leaves_the_old_site_whole";
        run_again(name, &site, SMALL_FILES_ONLY);
        assert_eq!(tree(site.root()), before);
    }

    #[test]
    fn a_new_file_that_does_not_fit_is_not_there_at_all() {
        if let Some(root) = as_child() {
            let path = root.join("new/plan.toml");
            failure(planpress::publish::write_new_file(&path, &[b'x'; 1 << 20]));
            return;
        }
        let site = Site::new();
        let before = tree(site.root());
        let name = "accidents::limits::a_new_file_that_does_not_fit_is_not_there_at_all";
        run_again(name, &site, SMALL_FILES_ONLY);
        assert_eq!(tree(site.root()), before);
    }

    /// A copy of this program that any user may run, wherever the build folder lies.
    fn program_for_everyone(folder: &Path) -> PathBuf {
        let program = folder.join("program");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        for path in [folder, &program] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        program
    }

    #[test]
    fn a_folder_that_can_only_be_read_is_a_clear_failure_and_the_old_site_whole() {
        if let Some(root) = as_child() {
            let text = failure(publish_at(&root, &[("index.html", "new")]));
            assert!(
                text.contains("public/.planpress-staging`: you do not have the"),
                "{text}"
            );
            let path = root.join("public/plan.toml");
            failure(planpress::publish::write_new_file(&path, b"new"));
            return;
        }
        let site = Site::new();
        site.publish(&[("index.html", "old"), ("stale", "old")])
            .unwrap();
        let before = tree(&site.public());
        fs::set_permissions(site.public(), fs::Permissions::from_mode(0o555)).unwrap();
        let program = program_for_everyone(site.root());
        let name = "accidents::limits::a_folder_that_can_only_be_read_is_a_clear_failure_and_the_old_site_whole";
        let mut command = child(&program, name, site.root(), "");
        // Permissions do not bind root, so root's tests try it as someone else.
        if is_root(site.root()) {
            command.uid(65534).gid(65534);
        }
        let ended = command.output().unwrap();
        let said = String::from_utf8_lossy(&ended.stdout);
        assert!(ended.status.success(), "{said}");
        fs::set_permissions(site.public(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(tree(&site.public()), before);
    }

    /// True where what this process makes belongs to root.
    fn is_root(made: &Path) -> bool {
        std::os::unix::fs::MetadataExt::uid(&fs::metadata(made).unwrap()) == 0
    }
}
