//! Where an address on a page leads: into the page, to another file of the site, or away from it.
//! In: the address and the page that it stands on. Does not know which files there are.

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
pub enum Led {
    /// To another site, or to no page at all (`mailto:`).
    Elsewhere,
    /// To an anchor of this page; empty for the page itself.
    Here(String),
    File(Reference),
    /// Above the site's own root, or from the root of the host, or to a file on one computer.
    Outside,
    /// Relative to a page that is shown at any address.
    Astray,
}

impl Ground<'_> {
    /// Follows an address.
    pub fn follow(&self, href: &str) -> Led {
        let href = href.trim();
        if let Some(below) = self.base.below(href) {
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
            None if self.anywhere && !matches!(href.chars().next(), None | Some('#')) => {
                Led::Astray
            }
            None => self.to(Route::FromPage, href, None),
        }
    }

    fn to(&self, from: Route, address: &str, whole: Option<&str>) -> Led {
        let (path, anchor) = match address.split_once('#') {
            // What is behind `:~:` is for the browser: words to look for on the page.
            Some((path, anchor)) => {
                let anchor = anchor.split(":~:").next().unwrap_or_default();
                (path, Some(decode(anchor)))
            }
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
        Led::File(Reference {
            file,
            anchor,
            whole: whole.map(str::to_owned),
        })
    }

    /// True for a relative address of a folder, which shows its page only where a server answers.
    pub fn names_a_folder(&self, href: &str) -> bool {
        let href = href.trim();
        let path = href.split(['#', '?']).next().unwrap_or_default();
        scheme(href).is_none() && !path.starts_with('/') && !path.is_empty() && is_folder(path)
    }
}

#[derive(Clone, Copy)]
enum Route {
    FromPage,
    FromTop,
}

/// The scheme of an address that has one: what stands before the first colon, where no path has
/// begun.
fn scheme(href: &str) -> Option<&str> {
    let end = href.find([':', '/', '?', '#'])?;
    (href.as_bytes()[end] == b':').then(|| &href[..end])
}

/// The file that a relative address names, `index.html` where it names a folder. `None` where it
/// leads out of the site.
fn file_at(from: &str, path: &str) -> Option<String> {
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
        "" => "index.html".to_owned(),
        folder if is_folder(path) => format!("{folder}/index.html"),
        _ => file,
    })
}

fn is_folder(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some("" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(page: &str, href: &str) -> Led {
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
            Led::File(Reference { file, anchor, .. }) => {
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
            assert_eq!(
                led("a/b/index.html", href),
                Led::Here("x".to_owned()),
                "{href}"
            );
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
        let Led::File(reference) = led("404.html", "/plans/c/") else {
            panic!("it is no file");
        };
        assert_eq!(reference.file, "c/index.html");
        assert_eq!(led("404.html", "/c/"), Led::Outside);
    }
}
