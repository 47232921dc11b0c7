//! A plan as a fragment of HTML, to be pasted into the page of another site.
//!
//! In: the context of the plan's page, which is where everything on it comes from. Out: a
//! [`Fragment`], and what could not be carried into it. One template writes both profiles; a
//! sieve then lets through what the profile allows and rewrites the rest, whatever came in. The
//! template is planpress' own, so that no theme can break what is promised of a fragment.

mod anchors;
mod rows;
mod rules;
mod sieve;
mod template;
mod tokens;

use crate::diagnostic::Failure;
use crate::plan::language::Language;
use crate::site::context::PlanPage;

/// What the other site takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// What Drupal's text format "Basic HTML" lets through as it is installed: headings,
    /// paragraphs, lists and links, with ids on headings only.
    Basic,
    /// With the table, ids on everything that is cited, dates and classes for a stylesheet.
    Full,
}

/// What is put before every id, so that none meets one of the other site's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IdPrefix(String);

impl IdPrefix {
    /// Reads a prefix: letters and digits of ASCII, `-` and `_`, or nothing.
    ///
    /// # Errors
    ///
    /// Anything else in it, which would have to be written differently in an id and in a link to it.
    pub fn parse(text: &str) -> Result<Self, Failure> {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if text.chars().all(fits) {
            return Ok(Self(text.to_owned()));
        }
        Err(
            Failure::new(format!("`{text}` cannot stand at the beginning of an id"))
                .help("Use letters from a to z, digits, - and _ only: `--id-prefix plan-`."),
        )
    }
}

/// How a fragment is to be.
#[derive(Clone, Debug)]
pub struct Shape {
    /// What the other site takes.
    pub profile: Profile,
    /// The level of the headings of the plan's parts, from 2 to 6, as its context was made for.
    pub heading_level: u8,
    /// What is put before every id.
    pub id_prefix: IdPrefix,
    /// The address of the plan's own page, as its context names it: links to that page's anchors
    /// stay inside the fragment.
    pub own_address: String,
}

/// A finished fragment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Ready to be pasted; ends with a line break.
    pub html: String,
    /// Anchors of the plan's page that the profile cannot carry.
    pub lost: Vec<LostAnchors>,
    /// Links whose words are there without them.
    pub unlinked: Vec<Unlinked>,
}

/// Anchors that a fragment does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostAnchors {
    /// The anchor of the heading that they stand below, where links to them lead instead.
    pub heading: Option<String>,
    /// In the order of the page.
    pub anchors: Vec<String>,
}

/// A link that cannot work on another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlinked {
    /// What the link says.
    pub words: String,
    /// Where it would lead: an address without a host, or an `#anchor` that only a page has.
    pub address: String,
}

/// Renders a plan.
///
/// # Errors
///
/// Only a mistake in the program's own template.
pub fn fragment(page: &PlanPage, shape: &Shape) -> Result<Fragment, Failure> {
    let html = template::render(page, shape)?;
    Ok(sift(&html, &page.common.page.language, shape))
}

/// Lets through what the shape's profile allows, of whatever HTML comes. `language` is that of the
/// words in it (BCP 47).
pub fn sift(html: &str, language: &str, shape: &Shape) -> Fragment {
    let tokens = tokens::read(html);
    let anchors = anchors::Anchors::of(&tokens, shape.profile);
    let direction = direction(language).unwrap_or("ltr");
    let mut sieve = sieve::Sieve::new(shape, &anchors, language, direction);
    for token in &tokens {
        sieve.take(token);
    }
    let (html, unlinked) = sieve.finish();
    Fragment {
        html,
        lost: anchors.lost,
        unlinked,
    }
}

/// True where a file begins as fragments do.
pub fn is_fragment(bytes: &[u8]) -> bool {
    let beginnings = [
        "<p lang=\"",
        "<p dir=\"rtl\" lang=\"",
        "<div class=\"planpress\" ",
    ];
    beginnings
        .iter()
        .any(|beginning| bytes.starts_with(beginning.as_bytes()))
}

fn direction(language: &str) -> Option<&'static str> {
    Some(Language::parse(language).ok()?.direction())
}
