//! From TOML text to a tree in which every key and value knows its place.
//!
//! In: a source text. Out: what could be read of it and *every* syntax error, each explained for
//! somebody who has never seen TOML. Knows nothing of plans: the site's and the themes' own TOML
//! files are read through here too.

mod dialect;
mod string;
mod syntax;

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, SourceText};

pub use string::file_span;

/// A TOML file as a tree, with what is wrong in its syntax.
pub struct Document<'s> {
    /// As much of the tree as could be read.
    pub root: Spanned<DeTable<'s>>,
    /// Syntax errors, and warnings about syntax that only TOML 1.1 knows.
    pub diagnostics: Vec<Diagnostic>,
    /// The lines (as byte ranges) that hold a syntax error. What else seems wrong there is its echo.
    pub broken: Vec<Range<usize>>,
}

/// Parses a TOML file and goes on past every error.
pub fn parse(source: &SourceText) -> Document<'_> {
    let text = source.text();
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut diagnostics = Vec::new();
    let mut broken = Vec::new();
    for fault in syntax::one_per_line(text, errors) {
        diagnostics.push(syntax::explain(source, &fault));
        broken.push(line_around(text, fault.span.start));
    }
    if broken.is_empty() {
        diagnostics.extend(dialect::newer_syntax(source));
    }
    Document {
        root,
        diagnostics,
        broken,
    }
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text.as_bytes()[..at]
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |i| i + 1);
    let end = text.as_bytes()[at..]
        .iter()
        .position(|&b| b == b'\n')
        .map_or(text.len(), |i| at + i);
    start..end
}
