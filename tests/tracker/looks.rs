//! What a look finds.

use super::*;

#[test]
fn nothing_is_found_where_nothing_changed() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    assert!(tracker.look_everywhere().is_empty());
    assert!(tracker.look_at(&[]).is_empty());
}

#[test]
fn a_file_that_is_named_is_reported_though_it_did_not_change() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    let changes = tracker.look_at(&[site.path("content/plan.toml"), site.path(CONFIG)]);
    assert_eq!(
        changes,
        Changes {
            listing: false,
            files: vec!["content/plan.toml".into(), CONFIG.into()],
        }
    );
}

#[test]
fn a_scan_reports_a_file_of_the_same_length_that_was_written_since() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    // Times have steps of some milliseconds on many systems.
    thread::sleep(Duration::from_millis(30));
    site.write("content/plan.toml", "title = \"B plan\"\n");
    let changes = tracker.look_everywhere();
    assert_eq!(changes.files, ["content/plan.toml"]);
    assert!(!changes.listing);
    assert!(tracker.look_everywhere().is_empty());
}

#[cfg(unix)]
#[test]
fn a_scan_reports_a_file_that_was_replaced_by_one_of_the_same_length_and_time() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    let old = fs::metadata(site.path("content/plan.toml")).expect("it is there");
    site.write("content/plan.toml.tmp", "title = \"B plan\"\n");
    let new = fs::File::options()
        .write(true)
        .open(site.path("content/plan.toml.tmp"))
        .expect("it can be opened");
    new.set_modified(old.modified().expect("times are kept"))
        .expect("it can be set");
    site.rename("content/plan.toml.tmp", "content/plan.toml");
    assert_eq!(tracker.look_everywhere().files, ["content/plan.toml"]);
}

#[test]
fn a_young_file_whose_time_is_a_whole_second_is_reported_until_it_is_older() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    let set = |time: std::time::SystemTime| {
        fs::File::options()
            .write(true)
            .open(site.path("content/plan.toml"))
            .and_then(|file| file.set_modified(time))
            .expect("it can be set");
    };
    let in_an_hour = std::time::SystemTime::UNIX_EPOCH
        + Duration::from_secs(
            std::time::SystemTime::UNIX_EPOCH
                .elapsed()
                .expect("it is later than 1970")
                .as_secs()
                + 3600,
        );
    set(in_an_hour);
    for _ in 0..3 {
        assert_eq!(tracker.look_everywhere().files, ["content/plan.toml"]);
    }
    set(in_an_hour - Duration::from_secs(7200));
    assert_eq!(tracker.look_everywhere().files, ["content/plan.toml"]);
    assert!(tracker.look_everywhere().is_empty());
}

#[test]
fn a_new_folder_that_is_named_brings_everything_below_it() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    site.write("content/a/b/c/plan.toml", "");
    site.write("content/a/map.svg", "");
    let changes = tracker.look_at(&[site.path("content/a")]);
    assert!(changes.listing);
    assert_eq!(
        changes.files,
        ["content/a/b/c/plan.toml", "content/a/map.svg"]
    );
}

#[test]
fn a_folder_that_is_gone_takes_everything_below_it_along() {
    let site = Site::new();
    site.write("content/a/b/plan.toml", "");
    site.write("content/a-b.toml", "");
    let mut tracker = Tracker::open(&site.root());
    fs::remove_dir_all(site.path("content/a")).expect("it can be removed");
    // Events may name only what lay in it.
    let changes = tracker.look_at(&[site.path("content/a/b/plan.toml")]);
    assert!(changes.listing);
    assert!(changes.files.is_empty());
    assert_eq!(
        listed(tracker.snapshot()),
        listed(&Snapshot::take(&site.root()).expect("there is a site").0)
    );
}

#[cfg(unix)]
#[test]
fn what_lies_behind_a_symbolic_link_is_no_input_though_it_is_named() {
    let site = Site::new();
    site.write("public/plan.toml", "");
    std::os::unix::fs::symlink(site.path("public"), site.path("content/link"))
        .expect("a link can be made");
    let mut tracker = Tracker::open(&site.root());
    assert!(
        tracker
            .look_at(&[site.path("content/link/plan.toml")])
            .is_empty()
    );
    // And the link itself is found where only something behind it is named.
    fs::remove_file(site.path("content/link")).expect("it can be removed");
    assert!(
        tracker
            .look_at(&[site.path("content/link/plan.toml")])
            .listing
    );
    assert_eq!(tracker.diagnostics(), []);
}

#[test]
fn what_is_no_input_is_nothing() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    for path in [
        "public/index.html",
        "notes.txt",
        "content/.git/index",
        "content/plan.toml~",
        "contents/plan.toml",
        "planpress.toml.bak",
    ] {
        site.write(path, "");
        assert!(tracker.look_at(&[site.path(path)]).is_empty(), "{path}");
    }
    let elsewhere = tempfile::tempdir().expect("a folder can be made");
    assert!(tracker.look_at(&[elsewhere.path().to_owned()]).is_empty());
    assert!(tracker.look_everywhere().is_empty());
}

#[test]
fn a_site_that_is_not_there_is_a_diagnostic_until_it_comes() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let root = folder.path().join("site");
    let mut tracker = Tracker::open(&root);
    let failure = Snapshot::take(&root).expect_err("there is no site");
    let [found] = &tracker.diagnostics()[..] else {
        panic!("{:?}", tracker.diagnostics());
    };
    assert!(found.is_error());
    assert_eq!(
        (&found.message, &found.help),
        (&failure.message, &failure.help)
    );
    make_site(&root);
    assert!(tracker.look_everywhere().listing);
    assert_eq!(tracker.diagnostics(), []);
    assert_eq!(listed(tracker.snapshot()).len(), 4);
}

#[test]
fn the_site_file_may_be_away_for_a_moment() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    site.rename(CONFIG, "planpress.toml~");
    let changes = tracker.look_at(&[site.path(CONFIG)]);
    assert!(changes.listing);
    assert_eq!(tracker.diagnostics().len(), 1);
    site.rename("planpress.toml~", CONFIG);
    let changes = tracker.look_at(&[site.path(CONFIG)]);
    assert_eq!(changes.files, [CONFIG]);
    assert!(changes.listing);
    assert_eq!(tracker.diagnostics(), []);
}

#[test]
fn a_folder_that_a_checkout_replaced_is_seen_whole() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    site.rename("content", "content.old");
    site.write("content/new/plan.toml", "");
    let changes = tracker.look_everywhere();
    assert!(changes.listing);
    assert_eq!(changes.files, ["content/new/plan.toml"]);
    fs::rename(site.root(), site.folder.path().join("old")).expect("it can be renamed");
    make_site(&site.root());
    let changes = tracker.look_everywhere();
    assert!(changes.listing);
    assert_eq!(changes.files.len(), 4, "{changes:?}");
}

#[cfg(unix)]
#[test]
fn paths_are_understood_as_they_are_given_and_as_they_really_are() {
    let site = Site::new();
    let link = site.folder.path().join("link");
    std::os::unix::fs::symlink(site.root(), &link).expect("a link can be made");
    let mut tracker = Tracker::open(&link);
    let real = site.root().canonicalize().expect("it is there");
    for root in [link, real] {
        let changes = tracker.look_at(&[root.join("content/plan.toml")]);
        assert_eq!(changes.files, ["content/plan.toml"], "{}", root.display());
    }
}

/// Paths may be longer than a system call takes, and then nobody can read the folder, not even
/// those whom permissions do not bind.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_read_is_an_error_and_the_rest_is_listed() {
    let site = Site::new();
    let mut tracker = Tracker::open(&site.root());
    let name = "n".repeat(250);
    let deep =
        |top: &str, levels: usize| (0..levels).fold(site.path(top), |path, _| path.join(&name));
    // Each is short enough to be made; one inside the other is too long.
    fs::create_dir_all(deep("content/deep", 10)).expect("it can be made");
    fs::create_dir_all(deep("apart", 10)).expect("it can be made");
    fs::rename(site.path("apart"), deep("content/deep", 10).join("apart"))
        .expect("it can be moved");
    let changes = tracker.look_everywhere();
    assert!(changes.listing);
    let failure = Snapshot::take(&site.root()).expect_err("a folder cannot be read");
    let [found] = &tracker.diagnostics()[..] else {
        panic!("{:?}", tracker.diagnostics());
    };
    assert!(found.is_error());
    assert_eq!(
        (&found.message, &found.help),
        (&failure.message, &failure.help)
    );
    assert_eq!(listed(tracker.snapshot()).len(), 4);
    assert!(tracker.look_at(&[site.path("content/deep")]).is_empty());
}

#[test]
fn a_look_everywhere_that_is_given_up_leaves_all_as_it_was() {
    let site = Site::new();
    for number in 0..600 {
        site.write(&format!("content/files/{number}.txt"), "");
    }
    let mut tracker = Tracker::open(&site.root());
    let before = listed(tracker.snapshot());
    site.write("content/new.toml", "title = \"New\"\n");
    let mut asked = 0;
    let changes = tracker.look_everywhere_unless(&mut || {
        asked += 1;
        asked == 2
    });
    assert_eq!(changes, None);
    assert_eq!(asked, 2);
    assert_eq!(listed(tracker.snapshot()), before);
    assert_eq!(tracker.look_everywhere().files, ["content/new.toml"]);
}
