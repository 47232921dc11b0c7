//! From a template context to the bytes of a page. Touches no disk.

mod data;
pub mod embed;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::site::route::{OutputPath, Route};
use crate::theme::Theme;

pub use data::{csv, json, schema};

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
    let html = theme.render(template, context)?;
    Ok(Page {
        path: file.clone(),
        bytes: html.into_bytes(),
    })
}

/// `robots.txt` (RFC 9309): everything may be read by everyone. What must not be indexed says so
/// on its page. `sitemap` is an absolute address.
pub fn robots(sitemap: Option<&str>) -> String {
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n"));
    format!("User-agent: *\nDisallow:\n{}", sitemap.unwrap_or_default())
}
