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

fn ten_of(save: editors::Save) {
    ten(|site, text| save(&site.path(PLAN), text));
}

#[test]
fn vim() {
    ten_of(editors::vim);
}

#[test]
fn emacs() {
    ten_of(editors::emacs);
}

#[test]
fn visual_studio_code() {
    ten_of(editors::visual_studio_code);
}

#[test]
fn jetbrains() {
    ten_of(editors::jetbrains);
}

/// The editor itself, where it is installed.
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
