//! Files that a later build keeps without making them again.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use planpress::publish::Written;

use crate::site::{Site, failure, files, path_of};

const PAGE: &str = "a/index.html";
const LIST: &str = ".planpress-manifest";

/// A published site of one page, and what the page is known by.
fn published() -> (Site, Written) {
    let site = Site::new();
    let publisher = site.open().unwrap();
    let written = publisher.stage(&path_of(PAGE), b"page").unwrap();
    publisher.commit().unwrap();
    (site, written)
}

/// The same where the page took the place of another one.
fn published_again() -> (Site, Written) {
    let (site, _) = published();
    let publisher = site.open().unwrap();
    publisher.stage(&path_of(PAGE), b"next").unwrap();
    let (_, outputs) = publisher.commit_all().unwrap();
    let known = serde_json::to_value(outputs).unwrap();
    (site, serde_json::from_value(known[0][1].clone()).unwrap())
}

fn keep(site: &Site, written: &Written) -> Option<Written> {
    site.open().unwrap().keep(&path_of(PAGE), written)
}

/// Sets when a file below `public/` was last written.
fn date_of(site: &Site, path: &str, time: SystemTime) {
    let file = File::options().write(true).open(site.public().join(path));
    file.unwrap().set_modified(time).unwrap();
}

fn date(site: &Site, time: SystemTime) {
    date_of(site, PAGE, time);
}

/// The time of the last change to a file, which no program sets; 0 where there is none.
fn changed(site: &Site, path: &str) -> u64 {
    let found = fs::metadata(site.public().join(path)).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        u64::try_from(found.ctime() * 1_000_000_000 + found.ctime_nsec()).unwrap()
    }
    #[cfg(not(unix))]
    {
        let _ = found;
        0
    }
}

/// Sets when the list of what is ours was written, in a later tick than that of the last edit.
fn date_list(site: &Site, time: SystemTime) {
    loop {
        date_of(site, LIST, time);
        if cfg!(not(unix)) || changed(site, LIST) > changed(site, PAGE) {
            return;
        }
    }
}

/// Changes the page and puts the time of its last writing back.
fn forge(site: &Site) {
    let place = site.public().join(PAGE);
    let time = fs::metadata(&place).unwrap().modified().unwrap();
    let bytes = fs::read(&place).unwrap().to_ascii_uppercase();
    fs::write(&place, bytes).unwrap();
    date(site, time);
}

/// Forges the page, and what it is known by as well: then it is kept only where nobody reads it.
fn forge_both(site: &Site, written: &Written) -> Written {
    forge(site);
    let mut known = serde_json::to_value(written).unwrap();
    known["changed"] = changed(site, PAGE).into();
    serde_json::from_value(known).unwrap()
}

#[test]
fn a_file_as_it_was_written_is_kept_and_published_with_the_rest() {
    let (site, written) = published();
    let publisher = site.open().unwrap();
    assert!(publisher.keep(&path_of(PAGE), &written).is_some());
    publisher.stage(&path_of("b"), b"new").unwrap();
    let outcome = publisher.commit().unwrap();
    assert_eq!((outcome.written.len(), outcome.unchanged), (1, 1));
    assert_eq!(site.published(), files([(PAGE, "page"), ("b", "new")]));
    assert_eq!(site.manifest().lines().count(), 4);
}

#[test]
fn a_file_edited_the_moment_after_is_not_kept_though_its_size_is_the_same() {
    for _ in 0..50 {
        let (site, written) = published();
        site.by_hand(PAGE, "Page");
        assert_eq!(keep(&site, &written), None);
    }
}

#[test]
fn a_stamp_of_the_tick_in_which_the_list_was_written_proves_nothing() {
    let (site, written) = published();
    let tick = fs::metadata(site.public().join(PAGE)).unwrap();
    let tick = tick.modified().unwrap();
    let written = forge_both(&site, &written);
    for (later, is_proved) in [(0, false), (1, true)] {
        date_list(&site, tick + Duration::from_secs(later));
        assert_eq!(keep(&site, &written).is_some(), is_proved, "{later} s");
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_was_changed_after_the_list_is_read() {
    let (site, written) = published();
    date_of(&site, LIST, SystemTime::now() + Duration::from_secs(9));
    let forged = forge_both(&site, &written);
    assert_eq!(keep(&site, &forged), None);
}

#[cfg(unix)]
#[test]
fn a_file_edited_with_its_time_put_back_is_not_kept() {
    for _ in 0..50 {
        let (site, written) = published();
        forge(&site);
        assert_eq!(keep(&site, &written), None, "as it was published");

        let (site, written) = published_again();
        forge(&site);
        assert_eq!(keep(&site, &written), None, "as it was published anew");

        let (site, written) = published();
        date(&site, SystemTime::now() - Duration::from_secs(9));
        let seen = keep(&site, &written).expect("its bytes are the same");
        let known = changed(&site, PAGE);
        // Nobody edits a file within the tick in which it was changed and then read.
        while changed(&site, PAGE) == known {
            forge(&site);
        }
        assert_eq!(keep(&site, &seen), None, "as it was read");
    }
}

#[test]
fn a_file_that_took_the_place_of_another_is_known_as_it_lies_there() {
    // Often all of it happens within one tick.
    for _ in 0..50 {
        let (site, written) = published_again();
        assert_eq!(keep(&site, &written), Some(written));
    }
}

#[test]
fn a_stamp_of_a_whole_second_proves_nothing_for_two() {
    let (site, written) = published();
    let second = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
    date(&site, second);
    let seen = keep(&site, &written).expect("its bytes are the same");
    let seen = forge_both(&site, &seen);
    for (later, is_proved) in [(0, false), (2, false), (3, true)] {
        let listed = second + Duration::from_secs(later);
        date_list(&site, listed);
        assert_eq!(keep(&site, &seen).is_some(), is_proved, "{later} s");
    }
}

#[test]
fn a_file_edited_later_is_not_kept() {
    let (site, written) = published();
    for edited in ["Page", "page and more", ""] {
        site.by_hand(PAGE, edited);
        date(&site, SystemTime::now() + Duration::from_secs(9));
        assert_eq!(keep(&site, &written), None, "{edited}");
    }
}

#[test]
fn a_file_that_was_deleted_or_replaced_is_not_kept() {
    let (site, written) = published();
    let place = site.public().join(PAGE);
    fs::remove_file(&place).unwrap();
    assert_eq!(keep(&site, &written), None);
    fs::create_dir(&place).unwrap();
    assert_eq!(keep(&site, &written), None);
    fs::remove_dir_all(site.public().join("a")).unwrap();
    site.by_hand("a", "page");
    assert_eq!(keep(&site, &written), None);
}

#[test]
fn a_file_that_the_list_does_not_name_with_these_bytes_is_not_kept() {
    let (site, written) = published();
    site.publish(&[(PAGE, "other")]).unwrap();
    // What was there before is somebody else's copy now.
    site.by_hand(PAGE, "page");
    assert_eq!(keep(&site, &written), None);
    let other = Site::new();
    other.publish(&[("b", "page")]).unwrap();
    other.by_hand(PAGE, "page");
    assert_eq!(keep(&other, &written), None);
}

#[test]
fn a_file_with_another_stamp_and_the_same_bytes_is_kept_under_its_new_stamp() {
    let (site, written) = published();
    date(&site, SystemTime::now() - Duration::from_secs(9));
    let seen = keep(&site, &written).expect("its bytes are the same");
    assert_ne!(seen, written);
    assert_eq!(keep(&site, &seen), Some(seen));
}

#[test]
fn a_file_that_has_its_stamp_still_is_not_read() {
    let (site, written) = published();
    let before = SystemTime::now() - Duration::from_secs(9);
    date(&site, before);
    let seen = keep(&site, &written).expect("its bytes are the same");
    let seen = forge_both(&site, &seen);
    assert_eq!(keep(&site, &seen), Some(seen));
}

#[test]
fn a_kept_file_cannot_be_a_folder_as_well() {
    let (site, written) = published();
    let publisher = site.open().unwrap();
    publisher.keep(&path_of(PAGE), &written).unwrap();
    let text = failure(publisher.stage(&path_of("a"), b"file"));
    assert!(
        text.contains("`a` is a file of the site and also"),
        "{text}"
    );
}

#[test]
fn what_a_file_is_known_by_is_small() {
    assert!(size_of::<Written>() <= 64);
}

#[cfg(unix)]
#[test]
fn a_file_with_another_mode_or_behind_a_link_is_not_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (site, written) = published();
    let place = site.public().join(PAGE);
    let mode = |mode| fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o600);
    assert_eq!(keep(&site, &written), None);
    mode(0o644);
    assert!(keep(&site, &written).is_some());

    let elsewhere = site.root().join("elsewhere");
    fs::rename(&place, &elsewhere).unwrap();
    symlink(&elsewhere, &place).unwrap();
    assert_eq!(keep(&site, &written), None);
    fs::remove_file(&place).unwrap();
    fs::rename(&elsewhere, &place).unwrap();
    let folder = site.public().join("a");
    let moved = site.root().join("moved");
    fs::rename(&folder, &moved).unwrap();
    symlink(&moved, &folder).unwrap();
    assert_eq!(keep(&site, &written), None);
}
