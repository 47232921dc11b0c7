//! Folders that come, go, and are replaced; and what must cause no look at all.

use super::*;

#[test]
fn new_nested_folders_with_files_in_them_at_once() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for number in 0..10 {
        let plan = format!("content/{number}/b/c/d/plan.toml");
        site.write(&plan, "title = \"New\"\n");
        follower.catches_up();
        site.write(&plan, "title = \"Written again\"\n");
        follower.catches_up();
    }
}

#[test]
fn a_tree_that_grows_while_it_is_looked_at() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for top in 0..20 {
        for below in 0..10 {
            let plan = format!("content/{top}/{below}/plan.toml");
            site.write(&plan, &format!("title = \"{top} {below}\"\n"));
        }
    }
    follower.catches_up();
}

#[test]
fn renames_of_files_and_folders() {
    let site = Site::new();
    site.write("content/a/b/plan.toml", "title = \"Deep\"\n");
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for (from, to) in [
        ("content/plan.toml", "content/renamed.toml"),
        ("content/other.toml", "content/a/b/other.toml"),
        ("content/a", "content/z"),
        ("content/z/b", "content/b"),
        ("content/b", "templates/b"),
        ("templates/b", "content/b"),
        ("content/b", "b"),
        ("b", "content/b"),
    ] {
        site.rename(from, to);
        follower.catches_up();
    }
    // The folder is watched where it lies now.
    site.write("content/b/plan.toml", "title = \"Moved\"\n");
    follower.catches_up();
}

#[test]
fn deletes_of_files_and_folders() {
    let site = Site::new();
    site.write("content/a/b/plan.toml", "title = \"Deep\"\n");
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    fs::remove_file(site.path("content/plan.toml")).expect("it can be removed");
    follower.catches_up();
    fs::remove_dir_all(site.path("content/a")).expect("it can be removed");
    follower.catches_up();
    site.write("content/a/b/plan.toml", "title = \"Back\"\n");
    follower.catches_up();
}

#[test]
fn an_input_folder_that_comes_and_goes_and_comes() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::All);
    for number in 0..5 {
        site.write("themes/mine/page.html", &format!("<p>{number}"));
        follower.catches_up();
        by_events(&site, &follower, "themes/mine/page.html");
        fs::remove_dir_all(site.path("themes")).expect("it can be removed");
        follower.catches_up();
    }
}

#[test]
fn the_content_folder_replaced() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::All);
    for number in 0..5 {
        site.write("checkout/plan.toml", &format!("title = \"{number}\"\n"));
        site.write(
            "checkout/new/plan.toml",
            &format!("title = \"New {number}\"\n"),
        );
        site.rename("content", &format!("old-{number}"));
        site.rename("checkout", "content");
        follower.catches_up();
        by_events(&site, &follower, "content/new/plan.toml");
    }
}

#[test]
fn the_whole_root_replaced() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::All);
    for number in 0..5 {
        let old = site.folder.path().join(format!("old-{number}"));
        fs::rename(site.root(), old).expect("it can be renamed");
        make_site(&site.root());
        site.write("content/new.toml", &format!("title = \"New {number}\"\n"));
        follower.catches_up();
        by_events(&site, &follower, "content/new.toml");
    }
}

#[test]
fn the_whole_root_deleted_and_there_again_later() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::All);
    fs::remove_dir_all(site.root()).expect("it can be removed");
    thread::sleep(Duration::from_millis(300));
    make_site(&site.root());
    site.write("content/new.toml", "title = \"New\"\n");
    follower.catches_up();
    by_events(&site, &follower, "content/new.toml");
}

#[cfg(unix)]
#[test]
fn a_root_that_is_a_symbolic_link() {
    let site = Site::new();
    let link = site.folder.path().join("link");
    std::os::unix::fs::symlink(site.root(), &link).expect("a link can be made");
    let follower = Follower::new(&link, Takes::All);
    by_events(&site, &follower, "content/plan.toml");
}

#[test]
fn reading_every_input_causes_no_look() {
    let site = Site::new();
    for number in 0..50 {
        site.write(&format!("content/{number}/plan.toml"), "title = \"One\"\n");
    }
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    follower.looks_until_calm();
    for _ in 0..3 {
        on_disk(&site.root());
    }
    assert_eq!(paths_of(follower.looks_until_calm()), [""; 0]);
}

#[test]
fn a_touch_without_a_change_is_at_most_a_file_to_digest() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    fs::File::options()
        .append(true)
        .open(site.path("content/plan.toml"))
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .expect("it can be touched");
    let steps = follower.looks_until_calm();
    for step in &steps {
        assert_eq!(step.changes.files, ["content/plan.toml"]);
        assert!(!step.changes.listing);
    }
    assert!(!steps.is_empty());
}

#[test]
fn the_output_and_what_editors_leave_cause_no_look() {
    let site = Site::new();
    site.write("public/index.html", "<p>");
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    follower.looks_until_calm();
    for path in [
        "public/index.html",
        "public/deep/page.html",
        "notes.txt",
        "planpress.toml~",
        "content/.plan.toml.swp",
        "content/4913",
        "content/.DS_Store",
        "content/plan.toml~",
    ] {
        site.write(path, "nothing");
        fs::remove_file(site.path(path)).expect("it can be removed");
    }
    fs::remove_dir_all(site.path("public")).expect("it can be removed");
    assert_eq!(paths_of(follower.looks_until_calm()), [""; 0]);
}

/// A change here is found by an event and not by a scan, so the folder is watched.
fn by_events(site: &Site, follower: &Follower, path: &str) {
    follower.looks_until_calm();
    site.write(path, "title = \"Found by an event\"\n");
    let found = follower.looks_until_calm();
    let expected = b"title = \"Found by an event\"\n";
    assert!(
        found
            .last()
            .is_some_and(|step| step.contents.get(path).is_some_and(|text| text == expected)),
        "{path} is not watched"
    );
}

fn paths_of(steps: Vec<Step>) -> Vec<String> {
    steps
        .into_iter()
        .map(|step| format!("{:?}", step.look))
        .collect()
}
