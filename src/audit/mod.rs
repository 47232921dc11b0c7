//! Reads a finished page back and says what is wrong with it: links and anchors that lead
//! nowhere, headings, landmarks and names that a reader would miss. Changes no byte.
//!
//! What a plan says was checked where it stands; this sees what a theme makes of it. So a finding
//! names the page and the element, and its help speaks to whoever writes the theme.

mod addresses;
mod dead;
mod leads;
mod outline;

use std::collections::HashSet;

use html5gum::{Token, Tokenizer};

use crate::diagnostic::Diagnostic;
use crate::render::Page;
use crate::site::route::BaseUrl;
use crate::theme::css_addresses;
pub use dead::{Dead, Fault};
pub use leads::Reference;
use leads::{Ground, Led};
use outline::Outline;

/// What a page is audited against.
#[derive(Clone, Copy)]
pub struct Terms<'t> {
    /// Where the site will stand: whole addresses below it are its own.
    pub base: &'t BaseUrl,
    /// The pages are to be opened from a disk.
    pub portable: bool,
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
pub enum Seen {
    /// Where its file lies. It names the others relatively, so that the site works below any address.
    InItsPlace,
    /// At any address (`404.html`), so that it names everything from the root of the host.
    Anywhere,
}

/// Audits one page. `owner` is the input file that a finding is shown under.
pub fn audit(page: &Page, owner: &str, seen: Seen, terms: Terms) -> Audit {
    let outline = read(&page.bytes);
    let place = Findings {
        owner,
        page: page.path.as_str(),
    };
    let mut audit = links(&outline, place, seen, terms);
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
    audit
}

/// Everything in a file of HTML or SVG that a link can lead to.
pub fn anchors(bytes: &[u8]) -> HashSet<String> {
    let Outline { ids, names, .. } = read(bytes);
    ids.into_iter().chain(names).collect()
}

fn read(bytes: &[u8]) -> Outline {
    let mut outline = Outline::default();
    for token in Tokenizer::new(bytes) {
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

fn links(outline: &Outline, place: Findings, seen: Seen, terms: Terms) -> Audit {
    let mut audit = Audit::default();
    let there: HashSet<&str> = outline
        .ids
        .iter()
        .chain(&outline.names)
        .map(String::as_str)
        .collect();
    let ground = Ground {
        page: place.page,
        base: terms.base,
        anywhere: matches!(seen, Seen::Anywhere),
    };
    if outline.base {
        audit.diagnostics.push(place.error(
            "dead-link",
            "a base element changes where all relative links lead".to_owned(),
            "Take it out: links start from the page, so that the site works below any address.",
        ));
    }
    for href in &outline.references {
        if terms.portable && ground.names_a_folder(href) {
            audit.diagnostics.push(place.warning((
                "link-to-folder",
                format!("the link \"{href}\" leads to a folder, which shows no page when it is opened from a disk"),
                "Use the addresses that the context gives: in this form of the site they name index.html.",
            )));
        }
        match ground.follow(href) {
            Led::Elsewhere => {}
            Led::Here(anchor)
                if anchor.is_empty()
                    || anchor.eq_ignore_ascii_case("top")
                    || there.contains(anchor.as_str()) => {}
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

/// Where a page's links lead within the site, and nothing else about it.
pub fn references(page: &Page, base: &BaseUrl) -> Vec<Reference> {
    files_meant(page.path.as_str(), read(&page.bytes).references, base)
}

/// What a stylesheet of the site names: images, fonts, other stylesheets. `path` is its own place.
pub fn references_in_stylesheet(path: &str, css: &str, base: &BaseUrl) -> Vec<Reference> {
    files_meant(path, css_addresses(css), base)
}

fn files_meant(
    page: &str,
    addresses: impl IntoIterator<Item = String>,
    base: &BaseUrl,
) -> Vec<Reference> {
    let ground = Ground {
        page,
        base,
        anywhere: false,
    };
    let file = |address: String| match ground.follow(&address) {
        Led::File(reference) => Some(reference),
        Led::Elsewhere | Led::Here(_) | Led::Outside | Led::Astray => None,
    };
    addresses.into_iter().filter_map(file).collect()
}

#[derive(Clone, Copy)]
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
