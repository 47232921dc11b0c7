//! A publisher killed at random moments, fifty times over.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::site::{Site, as_child, child, publish_at};

const KILLS: u32 = 50;

/// Two versions of a site: pages in both, in one alone, and names that are a file in one and a
/// folder in the other. No text is the start of another.
fn version(letter: char) -> BTreeMap<String, String> {
    let mut paths = vec!["same.css".to_owned()];
    paths.extend((0..12).map(|n| format!("both-{n}/index.html")));
    paths.extend((0..4).map(|n| format!("only-{letter}/{n}/index.html")));
    paths.extend((0..6).map(|n| match (letter, n % 2) {
        ('a', 0) | ('b', 1) => format!("turn-{n}"),
        _ => format!("turn-{n}/deep/index.html"),
    }));
    let text = |path: &str| match path {
        "same.css" => "body {}".to_owned(),
        path => format!("{letter} {path} {} end", letter.to_string().repeat(5_000)),
    };
    paths
        .into_iter()
        .map(|path| (path.clone(), text(&path)))
        .collect()
}

fn pages(version: &BTreeMap<String, String>) -> Vec<(&str, &str)> {
    version
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect()
}

#[test]
fn a_kill_at_any_moment_leaves_whole_files_and_the_next_build_heals() {
    let (a, b) = (version('a'), version('b'));
    if let Some(root) = as_child() {
        println!("\nat work");
        loop {
            publish_at(&root, &pages(&b)).unwrap();
            publish_at(&root, &pages(&a)).unwrap();
        }
    }
    let site = Site::new();
    site.publish(&pages(&b)).unwrap();
    // A busy machine takes its time: the moments are spread over two rounds of its own pace.
    let mut pace = duration(|| site.publish(&pages(&a)).unwrap());
    site.by_hand("both-1/hand-made.html", "foreign");
    let program = std::env::current_exe().unwrap();
    let name = "kills::a_kill_at_any_moment_leaves_whole_files_and_the_next_build_heals";
    let (mut while_staging, mut while_publishing) = (0, 0);
    for round in 0..KILLS {
        let mut publisher = child(&program, name, site.root(), "")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(publisher.stdout.take().unwrap()).lines();
        assert!(said.any(|line| line.unwrap() == "at work"));
        let latest = pace.clamp(Duration::from_millis(5), Duration::from_millis(100)) * 2;
        let moment = RandomState::new().hash_one(round) % latest.as_micros() as u64;
        std::thread::sleep(Duration::from_micros(moment));
        publisher.kill().unwrap();
        publisher.wait().unwrap();

        while_staging += u32::from(site.has_staging());
        while_publishing += u32::from(site.manifest().contains("\n+"));
        check_whole(&site, &a, &b);
        // Now and then the next one is another child, which heals or is killed in turn.
        if round % 3 != 0 {
            let next = if round % 2 == 0 { &a } else { &b };
            pace = duration(|| site.publish(&pages(next)).unwrap());
            let mut expected = next.clone();
            expected.insert("both-1/hand-made.html".into(), "foreign".into());
            assert!(
                site.published() == expected,
                "round {round}: the next build heals"
            );
            assert!(!site.has_staging(), "round {round}: and cleans up");
        }
    }
    println!("{KILLS} kills, {while_staging} at work, {while_publishing} while publishing");
    assert!(
        while_staging > 0 && while_publishing > 0,
        "the kills hit something"
    );
}

fn duration<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

/// Every published file is one of the two versions', to the last byte; none that both have is
/// missing, and what is foreign is there.
#[track_caller]
fn check_whole(site: &Site, a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) {
    let published = site.published();
    assert_eq!(published["both-1/hand-made.html"], "foreign");
    for path in a.keys().filter(|path| b.contains_key(*path)) {
        assert!(published.contains_key(path), "{path} is missing");
    }
    for (path, text) in &published {
        let aside = path.starts_with(".planpress-staging/") || path == "both-1/hand-made.html";
        let empty_folder = text == "/";
        let whole = a.get(path) == Some(text) || b.get(path) == Some(text);
        assert!(
            aside || empty_folder || whole,
            "{path} is not whole: {} bytes",
            text.len()
        );
    }
}
