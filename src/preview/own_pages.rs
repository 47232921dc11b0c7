//! The preview's own pages: what is shown where the site has no page to show.

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostic::Diagnostic;

/// The template of all of them, escaped by its engine.
const TEMPLATE: &str = include_str!("client/own_page.html");

/// What such a page says.
#[derive(Serialize)]
pub struct OwnPage<'p> {
    pub title: &'p str,
    /// What happened, and what to do.
    pub text: &'p str,
    /// Where to go on: address and words.
    pub links: Vec<Link>,
    /// Each as in the terminal.
    pub findings: Vec<String>,
}

/// A link on a page of the preview.
#[derive(Serialize)]
pub struct Link {
    pub href: String,
    pub text: String,
    /// Words behind the link.
    pub note: &'static str,
}

impl OwnPage<'_> {
    /// The page as HTML.
    pub fn html(&self) -> String {
        Context::from_serialize(self)
            .and_then(|context| Tera::one_off(TEMPLATE, &context, true))
            // The template is fixed, so what can be said goes out without it all the same.
            .unwrap_or_else(|_| "<!doctype html><title>planpress</title>".to_owned())
    }
}

/// A finding as in the terminal, without its colours.
pub fn frame(diagnostic: &Diagnostic) -> String {
    anstream::adapter::strip_str(&crate::diagnostic::human(diagnostic)).to_string()
}
