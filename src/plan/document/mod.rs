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
    let (root, mut errors) = DeTable::parse_recoverable(text);
    errors.extend(passed_over(text, &errors));
    let mut diagnostics = Vec::new();
    let mut broken = Vec::new();
    for fault in syntax::one_per_line(text, errors) {
        diagnostics.push(syntax::explain(source, &fault));
        let line = line_around(text, fault.span.start);
        broken.push(if syntax::breaks_the_rest(text, &fault) {
            line.start..text.len()
        } else {
            line
        });
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

/// How often a file is parsed again for errors that the ones above them hide.
const PASSES: usize = 20;

/// The errors that the parser passes over: those between a line without `=`, or an unclosed
/// heading, and the next heading. So such lines are blanked, and the rest is parsed again.
fn passed_over(text: &str, errors: &[toml::de::Error]) -> Vec<toml::de::Error> {
    let hides = |error: &toml::de::Error| {
        let message = error.message();
        let hides =
            message.starts_with("key with no value") || message.starts_with("unclosed table");
        error.span().filter(|_| hides).map(|span| span.start)
    };
    let mut hiding: Vec<usize> = errors.iter().filter_map(hides).collect();
    let mut text = text.to_owned();
    let mut found = Vec::new();
    for _ in 0..PASSES {
        if hiding.is_empty() {
            break;
        }
        for at in hiding.drain(..) {
            let line = line_around(&text, at);
            let blank = " ".repeat(line.len());
            text.replace_range(line, &blank);
        }
        let (_, errors) = DeTable::parse_recoverable(&text);
        hiding.extend(errors.iter().filter_map(hides));
        // Without its heading a key may seem to stand twice.
        found.extend(
            errors
                .into_iter()
                .filter(|error| !error.message().starts_with("duplicate key")),
        );
    }
    found
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
