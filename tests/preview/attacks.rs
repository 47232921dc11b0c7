//! Requests that no browser sends by itself: what is asked for stays inside, and no other site
//! gets a look.

use std::io::{Read, Write};

use crate::served::{Reply, SECRET, Served, reply};

/// What every response says, whatever was asked.
const ALWAYS: &[(&str, &str)] = &[
    ("Connection", "close"),
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Referrer-Policy", "no-referrer"),
];

fn guarded(reply: &Reply) {
    for (name, value) in ALWAYS {
        assert_eq!(reply.header(name), Some(*value), "{}", reply.head);
    }
    let policy = reply
        .header("Content-Security-Policy")
        .expect("there is one");
    assert!(policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(!reply.head.contains("Access-Control"), "{}", reply.head);
    assert!(!reply.head.contains("Evil"), "{}", reply.head);
    assert!(!reply.text().contains(SECRET), "{}", reply.text());
    assert!(!reply.text().contains("<b>evil"), "{}", reply.text());
}

/// Asks for a target and wants it refused; the next one to ask gets the home page.
fn refused(target: &[u8], status: u16) {
    let served = Served::start();
    let shown = String::from_utf8_lossy(target);
    let reply = served.target(target).expect("it answers");
    assert_eq!(reply.status, status, "{shown}: {}", reply.head);
    guarded(&reply);
    assert_eq!(
        served.get("").expect("it answers").status,
        200,
        "after {shown}"
    );
}

#[test]
fn dots_lead_nowhere() {
    refused(b"/../secret.txt", 400);
}

#[test]
fn dots_after_a_name_lead_nowhere() {
    refused(b"/plan/../../../secret.txt", 400);
}

#[test]
fn encoded_dots_lead_nowhere() {
    refused(b"/%2e%2e/secret.txt", 400);
}

#[test]
fn encoded_slashes_lead_nowhere() {
    refused(b"/..%2f..%2fsecret.txt", 400);
}

#[test]
fn doubly_encoded_dots_are_a_name_that_no_page_has() {
    refused(b"/%252e%252e/secret.txt", 404);
}

#[test]
fn backslashes_lead_nowhere() {
    refused(b"/\\..\\secret.txt", 400);
}

#[test]
fn a_drive_is_no_page() {
    refused(b"/C:\\secret.txt", 400);
}

#[test]
fn a_folder_of_the_system_is_no_page() {
    refused(b"/etc/passwd", 404);
}

#[test]
fn two_slashes_lead_nowhere() {
    refused(b"//etc/passwd", 400);
}

#[test]
fn a_nul_is_no_part_of_an_address() {
    refused(b"/plan\0.html", 400);
}

#[test]
fn an_encoded_nul_is_no_part_of_an_address() {
    refused(b"/plan%00.html", 400);
}

#[test]
fn encoded_bytes_that_are_no_text_are_refused() {
    refused(b"/%ff%fe", 400);
}

#[test]
fn an_overlong_dot_is_refused() {
    refused(b"/%c0%ae%c0%ae/secret.txt", 400);
}

#[test]
fn half_an_encoded_byte_is_refused() {
    refused(b"/%4", 400);
}

#[test]
fn an_absolute_address_is_refused() {
    refused(b"http://127.0.0.1/", 400);
}

#[test]
fn a_star_is_refused() {
    refused(b"*", 400);
}

#[test]
fn encoded_line_ends_make_no_header() {
    refused(b"/%0d%0aEvil:%20yes", 400);
}

#[test]
fn line_ends_make_no_header() {
    refused(b"/\nEvil:yes\r", 400);
}

#[test]
fn markup_in_an_address_is_not_shown_as_markup() {
    refused(b"/<b>evil</b>", 404);
}

#[test]
fn an_address_of_many_thousand_letters_is_refused() {
    refused(format!("/{}", "a".repeat(100_000)).as_bytes(), 414);
}

#[test]
fn bytes_that_are_no_text_get_no_page() {
    let served = Served::start();
    let reply = served.target(b"/\xff\xfe");
    assert!(reply.is_none_or(|reply| reply.status == 400));
    assert_eq!(served.get("").expect("it answers").status, 200);
}

#[test]
fn what_is_no_request_at_all_gets_no_page() {
    let served = Served::start();
    for bytes in [
        &b"\r\n\r\n"[..],
        b"\x16\x03\x01\x02\0\x01\0",
        b"GET\r\n\r\n",
        b"GET / \r\n\r\n",
    ] {
        let mut stream = served.connect();
        stream.write_all(bytes).expect("it can be sent");
        stream
            .shutdown(std::net::Shutdown::Write)
            .expect("it is open");
        let mut said = Vec::new();
        // What comes back, if anything, is no page; a reset is as good.
        let _ = stream.read_to_end(&mut said);
        assert!(!said.starts_with(b"HTTP/1.1 200"), "{bytes:?}");
    }
    assert_eq!(served.get("").expect("it answers").status, 200);
}

#[test]
fn a_host_that_is_not_known_is_told_where_the_site_is() {
    let served = Served::start();
    for host in [
        "elsewhere.example",
        "127.0.0.1.elsewhere.example:80",
        "192.0.2.1",
    ] {
        let request = format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", served.home);
        let reply = served.raw(request.as_bytes()).expect("it answers");
        assert_eq!(reply.status, 403, "{host}");
        guarded(&reply);
        let own = format!("http://{}/", served.address);
        assert!(reply.text().contains(&own), "{}", reply.text());
        assert!(!reply.text().contains(host), "{}", reply.text());
    }
}

#[test]
fn this_computer_has_more_names_than_one() {
    let served = Served::start();
    for host in ["localhost", "LOCALHOST.:1", "[::1]:2030", "127.0.0.1"] {
        let request = format!("GET {} HTTP/1.1\r\nHost: {host}\r\n\r\n", served.home);
        assert_eq!(
            served.raw(request.as_bytes()).expect("it answers").status,
            200,
            "{host}"
        );
    }
}

#[test]
fn no_host_and_two_hosts_are_refused() {
    let served = Served::start();
    for hosts in ["", "Host:\r\n", "Host: localhost\r\nHost: localhost\r\n"] {
        let request = format!("GET {} HTTP/1.1\r\n{hosts}\r\n", served.home);
        let reply = served.raw(request.as_bytes()).expect("it answers");
        assert_eq!(reply.status, 400, "{hosts}");
        guarded(&reply);
    }
}

#[test]
fn nothing_but_get_and_head_is_allowed() {
    let served = Served::start();
    for method in [
        "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND",
    ] {
        let request = format!(
            "{method} {} HTTP/1.1\r\nHost: localhost\r\nOrigin: http://elsewhere.example\r\n\
             Access-Control-Request-Method: GET\r\nContent-Length: 0\r\n\r\n",
            served.home
        );
        let reply = served.raw(request.as_bytes()).expect("it answers");
        assert_eq!(reply.status, 405, "{method}");
        assert_eq!(reply.header("Allow"), Some("GET, HEAD"), "{method}");
        guarded(&reply);
    }
}

#[test]
fn head_says_what_get_says_and_sends_nothing() {
    let served = Served::start();
    for name in ["", "large.bin", "no-such-page"] {
        let request = |method| {
            let (home, host) = (&served.home, served.address);
            format!("{method} {home}{name} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        };
        let get = served.raw(request("GET").as_bytes()).expect("it answers");
        guarded(&get);
        let mut stream = served.connect();
        stream
            .write_all(request("HEAD").as_bytes())
            .expect("it can be sent");
        let mut head = String::new();
        stream.read_to_string(&mut head).expect("it ends");
        assert_eq!(head, get.head, "{name}");
    }
}

#[test]
fn a_request_whose_length_is_told_twice_is_refused() {
    let served = Served::start();
    let request = format!(
        "GET {home} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET {home} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        home = served.home
    );
    let reply = served.raw(request.as_bytes()).expect("it answers");
    assert_eq!(reply.status, 400);
    guarded(&reply);
}

#[test]
fn content_that_was_promised_and_never_comes_keeps_nobody_waiting() {
    let served = Served::start();
    let waiting: Vec<_> = [
        "Content-Length: 5",
        "Content-Length: 5000",
        "Transfer-Encoding: chunked",
        "Content-Length: 5000\r\nExpect: 100-continue",
        "Connection: upgrade\r\nUpgrade: h2c",
    ]
    .iter()
    .flat_map(|header| std::iter::repeat_n(header, 8))
    .map(|header| {
        let mut stream = served.connect();
        let request = format!("POST / HTTP/1.1\r\nHost: localhost\r\n{header}\r\n\r\n");
        stream
            .write_all(request.as_bytes())
            .expect("it can be sent");
        stream
    })
    .collect();
    assert_eq!(served.get("").expect("it answers").status, 200);
    for mut stream in waiting {
        // Refused in the end, or hung up on.
        let refused = reply(&mut stream, false).is_none_or(|reply| reply.status == 405);
        assert!(refused);
    }
}

#[test]
fn more_content_than_there_is_memory_does_not_end_the_preview() {
    let served = Served::start();
    for length in [
        "99999999999999",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999999",
    ] {
        let request =
            format!("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n");
        let mut stream = served.connect();
        stream
            .write_all(request.as_bytes())
            .expect("it can be sent");
        drop(stream);
        assert_eq!(served.get("").expect("it answers").status, 200, "{length}");
    }
}

#[test]
fn one_connection_gets_one_answer_at_a_time() {
    let served = Served::start();
    let one = format!(
        "GET {}large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
        served.home
    );
    let mut stream = served.connect();
    stream
        .write_all(one.repeat(500).as_bytes())
        .expect("it can be sent");
    assert_eq!(served.get("").expect("it answers").status, 200);
    assert_eq!(reply(&mut stream, false).expect("it answers").status, 200);
}
