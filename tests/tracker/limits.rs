//! A system that watches no more: a person is told once, and scans find what changes. The limits
//! are real, and bind only a child process.

#![cfg(target_os = "linux")]

use std::process::{Command, Output};

use super::*;

/// The root of the site, in a child.
const ROOT: &str = "PLANPRESS_TEST_ROOT";

/// Runs one of these tests again as a child of `shell`, whose last word runs it.
fn under(shell: &[&str], name: &str, site: &Site) -> Output {
    let program = std::env::current_exe().expect("a test knows its program");
    let (command, arguments) = shell.split_first().expect("there is a command");
    Command::new(command)
        .args(arguments)
        .arg(program)
        .args(["--exact", &format!("limits::{name}"), "--nocapture"])
        .env(ROOT, site.root())
        .output()
        .expect("it can be run")
}

fn as_child() -> Option<PathBuf> {
    std::env::var_os(ROOT).map(PathBuf::from)
}

fn assert_passed(output: &Output) {
    let said = |bytes| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success() && said(&output.stdout).contains("1 passed"),
        "{}\n{}",
        said(&output.stdout),
        said(&output.stderr)
    );
}

/// Looks until the tracker knows this file or the time is up.
fn find(watch: &mut Watch, tracker: &mut Tracker, path: &str) {
    let began = Instant::now();
    while began.elapsed() < LONGEST {
        let changes = match watch.next() {
            Look::At(paths) => tracker.look_at(&paths),
            Look::Everywhere => {
                let began = Instant::now();
                let changes = tracker.look_everywhere();
                watch.looked(began.elapsed());
                changes
            }
        };
        if changes.files.iter().any(|file| file == path) {
            return;
        }
    }
    panic!("{path} was not found");
}

fn assert_told_once(watch: &mut Watch) {
    let notice = watch.notice().expect("there is something to tell");
    assert!(notice.contains("limit is reached"), "{notice}");
    assert!(notice.contains("fs.inotify.max_user_watches="), "{notice}");
    assert_eq!(watch.notice(), None);
}

/// With room for two more open files there can be no watcher.
#[test]
fn no_watcher_can_be_made() {
    if let Some(root) = as_child() {
        let mut tracker = Tracker::open(&root);
        let mut watch = Watch::start(&root);
        assert_told_once(&mut watch);
        write(&root.join("content/new.toml"), "");
        find(&mut watch, &mut tracker, "content/new.toml");
        write(&root.join("content/new.toml"), "title = \"New\"\n");
        find(&mut watch, &mut tracker, "content/new.toml");
        assert_eq!(watch.notice(), None);
        return;
    }
    let site = Site::new();
    let shell = ["sh", "-c", "ulimit -n 5 && exec \"$0\" \"$@\""];
    assert_passed(&under(&shell, "no_watcher_can_be_made", &site));
}

/// A user of one's own, who may watch `limit` folders. `None` where this system lets nobody but
/// its administrator make one.
fn with_watches(limit: u32, name: &str, site: &Site) -> Option<Output> {
    let own = ["unshare", "--user", "--map-root-user"];
    let script = format!("echo {limit} > /proc/sys/user/max_inotify_watches");
    let allowed = Command::new(own[0])
        .args(&own[1..])
        .args(["sh", "-c", &script])
        .output()
        .is_ok_and(|output| output.status.success());
    if !allowed {
        eprintln!("Nobody but the administrator can set a limit here; it is not tried.");
        return None;
    }
    let script = format!("{script} && exec \"$0\" \"$@\"");
    let shell = [own[0], own[1], own[2], "sh", "-c", &script];
    Some(under(&shell, name, site))
}

#[test]
fn more_folders_than_may_be_watched() {
    if let Some(root) = as_child() {
        let mut tracker = Tracker::open(&root);
        let mut watch = Watch::start(&root);
        assert_told_once(&mut watch);
        write(&root.join("content/new.toml"), "");
        find(&mut watch, &mut tracker, "content/new.toml");
        assert_eq!(watch.notice(), None);
        return;
    }
    let site = Site::new();
    if let Some(output) = with_watches(2, "more_folders_than_may_be_watched", &site) {
        assert_passed(&output);
    }
}

#[test]
fn the_limit_is_reached_by_new_folders() {
    if let Some(root) = as_child() {
        let mut tracker = Tracker::open(&root);
        let mut watch = Watch::start(&root);
        assert_eq!(watch.notice(), None);
        for number in 0..10 {
            write(&root.join(format!("content/{number}/plan.toml")), "");
        }
        find(&mut watch, &mut tracker, "content/9/plan.toml");
        // The end of the burst may be yet to come.
        write(&root.join("content/8/plan.toml"), "title = \"New\"\n");
        find(&mut watch, &mut tracker, "content/8/plan.toml");
        assert_told_once(&mut watch);
        write(&root.join("content/7/plan.toml"), "title = \"New\"\n");
        find(&mut watch, &mut tracker, "content/7/plan.toml");
        assert_eq!(watch.notice(), None);
        return;
    }
    let site = Site::new();
    if let Some(output) = with_watches(8, "the_limit_is_reached_by_new_folders", &site) {
        assert_passed(&output);
    }
}
