//! Reads a finished page back and says what is wrong with it: links and anchors that lead
//! nowhere, headings, landmarks and names that a reader would miss. Changes no byte.
//!
//! What a plan says was checked where it stands; this sees what a theme makes of it. So a finding
//! names the page and the element, and its help speaks to whoever writes the theme.

mod outline;

use std::collections::HashSet;

use html5gum::{Token, Tokenizer};

use crate::diagnostic::Diagnostic;
use crate::render::Page;
use crate::site::route::{BaseUrl, decode};
use crate::source::beside;
use crate::theme::addresses_in_stylesheet;
use outline::Outline;

/// A link from a page to another file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The file in the output that it leads to: `alcts-2006-2011/index.html`.
    pub file: String,
    /// The anchor behind the `#`, decoded.
    pub anchor: Option<String>,
}

/// What an audit found.
#[derive(Debug, Default)]
pub struct Audit {
    pub diagnostics: Vec<Diagnostic>,
    /// Links to other pages and files of the site, for whoever knows what is there.
    pub references: Vec<Reference>,
}

/// Where a page is seen.
#[derive(Clone, Copy, Debug)]
pub enum Seen<'s> {
    /// Where its file lies. It names the others relatively, so that the site works below any address.
    InItsPlace,
    /// At any address (`404.html`), so that it names everything from the root of the host, below
    /// which the site has this address.
    Anywhere(&'s BaseUrl),
}

/// Audits one page. `owner` is the input file that a finding is shown under.
pub fn audit(page: &Page, owner: &str, seen: Seen) -> Audit {
    let outline = read(&page.bytes);
    let mut audit = Audit::default();
    let place = Findings {
        owner,
        page: page.path.as_str(),
    };
    for fault in outline.faults() {
        audit.diagnostics.push(place.warning(fault));
    }
    let mut ids = HashSet::new();
    for id in &outline.ids {
        if !ids.insert(id.as_str()) {
            audit.diagnostics.push(place.error(
                "duplicate-id",
                format!("two elements have the id \"{id}\""),
                "A link can lead to one of them only: rename the one that the theme adds.",
            ));
        }
    }
    for href in &outline.references {
        match resolve(page.path.as_str(), href, seen) {
            Led::Elsewhere => {}
            Led::Here(anchor)
                if anchor.is_empty() || anchor == "top" || ids.contains(anchor.as_str()) => {}
            Led::Here(anchor) => audit.diagnostics.push(place.error(
                "dead-link",
                format!("a link leads to \"#{anchor}\", which is not on the page"),
                "Did a template of the theme leave out the element with this id?",
            )),
            Led::File(reference) => audit.references.push(reference),
            Led::Outside => audit.diagnostics.push(place.error(
                "dead-link",
                format!("the link \"{href}\" does not stay inside the site"),
                "Links between pages are relative, so that the site works below any address.",
            )),
            Led::Astray => audit.diagnostics.push(place.error(
                "dead-link",
                format!("the link \"{href}\" leads elsewhere from every address that this page is shown at"),
                "Use the addresses that the context gives: here they begin at the root of the host.",
            )),
        }
    }
    audit
}

/// Reads a page's markup.
fn read(page: &[u8]) -> Outline {
    let mut outline = Outline::default();
    for token in Tokenizer::new(page) {
        match token {
            Ok(Token::StartTag(tag)) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute = |wanted: &str| {
                    let found = tag
                        .attributes
                        .iter()
                        .find(|(name, _)| name.as_slice() == wanted.as_bytes());
                    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
                };
                outline.open(&name, &attribute);
            }
            Ok(Token::EndTag(tag)) => outline.close(&String::from_utf8_lossy(&tag.name)),
            Ok(Token::String(text)) => outline.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    outline
}

/// Every `id` of a page, in order.
pub fn ids(page: &[u8]) -> Vec<String> {
    read(page).ids
}

/// Where a page's links lead within the site, and nothing else about it.
pub fn references(page: &Page) -> Vec<Reference> {
    let from = page.path.as_str();
    files_meant(from, read(&page.bytes).references)
}

/// What a stylesheet of the site names: images, fonts, other stylesheets. `path` is its own place.
pub fn references_in_stylesheet(path: &str, css: &str) -> Vec<Reference> {
    files_meant(path, addresses_in_stylesheet(css))
}

fn files_meant(from: &str, addresses: Vec<String>) -> Vec<Reference> {
    let file = |address: String| match resolve(from, &address, Seen::InItsPlace) {
        Led::File(reference) => Some(reference),
        Led::Elsewhere | Led::Here(_) | Led::Outside | Led::Astray => None,
    };
    addresses.into_iter().filter_map(file).collect()
}

struct Findings<'p> {
    owner: &'p str,
    page: &'p str,
}

impl Findings<'_> {
    fn error(&self, name: &'static str, what: String, help: &str) -> Diagnostic {
        Diagnostic::error(name, format!("{}: {what}", self.page))
            .in_file(self.owner)
            .help(help)
    }

    fn warning(&self, (name, what, help): (&'static str, String, &str)) -> Diagnostic {
        Diagnostic::warning(name, format!("{}: {what}", self.page))
            .in_file(self.owner)
            .help(help)
    }
}

/// The error about a reference to a file that the site does not have.
pub fn dead_reference(page: &str, owner: &str, reference: &Reference) -> Diagnostic {
    Findings { owner, page }.error(
        "dead-link",
        format!(
            "a link leads to \"{}\", which the site does not have",
            reference.file
        ),
        "Was the address put together in a template? Use the addresses that the context gives.",
    )
}

/// The error about a reference to an anchor that another page does not have.
pub fn dead_anchor(page: &str, owner: &str, reference: &Reference) -> Diagnostic {
    let anchor = reference.anchor.as_deref().unwrap_or_default();
    Findings { owner, page }.error(
        "dead-link",
        format!(
            "a link leads to \"{}#{anchor}\", but that page has no such anchor",
            reference.file
        ),
        "Was the address put together in a template? Use the addresses that the context gives.",
    )
}

enum Led {
    /// Another host, or no page at all (`mailto:`).
    Elsewhere,
    Here(String),
    File(Reference),
    /// Above the site's own root, or from the root of the host.
    Outside,
    /// Relative to a page that is shown at any address.
    Astray,
}

/// Where an address on the page at `from` leads.
fn resolve(from: &str, href: &str, seen: Seen) -> Led {
    let href = href.trim();
    if href.starts_with("//") {
        return Led::Elsewhere;
    }
    let scheme = href
        .find([':', '/', '?', '#'])
        .filter(|at| href.as_bytes()[*at] == b':');
    if scheme.is_some() {
        return Led::Elsewhere;
    }
    let (path, anchor) = match href.split_once('#') {
        Some((path, anchor)) => (path, Some(decode(anchor))),
        None => (href, None),
    };
    let path = path.split('?').next().unwrap_or_default();
    if path.is_empty() {
        return Led::Here(anchor.unwrap_or_default());
    }
    let whole = match seen {
        Seen::InItsPlace if path.starts_with('/') => return Led::Outside,
        Seen::InItsPlace => beside(from, path).map(|whole| decode(&whole)),
        Seen::Anywhere(_) if !path.starts_with('/') => return Led::Astray,
        Seen::Anywhere(base) => base
            .strip(&decode(path))
            .and_then(|below| beside("", below)),
    };
    let Some(mut file) = whole else {
        return Led::Outside;
    };
    if path.ends_with('/')
        || path == "."
        || path == ".."
        || path.ends_with("/.")
        || path.ends_with("/..")
    {
        file = if file.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{file}/index.html")
        };
    }
    if file == from {
        return Led::Here(anchor.unwrap_or_default());
    }
    Led::File(Reference { file, anchor })
}
