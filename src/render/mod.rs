//! From a template context to the bytes of a page. Touches no disk.

pub mod embed;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::site::route::{OutputPath, Route};
use crate::theme::Theme;

/// The template of a plan's page.
pub const PLAN: &str = "plan.html";
/// The template of a home page that lists the plans.
pub const HOME: &str = "home.html";

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
    let html = theme.render(template, context)?;
    Ok(Page {
        path: route.file(),
        bytes: html.into_bytes(),
    })
}

/// `robots.txt` (RFC 9309): everything may be read by everyone. What must not be indexed says so
/// on its page. `sitemap` is an absolute address.
pub fn robots(sitemap: Option<&str>) -> String {
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nDisallow:\n{}", sitemap.unwrap_or_default())
}
