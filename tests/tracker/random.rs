//! After any changes, however they were looked at, a tracker knows what a fresh listing finds.

use proptest::prelude::*;

use super::*;

const PATHS: &[&str] = &[
    CONFIG,
    "content",
    "content/a.toml",
    "content/d",
    "content/d/a.toml",
    "content/d/e",
    "content/d/e/f.toml",
    "content/d-e.toml",
    "content/4913",
    "content/.git/plan.toml",
    "content/a.toml~",
    "themes",
    "themes/t/page.html",
    "templates/page.html",
    "public/index.html",
    "notes.txt",
];

#[derive(Clone, Debug)]
enum Change {
    Write(&'static str),
    Folder(&'static str),
    Rename(&'static str, &'static str),
    Remove(&'static str),
    Link(&'static str),
    Socket(&'static str),
    BadName(&'static str),
}

#[derive(Clone, Debug)]
enum Then {
    LookAtThem,
    LookEverywhere,
    GoOn,
}

fn change() -> impl Strategy<Value = Change> {
    let path = || proptest::sample::select(PATHS);
    prop_oneof![
        6 => path().prop_map(Change::Write),
        1 => path().prop_map(Change::Folder),
        4 => (path(), path()).prop_map(|(from, to)| Change::Rename(from, to)),
        3 => path().prop_map(Change::Remove),
        1 => path().prop_map(Change::Link),
        1 => path().prop_map(Change::Socket),
        1 => path().prop_map(Change::BadName),
    ]
}

fn then() -> impl Strategy<Value = Then> {
    prop_oneof![
        4 => Just(Then::LookAtThem),
        1 => Just(Then::LookEverywhere),
        1 => Just(Then::GoOn),
    ]
}

/// Does it, where it can be done, and names what events would name. No two texts are of one
/// length, so that no clock must tell them apart.
fn apply(root: &Path, change: &Change, length: usize, named: &mut Vec<PathBuf>) {
    let mut come = |path: &Path| {
        named.extend(
            path.ancestors()
                .take_while(|folder| *folder != root && !folder.is_dir())
                .map(Path::to_owned),
        );
        if let Some(folder) = path.parent() {
            let _ = fs::create_dir_all(folder);
        }
    };
    match change {
        Change::Write(path) => {
            let path = root.join(path);
            come(&path);
            let _ = fs::write(&path, "x".repeat(length));
        }
        Change::Folder(path) => {
            let path = root.join(path);
            come(&path);
            let _ = fs::create_dir(&path);
        }
        Change::Rename(from, to) => {
            let (from, to) = (root.join(from), root.join(to));
            come(&to);
            let _ = fs::rename(&from, &to);
            named.extend([from, to]);
        }
        Change::Remove(path) => {
            let path = root.join(path);
            if fs::remove_file(&path).is_err() {
                let _ = fs::remove_dir_all(&path);
            }
            named.push(path);
        }
        Change::Link(path) => {
            let path = root.join(path);
            come(&path);
            let _ = std::os::unix::fs::symlink(root.join("public"), &path);
        }
        Change::Socket(path) => {
            let path = root.join(path);
            come(&path);
            let _ = std::os::unix::net::UnixListener::bind(&path);
        }
        Change::BadName(path) => {
            use std::os::unix::ffi::OsStrExt;
            let name = [
                b"bad",
                &[0xF0 + u8::try_from(length % 8).expect("it is small")][..],
            ];
            let path = root
                .join(path)
                .with_file_name(std::ffi::OsStr::from_bytes(&name.concat()));
            come(&path);
            // A folder as often as a file: what lies in it has a bad name too.
            if length.is_multiple_of(2) {
                let _ = fs::write(&path, "");
            } else {
                let _ = fs::create_dir(&path);
                let _ = fs::write(path.join("plan.toml"), "");
            }
            named.push(path);
        }
    }
}

#[cfg(target_os = "linux")]
proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_tracker_knows_what_a_fresh_listing_finds(
        changes in proptest::collection::vec((change(), then()), 1..25),
    ) {
        let site = Site::new();
        let root = site.root();
        let mut tracker = Tracker::open(&root);
        let mut contents = on_disk(&root);
        let mut named = Vec::new();
        for (number, (change, then)) in changes.iter().enumerate() {
            apply(&root, change, 100 + number, &mut named);
            let found = match then {
                Then::GoOn => continue,
                Then::LookAtThem => tracker.look_at(&named),
                Then::LookEverywhere => tracker.look_everywhere(),
            };
            named.clear();
            let before: Vec<String> = contents.keys().cloned().collect();
            take_over(&mut contents, &tracker, &found);
            if !found.listing {
                prop_assert_eq!(before, listed(tracker.snapshot()));
            }
            let mut diagnostics = tracker.diagnostics();
            diagnostic::sort(&mut diagnostics);
            match wrong(&root) {
                Ok(wrong) => {
                    prop_assert_eq!(diagnostics, wrong);
                    prop_assert_eq!(&contents, &on_disk(&root));
                }
                Err(message) => {
                    prop_assert!(diagnostics.iter().any(|found| found.message == message));
                }
            }
        }
    }
}
