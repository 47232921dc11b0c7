//! Ten saves in a row as each editor saves. Scans are left out here, so that every change is
//! found by the events of the save itself.

use super::*;

const PLAN: &str = "content/plan.toml";

/// Saves ten times, and waits each time until the words are known.
fn ten(save: impl Fn(&Site, &str)) {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for number in 0..10 {
        save(&site, &format!("title = \"Saved {number} times\"\n"));
        follower.catches_up();
    }
}

/// With `writebackup`, where it may rename: probe, backup, new file, and the backup goes. The swap
/// file is written all the while.
#[test]
fn vim() {
    ten(|site, text| {
        let swap = site.path("content/.plan.toml.swp");
        write(&swap, text);
        write(&site.path("content/4913"), "");
        fs::remove_file(site.path("content/4913")).expect("it can be removed");
        site.rename(PLAN, "content/plan.toml~");
        site.write(PLAN, text);
        fs::remove_file(site.path("content/plan.toml~")).expect("it can be removed");
        fs::remove_file(swap).expect("it can be removed");
    });
}

/// The real one, where it is installed.
#[cfg(unix)]
#[test]
fn vim_itself() {
    use std::process::{Command, Stdio};
    let vim = |arguments: &[&str]| {
        Command::new("vim")
            .args(["-u", "NONE", "-i", "NONE", "-n", "-es"])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
    };
    if vim(&["-c", "q!"]).is_err() {
        eprintln!("There is no vim here; `vim` stands for it.");
        return;
    }
    for copy in ["no", "yes"] {
        ten(|site, text| {
            let path = site.path(PLAN);
            let line = format!("call setline(1, '{}')", text.trim_end());
            let backup = format!("set backup writebackup backupcopy={copy}");
            vim(&[
                "-c",
                &backup,
                "-c",
                &line,
                "-c",
                "wq",
                &path.to_string_lossy(),
            ])
            .expect("it was found before");
            assert_eq!(fs::read_to_string(path).expect("it is there"), text);
        });
    }
}

/// A lock that is a link to nowhere, an auto-save file, a backup, and a new file.
#[test]
fn emacs() {
    ten(|site, text| {
        let lock = site.path("content/.#plan.toml");
        #[cfg(unix)]
        std::os::unix::fs::symlink("someone@somewhere.1234", &lock).expect("it can be made");
        #[cfg(not(unix))]
        write(&lock, "");
        site.write("content/#plan.toml#", text);
        site.rename(PLAN, "content/plan.toml~");
        site.write(PLAN, text);
        fs::remove_file(site.path("content/#plan.toml#")).expect("it can be removed");
        fs::remove_file(lock).expect("it can be removed");
    });
}

/// The file is emptied and written in place.
#[test]
fn visual_studio_code() {
    ten(|site, text| site.write(PLAN, text));
}

/// A new file beside it takes its place, and the old one leaves under another name.
#[test]
fn jetbrains() {
    ten(|site, text| {
        site.write("content/plan.toml___jb_tmp___", text);
        site.rename(PLAN, "content/plan.toml___jb_old___");
        site.rename("content/plan.toml___jb_tmp___", PLAN);
        fs::remove_file(site.path("content/plan.toml___jb_old___")).expect("it can be removed");
    });
}

#[test]
fn a_rename_of_a_file_with_an_odd_name() {
    ten(|site, text| {
        site.write("content/plan.toml.XfG3ab", text);
        site.rename("content/plan.toml.XfG3ab", PLAN);
    });
}

#[test]
fn a_rename_from_outside_of_the_site() {
    ten(|site, text| {
        let outside = site.folder.path().join("outside");
        write(&outside, text);
        fs::rename(outside, site.path(PLAN)).expect("it can be renamed");
    });
}

/// The first half stands for a while, as on a slow disk.
#[test]
fn a_file_that_is_written_in_halves() {
    use std::io::Write;
    ten(|site, text| {
        let mut file = fs::File::create(site.path(PLAN)).expect("it can be made");
        let (first, second) = text.split_at(text.len() / 2);
        file.write_all(first.as_bytes()).expect("it can be written");
        thread::sleep(Duration::from_millis(20));
        file.write_all(second.as_bytes())
            .expect("it can be written");
    });
}

/// Each of these is on the disk for an instant only; the last one counts.
#[test]
fn a_burst_of_saves_ends_with_the_last() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for number in 0..500 {
        site.write(PLAN, &format!("title = \"Number {number}\"\n"));
    }
    follower.catches_up();
    let looks = follower.looks_until_calm().len();
    assert!(looks < 20, "{looks} more looks");
}

#[cfg(target_os = "linux")]
#[test]
fn a_save_in_place_is_never_seen_half_done() {
    let site = Site::new();
    let follower = Follower::new(&site.root(), Takes::OnlyEvents);
    for number in 0..10 {
        site.write(PLAN, &format!("title = \"Saved {number} times\"\n"));
        let steps = follower.looks_until_calm();
        assert!(!steps.is_empty());
        for step in steps {
            let text = String::from_utf8_lossy(&step.contents[PLAN]).into_owned();
            assert_eq!(text, format!("title = \"Saved {number} times\"\n"));
        }
    }
}
