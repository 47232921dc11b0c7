//! How politely other sites are asked.

use std::thread;
use std::time::Duration;

use crate::server::{Reply, Server, good, redirect, status};
use crate::{Site, link};
use planpress::build::OutsideMention;
use planpress::diagnostic::Place;
use planpress::linkcheck::check;

fn slow(reply: fn(&str) -> Reply) -> Server {
    Server::start(move |line| {
        thread::sleep(Duration::from_millis(30));
        reply(line)
    })
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_by_a_program_that_says_its_name() {
    let server = slow(|_| good());
    let addresses: Vec<String> = (0..8).map(|page| server.at(&format!("/{page}"))).collect();
    let tried = Site::new().tries(&addresses);
    assert_eq!((tried.asked, tried.hosts, tried.arrived), (8, 1, 8));
    assert_eq!(server.most_at_once(), 1);
    for request in server.requests() {
        let name = concat!("User-Agent: planpress/", env!("CARGO_PKG_VERSION"), "\r\n");
        assert!(request.head.contains(name), "{}", request.head);
    }
}

#[test]
fn a_host_that_others_lead_on_to_is_asked_one_thing_at_a_time_too() {
    let goal = slow(|_| good());
    let to = goal.at("/");
    let others: Vec<Server> = (0..4)
        .map(|_| {
            let to = to.clone();
            Server::start(move |_| redirect(302, &to))
        })
        .collect();
    let addresses: Vec<String> = others.iter().map(|other| other.at("/")).collect();
    assert_eq!(Site::new().tries(&addresses).arrived, 4);
    assert_eq!(goal.lines().len(), 4);
    assert_eq!(goal.most_at_once(), 1);
}

#[test]
fn several_hosts_are_asked_at_once_but_no_more_than_allowed() {
    // All hosts share one count: it is kept by who answers.
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let servers: Vec<Server> = (0..9)
        .map(|_| {
            let (now, most) = (now.clone(), most.clone());
            Server::start(move |_| {
                let at_once = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(at_once, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(300));
                now.fetch_sub(1, Ordering::SeqCst);
                good()
            })
        })
        .collect();
    let addresses: Vec<String> = servers.iter().map(|server| server.at("/")).collect();
    assert_eq!(Site::new().tries(&addresses).arrived, 9);
    let most = most.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most} at once");
}

#[test]
fn a_host_that_asks_to_come_back_later_is_left_alone() {
    let server = Server::start(|_| Reply::Head(429, "Retry-After: 120\r\n".to_owned()));
    let addresses = ["/a", "/b", "/c"].map(|path| server.at(path));
    let tried = Site::new().tries(&addresses);
    assert_eq!(server.lines(), ["HEAD /a"]);
    assert_eq!(tried.diagnostics.len(), 3);
    for found in tried.diagnostics {
        assert_eq!(found.name, "unsure-outside-link");
        assert!(
            found.message.ends_with("asks to come back later (429)"),
            "{}",
            found.message
        );
    }
}

#[test]
fn a_silent_host_is_given_up_after_the_second_page() {
    let server = Server::start(|_| Reply::Silence);
    let mut site = Site::new();
    site.options.patience = Duration::from_millis(500);
    let tried = site.tries(&["/a", "/b", "/c", "/d"].map(|path| server.at(path)));
    assert_eq!(server.lines().len(), 2);
    assert_eq!(tried.diagnostics.len(), 4);
}

#[test]
fn no_more_than_a_certain_number_is_asked_in_one_run() {
    let server = Server::start(|_| good());
    let mut site = Site::new();
    site.options.most = 2;
    let addresses = ["/a", "/b", "/c"].map(|path| server.at(path));
    let tried = site.tries(&addresses);
    assert_eq!((tried.asked, tried.left), (2, 1));
    assert!(
        tried.summary().ends_with("; 1 left for the next time"),
        "{}",
        tried.summary()
    );
    let tried = site.tries(&addresses);
    assert_eq!((tried.asked, tried.believed, tried.left), (1, 2, 0));
    assert_eq!(server.lines(), ["HEAD /a", "HEAD /b", "HEAD /c"]);
}

#[test]
fn a_finding_names_every_place_that_does_not_allow_it() {
    let server = Server::start(|_| status(404));
    let mention = |path: &str, allow: &[&str]| OutsideMention {
        place: Place::file(path),
        allow: allow.iter().map(|&name| name.to_owned()).collect(),
    };
    let mut link = link(&server.at("/"));
    link.mentions = vec![
        mention("content/a.toml", &["dead-outside-link"]),
        mention("content/b.toml", &[]),
        mention("content/c.toml", &["moved-outside-link"]),
    ];
    let tried = check(std::slice::from_ref(&link), &Site::new().options).expect("curl is there");
    let found = &tried.diagnostics[0];
    assert_eq!(
        found.place.as_ref().map(Place::path),
        Some("content/b.toml")
    );
    assert_eq!(found.related[0].0.path(), "content/c.toml");
    assert_eq!(found.related.len(), 1);
    link.mentions.truncate(1);
    let tried = check(&[link], &Site::new().options).expect("curl is there");
    assert_eq!(tried.diagnostics, []);
}
