//! Where an address on a page leads: into the page, to another file of the site, or away from it.
//! In: the address and the page that it stands on. Does not know which files there are.

use std::borrow::Cow;

use memchr::{memchr_iter, memchr2};
use serde::{Deserialize, Serialize};

use crate::site::route::{BaseUrl, decode};
use crate::source::beside;

/// A link from a page to another file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The file in the output that it leads to: `alcts-2006-2011/index.html`.
    pub file: String,
    /// The anchor behind the `#`, decoded.
    pub anchor: Option<String>,
    /// The whole address, where it is written so: `https://example.org/plans/alcts-2006-2011/`.
    pub whole: Option<String>,
}

impl Reference {
    /// True where it leads to a place in the file.
    pub fn names_an_anchor(&self) -> bool {
        is_named(self.anchor.as_deref())
    }
}

/// An empty anchor names the file as a whole, as none does.
fn is_named(anchor: Option<&str>) -> bool {
    anchor.is_some_and(|anchor| !anchor.is_empty())
}

/// The same, as it is found on a page.
#[derive(Debug, PartialEq, Eq)]
pub struct FileLink<'a> {
    pub file: Cow<'a, str>,
    anchor: Option<Cow<'a, str>>,
    whole: Option<&'a str>,
}

impl FileLink<'_> {
    /// True where it leads to a place in the file.
    pub fn names_an_anchor(&self) -> bool {
        is_named(self.anchor.as_deref())
    }
}

impl From<FileLink<'_>> for Reference {
    fn from(link: FileLink) -> Self {
        Self {
            file: link.file.into_owned(),
            anchor: link.anchor.map(Cow::into_owned),
            whole: link.whole.map(str::to_owned),
        }
    }
}

/// Where the page stands whose addresses are read.
#[derive(Clone, Copy)]
pub struct Ground<'p> {
    /// The page's file in the output.
    pub page: &'p str,
    /// Where the site will stand.
    pub base: &'p BaseUrl,
    /// It is shown at any address, so that its links begin at the root of the host.
    pub anywhere: bool,
}

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Led<'a> {
    /// To another site, or to no page at all (`mailto:`).
    Elsewhere,
    /// To an anchor of this page; empty for the page itself.
    Here(Cow<'a, str>),
    File(FileLink<'a>),
    /// Above the site's own root, or from the root of the host, or to a file on one computer.
    Outside,
    /// Relative to a page that is shown at any address.
    Astray,
}

impl Ground<'_> {
    /// Follows an address.
    pub fn follow<'a>(&self, href: &'a str) -> Led<'a> {
        let href = trimmed(href);
        if let Some(anchor) = href.strip_prefix('#') {
            return Led::Here(anchor_meant(anchor));
        }
        if may_be_whole(href)
            && let Some(below) = self.base.below(href)
        {
            return self.to(Route::FromTop, below, Some(href));
        }
        if href.starts_with("//") {
            return Led::Elsewhere;
        }
        if href.starts_with('/') {
            return match self.base.below_host(href) {
                Some(below) if self.anywhere => self.to(Route::FromTop, below, None),
                _ => Led::Outside,
            };
        }
        match scheme(href) {
            Some(scheme) if scheme.eq_ignore_ascii_case("file") => Led::Outside,
            Some(_) => Led::Elsewhere,
            None if self.anywhere && !href.is_empty() => Led::Astray,
            None => self.to(Route::FromPage, href, None),
        }
    }

    fn to<'a>(&self, from: Route, address: &'a str, whole: Option<&'a str>) -> Led<'a> {
        let (path, anchor) = match address.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor_meant(anchor))),
            None => (address, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let start = match from {
            Route::FromPage if path.is_empty() => return Led::Here(anchor.unwrap_or_default()),
            Route::FromPage => self.page,
            Route::FromTop => "",
        };
        let Some(file) = file_at(start, path) else {
            return Led::Outside;
        };
        if file == self.page {
            return Led::Here(anchor.unwrap_or_default());
        }
        Led::File(FileLink {
            file,
            anchor,
            whole,
        })
    }

    /// True for a relative address of a folder, which shows its page only where a server answers.
    pub fn names_a_folder(&self, href: &str) -> bool {
        let href = href.trim();
        let path = href.split(['#', '?']).next().unwrap_or_default();
        scheme(href).is_none() && !path.starts_with('/') && !path.is_empty() && is_folder(path)
    }
}

/// Without the white space around it, which hardly one has.
fn trimmed(href: &str) -> &str {
    match href.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => href,
        _ => href.trim(),
    }
}

#[derive(Clone, Copy)]
enum Route {
    FromPage,
    FromTop,
}

/// False for most, which name no web server.
fn may_be_whole(href: &str) -> bool {
    let http = href.as_bytes().get(..4);
    href.starts_with("//") || http.is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"http"))
}

/// What is behind the `#`, decoded, without what is behind `:~:`: that is for the browser, words to
/// look for on the page.
fn anchor_meant(written: &str) -> Cow<'_, str> {
    if memchr2(b'%', b':', written.as_bytes()).is_none() {
        return written.into();
    }
    decode(written.split(":~:").next().unwrap_or_default()).into()
}

/// The scheme of an address that has one: what stands before the first colon, where no path has
/// begun.
fn scheme(href: &str) -> Option<&str> {
    let end = href.find([':', '/', '?', '#'])?;
    (href.as_bytes()[end] == b':').then(|| &href[..end])
}

/// The file that a relative address names, `index.html` where it names a folder. `None` where it
/// leads out of the site.
fn file_at<'a>(from: &str, path: &'a str) -> Option<Cow<'a, str>> {
    if let Some(file) = from_top(from, path) {
        return Some(file);
    }
    // A server takes an encoded dot for a dot, but an encoded slash for part of a name.
    let mut steps = Vec::new();
    for step in path.split('/') {
        let decoded = decode(step);
        steps.push(if decoded.contains('/') {
            step.to_owned()
        } else {
            decoded
        });
    }
    let file = beside(from, &steps.join("/"))?;
    Some(match file.as_str() {
        "" => "index.html".into(),
        folder if is_folder(path) => format!("{folder}/index.html").into(),
        _ => file.into(),
    })
}

/// The file that is named as most are: up to the site's own root, and from there straight down.
fn from_top<'a>(from: &str, path: &'a str) -> Option<Cow<'a, str>> {
    let mut below = path;
    for _ in memchr_iter(b'/', from.as_bytes()) {
        below = below.strip_prefix("../")?;
    }
    let folder = below.strip_suffix('/');
    match folder.unwrap_or(below) {
        "" if path.is_empty() || folder.is_some() => None,
        "" => Some("index.html".into()),
        steps if !goes_straight(steps) => None,
        _ if folder.is_some() => Some([below, "index.html"].concat().into()),
        _ => Some(below.into()),
    }
}

/// False where a step may be other than the name of a file or folder below.
fn goes_straight(steps: &str) -> bool {
    let mut named = false;
    for byte in steps.bytes() {
        match byte {
            b'%' => return false,
            b'/' if !named => return false,
            b'/' => named = false,
            b'.' => {}
            _ => named = true,
        }
    }
    named
}

fn is_folder(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led<'a>(page: &str, href: &'a str) -> Led<'a> {
        let base = BaseUrl::parse("https://example.org/plans/").expect("it is an address");
        let anywhere = page == "404.html";
        Ground {
            page,
            base: &base,
            anywhere,
        }
        .follow(href)
    }

    fn file(href: &str) -> String {
        match led("a/b/index.html", href) {
            Led::File(link) => {
                let Reference { file, anchor, .. } = link.into();
                file + &anchor
                    .map(|anchor| format!("#{anchor}"))
                    .unwrap_or_default()
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_relative_address_leads_to_a_file() {
        assert_eq!(file("../c/"), "a/c/index.html");
        assert_eq!(file("../c"), "a/c");
        assert_eq!(file("../../"), "index.html");
        assert_eq!(file("../.."), "index.html");
        assert_eq!(file("../../index.html#x"), "index.html#x");
        assert_eq!(file("x.css?v=2"), "a/b/x.css");
        assert_eq!(file("%C3%BC/#%C3%BC"), "a/b/ü/index.html#ü");
        assert_eq!(file("%2e%2e/c/"), "a/c/index.html");
        assert_eq!(file("..%2Fc/"), "a/b/..%2Fc/index.html");
        assert_eq!(file("../c/#:~:text=words"), "a/c/index.html#");
    }

    #[test]
    fn an_address_of_the_page_itself_stays_on_it() {
        for href in [
            "#x",
            "./#x",
            "index.html#x",
            "../b/#x",
            "?print#x",
            "https://example.org/plans/a/b/#x",
        ] {
            assert_eq!(led("a/b/index.html", href), Led::Here("x".into()), "{href}");
        }
    }

    #[test]
    fn an_address_that_leaves_the_site_is_told_from_one_that_loses_its_way() {
        for href in [
            "https://example.com/plans/",
            "//example.com/",
            "mailto:a@example.org",
            "https://example.org/",
            "data:,x",
        ] {
            assert_eq!(led("a/index.html", href), Led::Elsewhere, "{href}");
        }
        for href in ["../../", "/a/", "/", "file:///a/index.html", "%2e%2e/../"] {
            assert_eq!(led("a/index.html", href), Led::Outside, "{href}");
        }
    }

    #[test]
    fn a_whole_address_of_the_site_is_one_of_its_own() {
        for href in [
            "https://example.org/plans/c/#x",
            "HTTP://Example.org:80/plans/c/#x",
            "//example.org/plans/c/#x",
        ] {
            assert_eq!(file(href), "c/index.html#x", "{href}");
        }
        assert_eq!(file("https://example.org/plans"), "index.html");
    }

    #[test]
    fn the_page_for_unknown_addresses_begins_its_own_at_the_root() {
        let Led::File(link) = led("404.html", "/plans/c/") else {
            panic!("it is no file");
        };
        assert_eq!(link.file, "c/index.html");
        assert_eq!(led("404.html", "/c/"), Led::Outside);
    }
}
