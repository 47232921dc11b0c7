//! A whole response as it is sent: a head of our own, and a body.
//!
//! In: an answer or a refusal. Out: bytes. Nothing of a request may get into them: all that is
//! in a head stands in this file or was made by the site.

use std::borrow::Cow;
use std::sync::Arc;

use super::Answer;
use super::gate::Refusal;

const HTML: &str = "text/html; charset=utf-8";

/// What every response says: it is the last on its connection, is never kept, is what it says it
/// is, loads nothing but the site's own files and what its texts may embed, runs no script that
/// stands in a page, and is of no use to pages elsewhere. There is no word about CORS, so a
/// browser shows no other site what is in it.
const ALWAYS: &str = "Connection: close\r\n\
    Cache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\n\
    Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: https:; font-src 'self'; media-src 'self' https:; \
    connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'\r\n\
    Cross-Origin-Opener-Policy: same-origin\r\n\
    Cross-Origin-Resource-Policy: same-origin\r\n\
    Referrer-Policy: no-referrer\r\n";

/// Ready to be sent.
#[derive(Clone, Debug)]
pub(super) struct Response {
    pub head: String,
    /// Shared with the site, never copied.
    pub body: Arc<[u8]>,
}

impl Response {
    /// The answer to a GET.
    pub fn answer(answer: Answer) -> Self {
        let sendable = |value: &str| value.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        let location = answer.location.as_deref();
        if reason(answer.status).is_none()
            || !sendable(&answer.kind)
            || !location.is_none_or(sendable)
        {
            return Self::broken();
        }
        let more = match location {
            Some(location) => Cow::Owned(format!("Location: {location}\r\n")),
            None => Cow::Borrowed(""),
        };
        Self::new(answer.status, &answer.kind, &more, answer.body)
    }

    /// The answer to a request that is not let through. `origins` are the addresses that work.
    pub fn refusal(refusal: Refusal, origins: &[String]) -> Self {
        let (status, title, text, more) = match refusal {
            Refusal::UnknownHost => (
                403,
                "This preview does not know that name",
                "It was asked for under a name that is not its own, and answers only to its own, \
                 so that no other site can look into it.",
                "",
            ),
            Refusal::NotOneHost => (
                400,
                "This request does not say where it is going",
                "A request names one host; this one names none, or several.",
                "",
            ),
            Refusal::Method => (
                405,
                "This preview only shows pages",
                "Nothing can be sent to it or changed through it.",
                "Allow: GET, HEAD\r\n",
            ),
            Refusal::Content => (
                400,
                "This preview only shows pages",
                "The request brought content along, and there is nothing to do with it here.",
                "",
            ),
            Refusal::LongTarget => (
                414,
                "This address is too long",
                "No page of a site has an address like that.",
                "",
            ),
            Refusal::Target => (
                400,
                "This is no address of a page",
                "The address is not written the way addresses of pages are.",
                "",
            ),
        };
        Self::new(status, HTML, more, page(title, text, origins))
    }

    /// What is said when an answer could not be made; the next request may do better.
    pub fn broken() -> Self {
        let text = "Something went wrong inside planpress while this page was made. \
                    Load it again; if that does not help, stop the preview and start it again.";
        Self::new(
            500,
            HTML,
            "",
            page("This page could not be made", text, &[]),
        )
    }

    /// The same head, and no body: the response to HEAD (RFC 9110, 9.3.2).
    #[must_use]
    pub fn without_body(mut self) -> Self {
        self.body = Arc::new([]);
        self
    }

    fn new(status: u16, kind: &str, more: &str, body: Arc<[u8]>) -> Self {
        let reason = reason(status).unwrap_or_default();
        let length = body.len();
        let head = format!(
            "HTTP/1.1 {status} {reason}\r\n\
             Content-Type: {kind}\r\n\
             Content-Length: {length}\r\n\
             {more}{ALWAYS}\r\n"
        );
        Self { head, body }
    }
}

/// The words for a status that this server uses (RFC 9110, 15).
fn reason(status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        414 => "URI Too Long",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => return None,
    })
}

/// A page that says what happened and what to do.
fn page(title: &str, text: &str, origins: &[String]) -> Arc<[u8]> {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         </head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    );
    if !origins.is_empty() {
        page.push_str("<p>The site is here:</p>\n<ul>\n");
        for origin in origins {
            page.push_str(&format!("<li><a href=\"{origin}/\">{origin}/</a></li>\n"));
        }
        page.push_str("</ul>\n");
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page.into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, kind: &'static str, location: Option<&str>) -> Answer {
        Answer {
            status,
            kind: kind.into(),
            body: b"hello".as_slice().into(),
            location: location.map(str::to_owned),
        }
    }

    #[test]
    fn a_head_says_what_follows_and_ends() {
        let response = Response::answer(answer(200, "text/plain; charset=utf-8", None));
        assert!(response.head.starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(response.head.contains("\r\nContent-Length: 5\r\n"));
        assert!(response.head.ends_with("\r\n\r\n"));
        assert_eq!(response.head.matches("\r\n\r\n").count(), 1);
        assert_eq!(&*response.body, b"hello");
        let head = Response::answer(answer(200, "text/plain; charset=utf-8", None)).without_body();
        assert_eq!((head.head, head.body.len()), (response.head, 0));
    }

    #[test]
    fn what_does_not_belong_in_a_head_never_gets_there() {
        for answer in [
            answer(302, "text/html", Some("/a\r\nSet-Cookie: a=b")),
            answer(302, "text/html", Some("/\u{e3}")),
            answer(200, "text/html\nX: y", None),
            answer(299, "text/html", None),
        ] {
            let response = Response::answer(answer);
            assert!(response.head.starts_with("HTTP/1.1 500 "), "{response:?}");
        }
    }
}
