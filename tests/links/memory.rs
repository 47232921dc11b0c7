//! What is known from the last time.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;

use crate::Site;
use crate::server::{Server, good, redirect, status};

const NOTE: &str = ".planpress/links";

#[test]
fn a_good_answer_is_believed_and_a_bad_one_asked_for_again() {
    let server = Server::start(|line| match line {
        "HEAD /old" => redirect(301, "/new"),
        "HEAD /gone" | "GET /gone" => status(404),
        _ => good(),
    });
    let site = Site::new();
    let addresses = ["/good", "/gone", "/old"].map(|path| server.at(path));
    let first = site.tries(&addresses);
    let asked = server.lines().len();
    let second = site.tries(&addresses);
    assert_eq!(first.diagnostics, second.diagnostics);
    assert_eq!((second.asked, second.believed), (1, 2));
    assert_eq!(server.lines()[asked..], ["HEAD /gone", "GET /gone"]);
    let note = fs::read_to_string(site.folder.path().join(NOTE)).expect("it is kept");
    assert!(
        note.contains("/good\n") && !note.contains("/gone"),
        "{note}"
    );
    let files = fs::read_dir(site.folder.path().join(".planpress")).expect("it is kept");
    let names = files.map(|file| file.expect("it can be listed").file_name());
    let names: BTreeSet<OsString> = names.collect();
    let expected = [".gitignore", "links"].map(OsString::from);
    assert_eq!(names, BTreeSet::from(expected));
}

#[test]
fn an_answer_is_believed_for_a_day_and_not_from_the_future() {
    let server = Server::start(|_| good());
    let site = Site::new();
    let address = server.at("/");
    site.tries(std::slice::from_ref(&address));
    let place = site.folder.path().join(NOTE);
    let note = fs::read_to_string(&place).expect("it is kept");
    let line = note.lines().nth(1).expect("one link");
    let (time, _) = line.split_once(' ').expect("when and which");
    let time: u64 = time.parse().expect("seconds");
    const DAY: u64 = 24 * 60 * 60;
    for (other, believed) in [(time - DAY + 3600, 1), (time - DAY, 0), (time + 3600, 0)] {
        let changed = note.replace(&time.to_string(), &other.to_string());
        fs::write(&place, changed).expect("it can be written");
        assert_eq!(
            site.tries(std::slice::from_ref(&address)).believed,
            believed,
            "{other}"
        );
    }
}

#[test]
fn a_damaged_note_is_begun_anew() {
    let server = Server::start(|_| good());
    let site = Site::new();
    let address = server.at("/");
    site.tries(std::slice::from_ref(&address));
    let place = site.folder.path().join(NOTE);
    let note = fs::read(&place).expect("it is kept");
    let damaged: [&[u8]; 4] = [
        b"",
        b"\xff\xfe",
        b"<<<<<<< HEAD\n",
        &note[..note.len() - 12],
    ];
    for bytes in damaged {
        fs::write(&place, bytes).expect("it can be written");
        let tried = site.tries(std::slice::from_ref(&address));
        assert_eq!((tried.asked, tried.arrived), (1, 1));
        assert_eq!(
            fs::read_to_string(&place)
                .expect("it is kept")
                .lines()
                .count(),
            2
        );
    }
}

#[test]
fn where_nothing_can_be_kept_the_links_are_tried_all_the_same() {
    let server = Server::start(|_| good());
    let site = Site::new();
    fs::write(site.folder.path().join(".planpress"), "in the way").expect("it can be written");
    let tried = site.tries(&[server.at("/")]);
    assert_eq!(tried.arrived, 1);
    let failure = tried.forgotten.expect("it could not be kept");
    assert!(failure.message.contains(NOTE), "{}", failure.message);
}
