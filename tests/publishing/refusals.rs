//! Folders that must not be published into.

use std::fs;
use std::path::{Path, PathBuf};

use planpress::publish::Publisher;

use crate::site::{Site, failure, tree};

/// The refusal of `output`, after which not a byte may have changed anywhere in the site.
#[track_caller]
fn refusal(site: &Site, output: impl AsRef<Path>) -> String {
    let before = tree(site.root());
    let text = failure(Publisher::open(output.as_ref(), &site.protected()));
    assert_eq!(tree(site.root()), before, "a refusal changes nothing");
    assert!(
        text.contains("public"),
        "says where to publish instead: {text}"
    );
    text
}

#[test]
fn the_sites_own_folder_is_refused() {
    let site = Site::new();
    assert!(refusal(&site, site.root()).contains("the site's own folder"));
    let roundabout = site.root().join("content/../themes/own/../..");
    assert!(refusal(&site, roundabout).contains("the site's own folder"));
    let through_nothing = site.root().join("not-there/../content/..");
    assert!(refusal(&site, through_nothing).contains("the site's own folder"));
}

#[test]
fn a_folder_around_the_sites_own_is_refused() {
    let site = Site::new();
    let around = site.root().parent().unwrap();
    assert!(refusal(&site, around).contains("a folder around the site's own"));
}

#[test]
fn the_home_folder_is_refused() {
    let site = Site::new();
    assert!(refusal(&site, site.root().join("home")).contains("your home folder"));
}

#[test]
fn the_home_folder_is_known_without_being_told() {
    let site = Site::new();
    let protected = planpress::publish::Protected::new(site.root(), Vec::new());
    assert_eq!(protected.home, std::env::home_dir());
}

#[test]
fn the_top_of_the_disk_is_refused() {
    let site = Site::new();
    assert!(refusal(&site, "/").contains("the top of the whole disk"));
    assert!(refusal(&site, "/tmp/..").contains("the top of the whole disk"));
}

#[test]
fn an_input_folder_is_refused() {
    let site = Site::new();
    let text = refusal(&site, site.root().join("content"));
    assert!(
        text.contains("it is the folder `content`, which the site is made from"),
        "{text}"
    );
}

#[test]
fn an_input_folder_that_does_not_exist_yet_is_refused() {
    let site = Site::new();
    let text = refusal(&site, site.root().join("templates"));
    assert!(text.contains("the folder `templates`"), "{text}");
    assert!(!site.root().join("templates").exists());
}

#[test]
fn a_folder_around_an_input_folder_is_refused() {
    let site = Site::new();
    let mut protected = site.protected();
    protected.inputs = vec![site.root().join("themes/own")];
    let text = failure(Publisher::open(&site.root().join("themes"), &protected));
    assert!(text.contains("a folder around `themes/own`"), "{text}");
}

#[test]
fn a_folder_inside_an_input_folder_is_refused() {
    let site = Site::new();
    let text = refusal(&site, site.root().join("content/public"));
    assert!(text.contains("a folder inside `content`"), "{text}");
    assert!(!site.root().join("content/public").exists());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_a_refused_folder_is_refused() {
    let site = Site::new();
    for (target, why) in [
        (site.root().to_owned(), "the site's own folder"),
        (site.root().join("home"), "your home folder"),
        (PathBuf::from("/"), "the top of the whole disk"),
        (site.root().join("content"), "the folder `content`"),
        (site.root().join("themes"), "the folder `themes`"),
    ] {
        let link = site.root().join("link-to-public");
        std::os::unix::fs::symlink(&target, &link).unwrap();
        let text = refusal(&site, &link);
        assert!(text.contains(why), "{text}");
        fs::remove_file(&link).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_new_folder_behind_a_symbolic_link_into_the_inputs_is_refused() {
    let site = Site::new();
    let link = site.root().join("link");
    std::os::unix::fs::symlink(site.root().join("content"), &link).unwrap();
    assert!(refusal(&site, link.join("public")).contains("a folder inside `content`"));
}

#[cfg(unix)]
#[test]
fn an_input_folder_is_known_behind_its_symbolic_link() {
    let site = Site::new();
    let real = site.root().join("shared-plans");
    fs::create_dir(&real).unwrap();
    fs::write(real.join("a.toml"), "a plan").unwrap();
    std::os::unix::fs::symlink(&real, site.root().join("templates")).unwrap();
    assert!(refusal(&site, &real).contains("the folder `templates`"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_nowhere_is_refused() {
    let site = Site::new();
    std::os::unix::fs::symlink(site.root().join("nowhere"), site.public()).unwrap();
    failure(site.open());
    assert!(!site.root().join("nowhere").exists());
}

#[test]
fn a_file_is_refused() {
    let site = Site::new();
    fs::write(site.public(), "notes").unwrap();
    assert!(refusal(&site, site.public()).contains("it is not a folder"));
}

#[test]
fn a_folder_in_other_use_is_refused() {
    let site = Site::new();
    site.by_hand("README.md", "welcome");
    site.by_hand("letter.txt", "dear members");
    let text = refusal(&site, site.public());
    assert!(text.contains("it holds `letter.txt`"), "{text}");
    for name in ["a", "b", "c"] {
        site.by_hand(name, "");
    }
    let text = refusal(&site, site.public());
    assert!(text.contains("`a`, `b`, `c` and 1 more"), "{text}");
}

#[test]
fn a_folder_with_no_more_than_a_repository_starts_with_is_welcome() {
    let site = Site::new();
    let start = [".git/HEAD", ".gitignore", ".nojekyll", "CNAME", "README.md"];
    for name in start {
        site.by_hand(name, name);
    }
    site.publish(&[("index.html", "home")]).unwrap();
    let published = site.published();
    for name in start {
        assert_eq!(published[name], name);
    }
    assert_eq!(published["index.html"], "home");
    assert_eq!(published.len(), start.len() + 1);
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_to_a_harmless_folder_is_published_into() {
    let site = Site::new();
    let real = site.root().join("web");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, site.public()).unwrap();
    site.publish(&[("index.html", "home")]).unwrap();
    assert_eq!(fs::read_to_string(real.join("index.html")).unwrap(), "home");
}

#[test]
fn a_second_build_into_the_same_folder_is_told_to_wait() {
    let site = Site::new();
    let first = site.open().unwrap();
    first
        .stage(&crate::site::path_of("index.html"), b"first")
        .unwrap();
    let text = failure(site.open());
    assert!(text.contains("another build is publishing into"), "{text}");
    first.commit().unwrap();
    assert_eq!(
        site.published(),
        crate::site::files([("index.html", "first")])
    );
    site.publish(&[("index.html", "second")]).unwrap();
}

#[test]
fn of_many_builds_at_once_each_publishes_whole_or_is_told_to_wait() {
    let site = Site::new();
    let texts: Vec<_> = (0..8).map(|n| n.to_string()).collect();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let build = |text: &'static str| {
            let site = &site;
            scope.spawn(move || {
                (0..30)
                    .filter(|_| site.publish(&[("a/x", text), ("b/x", text)]).is_ok())
                    .count()
            })
        };
        let threads: Vec<_> = texts
            .iter()
            .map(|text| build(Box::leak(text.clone().into_boxed_str())))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(outcomes.iter().sum::<usize>() > 0, "some get through");
    let published = site.published();
    assert_eq!(
        published["a/x"], published["b/x"],
        "no build mixed with another"
    );
    assert_eq!(published.len(), 2);
}
