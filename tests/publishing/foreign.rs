//! What this program did not write: it stays, and nothing is written over it.

use std::fs;

use crate::site::{Site, failure, files, path_of, tree};

#[test]
fn foreign_files_stay() {
    let site = Site::new();
    site.publish(&[("index.html", "home"), ("a/index.html", "page")])
        .unwrap();
    let foreign = [
        (".git/HEAD", "ref"),
        ("CNAME", "plan.org"),
        ("a/hand.html", "hand-made"),
    ];
    for (path, text) in foreign {
        site.by_hand(path, text);
    }
    site.publish(&[("index.html", "new")]).unwrap();
    let mut expected = files(foreign);
    expected.insert("index.html".into(), "new".into());
    assert_eq!(site.published(), expected);
}

#[test]
fn the_gitignore_is_left_alone() {
    let site = Site::new();
    site.by_hand(".gitignore", "*\n!.gitignore\n");
    site.publish(&[("index.html", "home")]).unwrap();
    site.publish(&[]).unwrap();
    assert_eq!(
        site.published(),
        files([(".gitignore", "*\n!.gitignore\n")])
    );
    failure(site.publish(&[(".gitignore", "")]));
    assert_eq!(
        site.published(),
        files([(".gitignore", "*\n!.gitignore\n")])
    );
}

#[test]
fn foreign_files_where_the_site_must_write_are_all_named_at_once() {
    let site = Site::new();
    site.publish(&[("index.html", "old"), ("stale", "old")])
        .unwrap();
    site.by_hand("a/index.html", "hand-made");
    site.by_hand("b", "hand-made");
    fs::create_dir(site.public().join("c.html")).unwrap();
    let before = tree(&site.public());
    let pages = [
        "index.html",
        "a/index.html",
        "b/index.html",
        "b/more.html",
        "c.html",
        "d.html",
    ];
    let text = failure(site.publish(&pages.map(|path| (path, "new"))));
    for named in ["public/a/index.html`", "public/b`", "public/c.html`"] {
        assert_eq!(text.matches(named).count(), 1, "{named} in {text}");
    }
    assert!(
        !text.contains("d.html") && !text.contains("public/index.html"),
        "{text}"
    );
    assert_eq!(tree(&site.public()), before);
}

#[test]
fn a_foreign_file_with_the_same_bytes_is_foreign_still() {
    let site = Site::new();
    site.by_hand("CNAME", "plan.org");
    assert!(failure(site.publish(&[("CNAME", "plan.org")])).contains("CNAME"));
}

#[test]
fn a_stale_file_edited_by_hand_is_kept_and_reported_once() {
    let site = Site::new();
    let old = [
        ("a/index.html", "page"),
        ("b/index.html", "page"),
        ("c/index.html", "page"),
    ];
    site.publish(&old).unwrap();
    site.by_hand("a/index.html", "page, improved");
    site.by_hand("b/index.html", "paGe");
    let published = site.publish(&[]).unwrap();
    assert_eq!(
        published.kept,
        ["a/index.html", "b/index.html"].map(path_of)
    );
    assert_eq!(published.removed.len(), 1);
    let kept = files([("a/index.html", "page, improved"), ("b/index.html", "paGe")]);
    assert_eq!(site.published(), kept);
    assert_eq!(site.publish(&[]).unwrap().kept, []);
    // From now on it is that person's.
    failure(site.publish(&[("a/index.html", "page")]));
    assert_eq!(site.published(), kept);
}

#[test]
fn a_folder_of_ours_goes_when_it_is_empty_and_stays_with_something_foreign_in_it() {
    let site = Site::new();
    site.publish(&[("a/b/c/index.html", "page"), ("d/e/index.html", "page")])
        .unwrap();
    site.by_hand("a/b/photo.jpg", "foreign");
    fs::create_dir(site.public().join("mine")).unwrap();
    site.publish(&[]).unwrap();
    assert_eq!(
        site.published(),
        files([("a/b/photo.jpg", "foreign"), ("mine", "/")])
    );
}

#[test]
fn a_folder_with_something_foreign_in_it_does_not_become_a_file() {
    let site = Site::new();
    site.publish(&[("a/index.html", "page"), ("a/deep/x.html", "page")])
        .unwrap();
    site.by_hand("a/photo.jpg", "foreign");
    fs::create_dir(site.public().join("a/empty")).unwrap();
    site.by_hand("a/deep/x.html", "edited");
    let before = tree(&site.public());
    let text = failure(site.publish(&[("a", "file")]));
    for name in [
        "public/a/photo.jpg`",
        "public/a/empty`",
        "public/a/deep/x.html`",
    ] {
        assert!(text.contains(name), "{name} in {text}");
    }
    assert!(!text.contains("index.html"), "{text}");
    assert_eq!(tree(&site.public()), before);
}

#[test]
fn a_stale_file_edited_by_hand_does_not_become_a_folder() {
    let site = Site::new();
    site.publish(&[("a", "file")]).unwrap();
    site.by_hand("a", "edited");
    assert!(failure(site.publish(&[("a/index.html", "page")])).contains("public/a`"));
    assert_eq!(site.published(), files([("a", "edited")]));
}

#[test]
fn reserved_names_are_not_taken_for_pages() {
    let site = Site::new();
    let publisher = site.open().unwrap();
    for name in [
        ".planpress-manifest",
        ".planpress-staging/0",
        ".Planpress-Staging/lock",
        ".git/hooks/post-checkout",
        ".GIT/config",
    ] {
        assert!(failure(publisher.stage(&path_of(name), b"x")).contains(name));
    }
}

#[test]
fn a_foreign_staging_folder_is_left_alone() {
    let site = Site::new();
    site.by_hand(".planpress-staging/holiday.jpg", "foreign");
    assert!(failure(site.open()).contains(".planpress-staging` was not put there by planpress"));
    assert_eq!(
        site.published(),
        files([(".planpress-staging/holiday.jpg", "foreign")])
    );
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A published site of which one folder was moved elsewhere, with a link in its place.
    fn with_a_folder_moved_away() -> Site {
        let site = Site::new();
        site.publish(&[("index.html", "home"), ("ala-2025/index.html", "plan")])
            .unwrap();
        let elsewhere = site.root().join("elsewhere");
        fs::rename(site.public().join("ala-2025"), &elsewhere).unwrap();
        symlink(&elsewhere, site.public().join("ala-2025")).unwrap();
        site
    }

    #[test]
    fn a_symbolic_link_in_place_of_a_folder_is_not_written_through() {
        let site = with_a_folder_moved_away();
        let before = tree(site.root());
        for text in ["changed", "plan"] {
            let pages = [("index.html", "new"), ("ala-2025/index.html", text)];
            let text = failure(site.publish(&pages));
            assert!(
                text.contains("public/ala-2025` is where the site must write"),
                "{text}"
            );
            assert_eq!(tree(site.root()), before);
        }
    }

    #[test]
    fn a_symbolic_link_in_place_of_a_folder_is_not_deleted_through() {
        let site = with_a_folder_moved_away();
        site.publish(&[("index.html", "home")]).unwrap();
        assert_eq!(
            tree(&site.root().join("elsewhere")),
            files([("index.html", "plan")])
        );
        assert!(site.public().join("ala-2025").is_symlink());
    }

    #[test]
    fn a_symbolic_link_in_place_of_a_file_is_neither_followed_nor_replaced() {
        let site = Site::new();
        site.publish(&[("index.html", "home")]).unwrap();
        let elsewhere = site.root().join("elsewhere");
        fs::rename(site.public().join("index.html"), &elsewhere).unwrap();
        symlink(&elsewhere, site.public().join("index.html")).unwrap();
        for text in ["home", "new"] {
            assert!(failure(site.publish(&[("index.html", text)])).contains("public/index.html`"));
        }
        let published = site.publish(&[]).unwrap();
        assert_eq!(published.kept, [path_of("index.html")]);
        assert!(site.public().join("index.html").is_symlink());
        assert_eq!(fs::read_to_string(elsewhere).unwrap(), "home");
    }

    #[test]
    fn a_symbolic_link_inside_a_folder_in_the_way_is_not_followed() {
        let site = Site::new();
        site.publish(&[("a/index.html", "page")]).unwrap();
        symlink(site.root().join("content"), site.public().join("a/link")).unwrap();
        assert!(failure(site.publish(&[("a", "file")])).contains("public/a/link`"));
        assert_eq!(
            fs::read_to_string(site.root().join("content/plan.toml")).unwrap(),
            "a plan"
        );
    }

    #[test]
    fn a_symbolic_link_named_like_the_staging_folder_or_its_lock_is_not_followed() {
        let site = Site::new();
        site.publish(&[("index.html", "home")]).unwrap();
        let elsewhere = site.root().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        fs::write(elsewhere.join("0"), "foreign").unwrap();
        let staging = site.public().join(".planpress-staging");
        symlink(&elsewhere, &staging).unwrap();
        failure(site.publish(&[("index.html", "new")]));
        fs::remove_file(&staging).unwrap();
        fs::create_dir(&staging).unwrap();
        symlink(elsewhere.join("new"), staging.join("lock")).unwrap();
        failure(site.publish(&[("index.html", "new")]));
        assert_eq!(tree(&elsewhere), files([("0", "foreign")]));
        assert_eq!(site.published()["index.html"], "home");
    }

    #[test]
    fn a_symbolic_link_named_like_the_list_is_not_followed() {
        let site = Site::new();
        site.publish(&[("index.html", "home")]).unwrap();
        let list = site.public().join(".planpress-manifest");
        fs::rename(&list, site.root().join("list")).unwrap();
        symlink(site.root().join("list"), &list).unwrap();
        assert!(failure(site.open()).contains("is not a file"));
    }

    #[test]
    fn foreign_symbolic_links_elsewhere_in_the_output_stay() {
        let site = Site::new();
        site.publish(&[("a/index.html", "page")]).unwrap();
        symlink("nowhere", site.public().join("a/link")).unwrap();
        site.publish(&[]).unwrap();
        assert_eq!(site.published(), files([("a/link", "-> nowhere")]));
    }
}
