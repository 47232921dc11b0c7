//! From a template context to the bytes of a page. Touches no disk.

mod data;
pub mod embed;
mod lines;

use std::io::{self, Write};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::site::context::HomePage;
use crate::site::route::{OutputPath, Route};
use crate::theme::Theme;

pub use data::{csv, json, schema, write_json};

/// The template of a plan's page.
pub const PLAN: &str = "plan.html";
/// The template of a home page that lists the plans.
pub const HOME: &str = "home.html";
/// The template of a page that leads on to a plan.
pub const REDIRECT: &str = "redirect.html";
/// The template of the page at the stable address of an association without an adopted plan.
pub const ADDRESS: &str = "address.html";
/// The template of `404.html`.
pub const NOT_FOUND: &str = "404.html";
/// The template of the Atom feed.
pub const FEED: &str = "feed.xml";
/// The template of the list of pages for search engines.
pub const SITEMAP: &str = "sitemap.xml";

/// Most pages have this many bytes at most.
const ROOM: usize = 32 * 1024;

/// A finished file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it lies in the output folder.
    pub path: OutputPath,
    /// What is written there, to the byte.
    pub bytes: Vec<u8>,
}

/// Renders the page at a route.
///
/// # Errors
///
/// A template that uses what the context does not have, framed in the template.
pub fn page(
    theme: &Theme,
    template: &str,
    context: &impl Serialize,
    route: &Route,
) -> Result<Page, Box<Diagnostic>> {
    page_in(theme, template, context, &route.file())
}

/// Renders the home page that lists the plans to where it goes. Of thousands of plans it is so large
/// that it should not be held beside all that it is made of. What is wrong with the template is better
/// told by [`page`].
///
/// # Errors
///
/// A template that uses what the context does not have, or what `out` says.
pub fn home_to(theme: &Theme, context: &HomePage, out: &mut dyn Write) -> io::Result<()> {
    theme.render_to(HOME, context, out)
}

/// Renders the page in a file.
///
/// # Errors
///
/// As [`page`].
pub fn page_in(
    theme: &Theme,
    template: &str,
    context: &impl Serialize,
    file: &OutputPath,
) -> Result<Page, Box<Diagnostic>> {
    Ok(Page {
        path: file.clone(),
        bytes: theme.render_bytes(template, context, ROOM)?,
    })
}

/// `robots.txt` (RFC 9309): everything may be read by everyone. What must not be indexed says so
/// on its page. `sitemap` is an absolute address.
pub fn robots(sitemap: Option<&str>) -> String {
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nDisallow:\n{}", sitemap.unwrap_or_default())
}

/// Renders a template of XML. What no XML document may hold (XML 1.0, 2.2 Characters) becomes
/// U+FFFD, whatever the template and the theme's words put in.
///
/// # Errors
///
/// A template that uses what the context does not have, framed in the template.
pub fn xml(
    theme: &Theme,
    template: &str,
    context: &impl Serialize,
) -> Result<String, Box<Diagnostic>> {
    let readable = |c| match c {
        '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'.. => c,
        _ => '\u{fffd}',
    };
    let text = theme.render(template, context)?;
    Ok(text.chars().map(readable).collect())
}
