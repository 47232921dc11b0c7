//! From TOML text to a tree in which every key and value knows its place.
//!
//! In: a source text. Out: what could be read of it and *every* syntax error, each explained for
//! somebody who has never seen TOML. Of plans it knows only the kinds of the keys, to advise on
//! dates and lists; the site's and the themes' own TOML files are read through here too.
//!
//! A text that parses is taken as it is. Otherwise [`scan`] looks for the slips that people make,
//! and mends each in a copy, so that the parser's own errors ([`syntax`]) are about other things.

mod backslash;
mod dates;
mod dialect;
mod headings;
mod look;
mod mend;
mod quotes;
mod scan;
mod slips;
mod string;
mod syntax;
mod value;

use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use crate::diagnostic::{Diagnostic, SourceText};

pub use string::{Written, file_span};

/// A TOML file as a tree, with what is wrong in its syntax.
pub struct Document<'s> {
    /// As much of the tree as could be read. Its spans lie in the file as it is.
    pub root: Spanned<DeTable<'s>>,
    /// Syntax errors, and warnings about syntax that only TOML 1.1 knows.
    pub diagnostics: Vec<Diagnostic>,
    /// Byte ranges that a syntax error spoils, in order and apart: a value, a line. What else seems
    /// wrong there is its echo. Empty only where there is no syntax error.
    pub broken: Vec<Range<usize>>,
    /// True where the tree holds everything outside the broken ranges: what is missing from it is
    /// missing from the file, and what is unknown in it was written.
    pub whole: bool,
}

/// Parses a TOML file and goes on past every error.
pub fn parse(source: &SourceText) -> Document<'_> {
    let (root, errors) = DeTable::parse_recoverable(source.text());
    if errors.is_empty() {
        let diagnostics = dialect::newer_syntax(source, root.get_ref());
        return Document {
            root,
            diagnostics,
            broken: Vec::new(),
            whole: true,
        };
    }
    let found = scan::scan(source);
    let mut diagnostics = found.diagnostics;
    let mut broken = in_order(found.broken);
    let mended = mend::Mended::new(source.text(), found.edits);
    let (tree, errors) = mended.parse();
    let faults: Vec<_> = syntax::one_per_line(mended.text(), errors)
        .into_iter()
        .map(|fault| syntax::Fault {
            span: mended.original(fault.span),
            message: fault.message,
        })
        // What the parser still says of a line that was mended is the echo of its slip.
        .filter(|fault| !holds(&broken, fault.span.start))
        .filter(|fault| !found.headings.repeats(fault))
        .collect();
    let lost: Vec<Range<usize>> = faults
        .iter()
        .filter(|fault| !fault.is_duplicate())
        .map(|fault| line_around(source.text(), fault.span.start))
        .collect();
    for fault in &faults {
        diagnostics.push(syntax::explain(source, fault, &found.headings));
        broken.push(line_around(source.text(), fault.span.start));
    }
    // What stands under a heading that cannot be read belongs to nobody knows what.
    let headless = |line: &Range<usize>| source.text()[line.clone()].trim_start().starts_with('[');
    let (root, whole) = if lost.is_empty() {
        (mended.tree(source.text(), tree), true)
    } else {
        // Without the lines that nobody can read, the rest may well hold together.
        let without = mended.without(source.text(), &lost);
        let (less, errors) = without.parse();
        if errors.iter().all(syntax::is_duplicate) {
            let whole = !lost.iter().any(headless);
            (without.tree(source.text(), less), whole)
        } else {
            (mended.tree(source.text(), tree), false)
        }
    };
    Document {
        root,
        diagnostics,
        broken: in_order(broken),
        whole,
    }
}

/// Ranges from the top of the file, joined where they overlap.
fn in_order(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    let after = ranges.partition_point(|range| range.start <= at);
    after > 0 && at <= ranges[after - 1].end
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
