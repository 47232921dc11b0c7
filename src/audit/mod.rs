//! Reads a finished page back and says what is wrong with it: links and anchors that lead
//! nowhere, headings, landmarks and names that a reader would miss. Changes no byte.
//!
//! What a plan says was checked where it stands; this sees what a theme makes of it. So a finding
//! names the page and the element, and its help speaks to whoever writes the theme.

mod addresses;
mod broken;
mod dead;
mod leads;
mod markup;
mod outline;
mod plain;

use std::borrow::Cow;
use std::collections::HashSet;

use foldhash::fast::RandomState;

use crate::diagnostic::Diagnostic;
use crate::render::Page;
use crate::site;
use crate::site::route::BaseUrl;
use crate::theme::css_addresses;
pub use dead::{Dead, Fault};
pub use leads::Reference;
use leads::{Ground, Led};
pub use markup::Reading;
use outline::Outline;

/// What a page is audited against.
#[derive(Clone, Copy)]
pub struct Terms<'t> {
    /// How it is read back.
    pub reading: Reading,
    /// Where the site will stand: whole addresses below it are its own.
    pub base: &'t BaseUrl,
    /// The pages are to be opened from a disk.
    pub portable: bool,
    /// True for a file that the site has for certain: a link to it as a whole is no matter.
    pub is_there: &'t dyn Fn(&str) -> bool,
    /// The anchors that the page must have: other pages, and people who cite them, count on it.
    pub anchors: Option<&'t site::Anchors>,
}

/// What an audit found.
#[derive(Debug, Default, PartialEq)]
pub struct Audit {
    pub diagnostics: Vec<Diagnostic>,
    /// Links to other pages and files of the site that may not be there.
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
    let outline = markup::read(&page.bytes, terms.reading);
    let place = Findings {
        owner,
        page: page.path.as_str(),
    };
    let anchors = Anchors::of(&outline);
    let mut audit = links(&outline, &anchors, place, seen, terms);
    for fault in outline.faults() {
        audit.diagnostics.push(place.warning(fault));
    }
    if let Some(left_out) = terms.anchors.and_then(|wanted| anchors.left_out(wanted)) {
        audit.diagnostics.push(place.warning(left_out));
    }
    for broken in &outline.broken {
        let (name, what, help) = broken.fault();
        audit.diagnostics.push(place.error(name, what, help));
    }
    for id in &anchors.doubles {
        audit.diagnostics.push(place.error(
            "duplicate-id",
            format!("two elements have the id \"{id}\""),
            "A link can lead to one of them only: rename the one that the theme adds.",
        ));
    }
    audit
}

/// What on a page a link can lead to.
struct Anchors<'o> {
    known: HashSet<&'o str, RandomState>,
    /// The ids that were there before, in order.
    doubles: Vec<&'o str>,
}

impl<'o> Anchors<'o> {
    fn of(outline: &'o Outline) -> Self {
        let Outline { ids, names, .. } = outline;
        let anchors = ids.len() + names.len();
        let mut known = HashSet::with_capacity_and_hasher(anchors, RandomState::default());
        let all_ids = ids.iter().map(Cow::as_ref);
        let doubles = all_ids.filter(|id| !known.insert(*id)).collect();
        known.extend(names.iter().map(Cow::as_ref));
        Self { known, doubles }
    }

    /// True where a link to it leads somewhere: every page has a beginning and a top (HTML, 7.4.6.4).
    fn have(&self, anchor: &str) -> bool {
        anchor.is_empty() || anchor.eq_ignore_ascii_case("top") || self.known.contains(anchor)
    }

    /// What is said where some of these are not on the page.
    fn left_out(&self, wanted: &site::Anchors) -> Option<outline::Fault> {
        let wanted = wanted.spelled();
        let left_out = wanted.iter().filter(|anchor| !self.have(anchor));
        let names: Vec<String> = left_out.map(|anchor| format!("#{anchor}")).collect();
        let what = match &*names {
            [] => return None,
            [only] => format!("the anchor {only} of the plan is not on the page"),
            [some @ .., last] if some.len() < 3 => {
                format!(
                    "the anchors {} and {last} of the plan are not on the page",
                    some.join(", ")
                )
            }
            [first, second, others @ ..] => format!(
                "the anchors {first}, {second} and {} more of the plan are not on the page",
                others.len()
            ),
        };
        Some((
            "anchor-left-out",
            what,
            "Whoever follows a link to it comes to the top of the page. Did a template of the theme leave out the element with this id, or <former_anchors>?",
        ))
    }
}

/// True where the markup of a page is plain, so that [`Reading::Quick`] is quick.
pub fn is_plain(page: &[u8]) -> bool {
    plain::read(page).is_some()
}

/// Everything in a file of HTML or SVG that a link can lead to.
pub fn anchors(bytes: &[u8]) -> HashSet<String> {
    let Outline { ids, names, .. } = markup::read(bytes, Reading::Full);
    let anchors = ids.into_iter().chain(names);
    anchors.map(Cow::into_owned).collect()
}

fn links(outline: &Outline, anchors: &Anchors, place: Findings, seen: Seen, terms: Terms) -> Audit {
    let mut audit = Audit::default();
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
            Led::Here(anchor) if anchors.have(&anchor) => {}
            Led::Here(anchor) => audit.diagnostics.push(place.error(
                "dead-link",
                format!("a link leads to \"#{anchor}\", which is not on the page"),
                "Did a template of the theme leave out the element with this id?",
            )),
            Led::File(link) if !link.names_an_anchor() && (terms.is_there)(&link.file) => {}
            Led::File(link) => audit.references.push(link.into()),
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
    let outline = markup::read(&page.bytes, Reading::Full);
    files_meant(page.path.as_str(), outline.references, base)
}

/// What a stylesheet of the site names: images, fonts, other stylesheets. `path` is its own place.
pub fn references_in_stylesheet(path: &str, css: &str, base: &BaseUrl) -> Vec<Reference> {
    files_meant(path, css_addresses(css), base)
}

fn files_meant(
    page: &str,
    addresses: impl IntoIterator<Item: AsRef<str>>,
    base: &BaseUrl,
) -> Vec<Reference> {
    let ground = Ground {
        page,
        base,
        anywhere: false,
    };
    let mut files = Vec::new();
    for address in addresses {
        if let Led::File(link) = ground.follow(address.as_ref()) {
            files.push(link.into());
        }
    }
    files
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
