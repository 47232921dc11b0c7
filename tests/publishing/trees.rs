//! From one tree of pages to the next.

use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

use planpress::publish::Published;

use crate::site::{Site, failure, files, path_of};

fn counts(published: &Published) -> (usize, usize, usize) {
    assert_eq!(published.kept, []);
    (
        published.written.len(),
        published.unchanged,
        published.removed.len(),
    )
}

#[test]
fn pages_are_published_and_counted() {
    let site = Site::new();
    let published = site
        .publish(&[("index.html", "home"), ("ala/index.html", "plan")])
        .unwrap();
    assert_eq!(counts(&published), (2, 0, 0));
    assert_eq!(
        site.published(),
        files([("index.html", "home"), ("ala/index.html", "plan")])
    );
}

#[test]
fn changed_files_are_written_unchanged_ones_counted_and_stale_ones_removed() {
    let site = Site::new();
    site.publish(&[("same", "1"), ("other", "1"), ("deep/er/stale", "1")])
        .unwrap();
    let published = site
        .publish(&[("same", "1"), ("other", "2"), ("new", "1")])
        .unwrap();
    assert_eq!(counts(&published), (2, 1, 1));
    assert_eq!(
        site.published(),
        files([("same", "1"), ("other", "2"), ("new", "1")])
    );
}

#[test]
fn a_site_without_pages_is_published_too() {
    let site = Site::new();
    site.publish(&[("a/index.html", "page")]).unwrap();
    assert_eq!(counts(&site.publish(&[]).unwrap()), (0, 0, 1));
    assert_eq!(site.published(), files([]));
}

#[cfg(unix)]
#[test]
fn unchanged_files_and_the_list_are_not_rewritten() {
    use std::os::unix::fs::MetadataExt;
    let site = Site::new();
    let pages = [("index.html", "home"), ("a/index.html", "page")];
    site.publish(&pages).unwrap();
    let stat = |name| {
        let found = fs::metadata(site.public().join(name)).unwrap();
        (found.ino(), found.mtime_nsec(), found.ctime_nsec())
    };
    let all = || ["index.html", "a/index.html", ".planpress-manifest"].map(stat);
    let before = all();
    site.publish(&pages).unwrap();
    assert_eq!(all(), before);
    site.publish(&[("index.html", "home"), ("a/index.html", "other")])
        .unwrap();
    assert_eq!(all()[0], before[0]);
    assert_ne!(all()[1], before[1]);
}

#[test]
fn a_file_edited_by_hand_is_mended() {
    let site = Site::new();
    site.publish(&[("index.html", "home")]).unwrap();
    for edited in ["hone", "home and more", ""] {
        site.by_hand("index.html", edited);
        assert_eq!(
            counts(&site.publish(&[("index.html", "home")]).unwrap()),
            (1, 0, 0)
        );
        assert_eq!(site.published(), files([("index.html", "home")]));
    }
}

#[test]
fn a_file_deleted_by_hand_comes_back() {
    let site = Site::new();
    site.publish(&[("a/index.html", "page")]).unwrap();
    fs::remove_dir_all(site.public().join("a")).unwrap();
    assert_eq!(
        counts(&site.publish(&[("a/index.html", "page")]).unwrap()),
        (1, 0, 0)
    );
    assert_eq!(site.published(), files([("a/index.html", "page")]));
}

#[test]
fn the_same_path_staged_again_replaces_the_first() {
    let site = Site::new();
    site.publish(&[("index.html", "old")]).unwrap();
    for texts in [
        ["first", "second"],
        ["third", "second"],
        ["second", "fourth"],
    ] {
        site.publish(&texts.map(|text| ("index.html", text)))
            .unwrap();
        assert_eq!(site.published(), files([("index.html", texts[1])]));
        assert!(!site.has_staging());
    }
    // Back to what is published already.
    let published = site
        .publish(&[("index.html", "fifth"), ("index.html", "fourth")])
        .unwrap();
    assert_eq!(counts(&published), (0, 1, 0));
    assert_eq!(site.published(), files([("index.html", "fourth")]));
}

#[test]
fn a_staged_file_that_is_replaced_takes_no_more_space() {
    let site = Site::new();
    let publisher = site.open().unwrap();
    let staged = || {
        fs::read_dir(site.public().join(".planpress-staging"))
            .unwrap()
            .count()
    };
    publisher.stage(&path_of("index.html"), b"first").unwrap();
    let one = staged();
    publisher.stage(&path_of("index.html"), b"second").unwrap();
    assert_eq!(staged(), one);
}

#[test]
fn a_path_that_is_file_and_folder_at_once_is_an_error() {
    for paths in [
        ["a", "a/index.html"],
        ["a/index.html", "a"],
        ["a", "a/b/c"],
        ["a/b/c", "a"],
    ] {
        let site = Site::new();
        let publisher = site.open().unwrap();
        publisher.stage(&path_of(paths[0]), b"one").unwrap();
        let text = failure(publisher.stage(&path_of(paths[1]), b"two"));
        assert!(
            text.contains("`a` is a file of the site and also a folder"),
            "{text}"
        );
    }
}

#[test]
fn a_file_can_become_a_folder_and_a_folder_a_file() {
    let site = Site::new();
    let trees: [&[(&str, &str)]; 4] = [
        &[("a", "file"), ("b/c/d", "deep"), ("b/e", "page")],
        &[("a/b/c", "deep"), ("b", "file")],
        &[("a/b", "file"), ("b/c", "file")],
        &[("a/b/c", "deep"), ("b/c/d", "deep")],
    ];
    for pair in [0, 1, 2, 3, 2, 1, 0, 3, 1, 3, 0, 2, 0] {
        site.publish(trees[pair]).unwrap();
        let expected = trees[pair]
            .iter()
            .map(|(p, t)| (p.to_string(), t.to_string()))
            .collect();
        assert_eq!(site.published(), expected);
    }
}

#[test]
fn pages_can_be_staged_from_many_threads() {
    let site = Site::new();
    let publisher = site.open().unwrap();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    if n >= 400 {
                        break;
                    }
                    // Each path is staged twice, by any two threads.
                    let path = path_of(&format!("{}/{}/index.html", n % 10, n % 200));
                    publisher
                        .stage(&path, (n % 200).to_string().as_bytes())
                        .unwrap();
                }
            });
        }
    });
    assert_eq!(publisher.commit().unwrap().written.len(), 200);
    let published = site.published();
    assert_eq!(published.len(), 200);
    for n in 0..200 {
        assert_eq!(
            published[&format!("{}/{n}/index.html", n % 10)],
            n.to_string()
        );
    }
}

#[test]
fn the_same_pages_give_the_same_tree_in_any_order() {
    let (one, two) = (Site::new(), Site::new());
    one.publish(&[("b", "2"), ("a/x", "1"), ("a-b", "3")])
        .unwrap();
    two.publish(&[("zz", "9")]).unwrap();
    two.publish(&[("a-b", "3"), ("b", "2"), ("a/x", "1")])
        .unwrap();
    assert_eq!(
        crate::site::tree(&one.public()),
        crate::site::tree(&two.public())
    );
}

#[test]
fn names_with_spaces_and_other_letters_are_published() {
    let site = Site::new();
    let pages = [
        ("a b/ c ", "1"),
        ("übersicht/計画.html", "2"),
        ("+plus", "3"),
        ("end", "4"),
    ];
    site.publish(&pages).unwrap();
    assert_eq!(site.published(), files(pages));
    assert_eq!(site.publish(&pages).unwrap().unchanged, 4);
    assert_eq!(site.publish(&[]).unwrap().removed.len(), 4);
}
