//! The output folder itself: made, left and given its modes.

use std::fs;

use crate::site::{Site, path_of};

#[test]
fn a_missing_output_folder_is_created_with_those_around_it() {
    let site = Site::new();
    let output = site.root().join("a/b/public");
    let publisher = planpress::publish::Publisher::open(&output, &site.protected()).unwrap();
    publisher.stage(&path_of("index.html"), b"home").unwrap();
    publisher.commit().unwrap();
    assert_eq!(
        fs::read_to_string(output.join("index.html")).unwrap(),
        "home"
    );
}

#[test]
fn a_build_given_up_removes_the_folders_that_it_created() {
    let site = Site::new();
    let output = site.root().join("a/b/public");
    let publisher = planpress::publish::Publisher::open(&output, &site.protected()).unwrap();
    publisher.stage(&path_of("index.html"), b"home").unwrap();
    assert!(output.exists());
    drop(publisher);
    assert!(!site.root().join("a").exists());
}

#[test]
fn a_build_given_up_changes_no_published_byte_and_cleans_its_staging() {
    let site = Site::new();
    site.publish(&[("index.html", "old"), ("gone/index.html", "old")])
        .unwrap();
    let before = crate::site::tree(&site.public());
    let publisher = site.open().unwrap();
    publisher.stage(&path_of("index.html"), b"new").unwrap();
    publisher
        .stage(&path_of("more/index.html"), b"new")
        .unwrap();
    assert!(site.has_staging());
    drop(publisher);
    assert_eq!(crate::site::tree(&site.public()), before);
}

#[test]
fn nothing_is_seen_before_the_commit() {
    let site = Site::new();
    site.publish(&[("index.html", "old")]).unwrap();
    let publisher = site.open().unwrap();
    publisher.stage(&path_of("index.html"), b"new").unwrap();
    assert_eq!(site.published()["index.html"], "old");
    publisher.commit().unwrap();
    assert_eq!(site.published()["index.html"], "new");
}

#[cfg(unix)]
mod modes {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::site::{as_child, child, mode, publish_at};

    fn chmod(path: &std::path::Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn modes_are_0644_and_0755_under_any_umask() {
        if let Some(root) = as_child() {
            publish_at(&root, &[("index.html", "home"), ("a/b/index.html", "page")]).unwrap();
            return;
        }
        for umask in ["0000", "0077", "0777"] {
            let site = Site::new();
            let name = "folders::modes::modes_are_0644_and_0755_under_any_umask";
            let program = std::env::current_exe().unwrap();
            let umask = format!("umask {umask}");
            assert!(
                child(&program, name, site.root(), &umask)
                    .status()
                    .unwrap()
                    .success()
            );
            let public = site.public();
            for file in ["index.html", "a/b/index.html", ".planpress-manifest"] {
                assert_eq!(mode(&public.join(file)), 0o644, "{file}, {umask}");
            }
            for folder in ["", "a", "a/b"] {
                assert_eq!(mode(&public.join(folder)), 0o755, "{folder}, {umask}");
            }
        }
    }

    #[test]
    fn a_wrong_mode_of_an_own_file_is_mended() {
        let site = Site::new();
        let pages = [("index.html", "home"), ("a/index.html", "page")];
        site.publish(&pages).unwrap();
        chmod(&site.public().join("a/index.html"), 0o600);
        let published = site.publish(&pages).unwrap();
        assert_eq!((published.written.len(), published.unchanged), (1, 1));
        assert_eq!(mode(&site.public().join("a/index.html")), 0o644);
    }

    #[test]
    fn a_wrong_mode_of_a_folder_of_the_site_is_mended() {
        let site = Site::new();
        let pages = [("a/b/index.html", "page")];
        site.publish(&pages).unwrap();
        chmod(&site.public().join("a"), 0o700);
        let published = site.publish(&pages).unwrap();
        assert_eq!((published.written.len(), published.unchanged), (0, 1));
        assert_eq!(mode(&site.public().join("a")), 0o755);
    }

    #[test]
    fn a_wrong_mode_stays_while_the_build_is_not_committed() {
        let site = Site::new();
        site.publish(&[("a/index.html", "page")]).unwrap();
        chmod(&site.public().join("a/index.html"), 0o600);
        let publisher = site.open().unwrap();
        publisher.stage(&path_of("a/index.html"), b"page").unwrap();
        drop(publisher);
        assert_eq!(mode(&site.public().join("a/index.html")), 0o600);
    }

    #[test]
    fn the_output_folder_keeps_the_mode_that_its_owner_gave_it() {
        let site = Site::new();
        fs::create_dir(site.public()).unwrap();
        chmod(&site.public(), 0o2775);
        site.publish(&[("index.html", "home")]).unwrap();
        assert_eq!(mode(&site.public()), 0o2775);
    }
}
