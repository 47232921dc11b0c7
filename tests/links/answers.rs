//! What each kind of answer comes to.

use std::net::TcpListener;
use std::time::Duration;

use crate::server::{Reply, Server, good, redirect, status};
use crate::{Site, found};

/// The finding about `/page` of a server that answers so, with `SERVER` for its address.
fn said(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Option<(&'static str, String)> {
    let server = Server::start(answer);
    let (name, message) = found(&server.at("/page"))?;
    let message = message.replace(&server.address.to_string(), "SERVER");
    Some((name, message))
}

fn is(name: &'static str, message: &str) -> Option<(&'static str, String)> {
    Some((name, message.to_owned()))
}

#[test]
fn a_page_that_is_there_is_no_finding() {
    assert_eq!(said(|_| good()), None);
}

#[test]
fn a_page_that_has_moved_for_good_has_a_new_address_to_write() {
    for code in [301, 308] {
        let answer = move |line: &str| match line {
            "HEAD /page" => redirect(code, "/new"),
            _ => good(),
        };
        let message = "http://SERVER/page has moved for good, to http://SERVER/new";
        assert_eq!(said(answer), is("moved-outside-link", message));
    }
}

#[test]
fn the_new_address_keeps_the_anchor() {
    let server = Server::start(|line| match line {
        "HEAD /page" => redirect(301, "/new"),
        _ => good(),
    });
    let (_, message) = found(&server.at("/page#goals")).expect("it has moved");
    assert!(message.ends_with("/new#goals"), "{message}");
}

#[test]
fn a_redirect_for_now_is_no_finding() {
    for code in [302, 303, 307] {
        let answer = move |line: &str| match line {
            "HEAD /page" => redirect(code, "/today"),
            _ => good(),
        };
        assert_eq!(said(answer), None);
    }
}

#[test]
fn what_a_moved_page_leads_on_to_for_now_is_not_its_new_address() {
    let answer = |line: &str| match line {
        "HEAD /page" => redirect(301, "/new"),
        "HEAD /new" => redirect(302, "/today"),
        "HEAD /today" => redirect(301, "/moved-again"),
        _ => good(),
    };
    let message = "http://SERVER/page has moved for good, to http://SERVER/new";
    assert_eq!(said(answer), is("moved-outside-link", message));
}

#[test]
fn a_page_that_is_gone_is_a_dead_link() {
    let message = "http://SERVER/page: the page is not there (404)";
    assert_eq!(said(|_| status(404)), is("dead-outside-link", message));
    let message = "http://SERVER/page: the page was taken away for good (410)";
    assert_eq!(said(|_| status(410)), is("dead-outside-link", message));
}

#[test]
fn a_dead_end_behind_a_redirect_is_named() {
    let answer = |line: &str| match line {
        "HEAD /page" => redirect(301, "/gone"),
        _ => status(404),
    };
    let message =
        "http://SERVER/page leads on to http://SERVER/gone, and the page is not there (404)";
    assert_eq!(said(answer), is("dead-outside-link", message));
}

#[test]
fn a_server_that_knows_no_head_is_asked_with_get() {
    for code in [403, 404, 405, 501] {
        let server = Server::start(move |line| match line {
            "HEAD /page" => status(code),
            _ => good(),
        });
        assert_eq!(found(&server.at("/page")), None);
        assert_eq!(server.lines(), ["HEAD /page", "GET /page"]);
    }
    let hangs_up = |line: &str| match line {
        "HEAD /page" => Reply::Hangup,
        _ => good(),
    };
    assert_eq!(said(hangs_up), None);
}

#[test]
fn a_page_without_end_is_not_read_to_its_end() {
    let server = Server::start(|line| match line {
        "HEAD /page" => status(405),
        _ => Reply::Endless,
    });
    assert_eq!(found(&server.at("/page")), None);
    // What the two sides' buffers hold is a few megabytes.
    assert!(server.sent() < 64 << 20, "{} bytes", server.sent());
}

#[test]
fn answers_that_may_pass_leave_it_open_whether_the_page_is_there() {
    let cases = [
        (401, "SERVER does not show the page to everyone (401)"),
        (403, "SERVER does not show the page to everyone (403)"),
        (418, "SERVER answers in an unexpected way (418)"),
        (500, "the server of SERVER has an error of its own (500)"),
        (503, "SERVER asks to come back later (503)"),
    ];
    for (code, words) in cases {
        let message = format!("http://SERVER/page: {words}");
        assert_eq!(
            said(move |_| status(code)),
            is("unsure-outside-link", &message)
        );
    }
    let message =
        "http://SERVER/page: SERVER closed the connection without an answer that makes sense";
    assert_eq!(said(|_| Reply::Hangup), is("unsure-outside-link", message));
}

#[test]
fn a_server_that_never_answers_is_given_up() {
    let server = Server::start(|_| Reply::Silence);
    let mut site = Site::new();
    site.options.patience = Duration::from_secs(1);
    let tried = site.tries(&[server.at("/page")]);
    let [one] = &tried.diagnostics[..] else {
        panic!("{:?}", tried.diagnostics);
    };
    assert_eq!(one.name, "unsure-outside-link");
    assert!(
        one.message.ends_with(" did not answer within 1 s"),
        "{}",
        one.message
    );
}

#[test]
fn redirects_in_a_circle_end() {
    let server = Server::start(|line| match line {
        "HEAD /page" => redirect(302, "/other"),
        _ => redirect(302, "/page"),
    });
    let (name, message) = found(&server.at("/page")).expect("it does not arrive");
    assert_eq!(name, "dead-outside-link");
    assert!(
        message.ends_with("it leads on and on, more than 5 times"),
        "{message}"
    );
    assert_eq!(server.lines().len(), 6);
}

#[test]
fn only_the_web_is_followed() {
    for to in ["file:///etc/passwd", "ftp://127.0.0.1/page", "javascript:1"] {
        let said = said(move |_| redirect(301, to)).expect("it does not arrive");
        assert_eq!(said.0, "dead-outside-link");
        assert!(said.1.contains("which is no web page"), "{}", said.1);
    }
}

#[test]
fn a_redirect_that_names_no_address_is_unclear() {
    let message = "http://SERVER/page: SERVER answers in an unexpected way (302)";
    assert_eq!(said(|_| status(302)), is("unsure-outside-link", message));
}

#[test]
fn a_refused_connection_is_a_dead_link() {
    let unused = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = unused.local_addr().expect("an address");
    drop(unused);
    let (name, message) = found(&format!("http://{address}/")).expect("nothing is there");
    assert_eq!(name, "dead-outside-link");
    assert_eq!(
        message,
        format!("http://{address}/: {address} takes no connections")
    );
}

#[test]
fn an_unknown_name_is_a_dead_link() {
    let message = "http://no-such-name.invalid/: there is no site called no-such-name.invalid";
    assert_eq!(
        found("http://no-such-name.invalid/"),
        is("dead-outside-link", message)
    );
}

#[test]
fn nothing_in_an_address_is_taken_for_anything_else() {
    let server = Server::start(|_| good());
    for path in [
        "/a\"b\\c",
        "/{a,b}/[1-3]",
        "/-o/--output",
        "/$(id)`id`;id|id",
        "/a'b",
        "/%22%0a",
    ] {
        assert_eq!(found(&server.at(path)), None, "{path}");
        assert!(
            server.lines().iter().any(|line| line.starts_with("HEAD /")),
            "{path}"
        );
    }
    assert_eq!(server.lines().len(), 6);
    assert!(
        server.lines().contains(&"HEAD /{a,b}/[1-3]".to_owned()),
        "{:?}",
        server.lines()
    );
    let injected = server.at("/x\"\noutput = \"/tmp/planpress-was-here");
    let (name, _) = found(&injected).expect("it holds a line break");
    assert_eq!(name, "unsure-outside-link");
    assert_eq!(server.lines().len(), 6);
}
