//! Which requests are let through: one known host, GET or HEAD, no body, a plain path.
//!
//! In: the parts of a request as they were sent. Out: what is asked for, or a [`Refusal`]. Knows
//! neither sockets nor routes.

use super::reach::Reach;

/// A target that is longer cannot be a page of a site; its 414 is RFC 9110, 15.5.15.
const LONGEST_TARGET: usize = 8 * 1024;

/// A request as it was sent.
pub(super) struct Sent<'a> {
    pub method: &'a str,
    pub target: &'a str,
    pub headers: Vec<(&'a str, &'a str)>,
}

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Admitted<'a> {
    /// Decoded once.
    pub path: String,
    pub query: &'a str,
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No `Host`, or more than one: 400 (RFC 9112, 3.2).
    NotOneHost,
    /// Another site's name may lead here while its pages look on (DNS rebinding): 403.
    UnknownHost,
    /// Neither GET nor HEAD: 405, with `Allow` (RFC 9110, 15.5.6).
    Method,
    /// It has content, or might have: 400. That GET and HEAD may be refused for it is in RFC 9110,
    /// 9.3.1; where its length is told twice, it must be (RFC 9112, 6.1).
    Content,
    /// Longer than any address here: 414.
    LongTarget,
    /// Not a plain path: 400. Of the four forms of a target (RFC 9112, 3.2) only the origin form
    /// is one; `.` and `..` are the browser's to take away (RFC 3986, 5.2.4).
    Target,
}

/// Lets a request through, or says why not. The host comes first: whoever is not known learns
/// nothing else.
pub(super) fn admit<'a>(sent: &Sent<'a>, reach: &Reach) -> Result<Admitted<'a>, Refusal> {
    let mut hosts = sent.values("host");
    match (hosts.next(), hosts.next()) {
        (Some(host), None) if reach.knows(host) => {}
        (Some(host), None) if !host.is_empty() => return Err(Refusal::UnknownHost),
        _ => return Err(Refusal::NotOneHost),
    }
    if !matches!(sent.method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    if sent.may_have_content() {
        return Err(Refusal::Content);
    }
    if sent.target.len() > LONGEST_TARGET {
        return Err(Refusal::LongTarget);
    }
    plain(sent.target).ok_or(Refusal::Target)
}

impl<'a> Sent<'a> {
    fn values(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }

    fn may_have_content(&self) -> bool {
        self.values("transfer-encoding").next().is_some()
            || self.values("expect").next().is_some()
            || self.values("content-length").any(|length| length != "0")
    }
}

/// Path and query of a target in origin form, the path decoded once.
fn plain(target: &str) -> Option<Admitted<'_>> {
    let whole = target.starts_with('/')
        && target.bytes().all(|byte| byte.is_ascii_graphic())
        && !target.contains('#');
    if !whole {
        return None;
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let path = decoded(path)?;
    // `//host/` names another host as soon as it stands in a link.
    let odd = path.starts_with("//")
        || path.contains(|c: char| c == '\\' || c.is_control())
        || path.split('/').any(|name| matches!(name, "." | ".."));
    (!odd).then_some(Admitted { path, query })
}

/// Takes percent-encoding away (RFC 3986, 2.1), once: what then still looks encoded is a name.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            byte => byte,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'a>(method: &'a str, target: &'a str, headers: &[(&'a str, &'a str)]) -> Sent<'a> {
        Sent {
            method,
            target,
            headers: headers.to_vec(),
        }
    }

    fn get(target: &str) -> Result<(String, String), Refusal> {
        let sent = of("GET", target, &[("Host", "localhost")]);
        admit(&sent, &Reach::loopback("127.0.0.1"))
            .map(|admitted| (admitted.path, admitted.query.to_owned()))
    }

    fn refused(method: &str, headers: &[(&str, &str)]) -> Option<Refusal> {
        admit(&of(method, "/", headers), &Reach::loopback("127.0.0.1")).err()
    }

    #[test]
    fn a_path_is_decoded_once_and_a_query_never() {
        let (path, query) = get("/plans/m%C3%A3e%20%252e/?a=%20").expect("it is plain");
        assert_eq!(path, "/plans/mãe %2e/");
        assert_eq!(query, "a=%20");
    }

    #[test]
    fn what_is_no_plain_path_is_refused() {
        for target in [
            "",
            "*",
            "plans/",
            "http://localhost/",
            "localhost:80",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/../",
            "/a/..",
            "/./a",
            "/a/%2e%2E/b",
            "/a%2f..%2fb",
            "/a\\b",
            "/%5c..%5c",
            "/C:\\",
            "/a\0b",
            "/%00",
            "/%0d%0aX: y",
            "/a\r\nX:y",
            "/%C2%85",
            "/%7f",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/%u0041",
            "/ã",
            "/a b",
            "/a#b",
        ] {
            assert_eq!(get(target), Err(Refusal::Target), "{target:?}");
        }
        let long = format!("/{}", "a".repeat(LONGEST_TARGET));
        assert_eq!(get(&long), Err(Refusal::LongTarget));
    }

    #[test]
    fn names_that_only_look_odd_are_let_through() {
        for target in [
            "/...",
            "/.well-known/x",
            "/a..b/",
            "/a//b",
            "/C:/",
            "/%252e%252e/",
        ] {
            assert!(get(target).is_ok(), "{target}");
        }
    }

    #[test]
    fn exactly_one_known_host_is_wanted() {
        use Refusal::{NotOneHost, UnknownHost};
        let one = |host| refused("GET", &[("hOsT", host)]);
        assert_eq!(one("LOCALHOST:99"), None);
        assert_eq!(one("planpress.example"), Some(UnknownHost));
        assert_eq!(one(""), Some(NotOneHost));
        assert_eq!(refused("GET", &[]), Some(NotOneHost));
        let two = [("Host", "localhost"), ("host", "localhost")];
        assert_eq!(refused("GET", &two), Some(NotOneHost));
    }

    #[test]
    fn only_get_and_head_without_content_are_let_through() {
        let host = ("Host", "localhost");
        for method in ["POST", "OPTIONS", "TRACE", "CONNECT", "get", "PLAN", ""] {
            assert_eq!(refused(method, &[host]), Some(Refusal::Method), "{method}");
        }
        for method in ["GET", "HEAD"] {
            assert_eq!(refused(method, &[host]), None, "{method}");
            assert_eq!(refused(method, &[host, ("Content-Length", "0")]), None);
            for content in [
                ("Content-Length", "5"),
                ("content-length", "0, 5"),
                ("Transfer-Encoding", "chunked"),
                ("Expect", "100-continue"),
            ] {
                let refusal = refused(method, &[host, content]);
                assert_eq!(refusal, Some(Refusal::Content), "{method} {content:?}");
            }
        }
    }
}
